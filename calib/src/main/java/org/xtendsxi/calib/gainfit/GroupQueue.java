// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.gainfit;

import java.util.Arrays;

/** Events of one split value that wait for their fit, oldest first. */
final class GroupQueue {
    private double[] time = new double[1024];
    private double[] energy = new double[1024];
    private int size;
    /** Time outside good time intervals that the reference counts for this queue, s. */
    private double gap;

    void add(double t, double e) {
        if (size == time.length) {
            time = Arrays.copyOf(time, 2 * size);
            energy = Arrays.copyOf(energy, 2 * size);
        }
        time[size] = t;
        energy[size++] = e;
    }

    int size() {
        return size;
    }

    double last() {
        return time[size - 1];
    }

    double first() {
        return time[0];
    }

    double time(int i) {
        return time[i];
    }

    double[] energies(int count) {
        return Arrays.copyOf(energy, count);
    }

    void drop(int count) {
        System.arraycopy(time, count, time, 0, size - count);
        System.arraycopy(energy, count, energy, 0, size - count);
        size -= count;
    }

    double gap() {
        return gap;
    }

    void addGap(double seconds) {
        gap += seconds;
    }

    void resetGap() {
        gap = 0;
    }
}
