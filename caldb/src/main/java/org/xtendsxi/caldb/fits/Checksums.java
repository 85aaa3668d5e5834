// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.fits;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Recomputes DATASUM and CHECKSUM of the units of an open file (FITS standard 4.0, section 4.4.2.7 and appendix J). */
public final class Checksums {
    private static final int BUFFER = 1 << 16;
    /** Minus zero in ones complement: the sum of a whole unit whose CHECKSUM is right. */
    private static final long RIGHT_SUM = 0xffffffffL;

    private Checksums() {
    }

    /** What a unit's sums tell. */
    public enum Verdict {
        /** The sums that the header gives are right. */
        RIGHT,
        /** The header gives no sums. */
        ABSENT,
        /** The bytes changed after the sums were written. */
        WRONG
    }

    /** Checks one unit of a file. */
    public static Verdict of(FitsReader file, Hdu unit) {
        Optional<String> dataSum = value(unit, "DATASUM");
        Optional<String> checksum = value(unit, "CHECKSUM");
        if (dataSum.isEmpty() && checksum.isEmpty()) {
            return Verdict.ABSENT;
        }
        long data = sum(file, unit.dataOffset(), end(unit));
        long header = sum(file, start(file, unit), unit.dataOffset());
        boolean dataRight = dataSum.map(s -> s.equals(Long.toString(data))).orElse(true);
        boolean unitRight = checksum.isEmpty() || DataSum.plus(header, data) == RIGHT_SUM;
        return dataRight && unitRight ? Verdict.RIGHT : Verdict.WRONG;
    }

    private static Optional<String> value(Hdu unit, String key) {
        return unit.keywords().text(key).map(String::strip).filter(s -> !s.isEmpty());
    }

    /** Position of the header: where the unit before ends. */
    private static long start(FitsReader file, Hdu unit) {
        return unit.index() == 0 ? 0 : end(file.hdus().get(unit.index() - 1));
    }

    private static long end(Hdu unit) {
        return unit.dataOffset() + (unit.dataBytes() + FitsReader.BLOCK - 1) / FitsReader.BLOCK * FitsReader.BLOCK;
    }

    /** Sum of bytes; those that the file lacks count as zero, which is what padding of data is. */
    private static long sum(FitsReader file, long from, long to) {
        DataSum sum = new DataSum();
        byte[] b = new byte[BUFFER];
        for (long at = from; at < to; at += BUFFER) {
            int n = (int) Math.min(BUFFER, to - at);
            ByteBuffer into = ByteBuffer.wrap(b, 0, n);
            int read = file.readFully(into, at) ? n : into.position();
            sum.add(b, 0, read);
        }
        return sum.value();
    }
}
