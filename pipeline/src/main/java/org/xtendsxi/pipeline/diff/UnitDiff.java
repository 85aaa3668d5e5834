// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.diff;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableReader;

/** Compares two header-data units in pieces of bounded size. */
final class UnitDiff {
    private static final int CHUNK_ROWS = 8192;
    private static final int PIECE = 1 << 20;
    /** Dates of writing, and what follows from the data. */
    private static final Set<String> ASIDE = Set.of("DATE", "CHECKSUM", "DATASUM", "PROCDATE", "NAXIS2");

    private UnitDiff() {
    }

    /**
     * Compares; empty if nothing differs. Of tables of different length the rows after the first difference belong to
     * different events, so their columns are not compared.
     */
    static Optional<Differences.Unit> of(FitsReader a, Hdu x, FitsReader b, Hdu y) {
        List<Differences.Value> keywords = keywords(x.keywords(), y.keywords());
        List<Differences.Column> columns = List.of();
        String what = "";
        long rowsA = x.rows();
        long rowsB = y.rows();
        if (x.kind() != y.kind()) {
            what = "kinds " + x.kind() + " and " + y.kind();
        } else if (x.kind() == Hdu.Kind.TABLE) {
            columns = table(a, x, b, y);
            if (rowsA != rowsB) {
                long parted = columns.stream().filter(c -> c.rows() > 0)
                        .mapToLong(Differences.Column::firstRow).min().orElse(Math.min(rowsA, rowsB) + 1);
                what = "rows " + rowsA + " and " + rowsB + ", the same up to row " + (parted - 1);
                columns = columns.stream().filter(c -> c.rows() == 0).toList();
            }
        } else if (!x.axes().equals(y.axes()) || x.dataBytes() != y.dataBytes()) {
            what = "axes " + x.axes() + " and " + y.axes();
        } else if (!x.axes().isEmpty()) {
            rowsA = x.axes().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
            rowsB = rowsA;
            columns = image(a, x, b, y);
        }
        return what.isEmpty() && columns.isEmpty() && keywords.isEmpty() ? Optional.empty()
                : Optional.of(new Differences.Unit(x.name(), what, rowsA, rowsB, columns, keywords));
    }

    private static List<Differences.Value> keywords(Keywords a, Keywords b) {
        Set<String> names = new LinkedHashSet<>(a.names());
        names.addAll(b.names());
        names.removeAll(ASIDE);
        List<Differences.Value> out = new ArrayList<>();
        for (String name : names) {
            String x = a.text(name).orElse(Differences.Value.ABSENT);
            String y = b.text(name).orElse(Differences.Value.ABSENT);
            if (!x.equals(y)) {
                out.add(new Differences.Value(name, x, y));
            }
        }
        return out;
    }

    private static List<Differences.Column> table(FitsReader a, Hdu x, FitsReader b, Hdu y) {
        List<Differences.Column> out = new ArrayList<>();
        List<ColumnTally> common = new ArrayList<>();
        for (Column c : x.columns()) {
            Optional<Column> other = same(y.columns(), c.name());
            if (other.isEmpty()) {
                out.add(new Differences.Column(c.name(), 0, 0, OptionalDouble.empty(), "only in A"));
            } else if (!other.get().format().equals(c.format()) || other.get().zero() != c.zero()) {
                out.add(new Differences.Column(c.name(), 0, 0, OptionalDouble.empty(),
                        "formats " + c.format() + " and " + other.get().format()));
            } else {
                common.add(new ColumnTally(c));
            }
        }
        for (Column c : y.columns()) {
            if (same(x.columns(), c.name()).isEmpty()) {
                out.add(new Differences.Column(c.name(), 0, 0, OptionalDouble.empty(), "only in B"));
            }
        }
        try (TableReader s = a.table(x, CHUNK_ROWS); TableReader t = b.table(y, CHUNK_ROWS)) {
            boolean more = true;
            while (more) {
                more = chunk(s, t, common);
            }
        }
        common.forEach(c -> c.result().ifPresent(out::add));
        return out;
    }

    private static boolean chunk(TableReader s, TableReader t, List<ColumnTally> common) {
        Optional<EventChunk> p = s.next();
        Optional<EventChunk> q = t.next();
        try {
            if (p.isEmpty() || q.isEmpty()) {
                return false;
            }
            int n = Math.min(p.get().rows(), q.get().rows());
            common.forEach(c -> c.add(p.get(), q.get(), n));
            return true;
        } finally {
            p.ifPresent(EventChunk::close);
            q.ifPresent(EventChunk::close);
        }
    }

    private static Optional<Column> same(List<Column> columns, String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Pixels as stored, scaled by BSCALE. */
    private static List<Differences.Column> image(FitsReader a, Hdu x, FitsReader b, Hdu y) {
        int bitpix = x.keywords().needInteger("BITPIX");
        if (bitpix != y.keywords().needInteger("BITPIX")) {
            return List.of();
        }
        int size = Math.abs(bitpix) / Byte.SIZE;
        long differing = 0;
        long first = 0;
        double largest = Double.NaN;
        for (long at = 0; at < x.dataBytes(); at += PIECE) {
            int n = (int) Math.min(PIECE, x.dataBytes() - at);
            ByteBuffer p = ByteBuffer.allocate(n);
            ByteBuffer q = ByteBuffer.allocate(n);
            a.readData(x, at, p);
            b.readData(y, at, q);
            p.flip();
            q.flip();
            if (p.mismatch(q) < 0) {
                continue;
            }
            for (int i = 0; i + size <= n; i += size) {
                if (p.slice(i, size).mismatch(q.slice(i, size)) >= 0) {
                    double d = stored(q, i, bitpix) - stored(p, i, bitpix);
                    largest = Math.abs(d) <= Math.abs(largest) || Double.isNaN(d) ? largest : d;
                    first = differing++ == 0 ? (at + i) / size + 1 : first;
                }
            }
        }
        double scale = x.keywords().real("BSCALE").orElse(1);
        return differing == 0 ? List.of() : List.of(new Differences.Column("pixels", differing, first,
                Double.isNaN(largest) ? OptionalDouble.empty() : OptionalDouble.of(scale * largest), ""));
    }

    private static double stored(ByteBuffer b, int at, int bitpix) {
        return switch (bitpix) {
            case 8 -> b.get(at) & 0xff;
            case 16 -> b.getShort(at);
            case 32 -> b.getInt(at);
            case 64 -> b.getLong(at);
            case -32 -> b.getFloat(at);
            default -> b.getDouble(at);
        };
    }
}
