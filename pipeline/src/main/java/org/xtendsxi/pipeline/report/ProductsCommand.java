// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.command.SxiCommand;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.products.EventFilter;
import org.xtendsxi.pipeline.products.Products;
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
    @Option(names = "--bin", paramLabel = "SECONDS", defaultValue = "16", description = "Bin of the light curve.")
    double bin;

    @Override
    public void run(Console console) {
        if (!(bin > 0)) {
            throw SxiException.usage("--bin must be positive").value(bin).todo("give seconds").build();
        }
        Optional<GtiList> good = gti.map(GtiTable::read);
        Products p = Products.make(events, good, this::filter, bin);
        if (p.counts().isEmpty()) {
            console.warn("no event passes the selection; the products are empty");
        }
        List<Path> files = ProductFiles.all(p, out, ProductFiles.stem(events) + "_src");
        console.say(String.format("%d events in %.3f s of good time", p.spectrum().total(), p.exposure()));
        files.forEach(f -> console.result(f.toString()));
    }

    private EventFilter filter(GtiList good) {
        EventFilter f = EventFilter.all(good);
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
