// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.error;

/** Process exit codes of every command (contract, section 1). */
public enum ExitCode {
    /** Done. */
    DONE(0),
    /** Fault of the program: a bug, please report it. */
    FAULT(1),
    /** Wrong usage: unknown command, option, parameter or value. */
    USAGE(2),
    /** Bad input data. */
    DATA(3),
    /** Calibration missing or unusable. */
    CALIBRATION(4),
    /** Output could not be written. */
    OUTPUT(5),
    /** Interrupted by the user (SIGINT). */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** Returns the number given to the operating system. */
    public int code() {
        return code;
    }
}
