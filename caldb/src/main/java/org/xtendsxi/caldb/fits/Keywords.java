// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import nom.tam.fits.HeaderCard;
import nom.tam.fits.HeaderCardException;
import org.xtendsxi.caldb.error.SxiException;

/**
 * The keywords of one HDU in order, with typed access. Values that must exist but do not, or do not read as their type,
 * raise a data error that names file, HDU and keyword.
 */
public final class Keywords {
    private static final Pattern COLUMN = Pattern.compile(
            "NAXIS\\d*|T(TYPE|FORM|UNIT|NULL|SCAL|ZERO|DISP|DIM|LMIN|LMAX|DMIN|DMAX|CTYP|CUNI|CRPX|"
            + "CRVL|CDLT|CROT|CNAM|DBIN)"
                    + "\\d+");
    private static final Set<String> STRUCTURE = Set.of("SIMPLE", "XTENSION", "BITPIX", "PCOUNT", "GCOUNT", "TFIELDS",
            "EXTEND", "EXTNAME", "CHECKSUM", "DATASUM", "THEAP", "END", "LONGSTRN");
    private static final int LINE = 70;

    private final List<HeaderCard> cards = new ArrayList<>();
    /** First card of each keyword with a value; null after a change. A table asks for many keywords per column. */
    private volatile Map<String, HeaderCard> index;
    private String file = "";
    private String hdu = "";

    /** No keywords. */
    public Keywords() {
    }

    Keywords(String file, String hdu, List<HeaderCard> cards) {
        this.file = file;
        this.hdu = hdu;
        this.cards.addAll(cards);
    }

    /** Cards in order, for the writer. */
    List<HeaderCard> cards() {
        return Collections.unmodifiableList(cards);
    }

    /** Appends the cards of another header as they are. */
    Keywords append(Keywords more) {
        cards.addAll(more.cards);
        index = null;
        return this;
    }

    /** Comment of a keyword, empty if there is none. */
    String comment(String key) {
        return find(key).map(HeaderCard::getComment).orElse("");
    }

    /** File from which the keywords were read, empty if none. */
    public String file() {
        return file;
    }

    /** HDU from which the keywords were read, empty if none. */
    public String hdu() {
        return hdu;
    }

    /** An independent copy. */
    public Keywords copy() {
        return filtered(c -> true);
    }

    /** A copy without what describes the HDU itself: structure, columns, checksums; what is safe to carry elsewhere. */
    public Keywords observation() {
        return filtered(c -> !STRUCTURE.contains(c.getKey()) && !COLUMN.matcher(c.getKey()).matches() && !c.isBlank());
    }

    /** A copy without HISTORY and COMMENT. */
    public Keywords withoutCommentary() {
        return filtered(c -> !c.isCommentStyleCard());
    }

    private Keywords filtered(Predicate<HeaderCard> keep) {
        return new Keywords(file, hdu, cards.stream().filter(keep).map(HeaderCard::copy).toList());
    }

    /** Names of all keywords with values, in order. */
    public List<String> names() {
        return cards.stream().filter(HeaderCard::isKeyValuePair).map(HeaderCard::getKey).toList();
    }

    /** Lines of HISTORY, in order. */
    public List<String> history() {
        return cards.stream().filter(c -> c.getKey().equals("HISTORY")).map(HeaderCard::getComment).toList();
    }

    /** Whether a keyword exists. */
    public boolean has(String key) {
        return find(key).isPresent();
    }

    private Optional<HeaderCard> find(String key) {
        Map<String, HeaderCard> now = index;
        if (now == null) {
            now = new HashMap<>();
            for (HeaderCard c : cards) {
                if (c.isKeyValuePair()) {
                    now.putIfAbsent(c.getKey(), c);
                }
            }
            index = now;
        }
        return Optional.ofNullable(now.get(key));
    }

    /** Value as text; strings without trailing blanks. */
    public Optional<String> text(String key) {
        return find(key).map(c -> c.getValue() == null ? "" : c.getValue().stripTrailing());
    }

    /** Value as a floating-point number. */
    public OptionalDouble real(String key) {
        Optional<String> v = text(key);
        return v.isEmpty() || v.get().isBlank() ? OptionalDouble.empty() : OptionalDouble.of(parse(key, v.get()));
    }

    private double parse(String key, String value) {
        try {
            return Double.parseDouble(value.strip().replace('D', 'E'));
        } catch (NumberFormatException e) {
            throw at(SxiException.data("keyword is not a number"), key).value(value).todo("repair the header").build();
        }
    }

