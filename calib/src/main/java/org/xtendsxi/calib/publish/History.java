// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was published into a database: {@code caldb.history.jsonl} beside the index, one line for each change, never
 * rewritten. A line is written before the index changes, so that a change that was cut short can be told from one that
 * was not.
 */
final class History {
    private static final String NAME = "caldb.history.jsonl";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final List<Change> changes;

    private History(Path file, List<Change> changes) {
        this.file = file;
        this.changes = changes;
    }

    /**
     * A change of the index.
     *
     * @param action publish or undo
     * @param date when (UTC)
     * @param before edition before, a file name
     * @param beforeDigest SHA-256 of it
     * @param after edition after
     * @param afterDigest SHA-256 of it
     * @param files files added or taken away, below the root of the database, with their SHA-256
     */
    record Change(String action, String date, String before, String beforeDigest, String after, String afterDigest,
            Map<String, String> files) {
    }

    /** Reads the history beside an index; none is empty. */
    static History of(Path index) {
        Path file = index.resolveSibling(NAME);
        List<Change> all = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode n = JSON.readTree(line);
                    Map<String, String> files = new LinkedHashMap<>();
                    n.get("files").properties().forEach(e -> files.put(e.getKey(), e.getValue().asString()));
                    all.add(new Change(text(n, "action"), text(n, "date"), text(n, "before"), text(n, "beforeDigest"),
                            text(n, "after"), text(n, "afterDigest"), files));
                }
            }
        } catch (IOException | JacksonException | NullPointerException e) {
            throw SxiException.calibration("history of the database cannot be read").in(file).row(all.size() + 1L)
                    .value(String.valueOf(e.getMessage())).cause(e).todo("repair or move the file").build();
        }
        return new History(file, all);
    }

    private static String text(JsonNode n, String key) {
        return n.get(key).asString();
    }

    /** The last publication that was not undone. */
    Optional<Change> last() {
        List<Change> open = new ArrayList<>();
        for (Change c : changes) {
            if (c.action().equals("publish")) {
                open.add(c);
            } else if (!open.isEmpty()) {
                open.removeLast();
            }
        }
        return open.isEmpty() ? Optional.empty() : Optional.of(open.getLast());
    }

    /** Appends a change and waits until it is on the disk. */
    void append(Change c) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("action", c.action());
        line.put("date", c.date());
        line.put("before", c.before());
        line.put("beforeDigest", c.beforeDigest());
        line.put("after", c.after());
        line.put("afterDigest", c.afterDigest());
        line.put("files", c.files());
        try (FileChannel f = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
            f.write(ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8)));
            f.force(true);
        } catch (IOException e) {
            throw SxiException.output("history of the database cannot be written").in(file).value(e.getMessage())
                    .cause(e)
                    .todo("check that the folder is writable").build();
        }
        changes.add(c);
    }

    /** File of the history. */
    Path file() {
        return file;
    }
}
