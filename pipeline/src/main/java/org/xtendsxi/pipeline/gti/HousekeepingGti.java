// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.gti;

import java.nio.file.Path;
import java.util.List;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.event.EventSource;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.expression.RowExpression;

/** Good time from the rows of an EHK or MKF file that fulfil an expression (events-coords-screening section 11.3). */
public final class HousekeepingGti {
    private static final int CHUNK_ROWS = 8192;

    private HousekeepingGti() {
    }

    /**
     * Makes the intervals; a row holds until the next.
     *
     * @param path EHK or MKF file; its first extension of one of the names is read, or else its first table
     * @param extensions names, such as EHK
     * @param expression condition on its columns
     */
    public static GtiList make(Path path, List<String> extensions, String expression) {
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = f.hdus().stream().filter(x -> extensions.contains(x.name())).findFirst()
                    .or(() -> f.hdus().stream().filter(x -> x.kind() == Hdu.Kind.TABLE).findFirst())
                    .orElseThrow(() -> SxiException.data("file has no table").in(path)
                            .limit(String.join(" or ", extensions)).todo("give an EHK or MKF file").build());
            GtiList[] made = {GtiList.EMPTY};
            SxiException.locate(path, () -> {
                RowExpression condition = RowExpression.parse(expression, new EventSchema(h.columns()), h.keywords());
                try (EventSource rows = f.table(h, CHUNK_ROWS)) {
                    made[0] = GtiMaker.make(rows, condition::test, 0, 1);
                }
            });
            return made[0];
        }
    }

    /** Whether the file has all columns of a list, so that an expression on them makes sense. */
    public static boolean has(Path path, List<String> extensions, List<String> columns) {
        try (FitsReader f = FitsReader.open(path)) {
            return f.hdus().stream().filter(x -> extensions.contains(x.name())).findFirst()
                    .map(h -> new EventSchema(h.columns())).filter(s -> columns.stream().allMatch(s::has)).isPresent();
        }
    }
}
