// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.cti;

/** Parameters of the fast and the slow transfer, in the order of the vectors of this package. */
enum CtiTerm {
    /** Loss per fast transfer at PH_REF. */
    F_NORM("", 1e-5, 1e-6),
    /** Part of the fast traps that charge injection fills. */
    F_PROB("", 0.5, 0.05),
    /** Rows after which they are empty again. */
    F_SCALE("pixel", 30, 3),
    /** Power of pulse height. */
    F_INDEX("", -0.3, 0.05),
    /** Loss per slow transfer at PH_REF. */
    S_NORM("", 1e-5, 1e-6),
    /** Part of the slow traps that charge injection fills. */
    S_PROB("", 0.3, 0.05),
    /** Rows after which they are empty again. */
    S_SCALE("pixel", 50, 5),
    /** Power of pulse height. */
    S_INDEX("", -0.3, 0.05);

    private final String unit;
    private final double start;
    private final double step;

    CtiTerm(String unit, double start, double step) {
        this.unit = unit;
        this.start = start;
        this.step = step;
    }

    /** Unit of the column. */
    String unit() {
        return unit;
    }

    /** Value to start from where the table in force knows no loss. */
    double start() {
        return start;
    }

    /** Natural size of a change, for the scaling of the fit. */
    double step() {
        return step;
    }

    /** Whether it is a number of rows, which is positive. */
    boolean scale() {
        return this == F_SCALE || this == S_SCALE;
    }

    /** Column of the CTI table. */
    String column() {
        return "PARA_" + name();
    }
}
