// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.column.EventColumns;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.event.EventSchema;
import org.xtendsxi.caldb.fits.Keywords;

/** Four rows by hand: null PI in the third, flag 1 in the second, flag 3 in the fourth. */
class RowExpressionTest {
    private static final EventSchema SCHEMA = new EventSchema(List.of(EventColumns.PI, EventColumns.GRADE,
            EventColumns.STATUS, Column.of("V", ColumnType.SHORT, 3), Column.of("TEMP", ColumnType.DOUBLE, 1)));
    private static final Keywords HEADER = new Keywords().set("LIMIT", 150.0, "");

    private static String run(String text) {
        try (EventChunk c = EventChunk.allocate(SCHEMA, 0, 4)) {
            c.put("PI", new int[] {100, 201, 4096, 300});
            c.put("GRADE", new int[] {0, 1, 2, 6});
            c.put("STATUS", new long[] {0, 1, 0, 1L << 2});
            c.put("V", new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
            c.put("TEMP", new double[] {-1.5, 0, 2.5, Double.NaN});
            StringBuilder b = new StringBuilder();
            for (boolean k : RowExpression.parse(text, SCHEMA, HEADER).test(c)) {
                b.append(k ? '1' : '0');
            }
            return b.toString();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "STATUS[1]==b0; 1011", "status[3] == b1; 0001", "STATUS[1]==b0&&(GRADE==0||GRADE==6); 1001",
        "PI>100; 0101", "!(PI>100); 1000", "PI>100||GRADE==2; 0111", "PI<0||T; 1111", "PI<0.or.F; 0000",
        "PI>100.and.GRADE.ne.1; 0001", "PI/2==100; 0100", "PI/2.0==100; 0000", "PI%100==1; 0100", "V[2]==5; 0100",
        "V[1]+V[3]*2==7; 1000", "(V[1]+V[3])*2==8; 1000", "-TEMP>1; 1000", "TEMP!=0; 1010", "PI>#limit; 0101",
        "PI-100-1==100; 0100", "1+2*3==7; 1111", "GRADE<1 || GRADE>1 && PI>200; 1001", "PI==2.01e2; 0100",
        "STATUS==b0; 1010", ".not.(GRADE<=1); 0011", "PI/0==1; 0000"})
    void rowsThatFulfil(String text, String rows) {
        assertThat(run(text)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "PI>; character 4", "(PI>1; ')'", "PI; a condition", "PI>1 PI; character 6", "PI>1&&3; character 7",
        "STATUS[49]==b0; 1..48", "V>1; 1..3", "V[0]>1; 1..3", "PI ? 1; character 3", "PI>(1<2); character 5",
        "1<PI<3; character 5", "PI=1; character 3"})
    void badExpressionsSayWhere(String text, String message) {
        assertThatThrownBy(() -> run(text)).isInstanceOf(SxiException.class).hasMessageContaining(message);
    }

    @Test
    void unknownNamesAreFaultsOfTheData() {
        assertThatThrownBy(() -> run("PJ>1")).hasMessageContaining("column PJ");
        assertThatThrownBy(() -> run("PI>#NONE")).hasMessageContaining("#NONE");
    }
}
