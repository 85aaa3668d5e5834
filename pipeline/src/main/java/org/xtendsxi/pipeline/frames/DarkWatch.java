// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.Optional;
import java.util.OptionalDouble;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.pipeline.dark.StaleRule;
import org.xtendsxi.pipeline.stage.Parameters;

/** Watches the darks in the course of an observation: counts, extremes, and whether they are stale. */
public final class DarkWatch {
    private final StaleRule rule;
    private final String method;
    private long frames;
    private long stale;
    private OptionalDouble firstStale = OptionalDouble.empty();
    private double age;
    private double residual;
    private long reject;
    private long replace;
    private long update;

    /** Begins with the parameters of the dark stage. */
    public DarkWatch(Parameters dark) {
        this.rule = StaleRule.of(dark);
        this.method = dark.text("method");
    }

    /**
     * Takes a row of the exposure table.
     *
     * @throws SxiException (data) if the dark is stale and that ends the run
     */
    public void accept(SegmentExposure e) {
        if (!e.usable()) {
            return;
        }
        SegmentDark d = e.dark();
        frames++;
        age = Double.isNaN(d.age()) ? age : Math.max(age, d.age());
        residual = Math.abs(d.residual().extreme()) > Math.abs(residual) ? d.residual().extreme() : residual;
        reject += d.counts().reject();
        replace += d.counts().replace();
        update += d.counts().update();
        if (d.stale() == 0) {
            return;
        }
        firstStale = stale == 0 ? OptionalDouble.of(e.time()) : firstStale;
        stale++;
        if (rule.fatal()) {
            throw SxiException.data("dark is stale").hdu("FRAMES")
                    .value(String.format("CCD_ID %d, SEGMENT %d, FRAMENUM %d: age %.0f s, row residual %.2f adu",
                            e.ccdId(), e.segment(), e.number(), d.age(), d.residual().extreme()))
                    .limit(limits()).todo(CURE + ", or dark.stale=warn").build();
        }
    }

    private static final String CURE =
            "give newer dark frames, or --set dark.method=running, or dark.leak=yes if light leaks";

    private String limits() {
        return String.format("age %.0f s, row residual %.2f adu", rule.maxAge(), rule.maxResidual());
    }

    /**
     * Counts for the run record.
     *
     * @param method parameter dark.method
     * @param frames segment frames with a dark
     * @param stale how many of them had a stale dark
     * @param firstStale start of the first such cycle, s
     * @param maxAge largest age, s
     * @param maxResidual row residual farthest from zero, adu
     * @param reject pixels that a following dark rejected
     * @param replace pixels that it replaced
     * @param update pixels that updated it
     * @param limits limits of age and residual in words
     */
    public record Summary(String method, long frames, long stale, OptionalDouble firstStale, double maxAge,
            double maxResidual,
            long reject, long replace, long update, String limits) {
        /** The warning that a stale dark deserves. */
        public Optional<String> warning() {
            return stale == 0 ? Optional.empty() : Optional.of(String.format(
                    "the dark is stale for %d of %d segment frames from TIME %.3f on (age up to %.0f s, row "
                    + "residual up to "
                    + "%.2f adu; limits: %s): %s", stale, frames, firstStale.orElseThrow(), maxAge, maxResidual, limits,
                    CURE));
        }
    }

    /** The counts so far. */
    public Summary summary() {
        return new Summary(method, frames, stale, firstStale, age, residual, reject, replace, update, limits());
    }
}
