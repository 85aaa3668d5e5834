// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.extraction;

/**
 * Pixels that reached the event threshold inside the margin but gave no event, by the first rule that they failed.
 *
 * @param notMaximum a neighbour is higher
 * @param tie no neighbour is higher, one is equal
 * @param surround all neighbours are high
 * @param upper above the upper threshold
 * @param area outside the area discrimination
 * @param limit more events than allowed
 */
public record Rejects(long notMaximum, long tie, long surround, long upper, long area, long limit) {
    /** Nothing rejected. */
    public static final Rejects NONE = new Rejects(0, 0, 0, 0, 0, 0);

    /** Sum of two counts. */
    public Rejects plus(Rejects o) {
        return new Rejects(notMaximum + o.notMaximum, tie + o.tie, surround + o.surround, upper + o.upper,
                area + o.area, limit + o.limit);
    }
}
