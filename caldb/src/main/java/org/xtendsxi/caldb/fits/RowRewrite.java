// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;

/**
 * Rewrites some columns of the rows of a table: only columns that are used are decoded, only columns that are written
 * are encoded, and the bytes of all others pass as they are. May be used by several threads at once.
 */
public final class RowRewrite {
    private final EventSchema working;
    private final int inStride;
    private final int outStride;
    private final List<Place> decoded = new ArrayList<>();
    private final List<Place> encoded = new ArrayList<>();
    private final List<Run> copied = new ArrayList<>();
    private final boolean inPlace;

    /** A column and its first byte in a row. */
    private record Place(Column column, int offset) {
    }

    /** Bytes of neighbouring columns that are carried over. */
    private record Run(int from, int to, int length) {
    }

    /**
     * Plans a rewrite.
     *
     * @param in columns of the rows read
     * @param out columns of the rows written; one of the input's names must have the input's format
     * @param read names of columns that the work reads; those that neither side has are left out
     * @param written names of columns that the work writes
     */
    public RowRewrite(EventSchema in, EventSchema out, Set<String> read, Set<String> written) {
        this(in, out, read, written, Set.of());
    }

    /**
     * Plans a rewrite in which some columns start null.
     *
     * @param in columns of the rows read
     * @param out columns of the rows written; one of the input's names must have the input's format, unless it is fresh
     * @param read names of columns that the work reads; those that neither side has are left out
     * @param written names of columns that the work writes
     * @param fresh those of them that start null even if the input has them
     */
    public RowRewrite(EventSchema in, EventSchema out, Set<String> read, Set<String> written, Set<String> fresh) {
        Set<String> wanted = upper(written);
        Set<String> anew = upper(fresh);
        wanted.addAll(anew);
        Set<String> used = upper(read);
        used.addAll(wanted);
        working = new EventSchema(out.columns().stream().filter(c -> used.contains(key(c))).toList());
        inStride = in.rowBytes();
        outStride = out.rowBytes();
        inPlace = in.columns().stream().map(RowRewrite::layout).toList()
                .equals(out.columns().stream().map(RowRewrite::layout).toList());
        int at = 0;
        for (Column c : out.columns()) {
            int offset = anew.contains(key(c)) ? -1 : offset(in, c);
            if (offset >= 0 && used.contains(key(c)) && c.repeat() > 0) {
                decoded.add(new Place(c, offset));
            }
            if (wanted.contains(key(c)) && c.repeat() > 0) {
                encoded.add(new Place(c, at));
            } else if (offset >= 0) {
                copy(offset, at, c.bytes());
            }
            at += c.bytes();
        }
    }

    private static Set<String> upper(Set<String> names) {
        return names.stream().map(n -> n.toUpperCase(Locale.ROOT)).collect(Collectors.toCollection(HashSet::new));
    }

    private static String key(Column c) {
        return c.name().toUpperCase(Locale.ROOT);
    }

    private static String layout(Column c) {
        return key(c) + " " + c.format() + " " + c.zero();
    }

    private static int offset(EventSchema in, Column wanted) {
        int at = 0;
        for (Column c : in.columns()) {
            if (key(c).equals(key(wanted))) {
                if (!layout(c).equals(layout(wanted))) {
                    throw new IllegalArgumentException(c.name() + ": " + c.format() + " is not " + wanted.format());
                }
                return at;
            }
            at += c.bytes();
        }
        return -1;
    }

    private void copy(int from, int to, int length) {
        Run last = copied.isEmpty() ? new Run(0, 0, 0) : copied.getLast();
        if (!copied.isEmpty() && last.from + last.length == from && last.to + last.length == to) {
            copied.set(copied.size() - 1, new Run(last.from, last.to, last.length + length));
        } else {
            copied.add(new Run(from, to, length));
        }
    }

    /** Columns of the chunks that the work sees: those of the output that are read or written. */
    public EventSchema working() {
        return working;
    }

    /** Decodes what the work uses; columns that the input does not have start null. The caller closes the chunk. */
    public EventChunk decode(RawRows rows) {
        EventChunk chunk = EventChunk.allocate(working, rows.first(), rows.count());
        for (Place p : decoded) {
            TableCodec.decode(rows.bytes(), inStride, p.offset, p.column, chunk);
        }
        return chunk;
    }

    /**
     * Encodes what the work has written.
     *
     * @param rows the rows that {@link #decode} got; their bytes may be changed
     * @param chunk the chunk after the work
     * @return rows in the layout of the output
     */
    public byte[] encode(RawRows rows, EventChunk chunk) {
        byte[] out = rows.bytes();
        if (!inPlace) {
            out = new byte[Math.multiplyExact(rows.count(), outStride)];
            for (int i = 0; i < rows.count(); i++) {
                for (Run r : copied) {
                    System.arraycopy(rows.bytes(), i * inStride + r.from, out, i * outStride + r.to, r.length);
                }
            }
        }
        for (Place p : encoded) {
            TableCodec.encode(chunk, p.column, out, outStride, p.offset);
        }
        return out;
    }
}
