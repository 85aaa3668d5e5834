// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.store;

import java.util.List;

/**
 * What is stored in one transaction: rows and how far the file has been taken by them, so that after a crash nothing is
 * lost and nothing doubled.
 *
 * @param file the journal's new line
 * @param cycles frame groups
 * @param segments segment frames
 * @param events events
 * @param darks darks that began to hold
 * @param housekeeping housekeeping
 */
public record Batch(SourceFile file, List<CycleRow> cycles, List<SegmentRow> segments, List<EventRows> events,
        List<DarkRow> darks, List<HousekeepingRow> housekeeping) {

    /** A batch that only moves the journal. */
    public static Batch of(SourceFile file) {
        return new Batch(file, List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
