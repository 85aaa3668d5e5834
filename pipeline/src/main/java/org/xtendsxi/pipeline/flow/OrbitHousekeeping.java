// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xtendsxi.caldb.fits.ContentId;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.teldef.SkyPlane;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.pipeline.ehk.EhkMaker;
import org.xtendsxi.pipeline.ehk.EhkRequest;
import org.xtendsxi.pipeline.stage.Parameters;

/** The EHK file that a run computes from orbit and attitude where the observation has none. */
final class OrbitHousekeeping {
    /** Name in the state and the record of a run. */
    static final String NAME = EhkMaker.SPEC.id();
    private static final String SUFFIX = ".ehk";

    private final Observation observation;
    private final Path orbit;
    private final Path attitude;
    private final Path out;
    private final Parameters parameters;
    private final EhkMaker maker;

    private OrbitHousekeeping(Observation observation, Path orbit, Path attitude, Path out, Parameters parameters,
            EhkMaker maker) {
        this.observation = observation;
        this.orbit = orbit;
        this.attitude = attitude;
        this.out = out;
        this.parameters = parameters;
        this.maker = maker;
    }

    /**
     * What there is to compute: an EHK file if there is none, but orbit and attitude.
     *
     * @param root output directory
     * @param warnings takes the word that the module for it is not installed
     */
    static Optional<OrbitHousekeeping> of(Observation o, Path root, Parameters p, List<String> warnings) {
        if (o.file(SUFFIX).isPresent() || o.file(".orb").isEmpty() || o.file(".att").isEmpty()
                || !EhkMaker.SPEC.enabled(p)) {
            return Optional.empty();
        }
        Optional<EhkMaker> maker = EhkMaker.find();
        if (maker.isEmpty()) {
            warnings.add("there is no EHK file, and the module that computes one from the orbit is not installed");
        }
        return maker.map(m -> new OrbitHousekeeping(o, o.file(".orb").orElseThrow(), o.file(".att").orElseThrow(),
                root.resolve("auxil/xa" + o.obsid() + SUFFIX), p, m));
    }

    /** The observation with the EHK file. */
    Observation observation() {
        return observation.with(SUFFIX, new Observation.Derived(out, Digest.of(inputs())));
    }

    private String inputs() {
        Stream<Path> named = Stream.of("saa", "cor2file", "cor3file").map(n -> Path.of(parameters.text(n)));
        return Stream.concat(Stream.of(orbit, attitude), named.filter(Files::isRegularFile)).map(ContentId::of)
                .collect(Collectors.joining("\n")) + "\n" + parameters.all();
    }

    /** Digest of all that determines the file. */
    String key(DataSetRun set) {
        return Digest.of(inputs() + "\n" + teldef(set).sha256() + "\n" + nominal(set.header()));
    }

    private static CalibrationFile teldef(DataSetRun set) {
        return set.calibration().get(CaldbKind.TELDEF);
    }

    private static SkyPlane.Direction nominal(Keywords header) {
        return new SkyPlane.Direction(header.needReal("RA_NOM"), header.needReal("DEC_NOM"));
    }

    /** The file. */
    Path file() {
        return out;
    }

    /** Makes the file and tells what the user should know of it. */
    List<String> make(DataSetRun set) {
        return maker.make(new EhkRequest(orbit, attitude, TelDef.load(teldef(set).path()).toSky(),
                Optional.of(nominal(set.header())), parameters), out);
    }
}
