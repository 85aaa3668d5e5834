// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.time.Gti;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.gti.GoodTime;

/** Products are prepared while the cleaned file is ended: they must not look at its header, which changes meanwhile. */
@Tag("non-regression")
class ScreenPassTest {
    @TempDir
    Path dir;

    @Test
    void productsHaveAHeaderOfTheirOwn() {
        EventSchema columns = new EventSchema(List.of(EventColumns.TIME, EventColumns.STATUS, EventColumns.GRADE,
                EventColumns.PI));
        GtiList gti = GtiList.of(List.of(new Gti(0, 10)));
        Map<String, Object> record = new HashMap<>();
        List<Keywords> given = new ArrayList<>();
        Keywords header = new Keywords().set("MJDREFI", 58484, "").set("MJDREFF", 0.0008007, "")
                .set("TIMESYS", "TT", "");
        try (ScreenPass pass = new ScreenPass(dir.resolve("cl.evt"), columns, header, "GRADE==0",
                FlowCheck.parameters(Map.of(), 1).get("screen"), new GoodTime(), gti, record)) {
            pass.gather((hdu, good) -> {
                given.add(hdu.keywords());
                return Optional.empty();
            });
            List<String> before = given.getFirst().names();
            pass.commit();
            assertThat(given.getFirst().names()).isEqualTo(before).doesNotContain("CHECKSUM");
        }
        assertThat(record).containsEntry("events", 0L);
    }
}
