// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.teldef.SkyPlane;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.grouping.Grouping;
import org.xtendsxi.pipeline.plot.ImagePlot;
import org.xtendsxi.pipeline.plot.LightCurvePlot;
import org.xtendsxi.pipeline.plot.Overlay;
import org.xtendsxi.pipeline.plot.SkyGrid;
import org.xtendsxi.pipeline.plot.SpectrumPlot;
import org.xtendsxi.pipeline.plot.Window;
import org.xtendsxi.pipeline.products.Links;
import org.xtendsxi.pipeline.products.PlaneImage;
import org.xtendsxi.pipeline.products.Products;

/** Names and writes the files of a set of products: FITS, and a PNG beside each. */
public final class ProductFiles {

    private static final double EV_PER_KEV = 1000;
    private static final List<SpectrumPlot.Mark> LAMP_LINES =
            List.of(new SpectrumPlot.Mark("Mn Kα", 5895), new SpectrumPlot.Mark("Mn Kβ", 6490));
    /** Fluorescence lines of camera and telescope that stand in the background. */
    private static final List<SpectrumPlot.Mark> BACKGROUND_LINES = List.of(new SpectrumPlot.Mark("Al Kα", 1487),
            new SpectrumPlot.Mark("Si Kα", 1740), new SpectrumPlot.Mark("Au Mα", 2123),
            new SpectrumPlot.Mark("Ni Kα", 7478), new SpectrumPlot.Mark("Au Lα", 9713));

    private ProductFiles() {
    }

    /** Stem of product names: the event file's name without {@code _cl.evt}, {@code .evt} or compression. */
    public static String stem(Path events) {
        return events.getFileName().toString().replaceFirst("\\.gz$", "")
                .replaceFirst("(_cl\\d*|_uf)?\\.(evt|fits|fit)$", "");
    }

    /** Writes the images of SKY and DET, as far as the events have them, and their plots. */
    static List<Path> images(Products p, Path directory, String name, Optional<DetectorMarks> marks) {
        List<Path> files = new ArrayList<>(sky(p, directory, name, marks));
        p.det().ifPresent(i -> {
            Path fits = directory.resolve(name + "_det.img");
            p.writeImage(i, fits);
            files.add(fits);
            files.add(det(directory.resolve(name + "_det_img.png"), imageTitle(p, i), i, i::count, marks));
        });
        return files;
    }

    /** Writes the image of SKY, if there is one, and its plot. */
    static List<Path> sky(Products p, Path directory, String name, Optional<DetectorMarks> marks) {
        if (p.sky().isEmpty()) {
            return List.of();
        }
        PlaneImage i = p.sky().get();
        Path fits = directory.resolve(name + ".img");
        p.writeImage(i, fits);
        List<Path> files = new ArrayList<>(List.of(fits));
        files.addAll(skyPlot(p, directory.resolve(name + "_img.png"), marks, List.of()));
        return files;
    }

    /** Draws the image of SKY, if there is one. */
    static List<Path> skyPlot(Products p, Path png, Optional<DetectorMarks> marks, List<Overlay> more) {
        if (p.sky().isEmpty()) {
            return List.of();
        }
        PlaneImage i = p.sky().get();
        List<Overlay> overlays = new ArrayList<>();
        overlays.add(grid(i.wcs(p.standard())));
        Window window = Window.all(i.width(), i.height());
        if (p.toSky().isPresent() && marks.isPresent()) {
            overlays.add(marks.get().on(p.toSky().get()));
            window = marks.get().window(p.toSky().get(), i.width(), i.height());
        }
        overlays.addAll(more);
        ImagePlot.write(png, imageTitle(p, i), window, i::count, overlays);
        return List.of(png);
    }

    /** Lines of right ascension and declination, or pixels where the axes are not those of the sky. */
    private static Overlay grid(Keywords wcs) {
        double step = wcs.needReal("CDELT2");
        return !wcs.needText("CTYPE1").startsWith("RA--") || !(step > 0) ? Overlay.pixels("X", "Y")
                : new SkyGrid(new SkyPlane(wcs.needReal("CRVAL1"), wcs.needReal("CRVAL2"), wcs.needReal("CRPIX1"),
                        wcs.needReal("CRPIX2"), 1 / Math.toRadians(step)));
    }

    /** Draws an image of the detector plane. */
    static Path det(Path png, String title, PlaneImage size, ImagePlot.Counts counts, Optional<DetectorMarks> marks) {
        List<Overlay> overlays = new ArrayList<>();
        overlays.add(Overlay.pixels("DETX", "DETY"));
        marks.ifPresent(m -> overlays.add(m.det()));
        Window window = marks.map(m -> m.window(DetectorMarks.SAME, size.width(), size.height()))
                .orElseGet(() -> Window.all(size.width(), size.height()));
        ImagePlot.write(png, title, window, counts, overlays);
        return png;
    }

    private static String imageTitle(Products p, PlaneImage image) {
        return title(p, String.format("%s, %.2f–%.2f keV", image.system(), p.piLow() * evPerChannel(p) / EV_PER_KEV,
                (p.piHigh() + 1) * evPerChannel(p) / EV_PER_KEV));
    }

    /** Writes the light curve and its plot. */
    static List<Path> curve(Products p, Path directory, String name) {
        Path lc = directory.resolve(name + ".lc");
        p.writeLightCurve(lc);
        Path png = directory.resolve(name + "_lc.png");
        LightCurvePlot.write(png, title(p, "light curve, " + p.lightCurve().binSize() + " s bins"), p.lightCurve(),
                p.gti(), time(p).calendar(p.gti().start()));
        return List.of(lc, png);
    }

    /**
     * Writes a spectrum and its plot.
     *
     * @param p the products
     * @param directory where
     * @param name stem and selection, such as {@code xa..._src}
     * @param links files that belong to it
     * @param groups bins of its channels, if any
     */
    static List<Path> spectrum(Products p, Path directory, String name, Links links, Optional<Grouping> groups) {
        Path pha = directory.resolve(name + ".pha");
        p.writeSpectrum(pha, links, groups);
        Path png = directory.resolve(name + "_pha.png");
        long[] counts = p.spectrum().counts();
        boolean lamp = name.endsWith("_cal");
        boolean ours = p.standard().text("INSTRUME").filter("XTEND"::equals).isPresent();
        SpectrumPlot.write(png, title(p, lamp ? "spectrum of the calibration source" : "spectrum"), counts,
                evPerChannel(p), p.exposure(), lamp ? LAMP_LINES : ours ? BACKGROUND_LINES : List.of());
        return List.of(pha, png);
    }

    /** 6 eV for SXI; Resolve lists have 0.5 eV channels. */
    private static double evPerChannel(Products p) {
        return p.standard().text("INSTRUME").orElse("").equals("RESOLVE") ? 0.5
                : Sxi.EV_PER_CHANNEL;
    }

    private static MissionTime time(Products p) {
        return new MissionTime((int) p.standard().integer("MJDREFI").orElse(MissionTime.XRISM.mjdRefI()), 0);
    }

    static String title(Products p, String what) {
        String object = p.standard().text("OBJECT").orElse("").strip();
        String obsid = p.standard().text("OBS_ID").orElse("").strip();
        return String.join("  ", object, obsid, what).strip() + String.format(", %.0f s", p.exposure());
    }
}
