// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.event;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

/**
 * Writes chunks as an Arrow IPC file (Feather, version 2), one record batch per chunk, under a temporary name beside its
 * target; {@link #commit()} syncs and renames it. Closing without commit leaves nothing.
 *
 * <p>Values are those of FITS: null values stay the column's TNULL, which stands in the metadata of the field beside unit,
 * TFORM, legal range and world coordinates.
 */
public final class ArrowSink implements EventSink, AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final EventSchema schema;
    private final FileChannel channel;
    private final VectorSchemaRoot root;
    private final ArrowFileWriter writer;
    private boolean committed;

    private ArrowSink(Path target, Path temporary, EventSchema schema, FileChannel channel, Map<String, String> metadata) {
        this.target = target;
        this.temporary = temporary;
        this.schema = schema;
        this.channel = channel;
        List<Field> fields = IntStream.range(0, schema.columns().size()).mapToObj(schema::field).toList();
        this.root = VectorSchemaRoot.create(new Schema(fields, metadata), ArrowColumns.allocator());
        this.writer = new ArrowFileWriter(root, null, channel);
    }

    /**
     * Starts a file; missing folders are made, an existing file is replaced at commit.
     *
     * @param target the file
     * @param schema columns
     * @param metadata texts that go with the table, such as the keywords of its header
     */
    public static ArrowSink create(Path target, EventSchema schema, Map<String, String> metadata) {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + ".part");
        try {
            Files.createDirectories(absolute.getParent());
            ArrowSink sink = new ArrowSink(absolute, temporary, schema, FileChannel.open(temporary, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE), metadata);
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
            throw failed(target, e);
        }
    }

    /** Ends the file, syncs it to disk and gives it its name. */
    public void commit() {
        try {
            writer.end();
            channel.force(true);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            committed = true;
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    @Override
    public void close() {
        try {
            root.close();
            channel.close();
            if (!committed) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failed(target, e);
        }
    }
}
