// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.laboratory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameWriter;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.FrameTiming;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.caldb.provenance.Software;
import org.xtendsxi.caldb.time.MissionTime;

/** Makes an observation directory with frames out of images: checks all headers, then copies exposure by exposure. */
final class FrameImport {
    /** What no image tells. */
    record Settings(String obsid, int ccd, int adcBits, boolean inverted, int eventThreshold, int splitThreshold) {
    }

    private static final String DATA_CLASS = "30000010";

    private final Settings settings;
    private final List<Exposure> exposures;
    private final FrameHeader header;

    /** A plane of the images of one file. */
    private record Exposure(List<LabImage> images, int plane) {
        double time() {
            return images.getFirst().time(plane);
        }
    }

    /**
     * Reads the headers.
     *
     * @throws SxiException (data) if the images do not go together
     */
    FrameImport(List<Path> files, Settings settings) {
        this.settings = settings;
        this.exposures = new ArrayList<>();
        for (Path f : files) {
            List<LabImage> images = LabImage.of(f, settings.ccd());
            for (int p = 0; p < images.getFirst().planes(); p++) {
                exposures.add(new Exposure(images, p));
            }
        }
        exposures.sort(Comparator.comparingDouble(Exposure::time));
        check();
        LabImage first = exposures.getFirst().images().getFirst();
        this.header = new FrameHeader(first.amplifier().geometry(), settings.adcBits(), settings.inverted(),
                DataMode.WINDOW1, "CCD", new FrameTiming(first.exposure(), 0, 0, 0, 0, 0, 0, 0, first.exposure()), 1,
                Sxi.ACT_SIZE, nodes(), filled(settings.eventThreshold()),
                filled(settings.splitThreshold()));
    }

    private void check() {
        LabImage first = exposures.getFirst().images().getFirst();
        for (Exposure e : exposures) {
            LabImage head = e.images().getFirst();
            int seen = 0;
            for (LabImage i : e.images()) {
                same(i, first, "DATASEC", "layout", x -> x.amplifier().geometry());
                same(i, first, "EXPTIME", "exposure time", LabImage::exposure);
                same(i, head, "DATE-OBS", "start", LabImage::start);
                same(i, head, "IMAGETYP", "type", LabImage::dark);
                same(i, head, "NAXIS3", "number of exposures", LabImage::planes);
                int bit = 1 << Sxi.segmentIndex(i.amplifier().ccdId(), i.amplifier().segment());
                if ((seen & bit) != 0) {
                    throw i.keywords().at(SxiException.data("segment comes twice in a file"), "CCDSEC")
                            .value("CCD_ID " + i.amplifier().ccdId() + ", SEGMENT " + i.amplifier().segment())
                            .limit("one image per segment").todo("repair CCDSEC or CCD_ID").build();
                }
                seen |= bit;
            }
        }
        for (int n = 1; n < exposures.size(); n++) {
            LabImage i = exposures.get(n).images().getFirst();
            double since = exposures.get(n).time() - exposures.get(n - 1).time();
            if (since < i.exposure() * (1 - 1e-6)) {
                throw i.keywords().at(SxiException.data("exposures overlap in time"), "DATE-OBS")
                        .value(since + " s after "
                        + exposures.get(n - 1).images().getFirst().path().getFileName()).limit(i.exposure() + " s")
                        .todo("repair DATE-OBS or EXPTIME, or import the sets apart").build();
            }
        }
    }

    private static void same(LabImage image, LabImage other, String key, String what, Function<LabImage,
            Object> value) {
        if (!value.apply(image).equals(value.apply(other))) {
            throw image.keywords().at(SxiException.data(what + " differs between images"), key)
                    .value(value.apply(image))
                    .limit(value.apply(other) + " as in " + other.path().getFileName())
                    .todo("import images of the same " + what + " together, others apart").build();
        }
    }

    private int[] nodes() {
        int[] out = {0, 1, 0, 1, 0, 1, 0, 1};
        exposures.forEach(e -> e.images().forEach(i -> out[Sxi.segmentIndex(i.amplifier().ccdId(),
                i.amplifier().segment())] = i.amplifier().readNode()));
        return out;
    }

    private static int[] filled(int value) {
        int[] out = new int[Sxi.ALL_SEGMENTS];
        Arrays.fill(out, value);
        return out;
    }

