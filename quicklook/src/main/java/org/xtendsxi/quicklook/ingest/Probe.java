// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.quicklook.store.SourceFile.Kind;

/**
 * What a file is, from its content. The identity does not depend on the name, nor on what a writer changes when it
 * closes the file, so that a renamed file is known again.
 *
 * @param kind what it holds
 * @param identity digest of what distinguishes the data, empty while there is no row
 * @param obsid OBS_ID
 * @param dataset observation, mode and data class
 * @param extension name of the table
 * @param rows complete rows
 * @param start TIME of the first row, s of mission time; NaN while there is none, and of other files
 * @param growing whether the file says that it is not complete
 */
record Probe(Kind kind, String identity, String obsid, String dataset, String extension, long rows, double start,
        boolean growing) {
    private static final int SAMPLE = 64;
    private static final int IDENTITY = 24;
    private static final Pattern FITS = Pattern.compile(".*\\.(fits|fit|evt|hk|att|orb|ehk|mkf|gti)(\\.gz)?");
    private static final Pattern NAME = Pattern.compile("xa(\\d{9})(.+?)(\\.gz)?");

    /** Whether a name is one that FITS files of the archive have; other files are nothing to the page. */
    static boolean named(Path path) {
        return FITS.matcher(path.getFileName().toString()).matches();
    }

    /** What follows the observation in a name of the archive, such as {@code .att}. */
    static Optional<String> suffix(Path path) {
        Matcher m = NAME.matcher(path.getFileName().toString());
        return m.matches() ? Optional.of(m.group(2)) : Optional.empty();
    }

    /**
     * Looks into a file.
     *
     * @param housekeeping name of the table of housekeeping
     * @throws org.xtendsxi.caldb.error.SxiException (data) if it is no FITS file, or shorter than it says
     */
    static Probe of(Path path, String housekeeping) {
        try (FitsReader f = FitsReader.open(path)) {
            for (String name : new String[] {"FRAMES", "EVENTS", housekeeping}) {
                Optional<Hdu> h = f.find(name).filter(u -> u.kind() == Hdu.Kind.TABLE);
                if (h.isPresent()) {
                    return of(path, f, h.get());
                }
            }
            Keywords k = f.primary().keywords();
            return new Probe(Kind.OTHER, Digest.of(path.toString()).substring(0, IDENTITY), obsid(k), "", "", 0,
                    Double.NaN, false);
        }
    }

    private static Probe of(Path path, FitsReader f, Hdu h) {
        Keywords k = h.keywords();
        Kind kind = switch (h.name()) {
            case "FRAMES" -> frames(path);
            case "EVENTS" -> Kind.EVENTS;
            default -> Kind.HOUSEKEEPING;
        };
        String dataset = kind == Kind.HOUSEKEEPING ? "" : obsid(k) + " " + k.text("OBS_MODE").orElse("POINTING").strip()
                + " " + k.text("DATACLAS").orElseGet(() -> k.text("DETNAM").orElse("CCD") + "-"
                        + k.text("DATAMODE").orElse("")).strip();
        String identity = "";
        double start = Double.NaN;
        if (h.rows() > 0) {
            start = time(f, h);
            ByteBuffer first = ByteBuffer.allocate(Math.min(SAMPLE, h.rowBytes()));
            f.readData(h, 0, first);
            identity = Digest.of(kind + " " + dataset + " " + obsid(k) + " " + HexFormat.of().formatHex(first.array()))
                    .substring(0, IDENTITY);
        }
        return new Probe(kind, identity, obsid(k), dataset, h.name(), h.rows(), start,
                k.isTrue("INCOMPLT"));
    }

    private static double time(FitsReader f, Hdu h) {
        int at = 0;
        for (Column c : h.columns()) {
            if (c.name().equals("TIME") && c.type() == ColumnType.DOUBLE) {
                ByteBuffer b = ByteBuffer.allocate(Double.BYTES);
                f.readData(h, at, b);
                return b.getDouble(0);
            }
            at += c.bytes();
        }
        return Double.NaN;
    }

    private static Kind frames(Path path) {
        try (FrameReader r = FrameReader.open(path)) {
            return r.rows() > 0 && r.readIndex(0).type() == FrameType.DARK ? Kind.DARK : Kind.FRAMES;
        }
    }

    private static String obsid(Keywords k) {
        return k.text("OBS_ID").orElse("").strip();
    }
}
