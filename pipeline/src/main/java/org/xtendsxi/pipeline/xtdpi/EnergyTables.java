// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.xtdpi;

import java.util.Optional;
import java.util.function.Function;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.housekeeping.VideoTemperature;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.EvenOddTable;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.GradePatternTable;
import org.xtendsxi.caldb.table.SplitThresholdTable;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;

/**
 * Calibration and housekeeping of the energy chain; a table may be absent if its step is switched off.
 *
 * @param evenOdd VT_EVEN_ODD
 * @param temperature video-board temperatures
 * @param trail CHARGE_TRAIL
 * @param cti CTI and ANOMALY_REGION
 * @param split SPLIT_TH
 * @param pattern HIT_PATTERN
 * @param gain GAIN
 */
public record EnergyTables(Optional<EvenOddTable> evenOdd, Optional<VideoTemperature> temperature,
        Optional<ChargeTrailTable> trail, Optional<CtiTable> cti, Optional<SplitThresholdTable> split,
        Optional<GradePatternTable> pattern, Optional<GainTable> gain) {

    /**
     * Reads all tables that there are.
     *
     * @param source where the table of a kind is, empty if its step is switched off
     * @param choice rule by which extension and time block are taken
     * @param temperature video-board temperatures, empty if they are not corrected
     */
    public static EnergyTables load(Function<CaldbKind, Optional<TableSource>> source, TableChoice choice,
            Optional<VideoTemperature> temperature) {
        return new EnergyTables(
                source.apply(CaldbKind.VT_EVEN_ODD).map(s -> EvenOddTable.load(s, choice)), temperature,
                source.apply(CaldbKind.CHARGE_TRAIL).map(s -> ChargeTrailTable.load(s, choice)),
                source.apply(CaldbKind.CTI).map(s -> CtiTable.load(s, choice)),
                source.apply(CaldbKind.SPLIT_TH).map(s -> SplitThresholdTable.load(s, choice)),
                source.apply(CaldbKind.HIT_PATTERN).map(GradePatternTable::load),
                source.apply(CaldbKind.GAIN).map(s -> GainTable.load(s, choice)));
    }

    /** A table that a step needs. */
    static <T> T need(Optional<T> table, String what, String step) {
        return table.orElseThrow(() -> SxiException.calibration(what + " file is needed").limit(step + "=yes")
                .todo("give the file, or switch the step off").build());
    }
}
