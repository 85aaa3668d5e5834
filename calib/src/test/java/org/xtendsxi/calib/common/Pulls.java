// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** Collects (found - true) / uncertainty of repeated experiments by parameter. */
public final class Pulls {
    /** Experiments: the mean of so many pulls is known to 0.05, a quarter of what it may differ from nil. */
    public static final int SEEDS = Integer.getInteger("sxi.seeds", 400);

    private static final RandomGeneratorFactory<RandomGenerator> RANDOM = RandomGeneratorFactory.of("L64X128MixRandom");

    private final Map<String, SummaryStatistics> pulls = new LinkedHashMap<>();

    /**
     * Random numbers of an experiment; those of neighbouring seeds have nothing in common, unlike with
     * java.util.Random.
     */
    public static RandomGenerator random(long seed) {
        return RANDOM.create(seed);
    }

    /** Takes a result. */
    public void add(String parameter, double found, double truth, double error) {
        pulls.computeIfAbsent(parameter, p -> new SummaryStatistics()).addValue((found - truth) / error);
    }

    /** Mean 0 ± 0.2 and width 1 ± 0.2 of every parameter; chi-squared of a whole task ("CHI2 …") may be 0.5 above. */
    public void check() {
        pulls.forEach((p, s) -> {
            double most = p.startsWith("CHI2 ") ? 0.5 : 0.2;
            assertThat(s.getMean()).as("mean pull of %s of%n%s", p, this).isCloseTo(0, within(most));
            assertThat(s.getStandardDeviation()).as("width of %s of%n%s", p, this).isCloseTo(1, within(0.2));
        });
    }

    /** Table of all parameters. */
    @Override
    public String toString() {
        StringBuilder b = new StringBuilder();
        pulls.forEach((p, s) -> b.append(String.format("%-14s %s%n", p, line(s))));
        return b.toString();
    }

    private static String line(SummaryStatistics s) {
        return String.format("mean %+.3f width %.3f of %d", s.getMean(), s.getStandardDeviation(), s.getN());
    }
}
