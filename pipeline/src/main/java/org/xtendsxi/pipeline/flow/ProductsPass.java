// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.provenance.Digest;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.instrument.Grade;
import org.xtendsxi.caldb.instrument.StatusFlag;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.coordinates.CoordinateColumns;
import org.xtendsxi.pipeline.coordinates.CoordinateOptions;
import org.xtendsxi.pipeline.coordinates.SkyCentre;
import org.xtendsxi.pipeline.exposure.ExposureMap;
import org.xtendsxi.pipeline.exposure.ExposureRequest;
import org.xtendsxi.pipeline.grouping.GroupRule;
import org.xtendsxi.pipeline.products.EventHeader;
import org.xtendsxi.pipeline.products.Gathering;
import org.xtendsxi.pipeline.products.Links;
import org.xtendsxi.pipeline.region.Region;
import org.xtendsxi.pipeline.region.RegionFile;
import org.xtendsxi.pipeline.report.DetectorMarks;
import org.xtendsxi.pipeline.report.EnergyBand;
import org.xtendsxi.pipeline.report.ProductRequest;
import org.xtendsxi.pipeline.report.ProductSet;
import org.xtendsxi.pipeline.stage.Parameter;
import org.xtendsxi.pipeline.stage.Parameters;
import org.xtendsxi.pipeline.stage.StageSpec;
import org.xtendsxi.pipeline.stage.Together;

/** Last pass: products of the cleaned events of one data class. */
final class ProductsPass {
    /** Contract of the stage. */
    static final StageSpec SPEC = new StageSpec("products", "spectra with responses, images, light curve, exposure map",
            List.of(EventColumns.TIME, EventColumns.PI, EventColumns.GRADE, EventColumns.STATUS, EventColumns.DETX,
                    EventColumns.DETY, EventColumns.X, EventColumns.Y), List.of(), List.of(), List.of(),
            List.of(Parameter.real("bin", "s", 0.01, 1e6, 16, "bin of the light curve"),
                    Parameter.text("region", "NONE", "ds9 regions of the source; NONE for the whole field"),
                    Parameter.text("background", "NONE", "ds9 regions of the background, NONE for none"),
                    Parameter.text("bands", "", "images by energy band, NAME=LO:HI joined by commas (PI)"),
                    Parameter.text("group", "none", "bins of spectra: none, min:COUNTS, optimal, optimal:COUNTS"),
                    Parameter.yesNo("response", true, "make redistribution matrices, if the calibration can"),
                    Parameter.yesNo("expmap", true, "make the exposure map"),
                    Parameter.text("vignetting", "off", "vignetting of the exposure map: off, CALDB or a file"),
                    Parameter.real("vigenergy", "keV", 0.1, 20, 1, "energy of the vignetting"),
                    Parameter.choice("backscal", List.of("pixels", "expmap"),
                            "area of regions: their pixels, or weighted by the exposure map")));

    private final Parameters p;
    private final DataSetRun set;
    private final Optional<CalibrationFile> shapes;

    /**
     * Prepares.
     *
     * @param p parameters of the stage
     * @param set the data
     * @param shapes calibration of the responses, if there is one
     */
    ProductsPass(Parameters p, DataSetRun set, Optional<CalibrationFile> shapes) {
        this.p = p;
        this.set = set;
        this.shapes = shapes.filter(f -> p.yes("response"));
    }

    /** Checks what can be checked before anything runs. */
    static void check(Parameters p) {
        GroupRule.parse(p.text("group"));
        EnergyBand.parse(p.text("bands"));
        inputs(p);
        if (p.text("backscal").equals("expmap") && !p.yes("expmap")) {
            throw SxiException.usage("areas by exposure need the exposure map").value("products.backscal=expmap")
                    .todo("set products.expmap=yes, or products.backscal=pixels").build();
        }
    }

    /**
     * Region files must make sense before anything runs.
     *
     * @param teldef coordinate systems of the events to come
     * @param header their keywords
     * @param schema columns of the input
     */
    static void checkRegions(Parameters p, Path teldef, Keywords header, EventSchema schema) {
        List<Path> files = Stream.of("region", "background").map(name -> file(p, name)).flatMap(Optional::stream)
                .toList();
        if (!files.isEmpty()) {
            TelDef t = TelDef.load(teldef, header);
            Hdu events = new Hdu(1, Hdu.Kind.TABLE, "EVENTS", header, CoordinateColumns.of(t, SkyCentre.of(header),
                    CoordinateOptions.all(t), schema), 0, 0, List.of(), 0, 0);
            files.forEach(f -> RegionFile.read(f, events));
        }
    }

