// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.caldbcommand;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.Checksums;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.caldb.index.Caldb;
import org.xtendsxi.caldb.index.CaldbEntry;
import org.xtendsxi.caldb.index.CaldbKind;
import org.xtendsxi.caldb.index.DataSetKeywords;
import org.xtendsxi.caldb.pixel.PixelList;
import org.xtendsxi.caldb.pixel.PixelMask;
import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.CtiTable;
import org.xtendsxi.caldb.table.EvenOddTable;
import org.xtendsxi.caldb.table.GainTable;
import org.xtendsxi.caldb.table.GradePatternTable;
import org.xtendsxi.caldb.table.ResponseTable;
import org.xtendsxi.caldb.table.SelectionTable;
import org.xtendsxi.caldb.table.SplitThresholdTable;
import org.xtendsxi.caldb.table.TableChoice;
import org.xtendsxi.caldb.table.TableSource;
import org.xtendsxi.caldb.teldef.TelDef;
import org.xtendsxi.pipeline.exposure.Vignetting;

/** Compares the rows of an index with the files that they name, and loads every table as a run would. */
public final class CaldbCheck {
    private final Caldb caldb;
    private final Map<Path, List<Checksums.Verdict>> sums = new HashMap<>();

    /** A check of a database. */
    public CaldbCheck(Caldb caldb) {
        this.caldb = caldb;
    }

    /**
     * What was found for a row.
     *
     * @param entry the row
     * @param problems what makes the row unusable
     * @param notes what could not be checked
     */
    public record Finding(CaldbEntry entry, List<String> problems, List<String> notes) {
    }

    /** Checks every row. */
    public List<Finding> all() {
        return caldb.entries().stream().map(this::check).toList();
    }

    private Finding check(CaldbEntry e) {
        Finding found = new Finding(e, new ArrayList<>(), new ArrayList<>());
        Path path = caldb.file(e);
        if (!Files.exists(path)) {
            found.problems().add("file is missing: " + path);
            return found;
        }
        try (FitsReader f = FitsReader.open(path)) {
            checksums(f, found);
            Optional<Hdu> unit = f.hdus().stream().filter(h -> h.index() == e.extension()).findFirst();
            if (unit.isPresent()) {
                keywords(unit.get(), found);
                load(f, unit.get(), found);
            } else {
                found.problems().add("there is no extension " + e.extension());
            }
        } catch (SxiException x) {
            found.problems().add(x.getMessage());
        }
        return found;
    }

    /** Sums of the row's extension and of units that belong to no row, such as the primary header. */
    private void checksums(FitsReader f, Finding found) {
        List<Checksums.Verdict> verdicts = sums.computeIfAbsent(f.path(),
                p -> f.hdus().stream().map(h -> Checksums.of(f, h)).toList());
        for (Hdu h : f.hdus()) {
            Checksums.Verdict v = verdicts.get(h.index());
            if (v != Checksums.Verdict.RIGHT && !belongsToOther(found.entry(), h.index())) {
                boolean wrong = v == Checksums.Verdict.WRONG;
                (wrong ? found.problems() : found.notes()).add(wrong
                        ? "checksum of " + h.name() + " is wrong: the file changed or is damaged"
                        : "no checksum in " + h.name());
            }
        }
    }

    private boolean belongsToOther(CaldbEntry e, int extension) {
        return extension != e.extension() && caldb.entries().stream()
                .anyMatch(o -> o.file().equals(e.file()) && o.extension() == extension);
    }

    /** One of the data sets that the extension declares must be the one of the row. */
    private static void keywords(Hdu unit, Finding found) {
        CaldbEntry e = found.entry();
        List<DataSetKeywords> sets = DataSetKeywords.of(unit.keywords());
        List<DataSetKeywords> named = sets.stream().filter(s -> s.codeName().equalsIgnoreCase(e.codeName())).toList();
        if (named.isEmpty()) {
            found.problems().add("CCNM is " + sets.stream().map(DataSetKeywords::codeName).toList()
                    + ", the index says " + e.codeName());
        } else if (named.stream().noneMatch(s -> s.boundaries().equals(e.boundaries()))) {
            found.problems().add("CBD is " + named.getFirst().boundaries() + ", the index says " + e.boundaries());
        } else if (named.stream().filter(s -> s.boundaries().equals(e.boundaries()))
                .noneMatch(s -> s.validFrom().equals(e.validFrom()))) {
            found.problems().add("CVSD is " + named.getFirst().validFrom() + ", the index says " + e.validFrom());
        }
    }

    private static void load(FitsReader f, Hdu unit, Finding found) {
        Optional<CaldbKind> kind = CaldbKind.of(found.entry().codeName());
        TableSource source = new TableSource(f.path(), Integer.toString(unit.index()));
        if (kind.isEmpty()) {
            found.notes().add("kind is not used here");
            return;
        }
        switch (kind.get()) {
            case VT_EVEN_ODD -> blocks(f, unit).forEach(c -> EvenOddTable.load(source, c));
            case CHARGE_TRAIL -> blocks(f, unit).forEach(c -> ChargeTrailTable.load(source, c));
            case CTI -> blocks(f, unit).forEach(c -> CtiTable.load(source, c));
            case SPLIT_TH -> blocks(f, unit).forEach(c -> SplitThresholdTable.load(source, c));
            case GAIN -> blocks(f, unit).forEach(c -> GainTable.load(source, c));
            case HIT_PATTERN -> {
                if (!GradePatternTable.load(source).complete()) {
                    found.problems().add("hit patterns are missing");
                }
            }
            case BADPIX -> PixelList.bad(f.path());
            case MASK -> PixelMask.load(f.path());
            case TELDEF -> TelDef.load(f.path());
            case RMF_PARAMETERS -> blocks(f, unit).forEach(c -> ResponseTable.load(source, c));
            case SELECT -> SelectionTable.load(f.path());
            case VIGNET -> Vignetting.load(f.path(), 1);
        }
    }

    /** Choices that reach every time block of a table: a block holds for observations that start after its TIME. */
    private static List<TableChoice> blocks(FitsReader f, Hdu unit) {
        try (EventChunk t = f.whole(unit)) {
            return Arrays.stream(t.doubles("TIME")).distinct()
                    .mapToObj(time -> new TableChoice("WINDOW1", 1, Math.nextUp(time), false)).toList();
        }
    }
}
