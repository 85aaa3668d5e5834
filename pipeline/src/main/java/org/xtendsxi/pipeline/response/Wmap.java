// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.response;

import java.util.List;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;

/**
 * Where on the detector the events of a spectrum fell (energy-chain section 12.2).
 *
 * @param keywords keywords of the image
 * @param nx cells along DETX
 * @param ny cells along DETY
 * @param cell pixels of a cell along each axis (WMREBIN)
 * @param firstX DETX of the first pixel
 * @param firstY DETY of the first pixel
 * @param values events in each cell, DETX fastest
 */
record Wmap(Keywords keywords, int nx, int ny, int cell, int firstX, int firstY, double[] values) {
    private static final List<String> INSTRUMENTS = List.of("SXI", "XTEND");
    private static final String NAME = "WMAP";

    /** Reads the WMAP of a spectrum; extractors name it by EXTNAME or, in the primary array, by HDUNAME. */
    static Wmap read(FitsReader file) {
        file.need("SPECTRUM");
        Hdu hdu = file.hdus().stream().filter(h -> h.kind() == Hdu.Kind.IMAGE && h.axes().size() == 2)
                .filter(h -> h.name().equalsIgnoreCase(NAME) || h.keywords().text("HDUNAME")
                        .filter(n -> n.strip().equalsIgnoreCase(NAME)).isPresent()).findFirst()
                .orElseThrow(() -> SxiException.data("spectrum has no WMAP").in(file.path())
                        .value(file.hdus().stream().map(Hdu::name).toList())
                        .todo("extract the spectrum with a weighting map in DET coordinates").build());
        Keywords k = hdu.keywords();
        if (!k.needText("MTYPE1").strip().equals("DET")) {
            throw k.at(SxiException.data("WMAP is not in DET coordinates"), "MTYPE1").value(k.needText("MTYPE1"))
                    .limit("DET").todo("extract the spectrum with wmapcoord DETX, DETY").build();
        }
        if (!INSTRUMENTS.contains(k.needText("INSTRUME").strip())) {
            throw k.at(SxiException.data("spectrum is of another instrument"), "INSTRUME")
                    .value(k.needText("INSTRUME")).limit("SXI or XTEND").todo("give a spectrum of this one").build();
        }
        int cell = k.needInteger("WMREBIN");
        if (cell < 1) {
            throw k.at(SxiException.data("cells of the WMAP have no size"), "WMREBIN").value(cell).limit("1 or more")
                    .todo("repair the header").build();
        }
        return new Wmap(k, hdu.axes().get(0), hdu.axes().get(1), cell, (k.needInteger("X-OFFSET") - 1) * cell + 1,
                (k.needInteger("Y-OFFSET") - 1) * cell + 1, Image.read(file, hdu).values());
    }

    /**
     * Events in a cell.
     *
     * @param p cell along DETX
     * @param q cell along DETY
     * @param exchanged fault R8: the buffer is read with DETY fastest
     */
    double value(int p, int q, boolean exchanged) {
        return values[exchanged ? p * ny + q : q * nx + p];
    }
}
