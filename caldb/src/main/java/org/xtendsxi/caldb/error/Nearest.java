// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.error;

import java.util.Collection;
import java.util.Comparator;

/** The known word that differs least from a mistyped one. */
public final class Nearest {
    private Nearest() {
    }

    /** Word of least edit distance, empty if none is known. */
    public static String of(String typed, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt((String k) -> distance(typed, k)).thenComparing(k -> k))
                .orElse("");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
