// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.event.Widened;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.EvenOddTable;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.GradePatternTable;
import org.xtendsxi.caldb.table.SplitThresholdTable;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.pipeline.pulse.Readout;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * Times the chain on events in memory; run by hand with an event file, the folder of its calibration and its hk file.
 */
public final class EnergyTiming {
    private EnergyTiming() {
    }

    private static long cpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Arguments: event file, folder with vtevnodd.fits and so on, hk file, strict or heasoft-6.20. */
    public static void main(String[] args) {
        Path folder = Path.of(args[1]);
        try (FitsReader f = FitsReader.open(Path.of(args[0]))) {
            Hdu h = f.need("EVENTS");
            Readout readout = Readout.of(h.keywords());
            Compat compat = Compat.of(args[3]).orElseThrow();
            TableChoice choice = new TableChoice(readout.mode(), readout.injection().status(), readout.start(), true);
            EnergyTables tables = new EnergyTables(
                    Optional.of(EvenOddTable.load(TableSource.of(folder.resolve("vtevnodd.fits")), choice)),
                    Optional.of(VideoTemperature.load(Path.of(args[2]), VideoTemperature.Location.ARCHIVE,
                            readout.start(), readout.stop(), false)),
                    Optional.of(ChargeTrailTable.load(TableSource.of(folder.resolve("chtrail.fits")), choice)),
                    Optional.of(CtiTable.load(TableSource.of(folder.resolve("cti.fits")), choice)),
                    Optional.of(SplitThresholdTable.load(TableSource.of(folder.resolve("spth.fits")), choice)),
                    Optional.of(GradePatternTable.load(TableSource.of(folder.resolve("pattern.fits")))),
                    Optional.of(GainTable.load(TableSource.of(folder.resolve("gain.fits")), choice)));
            Parameters p = Parameters.of("xtdpi", EnergyParameters.switches(true), Map.of("passes", "2"));
            EnergyChain chain = new EnergyChain(EnergyParameters.settings(p, compat), readout, tables);
            List<EventChunk> chunks = new ArrayList<>();
            try (EventSource s = Widened.of(f.table(h, 16384), new org.xtendsxi.caldb.event.EventSchema(h.columns())
                    .with(List.of(EventColumns.PHA, EventColumns.PI)))) {
                for (Optional<EventChunk> c = s.next(); c.isPresent() && chunks.size() < 20; c = s.next()) {
                    chunks.add(c.get());
                }
            }
            long rows = chunks.stream().mapToLong(EventChunk::rows).sum();
            for (int round = 0; round < Integer.getInteger("rounds", 12); round++) {
                long t = cpu();
                chunks.forEach(chain::process);
                long dt = cpu() - t;
                System.out.printf("%d events, %.1f ns/event, %.2f M/s%n", rows, (double) dt / rows, 1e3 * rows / dt);
            }
            chunks.forEach(EventChunk::close);
        }
    }
}
