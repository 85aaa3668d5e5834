// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.exposure.Backscal;
import org.xtendsxi.pipeline.grouping.Grouping;
import org.xtendsxi.pipeline.plot.Overlay;
import org.xtendsxi.pipeline.products.EventFilter;
import org.xtendsxi.pipeline.products.Links;
import org.xtendsxi.pipeline.products.Products;
import org.xtendsxi.pipeline.region.Plane;
import org.xtendsxi.pipeline.region.Region;
import org.xtendsxi.pipeline.response.ResponseMaker;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.pipeline.stage.Together;

/**
 * All products of one event file, gathered in one reading.
 *
 * @param request what was asked for
 * @param source products of the source
 * @param background products of the background region, if wanted
 * @param lamp products of the calibration source, if wanted
 * @param field products of the whole field, if the source has a region and marks are drawn
 * @param bands products by energy band, in the order of the request
 */
public record ProductSet(ProductRequest request, Products source, Optional<Products> background,
        Optional<Products> lamp, Optional<Products> field, List<Products> bands) {
    private static final Color SOURCE = new Color(0xff, 0xd8, 0x3d);
    private static final Color BACKGROUND = new Color(0xff, 0x8a, 0xd8);

    /**
     * Reads the events once.
     *
     * @param events event file
     * @param gti good time, empty for that of the file
     * @param request what to make
     */
    public static ProductSet of(Path events, Optional<GtiList> gti, ProductRequest request) {
        List<Function<GtiList, EventFilter>> filters = new ArrayList<>();
        filters.add(request.filter(request.source()));
        request.background().ifPresent(r -> filters.add(request.filter(r)));
        request.lamp().ifPresent(l -> filters.add(g -> l.apply(EventFilter.all(g))));
        boolean apart = request.marks().isPresent() && request.source() != Region.EVERYWHERE;
        if (apart) {
            filters.add(request.filter(Region.EVERYWHERE));
        }
        request.bands().forEach(b -> filters.add(g -> request.filter(request.source()).apply(g).pi(b.low(), b.high())));
        List<Products> all = new ArrayList<>(Products.make(events, gti, filters, request.bin()));
        Products source = weighted(all.removeFirst(), request);
        Optional<Products> background = request.background().map(r -> weighted(all.removeFirst(), request));
        Optional<Products> lamp = request.lamp().map(l -> all.removeFirst());
        Optional<Products> field = apart ? Optional.of(all.removeFirst()) : Optional.empty();
        return new ProductSet(request, source, background, lamp, field, all);
    }

    private static Products weighted(Products p, ProductRequest request) {
        return p.region() == Region.EVERYWHERE ? p
                : request.exposureMap().map(m -> p.withBackscal(Backscal.of(m, p.region()))).orElse(p);
    }

    /**
     * Writes everything, spectra and images at the same time.
     *
     * @param directory where
     * @param stem start of the file names
     * @return the files written
     */
    public List<Path> write(Path directory, String stem) {
        Together<List<Path>, List<Path>> made =
                Together.both(() -> spectra(directory, stem), () -> images(directory, stem));
        return Stream.of(made.first(), made.second()).flatMap(List::stream).toList();
    }

    private List<Path> spectra(Path directory, String stem) {
        List<Path> files = new ArrayList<>();
        Links links = request.links();
        if (background.isPresent()) {
            files.addAll(spectrum(background.get(), directory, stem + "_bgd", request.links()));
            links = links.background(stem + "_bgd.pha");
        }
        files.addAll(spectrum(source, directory, stem + "_src", links));
        lamp.ifPresent(l -> files.addAll(spectrum(l, directory, stem + "_cal", Links.ALONE)));
        files.addAll(ProductFiles.curve(source, directory, stem + "_src"));
        return files;
    }

    private List<Path> images(Path directory, String stem) {
        List<Path> files = new ArrayList<>(ProductFiles.images(source, directory, stem + "_src", request.marks()));
        for (int i = 0; i < bands.size(); i++) {
            files.addAll(ProductFiles.sky(bands.get(i), directory,
                    stem + "_src_" + request.bands().get(i).name(), request.marks()));
        }
        Products all = field.orElse(source);
        lamp.flatMap(Products::det).ifPresent(b -> all.det().ifPresent(a -> files.add(ProductFiles.det(
                directory.resolve(stem + "_det.png"), ProductFiles.title(all, "DET, all good events"), a,
                (u, v) -> a.count(u, v) + b.count(u, v), request.marks()))));
        if (request.source().plane() == Plane.SKY) {
            List<Overlay> outlines = new ArrayList<>();
            request.background().ifPresent(r -> outlines.add(RegionOutline.of(r, DetectorMarks.SAME, BACKGROUND,
                    "background")));
            outlines.add(RegionOutline.of(request.source(), DetectorMarks.SAME, SOURCE, "source"));
            field.ifPresent(f -> files.addAll(ProductFiles.skyPlot(f, directory.resolve(stem + "_sky.png"),
                    request.marks(), outlines)));
        }
        return files;
    }

    /** A spectrum and its response; bins that follow the resolution can be made only when the response is there. */
    private List<Path> spectrum(Products p, Path directory, String name, Links links) {
        Optional<TableSource> table = request.shapes().filter(t -> p.spectrum().total() > 0 && p.det().isPresent());
        if (table.isEmpty()) {
            return ProductFiles.spectrum(p, directory, name, links, groups(p, directory, links));
        }
        Links made = links.response(name + ".rmf");
        ProductFiles.spectrum(p, directory, name, made, Optional.empty());
        Path matrix = directory.resolve(made.response());
        ResponseMaker.standard(Compat.STRICT).make(directory.resolve(name + ".pha"), matrix, table.get());
        List<Path> files = new ArrayList<>(ProductFiles.spectrum(p, directory, name, made, groups(p, directory, made)));
        files.add(matrix);
        return files;
    }

    private Optional<Grouping> groups(Products p, Path directory, Links links) {
        boolean alone = links.response().equals(Links.NONE);
        return alone && request.groups().optimal() ? Optional.empty() : request.groups().apply(p.spectrum().counts(),
                new int[] {p.piLow() - p.spectrum().firstChannel(), p.piHigh() - p.spectrum().firstChannel()},
                () -> directory.resolve(links.response()));
    }
}
