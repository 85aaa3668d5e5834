// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameGeometry;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.frame.SegmentFrame;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.pipeline.extraction.AreaDiscrimination;
import org.xtendsxi.pipeline.extraction.ExtractedEvents;
import org.xtendsxi.pipeline.kernel.ExtractionKernel;
import org.xtendsxi.pipeline.kernel.Kernels;

/**
 * The whole chain on noisy frames with many events against a second, plain implementation: the CCD is laid out once in
 * chip coordinates, and every pixel is tried.
 */
class BruteForceTest {
    private static final int[] DX =
            {0, -1, 0, 1, -1, 1, -1, 0, 1, -2, -1, 0, 1, 2, -2, 2, -2, 2, -2, 2, -2, -1, 0, 1, 2};
    private static final int[] DY =
            {0, -1, -1, -1, 0, 0, 1, 1, 1, -2, -2, -2, -2, -2, -1, -1, 0, 0, 1, 1, 2, 2, 2, 2, 2};
    private static final FrameGeometry GEOMETRY = new FrameGeometry(4, 320, 16, 1, 40, 3);

    @ParameterizedTest
    @CsvSource({"scalar, 0, 1, WINDOW1, false", "simd, 0, 1, WINDOW1, false", "simd, 1, 0, WINDOW1, true",
        "simd, 0, 0, WINDOW2, false", "scalar, 1, 1, WINDOW2BURST, true"})
    void sameEventsAsTryingEveryPixel(String kernelName, int nodeAb, int nodeCd, DataMode mode, boolean inverted) {
        FrameHeader h = HandFrame.header(GEOMETRY, mode, inverted);
        DarkBuilder builder = new DarkBuilder(h, HandFrame.bias(), HandFrame.dark("trim", "1"), true);
        List<int[][]> darkFrames = new ArrayList<>();
        SplittableRandom r = new SplittableRandom(nodeAb + 2 * nodeCd);
        double[][] shape = {darkShape(r), darkShape(r)};
        for (int n = 0; n < 7; n++) {
            int[][] both = {values(r, shape[0], 0), values(r, shape[1], 0)};
            darkFrames.add(both);
            builder.accept(frame(both[0], inverted).frame(1, 0, nodeAb, FrameType.DARK, n, n));
            builder.accept(frame(both[1], inverted).frame(1, 1, nodeCd, FrameType.DARK, n, n));
        }
        ExtractionKernel kernel = Kernels.choose(kernelName, s -> { });
        FrameReducer reducer = new FrameReducer(h, AreaDiscrimination.of(new Keywords(), h), HandFrame.bias(),
                HandFrame.extraction(), builder.build(), kernel);
        int[][] raw = {values(r, shape[0], 400), values(r, shape[1], 400)};
        List<SegmentFrame> frames = List.of(frame(raw[0], inverted).frame(1, 0, nodeAb),
                frame(raw[1], inverted).frame(1, 1, nodeCd));
        ExtractedEvents e = reducer.reduce(CcdCycle.of(frames)).events();
        List<List<Integer>> found = new ArrayList<>();
        for (int i = 0; i < e.size(); i++) {
            List<Integer> one = new ArrayList<>(List.of(e.subExposure(i), e.segment(i), e.rawY(i), e.rawX(i),
                    e.outerMask(i), e.outerSum(i)));
            for (int k = 0; k < 25; k++) {
                one.add(e.height(i, k));
            }
            found.add(one);
        }
        int block = mode.windowed() ? GEOMETRY.rows() / 8 : GEOMETRY.rows();
        List<List<Integer>> naive = naive(chip(raw, darkFrames, nodeAb, nodeCd), nodeAb, nodeCd, block);
        assertThat(naive).hasSizeGreaterThan(50);
        assertThat(naive.stream().filter(l -> l.get(3) == 0 || l.get(3) == 319)).as("at the border").isNotEmpty();
        assertThat(found).isEqualTo(naive);
    }

    private static double[] darkShape(SplittableRandom r) {
        return r.doubles((long) GEOMETRY.active() * GEOMETRY.rows(), 0, 12).toArray();
    }

    /** All values of a frame in readout order, as they rise with charge. */
    private static int[] values(SplittableRandom r, double[] dark, int photons) {
        int w = GEOMETRY.width();
        int[] v = new int[GEOMETRY.pixels()];
        for (int i = 0; i < v.length; i++) {
            v[i] = 1000 + 30 * (i % w % 2) + (int) Math.round(4 * r.nextGaussian());
        }
        for (int i = 0; i < dark.length; i++) {
            v[GEOMETRY.index(i % 320, i / 320)] += (int) Math.round(dark[i]);
        }
        for (int p = 0; p < photons; p++) {
            int x = p < photons / 4 ? r.nextInt(3) : p < photons / 2 ? 317 + r.nextInt(3) : r.nextInt(320);
            int y = r.nextInt(GEOMETRY.rows());
            int charge = 30 + r.nextInt(900);
            int right = x < 319 ? r.nextInt(charge) / 2 : 0;
            v[GEOMETRY.index(x, y)] += charge - right;
            if (right > 0) {
                v[GEOMETRY.index(x + 1, y)] += right;
            }
        }
        for (int i = 0; i < v.length; i++) {
            v[i] = Math.clamp(v[i], 0, 4095);
        }
        return v;
    }

