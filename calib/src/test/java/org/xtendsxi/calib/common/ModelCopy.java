// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.calib.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.index.Caldb;

/** A copy of the model calibration that a test may change. */
public final class ModelCopy {
    private ModelCopy() {
    }

    /** Copies the database into a folder that is made for it. */
    public static Path in(Path folder) {
        return of(Caldb.model().root(), folder);
    }

    /** Copies another database into a folder that is made for it. */
    public static Path of(Path database, Path folder) {
        try (Stream<Path> all = Files.list(database)) {
            List<Path> files = all.toList();
            Files.createDirectories(folder);
            for (Path p : files) {
                Files.copy(p, folder.resolve(p.getFileName()), LinkOption.NOFOLLOW_LINKS);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model without grade offsets. */
    public static Path withoutOffsets(Path folder) {
        Path cti = in(folder).resolve("xa_xtd_cti_20190101v001.fits");
        Path kept = folder.resolveSibling(folder.getFileName() + "-cti.fits");
        try {
            Files.move(cti, kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (FitsReader in = FitsReader.open(kept); FitsWriter out = FitsWriter.create(cti)) {
            out.primary(in.primary().keywords().observation());
            for (Hdu h : in.hdus().subList(1, in.hdus().size())) {
                try (EventChunk t = in.whole(h)) {
                    h.columns().stream().filter(c -> c.name().startsWith("GOFFSET_A"))
                            .forEach(c -> t.put(c.name(), new double[t.rows() * c.width()]));
                    out.table(h.name(), t, h.keywords().observation());
                }
            }
            out.commit();
        }
        return folder;
    }
}
