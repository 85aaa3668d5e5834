// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.grouping.GroupRule;
import org.xtendsxi.pipeline.products.EventFilter;
import org.xtendsxi.pipeline.products.Links;
import org.xtendsxi.pipeline.products.Products;
import org.xtendsxi.pipeline.region.Region;
import org.xtendsxi.pipeline.region.RegionFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sxi products}: spectrum, image and light curve of an event file. */
@Command(name = "products", description = "Spectrum, image and light curve of an event file, as xselect makes them.")
public final class ProductsCommand implements SxiCommand {
    @Parameters(index = "0", paramLabel = "EVT", description = "Event file, plain or gzipped.")
    Path events;
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the products go.")
    Path out;
    @Option(names = "--pi", paramLabel = "LO:HI", description = "PI channels, both ends included.")
    Optional<String> pi = Optional.empty();
    @Option(names = "--grade", paramLabel = "LIST", description = "Grades, such as 0,2,3,4,6.")
    Optional<String> grade = Optional.empty();
    @Option(names = "--gti", paramLabel = "FILE", description = "Good time instead of that of the event file.")
    Optional<Path> gti = Optional.empty();
    @Option(names = "--region", paramLabel = "FILE", description = "ds9 regions of the source: circle, ellipse, box, "
            + "annulus, polygon; fk5, icrs, physical, image or detector.")
    Optional<Path> region = Optional.empty();
    @Option(names = "--background", paramLabel = "FILE", description = "ds9 regions of the background; adds "
            + "STEM_bgd.pha and names it in BACKFILE.")
    Optional<Path> background = Optional.empty();
    @Option(names = "--bands", paramLabel = "LIST", defaultValue = "",
            description = "Images by energy band, such as soft=83:333,hard=333:1667 (PI).")
    String bands;
    @Option(names = "--group", paramLabel = "RULE", defaultValue = "none",
            description = "Bins of the spectra: none, min:COUNTS, optimal or optimal:COUNTS (these need --response or "
                    + "--rmf).")
    String rule;
    @Option(names = "--response", paramLabel = "FILE",
            description = "Table of line shapes (rmfparam); makes STEM_src.rmf and names it in RESPFILE.")
    Optional<String> shapes = Optional.empty();
    @Option(names = "--rmf", paramLabel = "FILE", description = "Response for RESPFILE, beside the products.")
    Optional<String> rmf = Optional.empty();
    @Option(names = "--arf", paramLabel = "FILE", description = "Effective area for ANCRFILE, beside the products.")
    Optional<String> arf = Optional.empty();
    @Option(names = "--exposure-map", paramLabel = "FILE",
            description = "Exposure map (sxi exposuremap) that weights the areas in BACKSCAL.")
    Optional<Path> exposureMap = Optional.empty();
    @Option(names = "--bin", paramLabel = "SECONDS", defaultValue = "16",
            description = "Bin of the light curve (default: ${DEFAULT-VALUE}).")
    double bin;

    @Override
    public void run(Console console) {
        if (!(bin > 0)) {
            throw SxiException.usage("--bin must be positive").value(bin).todo("give seconds").build();
        }
        Optional<GtiList> good = gti.map(GtiTable::read);
        Region source = region.map(this::read).orElse(Region.EVERYWHERE);
        Optional<Region> around = background.map(this::read);
        if (around.isPresent() && around.get().plane() != source.plane()) {
            throw SxiException.usage("source and background lie in different planes").value(around.get().plane())
                    .limit(source.plane()).todo("give both in sky or both in detector coordinates").build();
        }
        ProductRequest request = new ProductRequest(this::filter, source, around, Optional.empty(),
                EnergyBand.parse(bands), bin, GroupRule.parse(rule), shapes.map(TableSource::parse),
                new Links(Links.NONE, rmf.orElse(Links.NONE), arf.orElse(Links.NONE)), exposureMap, Optional.empty());
        if (request.groups().optimal() && shapes.isEmpty() && rmf.isEmpty()) {
            throw SxiException.usage("optimal bins need the response").value(rule).todo("give --response or --rmf")
                    .build();
        }
        ProductSet set = ProductSet.of(events, good, request);
        Products p = set.source();
        p.spectrum().warning(events.toString()).ifPresent(console::warn);
        if (p.counts().isEmpty()) {
            console.warn("no event passes the selection; the products are empty");
        }
        set.background().ifPresent(b -> console.say(String.format("%d background events, area %.4f of the source's",
                b.spectrum().total(), b.backscal() / p.backscal())));
        List<Path> files = set.write(out, ProductFiles.stem(events));
        console.say(String.format("%d events in %.3f s of good time", p.spectrum().total(), p.exposure()));
        files.forEach(f -> console.result(f.toString()));
    }

    private Region read(Path file) {
        try (FitsReader r = FitsReader.open(events)) {
            return RegionFile.read(file, r.need("EVENTS"));
        }
    }

    private EventFilter filter(EventFilter all) {
        EventFilter f = all;
        if (pi.isPresent()) {
            String[] parts = pi.get().split(":");
            try {
                f = f.pi(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw SxiException.usage("--pi is not a range").value(pi.get()).limit("LO:HI")
                        .todo("give two whole numbers").cause(e).build();
            }
        }
        if (grade.isPresent()) {
            int set = 0;
            for (String g : grade.get().split(",")) {
                if (!g.strip().matches("\\d|1[01]")) {
                    throw SxiException.usage("--grade is not a list of grades").value(g).limit("0..11")
                            .todo("give grades joined by commas").build();
                }
                set |= 1 << Integer.parseInt(g.strip());
            }
            f = f.grades(set);
        }
        return f;
    }
}
