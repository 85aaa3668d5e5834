// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flags;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.event.Widened;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.fits.TableReader;
import org.xtendsxi.caldb.fits.TableWriter;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.task.CaldbFiles;
import org.xtendsxi.pipeline.task.TableEdit;
import org.xtendsxi.pipeline.task.Task;
import org.xtendsxi.pipeline.task.TaskFile;

/** The task {@code xtdflagpix}, also {@code sxiflagpix} (events-coords-screening section 9). */
public final class FlagTask implements Task {
    /** Flags whose events go to the list of bad pixels (section 9.7): 1, 7-10, 12, 13, 15-19, 21-27, 29 and 30. */
    private static final long LISTED = 0x37f7dbc1L;

    @Override
    public List<String> names() {
        return List.of("xtdflagpix", "sxiflagpix");
    }

    @Override
    public String summary() {
        return "Flag events on bad, hot and flickering pixels, boundaries and charge-injection rows.";
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(List.of(Parameter.text("infile", "", "input event file"),
                Parameter.text("outfile", "", "output event file"),
                Parameter.text("outbadpix", "NONE", "output list of flagged events"),
                Parameter.text("outbadimg", "NONE", "output image of bad pixels"),
                Parameter.text("badpixfile", "CALDB", "bad pixels and columns, CALDB or NONE"),
                Parameter.text("hotpixfile", "NONE", "hot pixels, or NONE"),
                Parameter.text("flickpixfile", "NONE", "flickering pixels, or NONE"),
                Parameter.text("maskfile", "CALDB", "mask, CALDB or NONE"),
                Parameter.text("gtifile", "NONE", "good time of the echo search, or NONE"),
                Parameter.yesNo("echomap", false, "add the map of the echo search to outbadimg"),
                Parameter.yesNo("copyphas", true, "PHAS starts again from PHAS_INNER3X3")));
        all.addAll(FlagSettings.parameters());
        return all;
    }

    @Override
    public List<String> accepted() {
        return List.of();
    }

    @Override
    public void run(TaskCall call, Console console) {
        Path out = call.output("outfile");
        Parameters p = call.values();
        FlagSettings s = FlagSettings.of(p, call.compat());
        try (FitsReader in = FitsReader.open(TaskFile.input(call, "infile"))) {
            Hdu events = in.need("EVENTS");
            Keywords header = events.keywords();
            CaldbFiles files = new CaldbFiles(call, header, console);
            FlagInputs inputs = FlagInputs.load(files.path("maskfile", CaldbKind.MASK),
                    files.path("badpixfile", CaldbKind.BADPIX),
                    call.file("hotpixfile").map(TaskFile::path), call.file("flickpixfile").map(TaskFile::path));
            EventSchema schema = schema(new EventSchema(events.columns()), p.yes("copyphas"));
            Optional<EchoSearch> echo = FlagStage.echo(header, p, call.compat(),
                    call.file("gtifile").map(f -> GtiTable.read(TaskFile.path(f))));
            echo.ifPresent(e -> search(in, events, schema, e));
            FlagMap map = inputs.map(header, s, echo);
            Counter counter = new Counter();
            EventStep flags = new EventFlags(map, s, p.yes("copyphas")).andThen(counter);
            Keywords k = header.copy();
            if (call.history()) {
                k.addHistory(call.name() + ": bad_status " + p.text("bad_status") + ", maskfile " + p.text("maskfile")
                        + ", badpixfile " + p.text("badpixfile") + ", hotpixfile " + p.text("hotpixfile")
                        + ", flickpixfile " + p.text("flickpixfile") + ", compat " + call.compat().word());
            }
            if (call.file("outbadpix").isPresent()) {
                withList(call, header, schema, list -> TableEdit.copy(in, events, out, schema, k, flags.andThen(list)));
            } else {
                TableEdit.copy(in, events, out, schema, k, flags);
            }
            if (call.file("outbadimg").isPresent() && inputs.mask().isEmpty() && !s.compat().equals(Compat.STRICT)) {
                console.warn(call.name() + ": no image of bad pixels, because maskfile is NONE");
            } else if (call.file("outbadimg").isPresent()) {
                image(call, inputs, map, header, s, echo);
            }
            counter.report(call.name(), console);
        }
    }

