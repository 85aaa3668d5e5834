// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.time.GtiList;
import org.xtendsxi.pipeline.exposure.Backscal;
import org.xtendsxi.pipeline.grouping.Grouping;
import org.xtendsxi.pipeline.plot.Overlay;
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
    /** Files in work at a time; what is written to disk is waited for while others go on. */
    public static final int AT_ONCE = 3;
    private static final Color BACKGROUND = new Color(0xff, 0x8a, 0xd8);

    /**
     * Reads the events once.
     *
     * @param events event file
     * @param gti good time, empty for that of the file
     * @param request what to make
     */
    public static ProductSet of(Path events, Optional<GtiList> gti, ProductRequest request) {
        return of(request, Products.make(events, gti, request.selections(), request.bin()));
    }

    /**
     * Puts products in their places.
     *
     * @param request what was asked for
     * @param made products of its {@link ProductRequest#selections()}
     */
    public static ProductSet of(ProductRequest request, List<Products> made) {
        List<Products> all = new ArrayList<>(made);
        Products source = weighted(all.removeFirst(), request);
        Optional<Products> background = request.background().map(r -> weighted(all.removeFirst(), request));
        Optional<Products> lamp = request.lamp().map(l -> all.removeFirst());
        Optional<Products> field = request.fieldApart() ? Optional.of(all.removeFirst()) : Optional.empty();
        return new ProductSet(request, source, background, lamp, field, all);
    }

    private static Products weighted(Products p, ProductRequest request) {
        return p.region() == Region.EVERYWHERE ? p
                : request.exposureMap().map(m -> p.withBackscal(Backscal.of(m, p.region()))).orElse(p);
    }

    /**
     * Writes everything, several files at the same time.
     *
     * @param directory where
     * @param stem start of the file names
     * @return the files written
     */
    public List<Path> write(Path directory, String stem) {
        return Together.all(AT_ONCE, work(directory, stem)).stream().flatMap(List::stream).toList();
    }

    /**
     * The pieces of work of {@link #write}, which do not depend on each other; the longest come first.
     *
     * @param directory where
     * @param stem start of the file names
     */
    public List<Callable<List<Path>>> work(Path directory, String stem) {
        List<Callable<List<Path>>> work = new ArrayList<>();
        Links links = request.links();
        Links all = background.isPresent() ? links.background(stem + "_bgd.pha") : links;
        work.add(() -> spectrum(source, directory, stem + "_src", all));
        work.add(() -> ProductFiles.images(source, directory, stem + "_src", request.marks()));
        background.ifPresent(b -> work.add(() -> spectrum(b, directory, stem + "_bgd", links)));
        lamp.ifPresent(l -> work.add(() -> spectrum(l, directory, stem + "_cal", Links.ALONE)));
        for (int i = 0; i < bands.size(); i++) {
            Products band = bands.get(i);
            String name = stem + "_src_" + request.bands().get(i).name();
            work.add(() -> ProductFiles.sky(band, directory, name, request.marks()));
        }
        work.add(() -> ProductFiles.curve(source, directory, stem + "_src"));
        work.add(() -> drawings(directory, stem));
        return work;
    }

    private List<Path> drawings(Path directory, String stem) {
        List<Path> files = new ArrayList<>();
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
        boolean binned = !request.groups().optimal();
        List<Path> files = new ArrayList<>(ProductFiles.spectrum(p, directory, name, made,
                binned ? groups(p, directory, made) : Optional.empty()));
        Path matrix = directory.resolve(made.response());
        ResponseMaker.standard(Compat.STRICT).make(files.getFirst(), matrix, table.get());
        if (!binned) {
            p.writeSpectrum(files.getFirst(), made, groups(p, directory, made));
        }
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
