// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.orbit.ephemeris;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.orekit.time.DateComponents;
import org.orekit.time.OffsetModel;
import org.orekit.time.UTCTAIOffsetsLoader;

/** The leap seconds that come with the program. */
final class LeapSeconds implements UTCTAIOffsetsLoader {
    @Override
    public List<OffsetModel> loadOffsets() {
        try (InputStream in = LeapSeconds.class.getResourceAsStream("tai-utc.csv");
                BufferedReader r = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return r.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(","))
                    .map(w -> new OffsetModel(DateComponents.parseDate(w[0]), Integer.parseInt(w[1]))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
