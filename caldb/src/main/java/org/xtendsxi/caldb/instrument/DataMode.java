// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.instrument;

import java.util.Arrays;
import java.util.Optional;

/**
 * The five science modes with the timing table (frames-and-science section 1.6); headers come first, this is the
 * default.
 */
public enum DataMode {
    /** Full window. */
    WINDOW1("full", "300", new FrameTiming(3.963136, 0.036864, 0, 0, 0, 0, 0, 0, 4)),
    /** Full window with 2 s burst. */
    WINDOW1BURST("burst2s", "312", new FrameTiming(1.9395648, 0, 0.036864, 1.9865664, 0.0001408, 0.036864, 0, 0, 4)),
    /** Full window with 0.1 s burst (0.0606 s live). */
    WINDOW1BURST2("burst", "312", new FrameTiming(0.0605952, 0, 0.036864, 3.8655360, 0.0001408, 0.036864, 0, 0, 4)),
    /** One-eighth window. */
    WINDOW2("w8", "311", new FrameTiming(0.4631184, 0.036864, 0, 0, 0, 0, 0, 0.4632592, 4)),
    /** One-eighth window with 0.1 s burst. */
    WINDOW2BURST("w8burst", "313",
            new FrameTiming(0.0605952, 0, 0.036864, 0.3633408, 0.0023184, 0.036864, 0.0024592, 0.0605952, 4));

    private final String userName;
    private final String dataClassPrefix;
    private final FrameTiming timing;

    DataMode(String userName, String dataClassPrefix, FrameTiming timing) {
        this.userName = userName;
        this.dataClassPrefix = dataClassPrefix;
        this.timing = timing;
    }

    /** Name on the command line: full, burst2s, burst, w8, w8burst. */
    public String userName() {
        return userName;
    }

    /** First three digits of DATACLAS when the mode holds for CCD1 and CCD2 (or for all four in the full window). */
    public String dataClassPrefix() {
        return dataClassPrefix;
    }

    /** Timing table of the mode. */
    public FrameTiming timing() {
        return timing;
    }

    /** Whether CCD1 and CCD2 are read through the 1/8 window, packed in RAWY. */
    public boolean windowed() {
        return this == WINDOW2 || this == WINDOW2BURST;
    }

    /** First seven characters of DATAMODE, WINDOW1 or WINDOW2: the calibration class. */
    public String calibrationClass() {
        return name().substring(0, 7);
    }

    /** Mode of a DATAMODE keyword. */
    public static Optional<DataMode> of(String dataMode) {
        return Arrays.stream(values()).filter(m -> m.name().equals(dataMode.strip())).findFirst();
    }

    /** Mode of a command-line name. */
    public static Optional<DataMode> ofUserName(String name) {
        return Arrays.stream(values()).filter(m -> m.userName.equals(name)).findFirst();
    }
}
