// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.ingest;

import java.nio.file.Path;
import java.util.Map;
import org.xtendsxi.quicklook.store.Batch;
import org.xtendsxi.quicklook.store.SourceFile;

/** Work on one file that goes on as the file grows. */
interface Session extends AutoCloseable {
    /**
     * Takes the next rows, a bounded number.
     *
     * @param file how far the file has been taken
     * @param path where it is now
     * @param last whether no more rows will come
     * @param auxiliary attitude and housekeeping of the observation by suffix
     * @param now s since 1970
     * @return rows and the new line of the journal; without progress only its state may be new
     */
    Batch advance(SourceFile file, Path path, boolean last, Map<String, Path> auxiliary, double now);

    @Override
    void close();
}