    /** Files of the user, whose content the result depends on. */
    static List<String> inputs(Parameters p) {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("region", "background", "vignetting")) {
            file(p, name).ifPresent(f -> ids.add(Digest.of(f)));
        }
        return ids;
    }

    private static Optional<Path> file(Parameters p, String name) {
        String v = p.text(name).strip();
        return v.isEmpty() || List.of("NONE", "OFF").contains(v.toUpperCase(Locale.ROOT)) || mirrorOfCaldb(p)
                && name.equals("vignetting") ? Optional.empty() : Optional.of(Path.of(v));
    }

    /** Whether the exposure map takes the vignetting of the calibration database. */
    static boolean mirrorOfCaldb(Parameters p) {
        return p.yes("expmap") && p.text("vignetting").strip().equals("CALDB");
    }

    /** Products of the cleaned events, read from their file. */
    ProductSet read() {
        try (FitsReader r = FitsReader.open(set.files().cleaned())) {
            return ProductSet.of(set.files().cleaned(), Optional.empty(), request(r.need("EVENTS")));
        }
    }

    /**
     * Starts to gather products of cleaned events that are still to come; what is wrong with that is left to be told
     * when they are read.
     *
     * @param events columns and header of the cleaned events
     * @param good their good time
     */
    Optional<Gathered> gather(Hdu events, GtiList good) {
        try {
            ProductRequest request = request(events);
            EventHeader header = new EventHeader(set.files().cleaned(), new EventSchema(events.columns()),
                    events.keywords());
            return good.isEmpty() ? Optional.empty()
                    : Optional.of(new Gathered(request, new Gathering(header, good, request.selections(),
                            request.bin()), () -> mapped().map(e -> e.make(events.keywords(), good))));
        } catch (SxiException e) {
            return Optional.empty();
        }
    }

    private ProductRequest request(Hdu events) {
        long lamp = StatusFlag.CALIBRATION_SOURCE.bit();
        return new ProductRequest(f -> f.status(0, lamp), region("region", events).orElse(Region.EVERYWHERE),
                region("background", events), Optional.of(f -> f.status(lamp, 0).grades(Grade.GOOD)),
                EnergyBand.parse(p.text("bands")), p.real("bin"), GroupRule.parse(p.text("group")),
                shapes.map(f -> TableSource.parse(f.path() + "+" + f.extension())), Links.ALONE,
                p.text("backscal").equals("expmap") ? Optional.of(exposureMap()) : Optional.empty(),
                marks(events.keywords()));
    }

    private Optional<Region> region(String name, Hdu events) {
        return file(p, name).map(f -> RegionFile.read(f, events));
    }

    private Optional<DetectorMarks> marks(Keywords header) {
        return !Files.exists(set.files().badPixelImage()) ? Optional.empty()
                : Optional.of(DetectorMarks.of(set.files().badPixelImage(),
                        TelDef.load(set.calibration().get(CaldbKind.TELDEF).path()), header));
    }

    private Path exposureMap() {
        return set.files().productFolder().resolve(set.set().stem() + ".expo");
    }

    /**
     * Makes everything; the exposure map at the same time as the products, unless they need it.
     *
     * @param gathered what was gathered while the events were screened
     * @param numbers takes what is told in the record
     * @param files takes the files written
     */
    ProductSet make(Optional<Gathered> gathered, Map<String, Object> numbers, List<Path> files) {
        List<Callable<List<Path>>> work = new ArrayList<>();
        mapped().ifPresent(request -> work.add(() -> {
            Optional<ExposureRequest.Made> known = gathered.flatMap(Gathered::exposure);
            known.ifPresent(m -> m.write(exposureMap()));
            ExposureMap map = known.map(ExposureRequest.Made::map).orElseGet(() -> request.make(exposureMap()));
            numbers.put("pointings", map.pointings());
            return List.of(exposureMap());
        }));
        if (!work.isEmpty() && p.text("backscal").equals("expmap")) {
            files.addAll(Together.all(1, work).getFirst());
            work.clear();
        }
        ProductSet products = gathered.map(Gathered::products).orElseGet(this::read);
        work.addAll(products.work(set.files().productFolder(), set.set().stem()));
        Together.all(ProductSet.AT_ONCE, work).forEach(files::addAll);
        return products;
    }

    /** What the exposure map is made from, if it is wanted and can be made. */
    private Optional<ExposureRequest> mapped() {
        return !p.yes("expmap") || !Files.exists(set.files().badPixelImage()) ? Optional.empty()
                : Optional.of(new ExposureRequest(set.files().cleaned(), set.files().badPixelImage(),
                        Optional.of(set.files().flickering()).filter(Files::exists), set.attitude(),
                        set.calibration().get(CaldbKind.TELDEF).path(), set.mirror().or(() -> file(p, "vignetting")),
                        p.real("vigenergy"), true, 8, 1));
    }
}