    /** Value as a whole number. */
    public OptionalLong integer(String key) {
        OptionalDouble v = real(key);
        if (v.isEmpty()) {
            return OptionalLong.empty();
        }
        if (v.getAsDouble() != Math.rint(v.getAsDouble())) {
            throw at(SxiException.data("keyword is not a whole number"), key).value(v.getAsDouble())
                    .todo("repair the header").build();
        }
        return OptionalLong.of((long) v.getAsDouble());
    }

    /** Whether a logical keyword is T; absent is F. */
    public boolean isTrue(String key) {
        return find(key).map(c -> c.getValue(Boolean.class, false)).orElse(false);
    }

    /** Value as text that must exist. */
    public String needText(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    /** Number that must exist. */
    public double needReal(String key) {
        return real(key).orElseThrow(() -> missing(key));
    }

    /** Whole number that must exist. */
    public int needInteger(String key) {
        return Math.toIntExact(integer(key).orElseThrow(() -> missing(key)));
    }

    /**
     * Whole numbers of a tuple {@code (a,b,...)}.
     *
     * @param key keyword
     * @param length number of values expected
     * @return the values, or empty if the keyword is absent
     */
    public Optional<int[]> tuple(String key, int length) {
        return text(key).map(v -> {
            String[] parts = v.replaceAll("[()\\s]", "").split(",");
            if (parts.length != length) {
                throw at(SxiException.data("keyword has the wrong number of values"), key).value(v).limit(length)
                        .todo("repair the header").build();
            }
            return Arrays.stream(parts).mapToInt(p -> (int) parse(key, p)).toArray();
        });
    }

    /** Tuple that must exist. */
    public int[] needTuple(String key, int length) {
        return tuple(key, length).orElseThrow(() -> missing(key));
    }

    /** Text of a tuple keyword. */
    public static String tupleText(int... values) {
        return Arrays.toString(values).replace('[', '(').replace(']', ')').replace(" ", "");
    }

    private SxiException missing(String key) {
        return at(SxiException.data("keyword is missing"), key).todo("add it to the header").build();
    }

    /** Adds file, HDU and keyword to an error. */
    public SxiException.Builder at(SxiException.Builder b, String key) {
        return b.in(file.isEmpty() ? (String) null : file).hdu(hdu.isEmpty() ? null : hdu).column(key);
    }

    /** Sets a text. */
    public Keywords set(String key, String value, String comment) {
        return put(key, () -> new HeaderCard(key, value, comment));
    }

    /** Sets a whole number. */
    public Keywords set(String key, long value, String comment) {
        return put(key, () -> new HeaderCard(key, (Number) value, comment));
    }

    /** Sets a floating-point number. */
    public Keywords set(String key, double value, String comment) {
        return put(key, () -> new HeaderCard(key, (Number) value, comment));
    }

    /** Sets a logical value. */
    public Keywords set(String key, boolean value, String comment) {
        return put(key, () -> new HeaderCard(key, (Boolean) value, comment));
    }

    /** Takes over a keyword from another header, if it has it. */
    public Keywords take(Keywords from, String... keys) {
        for (String key : keys) {
            from.find(key).ifPresent(c -> put(key, c::copy));
        }
        return this;
    }

    /** Takes over all keywords with values of another header; those that exist here are replaced. */
    public Keywords takeAll(Keywords from) {
        return take(from, from.names().toArray(String[]::new));
    }

    /** Removes a keyword. */
    public Keywords remove(String key) {
        cards.removeIf(c -> key.equals(c.getKey()));
        index = null;
        return this;
    }

    /** Appends HISTORY, split into lines. */
    public Keywords addHistory(String text) {
        for (int i = 0; i < Math.max(1, text.length()); i += LINE) {
            String line = text.substring(i, Math.min(text.length(), i + LINE));
            add(() -> HeaderCard.createHistoryCard(line));
        }
        return this;
    }

    /** Removes lines of HISTORY that start with a word, so that a step that is repeated does not stand there twice. */
    public Keywords dropHistory(String start) {
        cards.removeIf(c -> c.getKey().equals("HISTORY") && c.getComment() != null
                && c.getComment().strip().startsWith(start));
        return this;
    }

    private Keywords put(String key, CardMaker maker) {
        HeaderCard card = make(maker);
        index = null;
        for (int i = 0; i < cards.size(); i++) {
            if (key.equals(cards.get(i).getKey())) {
                cards.set(i, card);
                return this;
            }
        }
        cards.add(card);
        return this;
    }

    private void add(CardMaker maker) {
        cards.add(make(maker));
    }

    private static HeaderCard make(CardMaker maker) {
        try {
            return maker.make();
        } catch (HeaderCardException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @FunctionalInterface
    private interface CardMaker {
        HeaderCard make() throws HeaderCardException;
    }
}
