// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameReader;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.correction.EvenOddStage;
import org.xtendsxi.pipeline.frames.DarkMaps;
import org.xtendsxi.pipeline.gti.GoodTime;
import org.xtendsxi.pipeline.screening.Screening;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * The stages on events opened once, for events that arrive piece by piece: the same steps, calibration and screening
 * as a run, without its files. The search for flickering pixels needs all events and is not part of it.
 */
public final class EventChain {
    private final Map<String, Parameters> parameters;
    private final String condition;
    private final Keywords header;
    private final EventSchema schema;
    private final Set<String> fresh = new LinkedHashSet<>();
    private final List<EventStep> steps = new ArrayList<>();

    private EventChain(Map<String, Parameters> parameters, Keywords header, EventSchema columns, Observation files,
            Optional<Path> hotPixels, Caldb caldb, double start) {
        this.parameters = Openers.housekeeping(files).isEmpty() ? withoutTemperature(parameters) : parameters;
        this.header = header;
        List<SxiException> errors = new ArrayList<>();
        Map<CaldbKind, CalibrationFile> calibration =
                CalibrationFile.choose(caldb, kinds(), header, start, Optional.empty(), errors);
        if (!errors.isEmpty()) {
            throw errors.getFirst();
        }
        this.condition = GoodTime.condition(parameters.get("screen").text("expression"),
                calibration.get(CaldbKind.SELECT).path(), parameters.get("gti"), header, "EVENT");
        PixelLists pixels = new PixelLists(hotPixels);
        EventSchema work = columns.with(List.of(EventColumns.STATUS));
        for (EventStage stage : Flow.EVENT_STAGES) {
            EventStage.Opened o = stage.opener().open(new StageContext(this.parameters.get(stage.spec().id()), header,
                    work, calibration, files, pixels, Compat.STRICT, 1, this.parameters::get));
            work = work.with(o.writes());
            stage.spec().writes().stream().map(Column::name).forEach(fresh::add);
            steps.add(o.step());
        }
        this.schema = work;
    }

    private List<CaldbKind> kinds() {
        List<CaldbKind> all = new ArrayList<>(Flow.calibration(Flow.Pass.CALIBRATE, parameters));
        all.addAll(Flow.calibration(Flow.Pass.SCREEN, parameters));
        return all;
    }

    private static Map<String, Parameters> withoutTemperature(Map<String, Parameters> all) {
        Map<String, Parameters> changed = new HashMap<>(all);
        changed.computeIfPresent(EvenOddStage.SPEC.id(), (id, p) -> p.with(EvenOddStage.TEMPERATURE.name(), "no"));
        return changed;
    }

    /**
     * Parameters of all stages.
     *
     * @param set values by stage and name, the others having their defaults
     */
    public static Map<String, Parameters> parameters(Map<String, Map<String, String>> set) {
        return FlowCheck.parameters(set, RunOptions.SEED);
    }

    /**
     * Opens the stages for the events of a frame file.
     *
     * @param frames frame file, for its keywords
     * @param darks darks of the run; their hot pixels are flagged
     * @param live good time so far, at least one interval
     * @param auxiliary attitude and housekeeping by suffix ({@code .att}, {@code xtd_a0.hk})
     * @param hotPixels file to write the list of hot pixels to
     */
    public static EventChain ofFrames(FrameReader frames, DarkMaps darks, GtiList live, Map<String, Path> auxiliary,
            Path hotPixels, Caldb caldb, Map<String, Parameters> parameters) {
        Keywords k = Headers.ofFrames(frames);
        Headers.time(k, live);
        HotPixelFile.write(hotPixels, darks.hotPixels(frames.header()), live.start(), k);
        return new EventChain(parameters, k, new EventSchema(EventColumns.raw()), observation(auxiliary),
                Optional.of(hotPixels), caldb, live.start());
    }

    /**
     * Opens the stages for an event list.
     *
     * @param header keywords of EVENTS, with TSTART
     * @param columns columns of EVENTS
     * @param auxiliary as for frames
     */
    public static EventChain ofEvents(Keywords header, EventSchema columns, Map<String, Path> auxiliary, Caldb caldb,
            Map<String, Parameters> parameters) {
        List<SxiException> errors = FlowCheck.columns(Flow.stages(Flow.Pass.CALIBRATE),
                columns.with(List.of(EventColumns.STATUS)), header.file());
        if (!errors.isEmpty()) {
            throw errors.getFirst();
        }
        return new EventChain(parameters, header, columns, observation(auxiliary), Optional.empty(), caldb,
                header.needReal("TSTART"));
    }

    private static Observation observation(Map<String, Path> auxiliary) {
        return new Observation(Path.of(""), "", List.of(), auxiliary, Map.of());
    }

    /** Columns of calibrated events. */
    public EventSchema schema() {
        return schema;
    }

    /** Calibrates raw events; the caller closes the result, and the raw events. */
    public EventChunk calibrate(EventChunk raw) {
        EventChunk chunk = raw.as(schema, fresh);
        steps.forEach(s -> s.process(chunk));
        return chunk;
    }

    /**
     * Which calibrated events the standard screening keeps.
     *
     * @param gti good time
     */
    public boolean[] keep(EventChunk calibrated, GtiList gti) {
        return new Screening(condition, parameters.get("screen").real("tolerance"), gti, schema, header)
                .keep(calibrated);
    }
}
