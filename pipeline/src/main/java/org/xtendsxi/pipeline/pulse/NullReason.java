// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.pulse;

/** Why an event has no energy (energy-chain section 5), in the order of the tests; 0 is an event that lives. */
public enum NullReason {
    /** The event lives. */
    NONE("has an energy"),
    /** PROC_STATUS says that the row is bad. */
    PROC_STATUS("bad PROC_STATUS"),
    /** TIME is null. */
    TIME("TIME is null"),
    /** The centre lies below the event threshold. */
    THRESHOLD("centre below the event threshold"),
    /** An address or pulse height is null or out of range. */
    RANGE("address or pulse height null or out of range"),
    /** A pulse height lies below the negative threshold. */
    NEGATIVE("pulse height below negthre"),
    /** A correction could not be made. */
    CORRECTION("a correction could not be made"),
    /** Grading found a pulse height that is not a number, a negative centre, or (badpixopt 3) a bad pixel. */
    GRADING("could not be graded");

    private static final NullReason[] ALL = values();
    private final String words;

    NullReason(String words) {
        this.words = words;
    }

    /** Number in the column NULL_REASON. */
    public byte code() {
        return (byte) ordinal();
    }

    /** Reason of a number. */
    public static NullReason of(int code) {
        return ALL[code];
    }

    /** The reason in a few words. */
    public String words() {
        return words;
    }
}
