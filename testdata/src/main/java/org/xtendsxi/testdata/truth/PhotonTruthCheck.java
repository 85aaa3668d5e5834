// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.truth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.command.TruthCheck;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.time.GtiList;

/**
 * Compares events with the photons that made them, exposure by exposure: how many were found, with which energy and grade,
 * and which events no photon explains. Only photons of good time, of the CCDs of the event file, away from edges and from
 * other photons are expected to be found; hot pixels and pile-up are thus not held against the reduction.
 */
public final class PhotonTruthCheck implements TruthCheck {
    private static final String FILE = "truth/photons.fits";
    private static final int MARGIN = 4;

    @Override
    public boolean applies(Path observation) {
        return Files.isRegularFile(observation.resolve(FILE));
    }

    @Override
    public List<Verdict> check(Path observation, Path events) {
        try (FitsReader truth = FitsReader.open(observation.resolve(FILE)); FitsReader file = FitsReader.open(events)) {
            Hdu table = file.need("EVENTS");
            Area area = Area.of(table.keywords());
            Optional<GtiList> good = GtiTable.find(file).map(h -> GtiTable.read(file, h));
            Scores scores = new Scores();
            try (TimeGroups p = new TimeGroups(truth, truth.need(PhotonTable.NAME), "TIME", "CCD_ID", "TRUEX", "TRUEY",
                    "ENERGY"); TimeGroups e = new TimeGroups(file, table, "TIME", "CCD_ID", "ACTX", "ACTY", "GRADE",
                            "PI")) {
                compare(p, e, area, good, scores);
            }
            return scores.verdicts();
        }
    }

    private static void compare(TimeGroups truth, TimeGroups events, Area area, Optional<GtiList> good, Scores scores) {
        while (Double.isFinite(truth.time()) || Double.isFinite(events.time())) {
            double time = Math.min(truth.time(), events.time());
            List<double[]> p = truth.time() - time <= TimeGroups.TOLERANCE ? truth.take() : List.of();
            List<double[]> e = events.time() - time <= TimeGroups.TOLERANCE ? events.take() : List.of();
            double inside = time + TimeGroups.TOLERANCE;
            if (good.isEmpty() || good.get().contains(inside)) {
                exposure(p.stream().filter(r -> area.reads((int) r[1])).toList(),
                        e.stream().filter(r -> Grade.isGood((int) r[4]) && r[5] >= 0).toList(), area, scores);
            }
        }
    }

    private static void exposure(List<double[]> photons, List<double[]> events, Area area, Scores scores) {
        List<Match.Place> from = photons.stream().map(PhotonTruthCheck::place).toList();
        List<Match.Place> to = events.stream().map(PhotonTruthCheck::place).toList();
        int[] match = Match.events(from, to);
        for (int i = 0; i < match.length; i++) {
            if (area.inside(from.get(i)) && Match.isolated(i, from)) {
                double energy = photons.get(i)[4];
                if (match[i] == Match.NONE) {
                    scores.lost(energy);
                } else {
                    double[] event = events.get(match[i]);
                    scores.found(energy, (int) event[4], Sxi.energy((int) event[5]));
                }
            }
        }
        for (Match.Place e : to) {
            scores.event(Match.unexplained(e, from));
        }
    }

    /** Pixel of a row, whose columns 1 to 3 are CCD_ID, x and y; places that are null are nowhere. */
    private static Match.Place place(double[] row) {
        return new Match.Place((int) row[1], (int) Math.floor(row[2] + 0.5), (int) Math.floor(row[3] + 0.5));
    }

    /**
     * What an event file covers.
     *
     * @param detnam DETNAM
     * @param firstRow WIN_ST
     * @param rows WIN_SIZE
     */
    private record Area(String detnam, int firstRow, int rows) {
        static Area of(Keywords k) {
            return new Area(k.text("DETNAM").orElse("CCD"), (int) k.integer("WIN_ST").orElse(1),
                    (int) k.integer("WIN_SIZE").orElse(Sxi.ACT_SIZE));
        }

        boolean reads(int ccdId) {
            return switch (detnam) {
                case "CCD12" -> ccdId < 2;
                case "CCD34" -> ccdId >= 2;
                default -> true;
            };
        }

        boolean inside(Match.Place p) {
            return p.x() > MARGIN && p.x() <= Sxi.ACT_SIZE - MARGIN && p.y() >= firstRow + MARGIN
                    && p.y() < firstRow + rows - MARGIN;
        }
    }
}
