// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.teldef;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * Telescope definition: systems from the lowest (RAW) to the sky, and the transformation from each to the next
 * (events-coords-screening section 7).
 *
 * @param file where it was read
 * @param systems coordinate systems, the sky last
 * @param transformations one less than systems; the last is {@link Transformation.SkyAttitude}
 * @param randomised system in which positions are spread over their pixel, if any
 * @param randomScale system whose pixel size is the width of that spread
 * @param axis optical axis, if given
 */
public record TelDef(Path file, List<CoordinateSystem> systems, List<Transformation> transformations,
        OptionalInt randomised, int randomScale, Optional<OpticalAxis> axis) {

    /** Copies the lists. */
    public TelDef {
        systems = List.copyOf(systems);
        transformations = List.copyOf(transformations);
    }

    /**
     * Optical axis.
     *
     * @param system index of the system in which it is given
     * @param x first coordinate
     * @param y second coordinate
     */
    public record OpticalAxis(int system, double x, double y) {
    }

    /** Reads and checks a TelDef file. */
    public static TelDef load(Path file) {
        return SxiException.asCalibration(() -> {
            try (FitsReader f = FitsReader.open(file)) {
                return new TelDefReader(f).read();
            }
        });
    }

    /**
     * Reads and checks a TelDef file for the events of an instrument.
     *
     * @param events keywords of the events
     * @throws SxiException (calibration) if INSTRUME of both is known and not the same
     */
    public static TelDef load(Path file, Keywords events) {
        return SxiException.asCalibration(() -> {
            try (FitsReader f = FitsReader.open(file)) {
                Optional<String> own = f.primary().keywords().text("INSTRUME").map(String::strip);
                Optional<String> wanted = events.text("INSTRUME").map(String::strip);
                if (own.isPresent() && wanted.isPresent() && !own.equals(wanted)) {
                    throw SxiException.calibration("TelDef file is of another instrument").in(file).hdu("#0")
                            .column("INSTRUME").value(own.get()).limit(wanted.get())
                            .todo("give the TelDef file of this instrument").build();
                }
                return new TelDefReader(f).read();
            }
        });
    }

    /** Index of a system by name, without regard to case. */
    public OptionalInt find(String name) {
        return IntStream.range(0, systems.size()).filter(i -> systems.get(i).name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    /** Index of a system that must exist. */
    public int index(String name) {
        return find(name).orElseThrow(() -> SxiException.calibration("coordinate system is not in the TelDef file")
                .in(file).value(name).limit(systems.stream().map(CoordinateSystem::name).toList())
                .todo("give one of these systems").build());
    }

    /** Index of the sky system, the last. */
    public int skyIndex() {
        return systems.size() - 1;
    }

    /** The sky system. */
    public CoordinateSystem sky() {
        return systems.getLast();
    }

    /** The transformation to the sky. */
    public Transformation.SkyAttitude toSky() {
        return (Transformation.SkyAttitude) transformations.getLast();
    }
}
