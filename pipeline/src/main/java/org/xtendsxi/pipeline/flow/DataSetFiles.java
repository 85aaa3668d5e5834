// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Names of the files that a run leaves of one data class, in the layout of the archive (contract, section 2).
 *
 * @param out folder of the run
 * @param observation what is reduced
 * @param set the data class
 */
record DataSetFiles(Path out, Observation observation, Observation.DataSet set) {
    Path unfiltered() {
        return out.resolve("xtend/event_uf/" + set.stem() + "_uf.evt");
    }

    Path cleaned() {
        return out.resolve("xtend/event_cl/" + set.stem() + "_cl.evt");
    }

    Path hotPixels() {
        return out.resolve("xtend/event_uf/xa" + observation.obsid() + hotPixelSuffix());
    }

    Path flickering() {
        return out.resolve("xtend/event_uf/" + set.stem() + ".fpix");
    }

    Path badPixelImage() {
        return out.resolve("xtend/event_uf/" + set.stem() + ".bimg");
    }

    /** Files that the search for flickering pixels leaves. */
    List<Path> flickered() {
        return List.of(unfiltered(), flickering(), badPixelImage());
    }

    Path exposure() {
        String all = observation.dataSets().size() == 1 ? "a0exp" : "a0" + set.dataClass() + "exp";
        return out.resolve("xtend/event_uf/xa" + observation.obsid() + "xtd_" + all + ".fits");
    }

    /** Files that the screening leaves. */
    List<Path> screenedFiles() {
        return Stream.of(cleaned(), ingredients(), frameTime("seg"), frameTime("mode"), frameTime("tel"))
                .filter(Files::exists).toList();
    }

    Path ingredients() {
        return out.resolve("xtend/event_uf/" + set.stem() + "_good.gti");
    }

    Path frameTime(String what) {
        String all = observation.dataSets().size() == 1 ? what : what + "_" + set.dataClass();
        return out.resolve("xtend/event_uf/xa" + observation.obsid() + "xtd_" + all + ".gti");
    }

    String hotPixelSuffix() {
        return "xtd_a0" + set.dataClass() + ".hpix";
    }

    Path productFolder() {
        return out.resolve("xtend/products");
    }
}