    private static EventSchema schema(EventSchema input, boolean pulses) {
        List<Column> missing = new ArrayList<>();
        List<Column> needed = pulses ? List.of(EventColumns.PHAS, EventColumns.PHAS_MASK, EventColumns.STATUS)
                : List.of(EventColumns.PHAS_MASK, EventColumns.STATUS);
        needed.stream().filter(c -> !input.has(c.name())).forEach(missing::add);
        return input.with(missing);
    }

    private static void search(FitsReader in, Hdu events, EventSchema schema, EchoSearch echo) {
        try (TableReader r = in.table(events, TableEdit.CHUNK); EventSource source = Widened.of(r, schema)) {
            for (Optional<EventChunk> c = source.next(); c.isPresent(); c = source.next()) {
                try (EventChunk chunk = c.get()) {
                    echo.accept(chunk);
                }
            }
        }
    }

    /** Runs something with a step that also copies flagged events into the list of bad pixels. */
    private static void withList(TaskCall call, Keywords header, EventSchema schema,
            Consumer<EventStep> work) {
        try (FitsWriter w = FitsWriter.create(call.output("outbadpix"))) {
            w.primary(header.withoutCommentary());
            try (TableWriter t = w.table("PIXELS", schema, header.withoutCommentary())) {
                work.accept(chunk -> {
                    long[] status = chunk.longs("STATUS");
                    long[] processing = chunk.longs("PROC_STATUS");
                    boolean[] keep = new boolean[chunk.rows()];
                    for (int i = 0; i < keep.length; i++) {
                        keep[i] = (status[i] & EventFlags.OWNED & LISTED) != 0 && !EventFlags.unusable(processing[i])
                                && !StatusFlag.OUT_OF_CCD.in(status[i]);
                    }
                    try (EventChunk flagged = chunk.select(keep, t.rows())) {
                        t.accept(flagged);
                    }
                });
                t.finish();
            }
            w.commit();
        }
    }

    private static void image(TaskCall call, FlagInputs inputs, FlagMap map, Keywords header, FlagSettings s,
            Optional<EchoSearch> echo) {
        var mask = inputs.mask().orElseThrow(() -> SxiException.usage("the image of bad pixels needs a mask file")
                .todo("give maskfile=FILE, or outbadimg=NONE").build());
        try (FitsWriter w = FitsWriter.create(call.output("outbadimg"))) {
            Keywords k = BadPixelImage.coordinates(header.observation().withoutCommentary());
            w.image("", Sxi.DET_SIZE, Sxi.DET_SIZE, BadPixelImage.states(map, mask, header, s.bad()), k);
            if (call.values().yes("echomap") && echo.isPresent()) {
                w.image("ECHOMAP", BadPixelImage.fractions(echo.get(), mask), k);
            }
            w.commit();
        }
    }

    /** Counts the events of each flag. */
    private static final class Counter implements EventStep {
        private final long[] events = new long[StatusFlag.BITS];
        private long rows;

        @Override
        public void process(EventChunk chunk) {
            rows += chunk.rows();
            for (long s : chunk.longs("STATUS")) {
                for (long rest = s; rest != 0; rest &= rest - 1) {
                    events[Long.numberOfTrailingZeros(rest)]++;
                }
            }
        }

        void report(String name, Console console) {
            console.say(name + ": " + rows + " events, " + events[0] + " with flag 1");
            for (StatusFlag f : StatusFlag.values()) {
                console.explain("flag " + f.number() + " (" + f.meaning() + "): " + events[f.ordinal()]);
            }
        }
    }
}
