// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.quicklook.limits.Limits;
import org.xtendsxi.quicklook.store.Batch;
import org.xtendsxi.quicklook.store.HousekeepingRow;
import org.xtendsxi.quicklook.store.SourceFile;
import org.xtendsxi.quicklook.store.SourceFile.State;

/** Housekeeping: the columns that the limits file names. */
final class HousekeepingSession implements Session {
    private static final int ROWS = 8192;

    private final Limits limits;

    HousekeepingSession(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Batch advance(SourceFile file, Path path, boolean last, Map<String, Path> auxiliary, double now) {
        try (FitsReader f = FitsReader.open(path)) {
            Hdu h = f.need(limits.housekeepingExtension());
            List<HousekeepingRow> out = new ArrayList<>();
            long end = Math.min(h.rows(), file.rows() + ROWS);
            if (end > file.rows()) {
                try (EventChunk c = f.table(h, (int) (end - file.rows())).from(file.rows()).next().orElseThrow()) {
                    double[] time = c.doubles("TIME");
                    limits.housekeepingColumns().forEach((name, column) -> {
                        if (c.has(column)) {
                            double[] v = c.doubles(column);
                            for (int i = 0; i < v.length; i++) {
                                if (Double.isFinite(v[i]) && Double.isFinite(time[i])) {
                                    out.add(new HousekeepingRow(time[i], name, v[i]));
                                }
                            }
                        }
                    });
                }
            }
            SourceFile next = file.at(Math.max(end, file.rows()), last && end == h.rows() ? State.DONE : State.GROWING,
                    file.message());
            return new Batch(next, List.of(), List.of(), List.of(), List.of(), out);
        }
    }

    @Override
    public void close() {
        // the file is open only while it is read
    }
}
