// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.table.SegmentRow;
import org.xtendsxi.pipeline.bench.EventMaker;

/**
 * A quick generator of event lists of a 55Fe source: single-pixel events whose energies are drawn from Lorentzians and
 * a Gaussian of the camera, on the four segments of two CCDs alike. It knows nothing of the energy chain.
 *
 * @param events number of events
 * @param seed seed
 * @param evPerChannel energy per channel of a {@link SegmentRow}
 * @param drift relative rise of pulse heights from the first to the last event
 * @param beta part of the events that are Mn K beta
 */
public record LineEvents(int events, long seed, IntToDoubleFunction evPerChannel, double drift, double beta) {
    private static final int CHUNK = 16384;
    private static final int PIXELS = 9;
    private static final double SIGMA = 65;
    private static final double NOISE = 4;
    private static final double BACKGROUND = 0.02;
    private static final double PER_FRAME = 250;
    private static final double[][] ALPHA = {{5898.85, 1.7, 0.60}, {5895.5, 3.5, 0.07}, {5887.5, 3.0, 0.33}};
    private static final double[][] BETA = {{6490.5, 2, 0.55}, {6482, 11, 0.45}};

    /** An event list of a stable source. */
    public static LineEvents of(int events, long seed, IntToDoubleFunction evPerChannel) {
        return new LineEvents(events, seed, evPerChannel, 0, 0.12);
    }

    /** Mean energy of the K alpha components, eV. */
    public static double alpha() {
        return 5898.85 * 0.60 + 5895.5 * 0.07 + 5887.5 * 0.33;
    }

    /** Energy of a line: component, then Lorentzian without its farthest wings, eV. */
    public static double energy(double[][] line, SplittableRandom random) {
        double u = random.nextDouble();
        int k = 0;
        while (k < line.length - 1 && u > line[k][2]) {
            u -= line[k][2];
            k++;
        }
        return line[k][0] + line[k][1] / 2 * Math.tan(Math.PI * (random.nextDouble(0.001, 0.999) - 0.5));
    }

    /** Energy of an event as the camera sees it, eV. */
    public double observed(SplittableRandom random) {
        double u = random.nextDouble();
        return u < BACKGROUND ? random.nextDouble(5000, 7500)
                : energy(u < BACKGROUND + beta ? BETA : ALPHA, random) + SIGMA * random.nextGaussian();
    }

    /** Writes the list. */
    public Path write(Path file) {
        SplittableRandom random = new SplittableRandom(seed);
        Keywords k = EventMaker.keywords(events);
        try (FitsWriter f = FitsWriter.create(file)) {
            f.primary(k);
            try (TableWriter table = f.table("EVENTS", EventMaker.SCHEMA, k)) {
                for (int first = 0; first < events; first += CHUNK) {
                    int n = Math.min(CHUNK, events - first);
                    try (EventChunk c = EventMaker.chunk(EventMaker.SCHEMA, first, n)) {
                        fill(c, first, random);
                        table.accept(c);
                    }
                }
                table.finish();
            }
            f.commit();
        }
        return file;
    }

    private void fill(EventChunk c, int first, SplittableRandom random) {
        int n = c.rows();
        int[] ccd = Arrays.stream(c.ints("CCD_ID")).map(id -> id % 2).toArray();
        int[] segment = c.ints("SEGMENT");
        int[] node = c.ints("READNODE");
        int[] rawX = c.ints("RAWX");
        int[] rawY = c.ints("RAWY");
        int[] actX = new int[n];
        int[] actY = new int[n];
        short[] phas = new short[n * PIXELS];
        for (int i = 0; i < n; i++) {
            double scale = evPerChannel.applyAsDouble(SegmentRow.of(ccd[i], segment[i], node[i]))
                    / (1 + drift * (first + i) / events);
            for (int p = 0; p < PIXELS; p++) {
                double v = p == 0 ? observed(random) / scale : NOISE * random.nextGaussian();
                phas[i * PIXELS + p] = (short) Math.floor(p == 0 ? v : Math.min(v, 14));
            }
            actX[i] = segment[i] == 0 ? rawX[i] + 1 : 321 + rawX[i];
            actY[i] = rawY[i] + 1;
        }
        c.put("CCD_ID", ccd);
        c.put("PHAS", phas);
        c.put("ACTX", actX);
        c.put("ACTY", actY);
        c.put("STATUS", new long[n]);
        c.put("PROC_STATUS", new long[n]);
        c.put("GRADE", new int[n]);
        c.put("PHA", new int[n]);
        c.put("PI", new int[n]);
    }

    /** Days from the first to the last event. */
    public double days() {
        return events / PER_FRAME * 4 / 86400;
    }
}