    private static HandFrame frame(int[] values, boolean inverted) {
        HandFrame f = new HandFrame(GEOMETRY, 0);
        f.fill(i -> inverted ? 4095 - values[i] : values[i]);
        return f;
    }

    private static double[] bias(int[] v) {
        double[] sum = new double[2];
        for (int row = GEOMETRY.vUnder(); row < GEOMETRY.vUnder() + GEOMETRY.rows(); row++) {
            for (int k = 0; k < GEOMETRY.over(); k++) {
                sum[k % 2] += v[row * GEOMETRY.width() + GEOMETRY.under() + 320 + k];
            }
        }
        int n = GEOMETRY.rows() * GEOMETRY.over() / 2;
        return new double[] {sum[0] / n, sum[1] / n};
    }

    /** Pulse heights of the chip, [ACTY-1][ACTX-1]. */
    private static int[][] chip(int[][] raw, List<int[][]> darkFrames, int nodeAb, int nodeCd) {
        int[][] chip = new int[GEOMETRY.rows()][640];
        for (int seg = 0; seg < 2; seg++) {
            double[] b = bias(raw[seg]);
            int segment = seg;
            List<double[]> darkBias = darkFrames.stream().map(f -> bias(f[segment])).toList();
            for (int y = 0; y < GEOMETRY.rows(); y++) {
                for (int x = 0; x < 320; x++) {
                    int at = GEOMETRY.index(x, y);
                    double[] d = new double[darkFrames.size()];
                    for (int n = 0; n < d.length; n++) {
                        d[n] = darkFrames.get(n)[seg][at] - darkBias.get(n)[x % 2];
                    }
                    Arrays.sort(d);
                    double dark = 0;
                    for (int n = 1; n < d.length - 1; n++) {
                        dark += d[n];
                    }
                    double h = raw[seg][at] - b[x % 2] - dark / (d.length - 2);
                    chip[y][act(seg, seg == 0 ? nodeAb : nodeCd, x) - 1] = (int) Math.floor(h + 0.5);
                }
            }
        }
        return chip;
    }

    private static int act(int segment, int node, int x) {
        if (segment == 0) {
            return node == 0 ? x + 1 : 320 - x;
        }
        return node == 1 ? 321 + x : 640 - x;
    }

    private static List<List<Integer>> naive(int[][] chip, int nodeAb, int nodeCd, int block) {
        List<List<Integer>> all = new ArrayList<>();
        for (int sub = 0; sub < GEOMETRY.rows() / block; sub++) {
            for (int seg = 0; seg < 2; seg++) {
                int node = seg == 0 ? nodeAb : nodeCd;
                for (int y = sub * block + 1; y < (sub + 1) * block - 1; y++) {
                    for (int x = 0; x < 320; x++) {
                        int ax = act(seg, node, x) - 1;
                        if (ax > 0 && ax < 639) {
                            event(chip, sub, seg, y, x, ax, seg == node ? 1 : -1, block, all);
                        }
                    }
                }
            }
        }
        return all;
    }

    private static void event(int[][] chip, int sub, int seg, int y, int x, int ax, int direction, int block,
            List<List<Integer>> all) {
        int centre = chip[y][ax];
        int[] h = new int[25];
        int mask = 0;
        int sum = 0;
        int high = 0;
        boolean maximum = centre >= 40;
        for (int k = 0; k < 25; k++) {
            int ny = y + DY[k];
            int nx = ax + direction * DX[k];
            boolean there = ny >= sub * block && ny < (sub + 1) * block && nx >= 0 && nx < 640;
            h[k] = there ? chip[ny][nx] : -32768;
            if (k > 0 && k < 9) {
                maximum &= h[k] < centre;
                high += h[k] >= 15 ? 1 : 0;
            } else if (k >= 9 && there) {
                mask |= h[k] >= 15 ? 1 << k - 9 : 0;
                sum += h[k] >= 15 ? 0 : h[k];
            }
        }
        if (maximum && high < 8) {
            List<Integer> one = new ArrayList<>(List.of(sub, seg, y, x, mask, sum));
            Arrays.stream(h).forEach(one::add);
            all.add(one);
        }
    }
}
