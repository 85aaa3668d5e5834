// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.config;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.instrument.DataMode;
import org.xtendsxi.caldb.instrument.Sxi;

/**
 * Everything that decides a simulation; equal configurations give equal data.
 *
 * @param obsid nine digits
 * @param seed seed of every random stream
 * @param startTime start of the first science cycle, s of mission time
 * @param cycles science cycles of {@code NOMEXPO} = 4 s
 * @param darkCycles dark cycles, which end before the first science cycle
 * @param mode mode of CCD1 and CCD2; CCD3 and CCD4 are always in the full window
 * @param windowStart WIN_ST of the 1/8 window, ACTY
 * @param windowSize WIN_SIZE of the 1/8 window, rows
 * @param ccds CCD_IDs that are read, ascending
 * @param effects what is simulated beyond the ideal camera
 * @param scene what shines
 * @param detector the camera
 * @param rightAscension RA_NOM, degrees, of the aim point
 * @param declination DEC_NOM, degrees
 * @param roll PA_NOM, degrees
 */
public record SimulationConfig(String obsid, long seed, double startTime, int cycles, int darkCycles, DataMode mode,
        int windowStart, int windowSize, List<Integer> ccds, Set<Effect> effects, SceneModel scene,
        DetectorModel detector, double rightAscension, double declination, double roll) {
    /** Length of a cycle, s. */
    public static final double CYCLE = 4;
    /** 2027-03-01T00:00:00 UTC. */
    private static final double DEFAULT_START = 257558400;
    private static final int DEFAULT_WINDOW_START = 455;
    private static final int DEFAULT_WINDOW_SIZE = 80;

    /** Checks what can be asked for on the command line. */
    public SimulationConfig {
        require(obsid.matches("\\d{9}"), "observation number is not nine digits", obsid, "nine digits", "--obsid");
        require(cycles >= 1, "exposure is shorter than a cycle", CYCLE * cycles + " s", "at least 4 s", "--exposure");
        require(darkCycles >= 0, "number of dark cycles is negative", darkCycles, "0 or more", "--dark-cycles");
        require(!ccds.isEmpty() && ccds.stream().allMatch(c -> c >= 0 && c < Sxi.CCDS), "CCD does not exist", ccds,
                "0..3", "--ccds");
        ccds = List.copyOf(new TreeSet<>(ccds));
        effects = Collections.unmodifiableSet(new TreeSet<>(effects));
    }

    private static void require(boolean good, String what, Object value, String limit, String option) {
        if (!good) {
            throw SxiException.usage(what).value(value).limit(limit).todo("correct " + option).build();
        }
    }

    /** Full window, all CCDs, the default effects, 48 dark cycles. */
    public static SimulationConfig of(SceneKind scene, long seed, int cycles) {
        return new SimulationConfig("900000001", seed, DEFAULT_START, cycles, 48, DataMode.WINDOW1,
                DEFAULT_WINDOW_START, DEFAULT_WINDOW_SIZE, List.of(0, 1, 2, 3), Effect.standard(), SceneModel.of(scene),
                DetectorModel.standard(), 83.6331, 22.0145, 0);
    }

    /** Another observation number. */
    public SimulationConfig withObsid(String value) {
        return new SimulationConfig(value, seed, startTime, cycles, darkCycles, mode, windowStart, windowSize, ccds,
                effects, scene, detector, rightAscension, declination, roll);
    }

    /** Another mode of CCD1 and CCD2. */
    public SimulationConfig withMode(DataMode value) {
        return new SimulationConfig(obsid, seed, startTime, cycles, darkCycles, value, windowStart, windowSize, ccds,
                effects, scene, detector, rightAscension, declination, roll);
    }

    /** Other CCDs. */
    public SimulationConfig withCcds(List<Integer> value) {
        return new SimulationConfig(obsid, seed, startTime, cycles, darkCycles, mode, windowStart, windowSize, value,
                effects, scene, detector, rightAscension, declination, roll);
    }

    /** Other effects. */
    public SimulationConfig withEffects(Set<Effect> value) {
        return new SimulationConfig(obsid, seed, startTime, cycles, darkCycles, mode, windowStart, windowSize, ccds,
                value, scene, detector, rightAscension, declination, roll);
    }

    /** Other number of dark cycles. */
    public SimulationConfig withDarkCycles(int value) {
        return new SimulationConfig(obsid, seed, startTime, cycles, value, mode, windowStart, windowSize, ccds, effects,
                scene, detector, rightAscension, declination, roll);
    }

    /** Another scene. */
    public SimulationConfig withScene(SceneModel value) {
        return new SimulationConfig(obsid, seed, startTime, cycles, darkCycles, mode, windowStart, windowSize, ccds,
                effects, value, detector, rightAscension, declination, roll);
    }

    /** Another detector. */
    public SimulationConfig withDetector(DetectorModel value) {
        return new SimulationConfig(obsid, seed, startTime, cycles, darkCycles, mode, windowStart, windowSize, ccds,
                effects, scene, value, rightAscension, declination, roll);
    }

    /** Whether an effect is on. */
    public boolean has(Effect e) {
        return effects.contains(e);
    }

    /** Standard deviation of the readout noise, channels; 0 when it is off. */
    public double noise() {
        return has(Effect.NOISE) ? detector.readNoise() : 0;
    }

    /** Standard deviation of the readout noise in a cycle, channels. */
    public double noise(int cycle) {
        Defects.Fault f = detector.defects().fault();
        return has(Effect.NOISE_RISE) && cycle - darkCycles >= f.onset() ? f.noise() * noise() : noise();
    }

    /** Cycles in all, the dark ones first. */
    public int allCycles() {
        return darkCycles + cycles;
    }

    /** Start of a cycle, s of mission time. */
    public double time(int cycle) {
        boolean early = cycle < darkCycles && has(Effect.STALE_DARK);
        return startTime + CYCLE * (cycle - darkCycles) - (early ? detector.defects().fault().darkGap() : 0);
    }

    /** End of the last cycle, s of mission time. */
    public double stopTime() {
        return startTime + CYCLE * cycles;
    }
}
