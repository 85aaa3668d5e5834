// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.caldb.column;

import static org.xtendsxi.caldb.column.ColumnType.BITS;
import static org.xtendsxi.caldb.column.ColumnType.BYTE;
import static org.xtendsxi.caldb.column.ColumnType.DOUBLE;
import static org.xtendsxi.caldb.column.ColumnType.INT;
import static org.xtendsxi.caldb.column.ColumnType.SHORT;

import java.util.List;

/** Dictionary of the columns of the event file (events-coords-screening section 3.2). */
public final class EventColumns {
    private static final long NO_BYTE = 255;
    private static final long NO_PULSE = -32768;

    /** Start of the live interval of the event's exposure. */
    public static final Column TIME = Column.of("TIME", DOUBLE, 1).unit("s").text("event time");
    /** CCD. */
    public static final Column CCD_ID = key("CCD_ID", 3).text("CCD, 0 = CCD1");
    /** Segment. */
    public static final Column SEGMENT = key("SEGMENT", 1).text("segment, 0 = AB, 1 = CD");
    /** Node. */
    public static final Column READNODE = key("READNODE", 1).text("node, 0 = A or D, 1 = B or C");
    /** ADC averaging. */
    public static final Column ADCAVE = key("ADCAVE", 2).text("ADC averaging");
    /** Column in the segment. */
    public static final Column RAWX = pixel("RAWX", 0, 319).text("column from the node in use");
    /** Row, packed in window modes. */
    public static final Column RAWY = pixel("RAWY", 0, 639).text("transfer row");
    /** CCD column. */
    public static final Column ACTX = pixel("ACTX", 1, 640).text("column of the CCD");
    /** CCD row. */
    public static final Column ACTY = pixel("ACTY", 1, 640).text("row of the CCD");
    /** Focal plane, look-down. */
    public static final Column DETX = pixel("DETX", 1, 1810).text("detector plane");
    /** Focal plane, look-down. */
    public static final Column DETY = pixel("DETY", 1, 1810).text("detector plane");
    /** Focal plane. */
    public static final Column FOCX = pixel("FOCX", 1, 2430).text("focal plane");
    /** Focal plane. */
    public static final Column FOCY = pixel("FOCY", 1, 2430).text("focal plane");
    /** Sky. */
    public static final Column X = pixel("X", 1, 2430).text("sky, towards west");
    /** Sky. */
    public static final Column Y = pixel("Y", 1, 2430).text("sky, towards north");
    /** Raw inner pulse heights. */
    public static final Column PHAS_INNER3X3 = pulses("PHAS_INNER3X3", 9).text("raw pulse heights, centre first");
    /** Raw outer pulse heights. */
    public static final Column PHAS_OUTER5X5 = pulses("PHAS_OUTER5X5", 16).text("raw pulse heights of the outer ring");
    /** Mask of outer pixels at or above the split threshold. */
    public static final Column P_OUTER_MOST =
            Column.of("P_OUTER_MOST", SHORT, 1).signFlipped().text("outer pixels at the split threshold");
    /** Sum of the outer pixels below the split threshold. */
    public static final Column SUM_OUTER_MOST =
            pulses("SUM_OUTER_MOST", 1).text("sum of outer pixels below the threshold");
    /** Working 3x3. */
    public static final Column PHAS = pulses("PHAS", 9).range(-32767, 32767).text("pulse heights 3x3");
    /** Working 5x5. */
    public static final Column PHASALL = pulses("PHASALL", 25).range(-32767, 32767).text("pulse heights 5x5");
    /** Bad pixels in the 3x3. */
    public static final Column PHAS_MASK = Column.of("PHAS_MASK", BYTE, 9).text("1 where a pixel of the 3x3 is bad");
    /** Summed pulse height. */
    public static final Column PHA =
            Column.of("PHA", SHORT, 1).unit("chan").nullValue(4096).range(0, 4095).text("summed pulse height");
    /** Energy channel. */
    public static final Column PI =
            Column.of("PI", SHORT, 1).unit("chan").nullValue(4096).range(0, 4095).text("energy channel, 6 eV");
    /** Event shape. */
    public static final Column GRADE = Column.of("GRADE", SHORT, 1).nullValue(-1).range(0, 11).text("event shape");
    /** STATUS flags. */
    public static final Column STATUS = Column.of("STATUS", BITS, 48).text("pixel and event flags");
    /** Processing errors. */
    public static final Column PROC_STATUS = Column.of("PROC_STATUS", BITS, 32).text("telemetry and processing errors");
    /** Bits of PROC_STATUS that make a row unusable: flags 2 and 17 (events-coords-screening section 3.3). */
    public static final long UNUSABLE = 1L << 1 | 1L << 16;
    /** Row number in the unfiltered file. */
    public static final Column EVENTNUMBER = Column.of("EVENTNUMBER", INT, 1).text("row number, from 0");

    private EventColumns() {
    }

    /** Columns of an unfiltered event file made from frames, before any correction, in file order. */
    public static List<Column> raw() {
        return List.of(TIME, CCD_ID, SEGMENT, READNODE, ADCAVE, RAWX, RAWY, PHAS_INNER3X3, PHAS_OUTER5X5, P_OUTER_MOST,
                SUM_OUTER_MOST, PROC_STATUS);
    }

    private static Column key(String name, int max) {
        return Column.of(name, BYTE, 1).nullValue(NO_BYTE).range(0, max);
    }

    private static Column pixel(String name, int min, int max) {
        return Column.of(name, SHORT, 1).unit("pixel").nullValue(-1).range(min, max);
    }

    private static Column pulses(String name, int repeat) {
        return Column.of(name, SHORT, repeat).unit("chan").nullValue(NO_PULSE);
    }
}
