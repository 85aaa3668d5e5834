// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.frames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.testdata.config.DetectorModel;
import org.xtendsxi.testdata.config.SimulationConfig;
import org.xtendsxi.testdata.readout.RowMap;

/**
 * One file of frames: the CCDs that are read in one mode (frames-and-science section 1.7).
 *
 * @param dataClass DATACLAS, eight hexadecimal digits
 * @param ccds CCD_IDs, ascending
 * @param header typed header of table FRAMES
 * @param rows where rows go
 */
public record FramePlan(String dataClass, List<Integer> ccds, FrameHeader header, RowMap rows) {
    private static final String SUFFIX = "00010";
    private static final String OTHER_CCDS = "320";
    private static final int FIRST_FULL_CCD = 2;

    /** The files of a configuration: one in the full window, else one for CCD1 and CCD2 and one for CCD3 and CCD4. */
    public static List<FramePlan> of(SimulationConfig c) {
        List<FramePlan> out = new ArrayList<>();
        if (c.mode() == DataMode.WINDOW1) {
            out.add(plan(c, DataMode.WINDOW1, "CCD", DataMode.WINDOW1.dataClassPrefix(), c.ccds()));
            return out;
        }
        List<Integer> first = c.ccds().stream().filter(n -> n < FIRST_FULL_CCD).toList();
        List<Integer> second = c.ccds().stream().filter(n -> n >= FIRST_FULL_CCD).toList();
        if (!first.isEmpty()) {
            out.add(plan(c, c.mode(), "CCD12", c.mode().dataClassPrefix(), first));
        }
        if (!second.isEmpty()) {
            out.add(plan(c, DataMode.WINDOW1, "CCD34", OTHER_CCDS, second));
        }
        return out;
    }

    private static FramePlan plan(SimulationConfig c, DataMode mode, String detnam, String prefix, List<Integer> ccds) {
        DetectorModel d = c.detector();
        RowMap rows = RowMap.of(mode, c.windowStart(), c.windowSize());
        FrameHeader h = new FrameHeader(d.geometry(), d.adcBits(), d.inverted(), mode, detnam, mode.timing(),
                rows.windowStart(), rows.windowSize(), d.activeNode(), eight(d.eventThreshold()),
                eight(d.splitThreshold()));
        return new FramePlan(prefix + SUFFIX, List.copyOf(ccds), h, rows);
    }

    private static int[] eight(int value) {
        int[] out = new int[Sxi.ALL_SEGMENTS];
        Arrays.fill(out, value);
        return out;
    }
}
