// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.column.Column;
import org.xtendsxi.caldb.column.ColumnType;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.caldb.fits.Hdu;
import org.xtendsxi.quicklook.live.Engine;
import org.xtendsxi.quicklook.store.Export;
import org.xtendsxi.quicklook.store.Sql;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.view.Status;
import org.xtendsxi.quicklook.web.Server;
import org.xtendsxi.testdata.config.Effect;

/** The trend as Parquet, as FITS, from the running server and as metrics: everywhere the same values. */
@Tag("validation")
class ExportTest {
    @TempDir
    Path folder;

    @Test
    void allFormsHaveTheSameValues() throws IOException, InterruptedException {
        Path dir = Bench.simulate(Bench.config("900000031", 12, Effect.EVEN_ODD).withCcds(List.of(3)), folder);
        try (TrendStore s = TrendStore.open(folder.resolve("store")); Sql sql = s.reader();
                Engine e = Bench.engine(dir, s);
                Server server = new Server(e, new InetSocketAddress("127.0.0.1", 0), Optional.empty())) {
            e.drain();
            Export x = new Export(sql);
            Path fits = folder.resolve("trend.fits");
            x.fits(fits);
            try (FitsReader f = FitsReader.open(fits)) {
                for (String table : Export.TABLES) {
                    Path parquet = folder.resolve(table + ".parquet");
                    x.parquet(table, parquet);
                    String read = "read_parquet('" + parquet + "')";
                    assertThat(sql.number("select count(*) from (select * from " + table + " except select * from "
                            + read + ")")).as(table).isZero();
                    assertThat(sql.number("select count(*) from " + read))
                            .isEqualTo(sql.number("select count(*) from " + table));
                    same(sql, table, f, f.need(table));
                }
                assertThat(f.need("segment").columns()).filteredOn(c -> c.unit().equals("adu"))
                        .extracting(Column::name)
                        .containsExactly("EVEN", "ODD", "NOISE_EVEN", "NOISE_ODD", "RESIDUAL", "LEAK");
                assertThat(f.need("cycle").rows()).isEqualTo(12);
                assertThat(f.need("segment").rows()).isEqualTo(24);
                assertThat(f.need("housekeeping").rows()).isPositive();
            }
            Path served = folder.resolve("served.parquet");
            Files.write(served, get(server, "/api/trend.parquet?table=segment"));
            assertThat(sql.number("select count(*) from (select * from segment except select * from"
                    + " read_parquet('" + served + "'))")).isZero();
            metrics(new String(get(server, "/metrics")), e.status());
        }
    }

    private static void same(Sql sql, String table, FitsReader f, Hdu h) {
        try (EventChunk c = f.whole(h)) {
            h.columns().stream().filter(k -> k.type() != ColumnType.TEXT).forEach(k -> {
                List<Double> expected = sql.list("select " + k.name() + "::double from " + table, r -> {
                    double v = r.getDouble(1);
                    return r.wasNull() ? Double.NaN : v;
                });
                double[] got = k.type().real() ? c.doubles(k.name()) : k.type() == ColumnType.LONG
                        ? Arrays.stream(c.longs(k.name())).asDoubleStream().toArray()
                        : Arrays.stream(c.ints(k.name())).asDoubleStream().toArray();
                assertThat(got).as("%s of %s", k.name(), table)
                        .isEqualTo(expected.stream().mapToDouble(Double::doubleValue).toArray());
            });
        }
    }

    private static byte[] get(Server s, String path) throws IOException, InterruptedException {
        try (HttpClient c = HttpClient.newHttpClient()) {
            HttpRequest q = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + s.port() + path)).build();
            HttpResponse<byte[]> r = c.send(q, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(r.statusCode()).isEqualTo(200);
            return r.body();
        }
    }

    private static void metrics(String text, Status s) {
        Map<String, Double> m = new HashMap<>();
        text.lines().filter(l -> !l.startsWith("#")).forEach(l -> {
            assertThat(l).matches("[a-z_]+(\\{([a-z]+=\"[^\"]*\",?)+\\})? (NaN|[-+0-9.E]+)");
            m.put(l.substring(0, l.lastIndexOf(' ')), Double.valueOf(l.substring(l.lastIndexOf(' ') + 1)));
        });
        assertThat(m).containsEntry("sxi_cycles_total", 12.0).containsEntry("sxi_state",
                (double) List.of("ok", "warning", "stale", "alarm").indexOf(s.state()));
        assertThat(m.get("sxi_events_total")).isEqualTo(s.totals().events());
        assertThat(m.get("sxi_data_time_seconds")).isEqualTo(s.time());
        s.quantities().forEach(q -> assertThat(m.get("sxi_quantity{name=\"" + q.name() + "\"}")).as(q.name())
                .isEqualTo(q.value() == null ? Double.valueOf(Double.NaN) : q.value()));
        for (Status.Segment g : s.segments()) {
            String place = "ccd=\"4\",segment=\"" + (g.segment() == 0 ? "AB" : "CD") + "\",asic=\"";
            assertThat(m.get("sxi_noise_adu{" + place + "even\"}")).isEqualTo(g.noiseEven());
            assertThat(m.get("sxi_overclock_adu{" + place + "odd\"}")).isEqualTo(g.odd());
        }
    }
}
