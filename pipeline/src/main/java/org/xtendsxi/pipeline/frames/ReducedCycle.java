// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.frames;

import java.util.List;
import org.xtendsxi.pipeline.extraction.ExtractedEvents;
import org.xtendsxi.pipeline.extraction.Rejects;

/**
 * Result of a unit of work, or of all CCDs of a cycle.
 *
 * @param events events in the order sub-exposure, CCD, segment, RAWY, RAWX
 * @param exposures one per segment frame
 * @param rejects pixels that reached the threshold but gave no event
 */
public record ReducedCycle(ExtractedEvents events, List<SegmentExposure> exposures, Rejects rejects) {
    /** Joins the CCDs of one cycle, given in the order of CCD_ID, so that the order of events holds for the cycle. */
    public static ReducedCycle ofCcds(List<ReducedCycle> ccds) {
        return new ReducedCycle(ExtractedEvents.bySubExposure(ccds.stream().map(ReducedCycle::events).toList()),
                ccds.stream().flatMap(c -> c.exposures().stream()).toList(),
                ccds.stream().map(ReducedCycle::rejects).reduce(Rejects.NONE, Rejects::plus));
    }
}
