// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.laboratory;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.time.MissionTime;

/**
 * One image or cube of a file: the exposures of one amplifier.
 *
 * @param path the file
 * @param index place of the HDU in the file
 * @param keywords of the image, and what only the primary header says
 * @param amplifier where its pixels go
 * @param start DATE-OBS, start of the first exposure, s of mission time
 * @param exposure EXPTIME, s
 * @param dark IMAGETYP dark, zero or bias
 * @param planes exposures, NAXIS3
 */
record LabImage(Path path, int index, Keywords keywords, Amplifier amplifier, double start, double exposure,
        boolean dark,
        int planes) {
    private static final int CUBE = 3;

    /** All images of a file, in order. */
    static List<LabImage> of(Path path, int firstCcd) {
        List<LabImage> out = new ArrayList<>();
        try (FitsReader f = FitsReader.open(path)) {
            for (Hdu h : f.hdus()) {
                if (h.kind() == Hdu.Kind.IMAGE && (h.axes().size() == 2 || h.axes().size() == CUBE)) {
                    out.add(of(f, h, out.size(), firstCcd));
                }
            }
        }
        if (out.isEmpty()) {
            throw SxiException.data("file has no image").in(path).limit("two or three axes, not compressed by tiles")
                    .todo("give images; unpack .fz files with funpack").build();
        }
        return out;
    }

    private static LabImage of(FitsReader f, Hdu h, int place, int firstCcd) {
        Keywords k = h.keywords().copy();
        f.primary().keywords().names().stream().filter(n -> !k.has(n)).forEach(n -> k.take(f.primary().keywords(), n));
        double exposure = k.needReal("EXPTIME");
        if (!(exposure > 0)) {
            throw k.at(SxiException.data("exposure time is not positive"), "EXPTIME").value(exposure).limit("above 0 s")
                    .todo("leave zero exposures out; give dark frames of the exposure time of the images").build();
        }
        String type = k.text("IMAGETYP").orElse("object").strip().toLowerCase(Locale.ROOT);
        return new LabImage(f.path(), h.index(), k, Amplifier.of(k, h.axes().get(0), h.axes().get(1), place, firstCcd),
                start(k), exposure, type.equals("dark") || type.equals("zero") || type.equals("bias"),
                h.axes().size() == CUBE ? h.axes().get(2) : 1);
    }

    /** DATE-OBS, a date with time, or a date with the time in TIME-OBS. */
    private static double start(Keywords k) {
        String date = k.needText("DATE-OBS").strip();
        String whole = date.contains("T") ? date : date + k.text("TIME-OBS").map(t -> "T" + t.strip()).orElse("");
        try {
            return MissionTime.XRISM.ofCalendar(whole.replaceFirst("Z$", ""));
        } catch (DateTimeParseException e) {
            throw k.at(SxiException.data("date cannot be read"), "DATE-OBS").value(whole)
                    .limit("YYYY-MM-DDThh:mm:ss[.sss]").todo("repair the header").cause(e).build();
        }
    }

    /** Start of an exposure, s of mission time; those of a cube follow each other without a gap. */
    double time(int plane) {
        return start + plane * exposure;
    }

    /**
     * Reads an exposure.
     *
     * @param file the open file
     * @param plane exposure of a cube, from 0
     * @param number FRAMENUM
     * @param adcMax highest value of the ADC
     * @throws SxiException (data) if a value is not one of the ADC
     */
    SegmentFrame frame(FitsReader file, int plane, int number, int adcMax) {
        Image image = Image.plane(file, file.hdus().get(index), plane);
        FrameGeometry g = amplifier.geometry();
        MemorySegment pixels = MemorySegment.ofArray(new byte[2 * g.pixels()]);
        for (int y = 0; y < g.height(); y++) {
            for (int x = 0; x < g.width(); x++) {
                int at = amplifier.source(x, y);
                double v = image.values()[at];
                if (!(v >= 0 && v <= adcMax && v == Math.rint(v))) {
                    throw SxiException.data("pixel is not a value of the ADC").in(path).hdu(keywords.hdu())
                            .value(v + " at x " + (at % amplifier.width() + 1) + ", y " + (at / amplifier.width() + 1))
                            .limit("whole, 0.." + adcMax).todo("give raw images, and --adcbits as it is").build();
                }
                pixels.set(SegmentFrame.WORD, 2L * (y * g.width() + x), (short) ((int) v - SegmentFrame.ZERO));
            }
        }
        return new SegmentFrame(0, time(plane), number, amplifier.ccdId(), amplifier.segment(), amplifier.readNode(),
                dark ? FrameType.DARK : FrameType.RAW, pixels);
    }
}
