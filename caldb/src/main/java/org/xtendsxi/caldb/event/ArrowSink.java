// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.file.PartFile;

/**
 * Writes chunks as an Arrow IPC file (Feather, version 2), one record batch per chunk, under a temporary name beside
 * its target; {@link #commit()} syncs and renames it. Closing without commit leaves nothing.
 *
 * <p>Values are those of FITS: null values stay the column's TNULL, which stands in the metadata of the field beside
 * unit, TFORM, legal range and world coordinates.
 */
public final class ArrowSink implements EventSink, AutoCloseable {
    private final PartFile part;
    private final EventSchema schema;
    private final VectorSchemaRoot root;
    private final ArrowFileWriter writer;

    private ArrowSink(PartFile part, EventSchema schema, Map<String, String> metadata) {
        this.part = part;
        this.schema = schema;
        List<Field> fields = IntStream.range(0, schema.columns().size()).mapToObj(schema::field).toList();
        this.root = VectorSchemaRoot.create(new Schema(fields, metadata), ArrowColumns.allocator());
        this.writer = new ArrowFileWriter(root, null, part.channel());
    }

    /**
     * Starts a file; missing folders are made, an existing file is replaced at commit.
     *
     * @param target the file
     * @param schema columns
     * @param metadata texts that go with the table, such as the keywords of its header
     */
    public static ArrowSink create(Path target, EventSchema schema, Map<String, String> metadata) {
        try {
            ArrowSink sink = new ArrowSink(PartFile.begin(target), schema, metadata);
            sink.writer.start();
            return sink;
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    private static SxiException failed(Path path, IOException e) {
        return SxiException.output("file cannot be written").in(path)
                .value(e.getClass().getSimpleName() + ": " + e.getMessage())
                .todo("check that the folder exists, is writable and has space").cause(e).build();
    }

    /** Writes a chunk with at least the columns of this file. */
    @Override
    public void accept(EventChunk chunk) {
        try (EventChunk wanted = chunk.as(schema, Set.of());
                ArrowRecordBatch batch = new VectorUnloader(wanted.arrow()).getRecordBatch()) {
            new VectorLoader(root).load(batch);
            writer.writeBatch();
            root.clear();
        } catch (IOException e) {
            throw failed(part.target(), e);
        }
    }

    /** Ends the file, syncs it to disk and gives it its name. */
    public void commit() {
        try {
            writer.end();
            part.channel().force(true);
            part.commit();
        } catch (IOException e) {
            throw failed(part.target(), e);
        }
    }

    @Override
    public void close() {
        try {
            root.close();
            part.close();
        } catch (IOException e) {
            throw failed(part.target(), e);
        }
    }
}
