// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.error;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Every error that a user can meet: what is wrong, where, the offending value and its limit, and what to do next.
 *
 * <p>The message has one form, {@code FILE[HDU] (row R, column C): what is wrong (value, limit): what to do}; parts
 * that are not known are left out. Rows count from 1, as FITS viewers show them. Instances are built in one expression:
 *
 * <pre>{@code
 * throw SxiException.data("PI outside its legal range").in(path).hdu("EVENTS").row(17).column("PI")
 *         .value(5000).limit("0..4095").todo("reprocess the event list, or widen TLMAX").build();
 * }</pre>
 */
public final class SxiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final double SMALL = 1e-3;
    private static final double LARGE = 1e15;
    private final ExitCode exitCode;
    private final boolean located;

    private SxiException(ExitCode exitCode, boolean located, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.located = located;
    }

    /** Returns the exit code with which a command ends on this error. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** Starts an error of wrong usage (exit 2). */
    public static Builder usage(String what) {
        return new Builder(ExitCode.USAGE, what);
    }

    /** Starts an error of bad input data (exit 3). */
    public static Builder data(String what) {
        return new Builder(ExitCode.DATA, what);
    }

    /** Starts an error of missing or unusable calibration (exit 4). */
    public static Builder calibration(String what) {
        return new Builder(ExitCode.CALIBRATION, what);
    }

    /**
     * Reads a calibration file: what its reader calls bad data (exit 3) is unusable calibration (exit 4).
     *
     * @param reading reads the file
     * @return what it read
     */
    public static <T> T asCalibration(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (SxiException e) {
            throw e.exitCode == ExitCode.DATA ? new SxiException(ExitCode.CALIBRATION, e.located, e.getMessage(), e)
                    : e;
        }
    }

    /**
     * Does work on a file: an error of bad data that names no file, as pure functions over its content throw it, is
     * given this name.
     *
     * @param file the input
     * @param work what is done with it
     */
    public static void locate(Path file, Runnable work) {
        try {
            work.run();
        } catch (SxiException e) {
            if (e.located || e.exitCode != ExitCode.DATA) {
                throw e;
            }
            String text = e.getMessage();
            throw new SxiException(e.exitCode, true,
                    file + (text.startsWith("[") ? "" : text.startsWith("(") ? " " : ": ") + text, e);
        }
    }

    /** A number as people write it: mission times without exponent. */
    public static String plain(double value) {
        double size = Math.abs(value);
        return size >= SMALL && size < LARGE ? new BigDecimal(Double.toString(value)).toPlainString()
                : Double.toString(value);
    }

    /** Starts an error of output that cannot be written (exit 5). */
    public static Builder output(String what) {
        return new Builder(ExitCode.OUTPUT, what);
    }

    /** Starts the error of a run stopped by the user (exit 130). */
    public static Builder interrupted(String what) {
        return new Builder(ExitCode.INTERRUPTED, what);
    }

    /** Collects the parts of the message; {@link #build()} ends it. */
    public static final class Builder {
        private final ExitCode code;
        private final String what;
        private String file;
        private String hdu;
        private long row;
        private String column;
        private String value;
        private String limit;
        private String todo;
        private Throwable cause;

        private Builder(ExitCode code, String what) {
            this.code = code;
            this.what = what;
        }

        /** Names the file. */
        public Builder in(Path path) {
            return in(path == null ? null : path.toString());
        }

        /** Names the file, or whatever stands for it. */
        public Builder in(String name) {
            this.file = name;
            return this;
        }

        /** Names the header-data unit, by EXTNAME or {@code #index}. */
        public Builder hdu(String name) {
            this.hdu = name;
            return this;
        }

        /** Names the table row, counted from 1. */
        public Builder row(long number) {
            this.row = number;
            return this;
        }

        /** Names the column or keyword. */
        public Builder column(String name) {
            this.column = name;
            return this;
        }

        /** Gives the offending value. */
        public Builder value(Object found) {
            this.value = found instanceof Double d ? plain(d) : String.valueOf(found);
            return this;
        }

        /** Gives the limit or the expected value, in words that read well after "limit". */
        public Builder limit(Object expected) {
            this.limit = expected instanceof Double d ? plain(d) : String.valueOf(expected);
            return this;
        }

        /** Says what the user can do next. */
        public Builder todo(String action) {
            this.todo = action;
            return this;
        }

        /**
         * Keeps the underlying exception for {@code -v}. A file that was closed because its thread was interrupted is
         * no fault of the file: the error becomes that of a run stopped by the user.
         */
        public Builder cause(Throwable thrown) {
            this.cause = thrown;
            return this;
        }

        /** Returns the finished exception. */
        public SxiException build() {
            if (code != ExitCode.INTERRUPTED && interruption(cause)) {
                return interrupted("interrupted").in(file).todo("start again; finished passes are reused").cause(cause)
                        .build();
            }
            return new SxiException(code, file != null, text(), cause);
        }

        private static boolean interruption(Throwable thrown) {
            return thrown instanceof ClosedByInterruptException
                    || thrown instanceof UncheckedIOException && interruption(thrown.getCause());
        }

        private String text() {
            StringBuilder b = new StringBuilder();
            if (file != null) {
                b.append(file);
            }
            if (hdu != null) {
                b.append('[').append(hdu).append(']');
            }
            String where = (row > 0 ? "row " + row : "") + (row > 0 && column != null ? ", " : "")
                    + (column != null ? "column " + column : "");
            if (!where.isEmpty()) {
                b.append(b.isEmpty() ? "(" : " (").append(where).append(')');
            }
            if (!b.isEmpty()) {
                b.append(": ");
            }
            b.append(what);
            if (value != null || limit != null) {
                b.append(" (").append(value == null ? "" : value).append(value != null && limit != null ? ", " : "")
                        .append(limit == null ? "" : "limit " + limit).append(')');
            }
            return todo == null ? b.toString() : b.append(": ").append(todo).toString();
        }
    }
}
