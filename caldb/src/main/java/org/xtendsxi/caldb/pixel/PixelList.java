// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.pixel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * A list of bad, hot or flickering pixels in file order (events-coords-screening section 9.6).
 *
 * @param file where it was read
 * @param entries rows
 */
public record PixelList(Path file, List<PixelEntry> entries) {
    private static final double DAY = 86400;

    /** Copies the rows. */
    public PixelList {
        entries = List.copyOf(entries);
    }

    /** Reads bad pixels and columns: extension BADPIX. */
    public static PixelList bad(Path file) {
        return SxiException.asCalibration(() -> read(file, "BADPIX", "TIME", true));
    }

    /** Reads hot pixels: extension HOTPIX. */
    public static PixelList hot(Path file) {
        return read(file, "HOTPIX", "TIME", false);
    }

    /** Reads flickering pixels: extension PIXELS. */
    public static PixelList flickering(Path file) {
        return read(file, "PIXELS", "START", false);
    }

    private static PixelList read(Path file, String extension, String timeColumn, boolean extents) {
        try (FitsReader f = FitsReader.open(file)) {
            Hdu h = f.find(extension).orElseThrow(() -> error(extents, "extension is missing").in(file).hdu(extension)
                    .todo("give a file that has it").build());
            try (EventChunk t = f.whole(h)) {
                double[] time = t.doubles(timeColumn);
                int[] ccd = t.ints("CCD_ID");
                int[] x = t.ints("ACTX");
                int[] y = t.ints("ACTY");
                int[] n = extents ? t.ints("YEXTEND") : new int[0];
                List<PixelEntry> all = new ArrayList<>(time.length);
                for (int i = 0; i < time.length; i++) {
                    PixelEntry e = new PixelEntry(time[i], ccd[i], x[i], y[i], extents ? n[i] : 1);
                    boolean on = e.ccd() >= 0 && e.ccd() < Sxi.CCDS && CcdPixel.on(e.actX() - 1, e.actY() - 1);
                    if (!on || e.extent() < 1 || e.actY() + e.extent() - 1 > Sxi.ACT_SIZE) {
                        throw error(extents, "pixel of the list is not on a CCD").in(file).hdu(extension).row(i + 1)
                                .value("CCD_ID " + e.ccd() + ", ACTX " + e.actX() + ", ACTY " + e.actY() + ", YEXTEND "
                                        + e.extent())
                                .limit("0..3, 1..640, 1..640, ACTY+YEXTEND-1 <= 640").todo("repair the list").build();
                    }
                    all.add(e);
                }
                return new PixelList(file, all);
            }
        }
    }

    private static SxiException.Builder error(boolean calibration, String what) {
        return calibration ? SxiException.calibration(what) : SxiException.data(what);
    }

    /** Rows of the youngest time block that is not younger than a time (bad pixels). */
    public List<PixelEntry> validAt(double time) {
        double block = blockAt(time);
        return entries.stream().filter(e -> e.time() == block).toList();
    }

    /** TIME of the youngest block that is not younger than a time. */
    public double blockAt(double time) {
        return entries.stream().mapToDouble(PixelEntry::time).filter(t -> t <= time).max()
                .orElseThrow(() -> SxiException.calibration("no list is valid yet at the start of the data").in(file)
                        .column("TIME").value("TSTART " + time)
                        .limit(entries.isEmpty() ? "no rows" : "first TIME " + entries.getFirst().time())
                        .todo("give a list that begins earlier").build());
    }

    /** Rows with a time in start..stop, both included (flickering pixels). */
    public List<PixelEntry> between(double start, double stop) {
        return entries.stream().filter(e -> e.time() >= start && e.time() <= stop).toList();
    }

    /** Rows within a day of start..stop (hot pixels). */
    public List<PixelEntry> near(double start, double stop) {
        return between(start - DAY, stop + DAY);
    }
}
