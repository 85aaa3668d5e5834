// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.correction;

import org.xtendsxi.caldb.table.ChargeTrailTable;
import org.xtendsxi.caldb.table.ChargeTrailTable.Term;

/**
 * A row of CHARGE_TRAIL: what charge loses in a transfer of the serial (h) and of the parallel register (v), and the
 * inverse echo of the centre.
 *
 * @param present whether the table has the row
 * @param h loss in the serial register
 * @param v loss in the parallel registers
 * @param offsetH transfers in the serial register beyond those of the address
 * @param offsetV transfers in the parallel registers beyond those of the address
 * @param echoSlope inverse echo on the pixel after the centre, per channel of the centre
 * @param echoOffset inverse echo of a centre without charge, channels
 */
record TrailLosses(boolean present, Loss h, Loss v, double offsetH, double offsetV, double echoSlope,
        double echoOffset) {

    /** Loss per transfer of one direction, as a power of pulse height that is constant below a cut. */
    record Loss(double norm, double index, double cut, double atCut, double phRef) {
        static Loss of(double norm, double index, double cut, double phRef) {
            return new Loss(norm, index, cut, norm * Math.pow(cut / phRef, index), phRef);
        }

        double at(double x) {
            return x >= cut ? norm * Powers.pow(x / phRef, index) : atCut;
        }
    }

    /** Row of a table; a negative number gives a row that loses nothing. */
    static TrailLosses of(ChargeTrailTable t, int row) {
        if (row < 0) {
            Loss none = new Loss(0, 0, 0, 0, t.phRef());
            return new TrailLosses(false, none, none, 0, 0, 0, 0);
        }
        double cut = t.value(row, Term.PH_CUT);
        return new TrailLosses(true, Loss.of(t.value(row, Term.NORM_H), t.value(row, Term.INDEX_H), cut, t.phRef()),
                Loss.of(t.value(row, Term.NORM_V), t.value(row, Term.INDEX_V), cut, t.phRef()),
                t.value(row, Term.OFFSET_H), t.value(row, Term.OFFSET_V), t.value(row, Term.ESLOPE),
                t.value(row, Term.EOFFSET));
    }
}