    /** Number of exposures, dark or not. */
    long count(boolean dark) {
        return exposures.stream().filter(e -> e.images().getFirst().dark() == dark).count();
    }

    /** Columns of an image that go nowhere. */
    int unused() {
        return exposures.getFirst().images().getFirst().amplifier().unused();
    }

    /** Writes the observation directory under a folder and returns it. */
    Path write(Path out) {
        Path directory = out.resolve(settings.obsid());
        String stem = "xtend/frames/xa" + settings.obsid() + "xtd_p0" + DATA_CLASS;
        if (count(true) > 0) {
            write(directory.resolve(stem + "_dk.fits"), true);
        }
        write(directory.resolve(stem + "_fr.fits"), false);
        return directory;
    }

    private void write(Path path, boolean dark) {
        try (FrameWriter w = new FrameWriter(path, header, keywords())) {
            int number = 0;
            for (Exposure e : exposures) {
                number++;
                if (e.images().getFirst().dark() != dark) {
                    continue;
                }
                try (FitsReader f = FitsReader.open(e.images().getFirst().path())) {
                    for (LabImage i : e.images()) {
                        w.accept(i.frame(f, e.plane(), number, (1 << settings.adcBits()) - 1));
                    }
                }
            }
            w.commit();
        }
    }

    private Keywords keywords() {
        MissionTime t = MissionTime.XRISM;
        double start = exposures.getFirst().time();
        double stop = exposures.getLast().time() + exposures.getLast().images().getFirst().exposure();
        Keywords first = exposures.getFirst().images().getFirst().keywords();
        Keywords k = new Keywords().set("TELESCOP", "XRISM", "mission").set("INSTRUME", "XTEND", "instrument")
                .set("FILTER", "OPEN", "filter").set("OBS_ID", settings.obsid(), "observation")
                .set("OBJECT", first.text("OBJECT").orElse("LABORATORY"), "target")
                .set("OBS_MODE", "GROUND", "laboratory")
                .set("DATAMODE", DataMode.WINDOW1.name(), "data mode").set("DATACLAS", DATA_CLASS, "data class")
                .set("RA_NOM", 0.0, "[deg] no sky").set("DEC_NOM", 0.0, "[deg] no sky")
                .set("PA_NOM", 0.0, "[deg] no sky")
                .set("EQUINOX", 2000.0, "").set("RADECSYS", "FK5", "").set("TIMESYS", "TT", "time system")
                .set("MJDREFI", t.mjdRefI(), "epoch").set("MJDREFF", t.mjdRefF(), "epoch").set("TIMEUNIT", "s", "")
                .set("TSTART", start, "[s] start").set("TSTOP", stop, "[s] stop")
                .set("DATE-OBS", t.calendar(start), "start").set("DATE-END", t.calendar(stop), "stop")
                .set("CISTATUS", 0L, "charge injection off").set("CIPERIOD", 0L, "").set("CIOFFSET", 0L, "")
                .set("CIFIRST", 1L, "").set("CCDSIZE", header.geometry().rows(), "rows of a frame")
                .set("WINOPT", 0L, "")
                .set("TIMEPIXR", 0.0, "TIME is the start of the live time")
                .set("CREATOR", Software.creator() + " frames import", "program")
                .set("DATE", RunClock.fitsDate(), "written (UTC)");
        exposures.getFirst().images().forEach(i -> amplifier(k, i));
        exposures.stream().map(e -> e.images().getFirst().path()).distinct()
                .forEach(p -> k.addHistory("sxi frames import: " + p.getFileName()));
        return k;
    }

    /** GAIN and RDNOISE of a segment, as CcSsGAIN and CcSsRDN; they are told, not applied. */
    private static void amplifier(Keywords k, LabImage i) {
        String segment = "C" + i.amplifier().ccdId() + "S" + i.amplifier().segment();
        value(i, "GAIN").ifPresent(v -> k.set(segment + "GAIN", v, "GAIN of the amplifier, electron/adu"));
        value(i, "RDNOISE").ifPresent(v -> k.set(segment + "RDN", v, "RDNOISE of the amplifier, electrons"));
    }

    private static Optional<Double> value(LabImage i, String key) {
        return i.keywords().real(key).stream().boxed().findFirst();
    }
}
