// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.alarm;

/** The watch list (frames-and-science section 6). The word is the name in the limits file, in JSON and in metrics. */
public enum Quantity {
    /** Overclock rms. */
    NOISE("noise", "Readout noise", "adu"),
    /** Overclock rms over its trend. */
    NOISE_RATIO("noise-ratio", "Noise over its trend", ""),
    /** Overclock level minus its trend. */
    OVERCLOCK_STEP("overclock-step", "Overclock step", "adu"),
    /** Cycles without change of a level. */
    FROZEN("frozen", "Frozen overclock", "cycles"),
    /** Level left after bias and dark. */
    DARK_RESIDUAL("dark-residual", "Dark residual", "adu"),
    /** Age of the dark. */
    DARK_AGE("dark-age", "Age of the dark", "s"),
    /** Hot pixels of a segment. */
    HOT_PIXELS("hot-pixels", "Hot pixels", ""),
    /** Bright area. */
    LIGHT_LEAK("light-leak", "Light leak", "adu"),
    /** Saturated pixels in a block of rows. */
    SATURATION("saturation", "Saturated block", "pixels"),
    /** Lost segment frames. */
    FRAME_LOSS("frame-loss", "Frame loss", "%"),
    /** Events dropped. */
    EVENT_LIMIT("event-limit", "Event limit", "events"),
    /** Many events. */
    BURST("burst", "Events per frame", "events"),
    /** No events. */
    SILENCE("silence", "Cycles without events", "cycles"),
    /** Share of grades 1, 5, 7. */
    NOISE_METER("noise-meter", "Grades 1+5+7", "%"),
    /** Mn K alpha centroid. */
    LINE_SHIFT("line-shift", "Mn Kα shift", "eV"),
    /** Mn K alpha width. */
    LINE_WIDTH("line-width", "Mn Kα FWHM", "eV"),
    /** CCD temperature minus nominal. */
    TEMPERATURE("temperature", "CCD temperature drift", "°C"),
    /** Video-board temperature minus trend. */
    VIDEO_TEMPERATURE("video-temperature", "Video-board drift", "°C"),
    /** Files that cannot be used. */
    BAD_FILES("bad-files", "Bad files", "");

    private final String word;
    private final String title;
    private final String unit;

    Quantity(String word, String title, String unit) {
        this.word = word;
        this.title = title;
        this.unit = unit;
    }

    /** Name for machines. */
    public String word() {
        return word;
    }

    /** Name for people. */
    public String title() {
        return title;
    }

    /** Unit. */
    public String unit() {
        return unit;
    }
}
