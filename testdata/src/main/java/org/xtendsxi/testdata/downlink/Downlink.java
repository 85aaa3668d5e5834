// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.downlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.xtendsxi.caldb.command.Progress;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.frame.FrameType;
import org.xtendsxi.caldb.provenance.Host;

/**
 * Delivers the files of an observation as a downlink does. Raw frames, event lists and housekeeping grow, 4 s of data at
 * a time; dark frames and all other files are there from the start. The truth stays behind.
 */
public final class Downlink {
    /** Data that come together, s: a cycle. */
    private static final double STEP = 4;
    private static final double NANOS = 1e9;

    private final Path observation;
    private final Path out;
    private final List<Source> sources = new ArrayList<>();
    private final List<Path> others = new ArrayList<>();
    private double first = Double.POSITIVE_INFINITY;
    private double end = Double.NEGATIVE_INFINITY;
    private long rows;
    private double lag;

    /** A file that grows. */
    private record Source(Path path, Hdu table, boolean housekeeping) {
    }

    /**
     * What was delivered.
     *
     * @param passes times that the observation was delivered
     * @param dataSeconds time of the data, s
     * @param rows rows
     * @param seconds time that it took, s
     * @param largestLag most by which a step was late, s
     */
    public record Summary(int passes, double dataSeconds, long rows, double seconds, double largestLag) {
    }

    /**
     * Prepares.
     *
     * @param observation observation directory
     * @param out folder in which a directory of the same name is made
     * @throws SxiException (data) if nothing of the observation can grow, (usage) if the place is in use
     */
    public Downlink(Path observation, Path out) {
        this.observation = observation.toAbsolutePath().normalize();
        this.out = out.toAbsolutePath().normalize().resolve(this.observation.getFileName());
        if (Files.exists(this.out)) {
            throw SxiException.usage("place of the downlink is in use").in(this.out).todo("give an empty folder").build();
        }
        try (Stream<Path> all = Files.walk(this.observation)) {
            all.filter(Files::isRegularFile).filter(p -> !p.startsWith(this.observation.resolve("truth"))).sorted()
                    .forEach(this::sort);
        } catch (IOException e) {
            throw SxiException.data("observation cannot be read").in(observation).value(e.getMessage()).cause(e)
                    .todo("give an observation directory").build();
        }
        if (!(end > first)) {
            throw SxiException.data("observation has neither raw frames nor events").in(observation)
                    .todo("give an observation made by sxi simulate or sxi run, not compressed").build();
        }
    }

    private void sort(Path p) {
        Optional<Source> s = p.toString().endsWith(".gz") ? Optional.empty() : source(p);
        s.ifPresentOrElse(sources::add, () -> others.add(p));
    }

    /** The file as one that grows, if it is one; what it holds moves the ends of the data. */
    private Optional<Source> source(Path p) {
        try (FitsReader f = FitsReader.open(p)) {
            Optional<Hdu> table = f.hdus().stream().filter(h -> h.kind() == Hdu.Kind.TABLE && h.rows() > 0
                    && (List.of("FRAMES", "EVENTS").contains(h.name()) || h.name().startsWith("HK_"))).findFirst();
            if (table.isEmpty() || table.get().name().equals("FRAMES") && dark(p)) {
                return Optional.empty();
            }
            Hdu h = table.get();
            boolean housekeeping = h.name().startsWith("HK_");
            if (!housekeeping) {
                first = Math.min(first, h.keywords().needReal("TSTART"));
                end = Math.max(end, h.keywords().needReal("TSTOP"));
            }
            return Optional.of(new Source(p, h, housekeeping));
        } catch (SxiException e) {
            return Optional.empty();
        }
    }

    private static boolean dark(Path p) {
        try (FrameReader f = FrameReader.open(p)) {
            return f.readIndex(0).type() == FrameType.DARK;
        }
    }

    /** Time of the data of a pass, s: whole cycles. */
    public double span() {
        return STEP * Math.ceil((end - first) / STEP);
    }

    /**
     * Delivers.
     *
     * @param pace seconds of data per second, 0 for as fast as possible
     * @param passes times that the observation comes, each later by its length and in files of its own
     * @param delivered is told the mission time up to which all rows are there, after every step
     * @param bar advances by one per step
     */
    public Summary run(double pace, int passes, DoubleConsumer delivered, Progress bar) {
        others.forEach(this::copy);
        double begin = Host.seconds();
        int steps = (int) Math.round(span() / STEP);
        for (int pass = 0; pass < passes; pass++) {
            GrowingFile.Shift shift = new GrowingFile.Shift(pass * span(), pass * steps);
            List<GrowingFile> files = new ArrayList<>();
            try {
                for (Source s : sources) {
                    files.add(new GrowingFile(s.path(), s.table(), target(s.path(), pass), shift));
                }
                for (int step = 1; step <= steps; step++) {
                    double due = begin + (pace == 0 ? 0 : (pass * span() + step * STEP) / pace);
                    await(due);
                    double upTo = first + shift.seconds() + step * STEP;
                    files.forEach(f -> rows += f.deliver(upTo));
                    lag = pace == 0 ? 0 : Math.max(lag, Host.seconds() - due);
                    delivered.accept(upTo);
                    bar.advance(1);
                }
                files.forEach(GrowingFile::finish);
            } finally {
                files.forEach(GrowingFile::close);
            }
        }
        return new Summary(passes, passes * span(), rows, Host.seconds() - begin, lag);
    }

    private static void await(double due) {
        for (double left = due - Host.seconds(); left > 0; left = due - Host.seconds()) {
            LockSupport.parkNanos((long) (left * NANOS));
            if (Thread.interrupted()) {
                throw SxiException.interrupted("downlink was stopped").todo("start it again in an empty folder").build();
            }
        }
    }

    private Path target(Path source, int pass) {
        Path same = out.resolve(observation.relativize(source).toString());
        return pass == 0 ? same : same.resolveSibling(same.getFileName().toString().replaceFirst("\\.", "-" + (pass + 1)
                + "."));
    }

    private void copy(Path source) {
        Path target = target(source, 0);
        try {
            Files.createDirectories(target.getParent());
            Files.copy(source, target);
        } catch (IOException e) {
            throw SxiException.output("file cannot be copied").in(target).value(e.getMessage()).cause(e)
                    .todo("give an empty folder with enough space").build();
        }
    }
}
