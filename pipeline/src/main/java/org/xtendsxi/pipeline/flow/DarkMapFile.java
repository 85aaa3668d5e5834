// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Path;
import org.xtendsxi.caldb.fits.FitsWriter;
import org.xtendsxi.caldb.fits.Image;
import org.xtendsxi.caldb.fits.Keywords;
import org.xtendsxi.caldb.frame.FrameHeader;
import org.xtendsxi.pipeline.frames.DarkMaps;

/** Images of the darks: DARKcsn and NOISEcsn of CCD_ID c, SEGMENT s and READNODE n, RAWX by RAWY, adu. */
final class DarkMapFile {
    private DarkMapFile() {
    }

    /**
     * Writes the images.
     *
     * @param keywords observation keywords
     */
    static void write(Path path, DarkMaps darks, FrameHeader header, Keywords keywords) {
        int width = header.geometry().active();
        int height = header.geometry().rows();
        try (FitsWriter w = FitsWriter.create(path)) {
            w.primary(HotPixelFile.timeless(keywords));
            for (DarkMaps.Placed p : darks.placed()) {
                String place = "" + p.ccdId() + p.segment() + p.readNode();
                Keywords k = HotPixelFile.timeless(keywords).set("CCD_ID", p.ccdId(), "CCD, 0 = CCD1")
                        .set("SEGMENT", p.segment(), "segment, 0 = AB, 1 = CD").set("READNODE", p.readNode(), "node")
                        .set("DARKMETH", p.map().method(), "estimator").set("NFRAMES", p.map().frames(), "frames used")
                        .set("BUNIT", "adu", "");
                w.image("DARK" + place, Image.floats(width, height, p.map().level().toArray()), k);
                w.image("NOISE" + place, Image.floats(width, height, p.map().noise()), k);
            }
            w.commit();
        }
    }
}
