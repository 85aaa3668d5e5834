// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.expression;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;

/** Recursive descent, one method per level of precedence; knows the columns, so kinds are checked as it goes. */
final class Parser {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(\\.(?:and|or|not|eq|ne|lt|le|gt|ge)\\.)"
            + "|((?:\\d+(?:\\.(?![a-z]{2,3}\\.)\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?)|(#?[A-Za-z_]\\w*)"
            + "|(&&|\\|\\||[=!<>]=|[-+*/%!<>()\\[\\]]))",
            Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> ALIASES = Map.of(".and.", "&&", ".or.", "||", ".not.", "!", ".eq.", "==",
            ".ne.", "!=", ".lt.", "<", ".le.", "<=", ".gt.", ">", ".ge.", ">=");

    private final String text;
    private final EventSchema schema;
    private final Keywords keywords;
    private final Matcher matcher;
    private String token = "";
    private int at;

    Parser(String text, EventSchema schema, Keywords keywords) {
        this.text = text;
        this.schema = schema;
        this.keywords = keywords;
        this.matcher = TOKEN.matcher(text);
        advance();
    }

    Node condition() {
        Node n = need(or(), Node.Kind.CONDITION);
        if (!token.isEmpty()) {
            throw bad("an operator or the end", token);
        }
        return n;
    }

    private Node or() {
        Node a = and();
        while (take("||")) {
            a = Node.columns(Node.Kind.CONDITION, need(a, Node.Kind.CONDITION), need(and(), Node.Kind.CONDITION),
                    Node::or);
        }
        return a;
    }

    private Node and() {
        Node a = comparison();
        while (take("&&")) {
            a = Node.columns(Node.Kind.CONDITION, need(a, Node.Kind.CONDITION), need(comparison(), Node.Kind.CONDITION),
                    Node::and);
        }
        return a;
    }

    private Node comparison() {
        Node a = sum();
        String op = token;
        if (!op.matches("==|!=|[<>]=?")) {
            return a;
        }
        advance();
        Node b = sum();
        if ((a.kind() == Node.Kind.CONDITION) != (b.kind() == Node.Kind.CONDITION)) {
            at = b.at();
            throw bad("both sides numbers or both conditions", op);
        }
        if (op.equals("==") || op.equals("!=")) {
            return Node.columns(Node.Kind.CONDITION, a, b, (x, y) -> Node.equal(x, y, op.equals("==")));
        }
        return Node.join(Node.Kind.CONDITION, a, b, switch (op) {
            case "<" -> (x, y) -> Node.truth(x < y);
            case "<=" -> (x, y) -> Node.truth(x <= y);
            case ">" -> (x, y) -> Node.truth(x > y);
            default -> (x, y) -> Node.truth(x >= y);
        });
    }

    private Node sum() {
        Node a = product();
        while (token.equals("+") || token.equals("-")) {
            boolean plus = take("+") || !take("-");
            a = arithmetic(a, product(), plus ? Double::sum : (x, y) -> x - y);
        }
        return a;
    }

    private Node product() {
        Node a = unary();
        while (token.matches("[*/%]")) {
            String op = token;
            advance();
            Node b = unary();
            boolean whole = a.kind() == Node.Kind.INTEGER && b.kind() == Node.Kind.INTEGER;
            a = arithmetic(a, b, switch (op) {
                case "*" -> (x, y) -> x * y;
                case "/" -> (x, y) -> y == 0 ? Double.NaN : whole ? (double) (long) (x / y) : x / y;
                default -> (x, y) -> x % y;
            });
        }
        return a;
    }

    private Node arithmetic(Node a, Node b, Node.Binary f) {
        number(a);
        number(b);
        boolean whole = a.kind() == Node.Kind.INTEGER && b.kind() == Node.Kind.INTEGER;
        return Node.join(whole ? Node.Kind.INTEGER : Node.Kind.REAL, a, b, f);
    }

