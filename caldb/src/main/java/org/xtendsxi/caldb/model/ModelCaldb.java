// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.GZIPOutputStream;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.IndexFile;
import org.xtendsxi.caldb.provenance.Digest;

/** Makes the model calibration database; the same program gives the same bytes. */
public final class ModelCaldb {
    private final Path directory;
    private final List<CaldbEntry> entries = new ArrayList<>();
    private final StringBuilder digests = new StringBuilder();

    private ModelCaldb(Path directory) {
        this.directory = directory;
    }

    /** Writes all files, the index and the list of digests {@code files.txt} into a directory. */
    public static void write(Path directory) {
        ModelCaldb m = new ModelCaldb(directory);
        m.file(CaldbKind.VT_EVEN_ODD, "even/odd gain and video temperature (neutral)", ModelTables::evenOdd);
        m.file(CaldbKind.CHARGE_TRAIL, "charge trail (none)", ModelTables::chargeTrail);
        m.file(CaldbKind.CTI, "charge-transfer inefficiency (none)", ModelTables::cti);
        m.file(CaldbKind.SPLIT_TH, "split threshold", ModelTables::splitThreshold);
        m.file(CaldbKind.GAIN, "gain from simulated lines", ModelTables::gain);
        m.file(CaldbKind.HIT_PATTERN, "hit pattern to grade", ModelGrades::write);
        m.file(CaldbKind.BADPIX, "bad pixels", ModelTables::badPixels);
        m.file(CaldbKind.TELDEF, "coordinate systems", ModelGeometry::telDef);
        m.file(CaldbKind.MASK, "edges and calibration source", ModelGeometry::mask);
        m.file(CaldbKind.RMF_PARAMETERS, "line shape of the model camera", ModelResponse::write);
        m.file(CaldbKind.SELECT, "screening expressions", ModelSelection::write);
        m.file(CaldbKind.VIGNET, "vignetting, trend only", ModelVignetting::write);
        IndexFile.write(directory.resolve("caldb.indx"), m.entries, ModelFile.VALID_FROM);
        m.digest("caldb.indx");
        try {
            Files.writeString(directory.resolve("files.txt"), m.digests);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private static SxiException failed(Path path, IOException e) {
        return SxiException.output("model calibration cannot be written").in(path).value(e.getMessage()).cause(e)
                .todo("check that the folder is writable").build();
    }

    private void file(CaldbKind kind, String description, BiConsumer<FitsWriter, ModelFile> content) {
        ModelFile m = new ModelFile(kind, description);
        Path target = directory.resolve(m.name());
        boolean gzipped = m.name().endsWith(".gz");
        Path plain = gzipped ? directory.resolve(m.name().replace(".gz", "")) : target;
        try (FitsWriter w = FitsWriter.create(plain)) {
            if (kind != CaldbKind.TELDEF) {
                w.primary(m.primary());
            }
            content.accept(w, m);
            w.commit();
        }
        if (gzipped) {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
                Files.copy(plain, out);
                Files.delete(plain);
            } catch (IOException e) {
                throw failed(target, e);
            }
        }
        index(m);
        digest(m.name());
    }

    private void index(ModelFile m) {
        if (m.kind().perMode()) {
            for (int i = 0; i < ModelFile.ModeClass.ALL.size(); i++) {
                entry(m, i + 1, List.of(ModelFile.ModeClass.ALL.get(i).boundaries()));
            }
        } else {
            entry(m, m.kind() == CaldbKind.TELDEF ? 0 : 1, List.of());
        }
    }

    private void entry(ModelFile m, int extension, List<String> boundaries) {
        entries.add(new CaldbEntry(entries.size() + 1, "XRISM", m.kind().instrument("XTEND"), "NONE", "NONE",
                Path.of(m.name()), extension,
                m.kind().name(), boundaries, ModelFile.VALID_FROM_MJD, ModelFile.VALID_FROM, 0,
                CaldbEntry.MODEL + ": " + m.description()));
    }

    private void digest(String name) {
        digests.append(Digest.of(directory.resolve(name))).append("  ").append(name).append('\n');
    }
}
