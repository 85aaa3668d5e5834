// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.testdata.readout;

/**
 * Fast transfers of a pixel by what they meet (energy-chain section 7.2.5, the number Y0 being all others).
 *
 * @param plain normal rows whose traps injected charge has not filled (Y1)
 * @param anomalous anomalous rows with filled traps (Y2)
 * @param anomalousPlain anomalous rows without (Y3)
 */
record TransferCounts(int plain, int anomalous, int anomalousPlain) {

    /** Without charge injection no traps are filled; a stretch {@code low..high} of 0, 0 is none. */
    static TransferCounts without(int y, int low, int high) {
        if (low == 0 && high == 0 || y <= low) {
            return new TransferCounts(0, 0, 0);
        }
        return y <= high ? new TransferCounts(low, 0, y - low) : new TransferCounts(y - high + low, 0, high - low);
    }

    /**
     * With charge injection.
     *
     * @param y ACTY
     * @param since rows since the injected row ahead
     * @param low ANOMALY_MIN
     * @param high ANOMALY_MAX
     * @param offset ACTY of an injected row
     * @param period rows between injected rows
     */
    static TransferCounts injected(int y, int since, int low, int high, int offset, int period) {
        if (low == 0 && high == 0 || y <= low) {
            return new TransferCounts(since, 0, 0);
        }
        int past = (high - offset) % period;
        int size = high - low;
        int last = high - past;
        boolean inside = past < size;
        int first = last;
        while (inside && first - period >= low) {
            first -= period;
        }
        int before = low - (inside ? first - period : last);
        if (y > last + period) {
            return new TransferCounts(since, size, 0);
        }
        if (y > high) {
            return inside ? new TransferCounts(y - high, last - low, high - last)
                    : new TransferCounts(y - high + before, 0, size);
        }
        return inside && y > first ? new TransferCounts(0, y - since - low, since)
                : new TransferCounts(before, 0, y - low);
    }
}
