// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.GtiTable;
import org.xtendsxi.caldb.fits.Hdu;

/** Inputs that can be used but are not as they should be: the user is told, and the run record keeps it. */
final class InputState {
    private InputState() {
    }

    /** What is odd about the files of a data set, and the tables of good time beside it. */
    static List<String> warnings(Observation observation, Observation.DataSet set) {
        List<String> out = new ArrayList<>();
        observation.auxiliary().values().stream().filter(p -> p.toString().matches(".*\\.gti(\\.gz)?")).sorted()
                .forEach(p -> add(p, out));
        Stream.of(set.frames(), set.dark(), set.events()).flatMap(Optional::stream).forEach(p -> add(p, out));
        return out;
    }

    private static void add(Path path, List<String> out) {
        try (FitsReader f = FitsReader.open(path)) {
            for (Hdu h : f.hdus()) {
                if (h.kind() == Hdu.Kind.TABLE && h.name().matches("(STD)?GTI.*")) {
                    GtiTable.disorder(f, h).ifPresent(out::add);
                }
                if (h.keywords().isTrue("INCOMPLT")) {
                    out.add(path + "[" + h.name() + "]: still growing (INCOMPLT): its " + h.rows()
                            + " complete rows are used; run again when it is closed");
                }
            }
            if (f.missingPadding() > 0) {
                out.add(path + ": the last " + f.missingPadding()
                        + " bytes, which only fill the block, are missing; the data are complete: fetch the file "
                        + "again");
            }
        }
    }
}
