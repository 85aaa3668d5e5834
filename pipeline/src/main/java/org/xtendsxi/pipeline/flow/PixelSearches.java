// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.instrument.Sxi;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.flags.BadPixelImage;
import org.xtendsxi.pipeline.flags.EchoSearch;
import org.xtendsxi.pipeline.flags.FlagInputs;
import org.xtendsxi.pipeline.flags.FlagMap;
import org.xtendsxi.pipeline.flags.FlagSettings;
import org.xtendsxi.pipeline.flags.FlagStage;
import org.xtendsxi.pipeline.flicker.FlickerColumns;
import org.xtendsxi.pipeline.flicker.FlickerPixel;
import org.xtendsxi.pipeline.flicker.FlickerSearch;
import org.xtendsxi.pipeline.flicker.FlickerStage;
import org.xtendsxi.pipeline.flicker.FlickerTable;
import org.xtendsxi.pipeline.stage.Fault;
import org.xtendsxi.pipeline.stage.EventStep;
import org.xtendsxi.pipeline.stage.Parameters;

/**
 * The searches that must see all events before they can flag a pixel: cosmic-ray echoes and flickering pixels. Both
 * count per pixel, so they share one reading: what the second may not count because of the first is taken out
 * afterwards.
 */
final class PixelSearches {
    private final StageContext flags;
    private final FlagSettings settings;
    private final Optional<GtiList> echoTime;
    private final Optional<EchoSearch> echo;
    private final Optional<FlickerSearch> flicker;
    private List<FlickerPixel> found = List.of();

    /**
     * Starts the searches.
     *
     * @param flags context of the stage flags
     * @param flicker parameters of the stage flicker, empty to leave it out
     * @param echoTime good time of the echo search, empty for all
     */
    PixelSearches(StageContext flags, Optional<Parameters> flicker, Optional<GtiList> echoTime) {
        this.flags = flags;
        this.settings = FlagSettings.of(flags.parameters(), flags.compat());
        this.echoTime = echoTime;
        Keywords k = flags.header();
        this.echo = FlagStage.echo(k, flags.parameters(), flags.compat(), echoTime);
        this.flicker = flicker.map(p -> FlickerStage.open(p, flags.compat(), bad(), k.needReal("TSTART"),
                k.needReal("TSTOP")));
    }

    /** In the reference flag 1 comes from the pixel only, so that the flags of the event itself do not count. */
    private long bad() {
        return flags.compat().keeps(Fault.FLAG_1) ? 0 : settings.bad();
    }

    /** Flags of the pixels without what the searches find, to be given before the events are counted. */
    EventStep first() {
        return FlagStage.open(flags.pixels().map(flags), flags.parameters(), flags.compat());
    }

    /** Takes the next events in table order, flagged but for echo and flicker. */
    void accept(EventChunk chunk) {
        echo.ifPresent(e -> e.accept(chunk));
        flicker.ifPresent(f -> f.accept(chunk));
    }

    /** Number of flickering pixels found. */
    int found() {
        return found.size();
    }

    /**
     * Ends the searches, writes what they found, and flags every event.
     *
     * @param list where the list of flickering pixels goes
     * @param image where the image of bad pixels goes
     * @param events columns of the events
     * @param tap what else is made of the events then
     */
    CalibratePass.SecondLook finish(Path list, Path image, EventSchema events,
            BiFunction<EventSchema, Keywords, Optional<? extends CalibratePass.Tap>> tap) {
        FlagInputs inputs = flags.pixels().inputs(flags);
        FlagMap map = inputs.complete(flags.pixels().given(flags), flags.header(), settings, echo);
        if (flicker.isPresent()) {
            FlagMap before = map;
            flicker.get().exclude((ccd, x, y) -> (before.at(ccd, x - 1, y - 1) & settings.bad()) != 0);
            found = flicker.get().pixels();
            Keywords plain = flags.header().observation().withoutCommentary();
            try (FitsWriter w = FitsWriter.create(list)) {
                w.primary(plain);
                FlickerTable.write(w, found, FlickerColumns.DEFAULT, events, plain);
                w.commit();
            }
            if (!found.isEmpty()) {
                inputs = inputs.withFlickering(list);
                // flags are only ever added, so that the map so far, with its echoes, is a step on the way
                map = inputs.complete(map, flags.header(), settings, Optional.empty());
            }
            image(image, map, inputs, plain);
        }
        List<Column> writes = FlagStage.SPEC.writes();
        return new CalibratePass.SecondLook(List.of(new CalibratePass.Step(FlagStage.SPEC.id(), List.of(),
                CalibratePass.names(FlagStage.SPEC.reads()), CalibratePass.names(writes), Set.of(),
                FlagStage.open(map, flags.parameters(), flags.compat()))),
                "flags" + (echo.isPresent() ? ", echo search" : "")
                        + (flicker.isPresent() ? ", " + found.size() + " flickering pixels" : ""), tap);
    }

    private void image(Path path, FlagMap map, FlagInputs inputs, Keywords plain) {
        try (FitsWriter w = FitsWriter.create(path)) {
            w.image("", Sxi.DET_SIZE, Sxi.DET_SIZE, BadPixelImage.states(map, inputs.mask().orElseThrow(),
                    flags.header(), settings.bad()), BadPixelImage.coordinates(plain));
            echoTime.ifPresent(gti -> GtiTable.write(w, "GTI", gti, plain));
            w.commit();
        }
    }
}
