// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.util.List;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.readout.HotPixel;
import org.xtendsxi.testdata.readout.RowMap;
import org.xtendsxi.testdata.scene.Mosaic;
import org.xtendsxi.testdata.scene.Source;

/** Sums up, cycle by cycle, what became of the photons. */
final class Tally {
    /** An event farther than this from the energy of its photon does not count as detection of a line photon, eV. */
    static final double LINE = 250;
    /** Photons below this are not judged for detection, eV. */
    static final double SCIENCE_LOW = 1000;
    /** Lowest energy recommended for science (frames-and-science section 3), eV. */
    static final double HOT_LOW = 600;
    private static final double HOT_REACH = 1.5;

    private final RowMap rows;
    private final List<HotPixel> hot;
    /** Mn Ka photons, and those of them that were found. */
    long line;
    long lineFound;
    /** The same for photons alone and not at an edge. */
    long lineAlone;
    long lineAloneFound;
    /** Photons of other sources above 1 keV, alone and not at an edge. */
    long otherAlone;
    long otherAloneFound;
    /** Photons of the point source. */
    long point;
    /** Good events without a photon: far from hot pixels; at hot pixels above 0.6 keV; at hot pixels below. */
    long falseFar;
    long falseHot;
    long falseHotSoft;
    /** Mn Ka photons alone and not at an edge, by grade. */
    final long[] grades = new long[Grade.MAX + 1];
    final Moments residual = new Moments();
    final Moments shiftX = new Moments();
    final Moments shiftY = new Moments();
    final Moments skyX = new Moments();
    final Moments skyY = new Moments();
    final Moments trueX = new Moments();
    final Moments trueY = new Moments();

    /**
     * Starts at zero.
     *
     * @param rows rows that are read
     * @param hot hot pixels of the truth
     */
    Tally(RowMap rows, List<HotPixel> hot) {
        this.rows = rows;
        this.hot = hot;
    }

    /** Adds a cycle. */
    void add(List<TruePhoton> photons, List<FoundEvent> events) {
        int[] partner = PhotonMatch.pair(photons, events);
        boolean[] alone = PhotonMatch.alone(photons);
        boolean[] explained = new boolean[events.size()];
        for (int i = 0; i < partner.length; i++) {
            TruePhoton p = photons.get(i);
            boolean clear = alone[i] && inner(p);
            if (partner[i] == PhotonMatch.NONE) {
                count(p, clear, false, false);
                continue;
            }
            FoundEvent e = events.get(partner[i]);
            explained[partner[i]] = true;
            double away = e.energy() - p.energy();
            boolean inLine = Math.abs(away) <= LINE;
            count(p, clear, true, inLine);
            if (p.manganese() && clear && inLine) {
                residual.add(away);
                grades[e.grade()]++;
            }
            if (p.source() == Source.POINT) {
                place(p, e);
            }
        }
        for (int j = 0; j < explained.length; j++) {
            if (!explained[j]) {
                countFalse(events.get(j));
            }
        }
    }

    private void count(TruePhoton p, boolean clear, boolean found, boolean inLine) {
        point += p.source() == Source.POINT ? 1 : 0;
        if (p.manganese()) {
            line++;
            lineFound += inLine ? 1 : 0;
            lineAlone += clear ? 1 : 0;
            lineAloneFound += clear && inLine ? 1 : 0;
        } else if (p.source() != Source.CAL && p.energy() >= SCIENCE_LOW && clear) {
            otherAlone++;
            otherAloneFound += found ? 1 : 0;
        }
    }

    private void place(TruePhoton p, FoundEvent e) {
        shiftX.add(e.actX() - p.actX());
        shiftY.add(e.actY() - p.actY());
        if (!Double.isNaN(e.skyX() + e.skyY())) {
            Mosaic.Place at = new Mosaic.Place(p.ccdId(), p.actX(), p.actY());
            skyX.add(e.skyX() - Sxi.SKY_CENTRE);
            skyY.add(e.skyY() - Sxi.SKY_CENTRE);
            trueX.add(Mosaic.detX(at) - Mosaic.AIM_X);
            trueY.add(Mosaic.detY(at) - Mosaic.AIM_Y);
        }
    }

    private void countFalse(FoundEvent e) {
        boolean near = hot.stream().anyMatch(h -> h.ccdId() == e.ccdId()
                && Math.hypot(h.actX() - e.actX(), h.actY() - e.actY()) <= HOT_REACH);
        if (!near) {
            falseFar++;
        } else if (e.energy() < HOT_LOW) {
            falseHotSoft++;
        } else {
            falseHot++;
        }
    }

    /** Whether the pixel that is hit may be the centre of an event: all its neighbours are read. */
    private boolean inner(TruePhoton p) {
        double lastRow = rows.windowStart() + rows.windowSize() - 1.5;
        return p.actX() >= 1.5 && p.actX() < Sxi.ACT_SIZE - 0.5 && p.actY() >= rows.windowStart() + 0.5
                && p.actY() < lastRow;
    }
}
