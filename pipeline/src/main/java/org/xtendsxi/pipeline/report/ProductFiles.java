// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.time.MissionTime;
import org.xtendsxi.pipeline.plot.ImagePlot;
import org.xtendsxi.pipeline.plot.LightCurvePlot;
import org.xtendsxi.pipeline.plot.SpectrumPlot;
import org.xtendsxi.pipeline.products.Links;
import org.xtendsxi.pipeline.products.PlaneImage;
import org.xtendsxi.pipeline.products.Products;

/** Names and writes the files of a set of products: FITS, and a PNG beside each. */
public final class ProductFiles {
    private static final double ARCMIN = 60;
    /** No file, in the words of OGIP. */
    private static final String NONE = "none";

    private ProductFiles() {
    }

    /** Stem of product names: the event file's name without {@code _cl.evt}, {@code .evt} or compression. */
    public static String stem(Path events) {
        return events.getFileName().toString().replaceFirst("\\.gz$", "")
                .replaceFirst("(_cl\\d*|_uf)?\\.(evt|fits|fit)$", "");
    }

    /**
     * Writes spectrum, images and light curve of a selection.
     *
     * @param p the products
     * @param directory where
     * @param name stem and selection, such as {@code xa..._src}
     * @return the files written
     */
    public static List<Path> all(Products p, Path directory, String name) {
        return all(p, directory, name, NONE);
    }

    /** As {@link #all(Products, Path, String)}, naming the background spectrum in BACKFILE. */
    static List<Path> all(Products p, Path directory, String name, String background) {
        List<Path> files = new ArrayList<>(spectrum(p, directory, name, background));
        p.sky().ifPresent(i -> files.addAll(image(p, i, directory, name + ".img")));
        p.det().ifPresent(i -> files.addAll(image(p, i, directory, name + "_det.img")));
        Path lc = directory.resolve(name + ".lc");
        p.writeLightCurve(lc);
        files.add(lc);
        Path png = directory.resolve(name + "_lc.png");
        LightCurvePlot.write(png, title(p, "light curve, " + p.lightCurve().binSize() + " s bins"), p.lightCurve(), p.gti(),
                time(p).calendar(p.gti().start()));
        files.add(png);
        return files;
    }

    /** Writes the spectrum of a selection and its plot. */
    public static List<Path> spectrum(Products p, Path directory, String name) {
        return spectrum(p, directory, name, NONE);
    }

    private static List<Path> spectrum(Products p, Path directory, String name, String background) {
        Path pha = directory.resolve(name + ".pha");
        p.writeSpectrum(pha, Links.ALONE.background(background), Optional.empty());
        Path png = directory.resolve(name + "_pha.png");
        long[] counts = p.spectrum().counts();
        List<SpectrumPlot.Mark> marks = name.endsWith("_cal")
                ? List.of(new SpectrumPlot.Mark("Mn Kα", 5895), new SpectrumPlot.Mark("Mn Kβ", 6490)) : List.of();
        SpectrumPlot.write(png, title(p, "spectrum"), counts, evPerChannel(p), p.exposure(), marks);
        return List.of(pha, png);
    }

    /** 6 eV for SXI; Resolve lists have 0.5 eV channels. */
    private static double evPerChannel(Products p) {
        return p.standard().text("INSTRUME").orElse("").equals("RESOLVE") ? 0.5
                : Sxi.EV_PER_CHANNEL;
    }

    private static List<Path> image(Products p, PlaneImage image, Path directory, String name) {
        Path fits = directory.resolve(name);
        p.writeImage(image, fits);
        Path png = directory.resolve(name.replace(".img", "_img.png"));
        double scale = image.system().equals("SKY") ? Math.abs(image.wcs(p.standard()).real("CDELT1").orElse(0)) * ARCMIN : 0;
        ImagePlot.write(png, title(p, image.system() + " image, PI " + p.piLow() + "–" + p.piHigh()), image, scale);
        return List.of(fits, png);
    }

    private static MissionTime time(Products p) {
        return new MissionTime((int) p.standard().integer("MJDREFI").orElse(MissionTime.XRISM.mjdRefI()), 0);
    }

    private static String title(Products p, String what) {
        String object = p.standard().text("OBJECT").orElse("").strip();
        String obsid = p.standard().text("OBS_ID").orElse("").strip();
        return String.join("  ", object, obsid, what).strip() + String.format(", %.0f s", p.exposure());
    }
}