    private Node unary() {
        int start = at;
        if (take("!")) {
            Node a = need(unary(), Node.Kind.CONDITION);
            return new Node(Node.Kind.CONDITION, start, c -> Arrays.stream(a.values().of(c)).map(v -> 1 - v).toArray());
        }
        if (take("-")) {
            Node a = number(unary());
            return new Node(a.kind(), start, c -> Arrays.stream(a.values().of(c)).map(v -> -v).toArray());
        }
        return take("+") ? number(unary()) : primary();
    }

    private Node primary() {
        int start = at;
        String word = token;
        if (take("(")) {
            Node n = or();
            expect(")");
            return n;
        }
        if (word.matches("[\\d.].*")) {
            advance();
            return constant(word.matches("\\d+") ? Node.Kind.INTEGER : Node.Kind.REAL, Double.parseDouble(word), start);
        }
        if (word.startsWith("#")) {
            double v = keywords.real(word.substring(1).toUpperCase(Locale.ROOT)).orElseThrow(() -> SxiException
                    .data("keyword of the expression is missing").column(word).todo("correct the expression").build());
            advance();
            return constant(Node.Kind.REAL, v, start);
        }
        if (!word.matches("[A-Za-z_]\\w*")) {
            throw bad("a column, a number or '('", word);
        }
        advance();
        if (!schema.has(word) && word.matches("b[01]{1,52}")) {
            return constant(Node.Kind.INTEGER, Long.parseLong(word.substring(1), 2), start);
        }
        if (!schema.has(word) && word.matches("[TF]")) {
            return constant(Node.Kind.CONDITION, word.equals("T") ? 1 : 0, start);
        }
        return column(word, start);
    }

    private Node column(String word, int start) {
        Column c = schema.find(word).orElseThrow(() -> SxiException
                .data("column of the expression is missing at character " + (start + 1)).column(word)
                .value(text).todo("give a table that has it, or correct the expression").build());
        int elements = c.type() == ColumnType.BITS ? c.repeat() : c.width();
        if (c.type() == ColumnType.TEXT) {
            at = start;
            throw bad("a column of numbers", word);
        }
        if (take("[")) {
            String n = token;
            if (!n.matches("\\d{1,6}") || Integer.parseInt(n) < 1 || Integer.parseInt(n) > elements) {
                throw bad("an element 1.." + elements + " of " + word, n);
            }
            advance();
            expect("]");
            return Operand.element(c, Integer.parseInt(n), start);
        }
        if (c.type() == ColumnType.BITS ? c.repeat() > 52 : elements != 1) {
            throw bad("'[' and an element 1.." + elements + " of " + word, token);
        }
        return Operand.scalar(c, start);
    }

    private static Node constant(Node.Kind kind, double value, int at) {
        return new Node(kind, at, chunk -> {
            double[] v = new double[chunk.rows()];
            Arrays.fill(v, value);
            return v;
        });
    }

    private Node need(Node n, Node.Kind kind) {
        if (n.kind() != kind) {
            at = n.at();
            throw bad("a condition such as PI>100", "a number");
        }
        return n;
    }

    private Node number(Node n) {
        if (n.kind() == Node.Kind.CONDITION) {
            at = n.at();
            throw bad("a number", "a condition");
        }
        return n;
    }

    private boolean take(String wanted) {
        boolean yes = token.equals(wanted);
        if (yes) {
            advance();
        }
        return yes;
    }

    private void expect(String wanted) {
        if (!take(wanted)) {
            throw bad("'" + wanted + "'", token);
        }
    }

    private void advance() {
        int from = token.isEmpty() ? 0 : matcher.end();
        if (text.substring(from).isBlank()) {
            at = text.length();
            token = "";
            return;
        }
        if (!matcher.region(from, text.length()).lookingAt()) {
            at = from;
            throw bad("a column, a number or an operator", text.substring(from).strip());
        }
        token = matcher.group().strip();
        at = matcher.end() - token.length();
        token = ALIASES.getOrDefault(token.toLowerCase(Locale.ROOT), token);
    }

    private SxiException bad(String expected, String found) {
        return SxiException.usage("expression \"" + text + "\" is wrong at character " + (at + 1))
                .value(found.isEmpty() ? "the end" : found).limit(expected).todo("correct the expression").build();
    }
}
