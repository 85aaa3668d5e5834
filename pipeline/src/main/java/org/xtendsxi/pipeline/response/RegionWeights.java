// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.util.Arrays;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.table.ResponseTable;

/** Share of the events in each region of the response table (energy-chain section 12.4). */
final class RegionWeights {
    private RegionWeights() {
    }

    /**
     * Weights of all regions, their sum being 1.
     *
     * @param map where the events fell; a cell belongs to the region that holds its first pixel
     * @param table the regions
     * @param faults R8 as it was: axes exchanged, prolonged edges inside
     */
    static double[] of(Wmap map, ResponseTable table, boolean faults) {
        double[] sum = new double[table.regions()];
        for (int p = 0; p < map.nx(); p++) {
            for (int q = 0; q < map.ny(); q++) {
                double v = map.value(p, q, faults);
                if (v > 0) {
                    add(table, (long) p * map.cell() + map.firstX(), (long) q * map.cell() + map.firstY(), faults, v,
                            sum);
                }
            }
        }
        double total = Arrays.stream(sum).sum();
        if (total == 0) {
            throw map.keywords().at(SxiException.data("no event lies in a region of the response table"), "WMAP")
                    .value(Arrays.stream(map.values()).sum() + " events").limit(sum.length + " regions")
                    .todo("give a spectrum with events on the CCDs").build();
        }
        return Arrays.stream(sum).map(w -> w / total).toArray();
    }

    private static void add(ResponseTable table, long x, long y, boolean faults, double v, double[] sum) {
        for (int region = 0; region < sum.length; region++) {
            if (inside(table, region, x, y, faults)) {
                sum[region] += v;
            }
        }
    }

    /** Whether a pixel lies in a region, by the sides of its edges on which it lies. */
    static boolean inside(ResponseTable t, int region, long x, long y, boolean prolonged) {
        int left = 0;
        int right = 0;
        for (int a = 0; a < ResponseTable.CORNERS; a++) {
            int b = (a + 1) % ResponseTable.CORNERS;
            long ax = t.cornerX(region, a);
            long ay = t.cornerY(region, a);
            long cross = (x - ax) * (t.cornerY(region, b) - ay) - (y - ay) * (t.cornerX(region, b) - ax);
            if (cross == 0 && prolonged) {
                return true;
            }
            left += cross > 0 ? 1 : 0;
            right += cross < 0 ? 1 : 0;
        }
        return (left == 0) != (right == 0);
    }
}
