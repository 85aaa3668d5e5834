// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.pipeline.assembly.AssemblyStage;
import org.xtendsxi.pipeline.bias.BiasStage;
import org.xtendsxi.pipeline.coordinates.CoordinateStage;
import org.xtendsxi.pipeline.correction.CtiStage;
import org.xtendsxi.pipeline.correction.EvenOddStage;
import org.xtendsxi.pipeline.correction.TrailStage;
import org.xtendsxi.pipeline.dark.DarkStage;
import org.xtendsxi.pipeline.ehk.EhkMaker;
import org.xtendsxi.pipeline.energy.PiStage;
import org.xtendsxi.pipeline.energy.PulseStage;
import org.xtendsxi.pipeline.extraction.ExtractionStage;
import org.xtendsxi.pipeline.flags.FlagStage;
import org.xtendsxi.pipeline.flicker.FlickerStage;
import org.xtendsxi.pipeline.grade.GradeStage;
import org.xtendsxi.pipeline.gti.GoodTime;
import org.xtendsxi.pipeline.screening.Screening;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;

/** The whole flow on one screen: every stage, in order, by pass over the data. */
public final class Flow {
    /** Passes in order; each reads its input once and streams. */
    public enum Pass {
        /** Frames to raw events. */
        EVENTS,
        /** Raw events to calibrated events. */
        CALIBRATE,
        /** Flickering pixels searched in the calibrated events, and flagged. */
        FLICKER,
        /** Calibrated events to cleaned events. */
        SCREEN,
        /** Cleaned events to spectrum, images, light curve. */
        PRODUCTS;

        /** Name on the command line and in records. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Stages on the files of an observation, before its data. */
    public static final List<StageSpec> OBSERVATION_STAGES = List.of(EhkMaker.SPEC);

    /** Stages on frames. */
    static final List<StageSpec> FRAME_STAGES = List.of(BiasStage.SPEC, DarkStage.SPEC, ExtractionStage.SPEC);

    /** Stages on events. Those from pulses to pi share one reading, which the last of them opens. */
    static final List<EventStage> EVENT_STAGES = List.of(
            new EventStage(CoordinateStage.SPEC, Openers::coordinates),
            new EventStage(FlagStage.SPEC, Openers::flags),
            new EventStage(AssemblyStage.spec(), Openers::assembly),
            new EventStage(PulseStage.SPEC, Openers::inChain),
            new EventStage(EvenOddStage.SPEC, Openers::inChain),
            new EventStage(TrailStage.SPEC, Openers::inChain),
            new EventStage(CtiStage.SPEC, Openers::inChain),
            new EventStage(GradeStage.SPEC, Openers::inChain),
            new EventStage(PiStage.SPEC, Openers::energy));

    private Flow() {
    }

    /** Stages of a pass. */
    public static List<StageSpec> stages(Pass pass) {
        return switch (pass) {
            case EVENTS -> FRAME_STAGES;
            case CALIBRATE -> EVENT_STAGES.stream().map(EventStage::spec).toList();
            case FLICKER -> List.of(FlickerStage.SPEC, FlagStage.SPEC);
            case SCREEN -> List.of(GoodTime.SPEC, Screening.SPEC);
            case PRODUCTS -> List.of(ProductsPass.SPEC);
        };
    }

    /**
     * The pass that a stage opens or ends, if it does so in one pass only: {@code --exit extraction} means events.
     *
     * @param stage id of a stage
     * @param entry whether the stage is to be the first of the pass, else the last
     */
    public static Optional<Pass> bounded(String stage, boolean entry) {
        List<Pass> having = Arrays.stream(Pass.values())
                .filter(p -> stages(p).stream().anyMatch(s -> s.id().equals(stage))).toList();
        return having.size() != 1 ? Optional.empty() : Optional.of(having.getFirst()).filter(p ->
                (entry ? stages(p).getFirst() : stages(p).getLast()).id().equals(stage));
    }

    /** All stages in order. */
    public static List<StageSpec> stages() {
        List<StageSpec> all = new ArrayList<>(OBSERVATION_STAGES);
        for (Pass p : Pass.values()) {
            all.addAll(stages(p));
        }
        return all;
    }

    /**
     * Kinds of calibration files that the stages of a pass declare, those that are switched off apart.
     *
     * @param parameters parameters by stage
     */
    static List<CaldbKind> calibration(Pass pass, Map<String, Parameters> parameters) {
        return stages(pass).stream().filter(s -> s.enabled(parameters.get(s.id())))
                .flatMap(s -> s.calibration().stream())
                .map(k -> CaldbKind.of(k).orElseThrow(() -> new IllegalStateException("no calibration kind " + k)))
                .distinct().toList();
    }
}
