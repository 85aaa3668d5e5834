// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.config;

/**
 * Sizes of the effects that are off by default. None is a flight value: they are as large as needed to be measured in a
 * short simulation.
 *
 * @param video gains of the two ASICs of a segment
 * @param transfer losses of charge transfer
 * @param injection injected rows
 * @param trail charge that follows into the next pixels
 * @param particles charged particles and the full well
 * @param level disturbances of the dark level
 * @param link disturbances of the readout, lost data and attitude
 * @param fault faults of the camera
 */
public record Defects(Video video, Transfer transfer, Injection injection, Trail trail, Particles particles,
        Level level, Link link, Fault fault) {

    /** The defaults of docs/simulator.md. */
    public static Defects standard() {
        return new Defects(new Video(18, 3, 5760, 25, 1000, 1, 0.02, 2e-6),
                new Transfer(1000, 30, new Trap(2e-5, 0.5, 30, -0.3), new Trap(1e-5, 0.3, 50, -0.4),
                        new Trap(2e-4, 0.4, 40, -0.3), 0.1, 2, 150),
                new Injection(80, 1, 800, 60, 8), new Trail(1000, 30, 1e-5, 5e-6, -0.3, -0.4),
                new Particles(2, 80, 48, 200, 12000), new Level(4, 3, 64, 4, 2, 0.3, 30, 400, 4, 20, 60),
                new Link(2e-3, 0.02, 0.02, 0.1, 5760), new Fault(10, 1.6, 40, 160, -110, 10, 50000));
    }

    /**
     * Video boards (energy-chain section 6.4).
     *
     * @param mean mean temperature, C
     * @param swing amplitude of the temperature, C
     * @param period of the temperature, s
     * @param reference VT_REF, C, above all temperatures, so that no gain exceeds one
     * @param pulseHeight PH_REF, channels
     * @param norm VT_GAIN_NORM of the first ASIC, channels per C; each further one has 2 % more
     * @param spread half width of the differences of GAIN_LINR from one
     * @param quadratic largest GAIN_QUAD, 1/channel
     */
    public record Video(double mean, double swing, double period, double reference, double pulseHeight, double norm,
            double spread, double quadratic) {
    }

    /**
     * Traps of one kind (energy-chain section 7.2.4).
     *
     * @param norm loss per transfer at PH_REF
     * @param prob share of the loss that charge injection saves at best
     * @param scale rows after which that benefit has fallen to 1/e
     * @param index power of pulse height
     */
    public record Trap(double norm, double prob, double scale, double index) {
    }

    /**
     * Charge transfer (energy-chain section 7.2).
     *
     * @param pulseHeight PH_REF, channels
     * @param cut PH_CUT, channels
     * @param fast imaging area to frame store
     * @param slow frame store to register
     * @param anomalous fast transfer through anomalous rows
     * @param spread relative standard deviation of NORM between columns
     * @param anomalies anomalous columns of a segment
     * @param longest most rows of an anomalous stretch
     */
    public record Transfer(double pulseHeight, double cut, Trap fast, Trap slow, Trap anomalous, double spread,
            int anomalies, int longest) {
    }

    /**
     * Charge injection (frames-and-science section 1.4).
     *
     * @param period CIPERIOD, rows
     * @param first ACTY of the first injected row
     * @param level mean level of an injected pixel, adu
     * @param spread standard deviation of the level between columns, adu
     * @param noise fluctuation from frame to frame, adu
     */
    public record Injection(int period, int first, double level, double spread, double noise) {
    }

    /**
     * Charge trail (energy-chain section 7.1).
     *
     * @param pulseHeight PH_REF, channels
     * @param cut PH_CUT, channels
     * @param normH loss per serial transfer at PH_REF
     * @param normV loss per parallel transfer at PH_REF
     * @param indexH power of pulse height, serial
     * @param indexV power of pulse height, parallel
     */
    public record Trail(double pulseHeight, double cut, double normH, double normV, double indexH, double indexV) {
    }

    /**
     * Charged particles.
     *
     * @param rate tracks per CCD, 1/s
     * @param density mean charge along a track, electrons per um
     * @param pixel size of a pixel, um
     * @param depth of the depletion layer, um
     * @param fullWell electrons that a pixel holds before they overflow along its column
     */
    public record Particles(double rate, double density, double pixel, double depth, double fullWell) {
    }

    /**
     * Dark level and pixels.
     *
     * @param drift rise of the dark level per 1,000 s, adu
     * @param leak mean light leak, adu
     * @param area edge of an area of constant light leak, pixels
     * @param leakCycles cycles after which the light leak is another one
     * @param flickering flickering pixels of a segment
     * @param duty share of cycles in which such a pixel is bright
     * @param flickerLow lowest level of a flickering pixel, adu
     * @param flickerHigh highest level of a flickering pixel, adu
     * @param echoes echo pixels of a segment
     * @param echoLow lowest imprint of an echo in the dark frames, adu
     * @param echoHigh highest imprint of an echo, adu
     */
    public record Level(double drift, double leak, int area, int leakCycles, int flickering, double duty,
            double flickerLow, double flickerHigh, int echoes, double echoLow, double echoHigh) {
    }

    /**
     * Readout, telemetry and pointing.
     *
     * @param crosstalk share of the signal of the sister segment
     * @param lostCycle probability that a cycle is lost
     * @param lostSegment probability that a segment frame of any other cycle is lost
     * @param drift amplitude of the pointing drift, arcmin
     * @param driftPeriod of the pointing drift, s
     */
    public record Link(double crosstalk, double lostCycle, double lostSegment, double drift, double driftPeriod) {
    }

    /**
     * Faults of the camera, by which alarms are tried (frames-and-science section 3).
     *
     * @param onset science cycle, from 0, with which noise rises and charge enters
     * @param noise factor of the readout noise from then on
     * @param step rows that fill with charge in every cycle, from the far end of the imaging area
     * @param rows most rows that fill
     * @param temperature CCD temperature without a fault, C
     * @param heating rise of the CCD temperature per 1,000 s from the first science cycle on, C
     * @param darkGap time between the last dark cycle and the first science cycle, s
     */
    public record Fault(int onset, double noise, int step, int rows, double temperature, double heating,
            double darkGap) {
        /** Rows that are full of charge in a science cycle. */
        public int filled(int scienceCycle) {
            return Math.clamp((long) step * (scienceCycle - onset + 1), 0, rows);
        }

        /** CCD temperature after seconds of science, C. */
        public double temperature(double seconds) {
            return temperature + heating * Math.max(0, seconds) / 1000;
        }
    }
}
