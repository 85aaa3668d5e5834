// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;
import org.jfree.chart.JFreeChart;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.provenance.RunClock;
import org.xtendsxi.pipeline.plot.ImagePlot;
import org.xtendsxi.pipeline.plot.SpectrumPlot;
import org.xtendsxi.pipeline.plot.TrendPlot;
import org.xtendsxi.quicklook.view.View;

/** The drawings of a view, each as PNG and all together as one PDF with lines that stay sharp. */
final class Plots {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 620;
    private static final double ARCMIN = Sxi.SKY_PIXEL_DEG * 60;

    private final View view;
    private final Map<String, JFreeChart> charts = new LinkedHashMap<>();
    private final BufferedImage image;

    Plots(View view) {
        this.view = view;
        View.Channels s = view.spectrum();
        List<SpectrumPlot.Mark> marks = List.of(new SpectrumPlot.Mark("Mn Kα", 5895), new SpectrumPlot.Mark("Mn Kβ",
                6490));
        charts.put("spectrum", SpectrumPlot.chart(s.title(), s.counts(), Sxi.EV_PER_CHANNEL, Math.max(1, s.exposure()),
                marks));
        view.trends().forEach((name, t) -> {
            if (!t.time().isEmpty()) {
                charts.put(name, TrendPlot.chart(t.title(), "Time since " + view.start() + " TT (s)", t.unit(),
                        t.time(), t.names(),
                        t.values()));
            }
        });
        this.image = image();
    }

    private BufferedImage image() {
        View.Picture p = view.image();
        int[] counts = new int[p.width() * p.width()];
        for (int i = 0; i + 1 < p.cells().length; i += 2) {
            counts[p.cells()[i]] = p.cells()[i + 1];
        }
        // one cell of the page's image stands for bin x bin pixels, so that axes count pixels
        int size = p.width() * p.bin();
        return ImagePlot.draw(p.plane() + " image, counts of good events", size, size, (u, v) ->
                u % p.bin() == 0 && v % p.bin() == 0 ? counts[v / p.bin() * p.width() + u / p.bin()] : 0,
                p.plane().equals("SKY") ? ARCMIN : 0);
    }

    /** Writes the PNG files. */
    void png(Path folder) {
        write(folder.resolve("image.png"), out -> ImageIO.write(image, "png", out));
        charts.forEach((name, c) -> write(folder.resolve(name + ".png"),
                out -> ImageIO.write(c.createBufferedImage(WIDTH, HEIGHT), "png", out)));
    }

    /** Writes the PDF, one drawing per page. */
    void pdf(Path file) {
        write(file, out -> {
            try (PDDocument document = new PDDocument()) {
                Calendar date = GregorianCalendar.from(RunClock.now().atZone(TimeZone.getTimeZone("UTC").toZoneId()));
                document.getDocumentInformation().setCreationDate(date);
                document.getDocumentInformation().setTitle("SXI quick look");
                document.setDocumentId(0L);
                page(document, image.getWidth(), image.getHeight(), g -> g.drawImage(image, 0, 0, null));
                for (JFreeChart c : charts.values()) {
                    page(document, WIDTH, HEIGHT, g -> c.draw(g, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT)));
                }
                document.save(out);
            }
        });
    }

    /** Draws on a page. */
    @FunctionalInterface
    private interface Drawing {
        void on(PdfBoxGraphics2D g);
    }

    private static void page(PDDocument document, int width, int height, Drawing drawing) throws IOException {
        PDRectangle a4 = new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth());
        PDPage page = new PDPage(a4);
        document.addPage(page);
        PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, width, height);
        drawing.on(g);
        g.dispose();
        float scale = 0.92f * Math.min(a4.getWidth() / width, a4.getHeight() / height);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.transform(new Matrix(scale, 0, 0, scale, (a4.getWidth() - scale * width) / 2,
                    (a4.getHeight() - scale * height) / 2));
            content.drawForm(g.getXFormObject());
        }
    }

    /** Writes the bytes of a file. */
    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** Writes a file under a temporary name and renames it. */
    static void write(Path file, Writing writing) {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(part)) {
                writing.to(out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw SxiException.output("file cannot be written").in(file).value(e.getMessage()).cause(e)
                    .todo("check that the folder is writable").build();
        }
    }
}
