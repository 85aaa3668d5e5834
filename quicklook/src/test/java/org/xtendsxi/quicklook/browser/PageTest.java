// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xtendsxi.caldb.command.Console;
import org.xtendsxi.caldb.event.EventChunk;
import org.xtendsxi.caldb.fits.FitsReader;
import org.xtendsxi.pipeline.flow.RunOptions;
import org.xtendsxi.pipeline.flow.Runner;
import org.xtendsxi.pipeline.stage.Compat;
import org.xtendsxi.quicklook.Bench;
import org.xtendsxi.quicklook.live.Engine;
import org.xtendsxi.quicklook.report.StaticPage;
import org.xtendsxi.quicklook.store.TrendStore;
import org.xtendsxi.quicklook.view.Status;
import org.xtendsxi.quicklook.view.ViewQuery;
import org.xtendsxi.quicklook.web.Server;
import org.xtendsxi.testdata.config.Effect;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page in a browser: what it shows is what the FITS products and the shift report say, alarms are seen, and keys
 * and acknowledgements work. Pictures of it are left in {@code target/pictures}.
 */
@Tag("validation")
class PageTest {
    private static final String FRAMES = "xtend/frames/xa900000021xtd_p030000010_fr.fits";
    private static final String DARKS = "xtend/frames/xa900000021xtd_p030000010_dk.fits";
    private static final String READY = "page.status && page.view && page.view.trends.noise";
    private static final String WITHOUT = "PageTest is SKIPPED: no Chromium on this machine, the page is not tested in"
            + " a browser (install chromium, or set SXI_CHROMIUM)";
    private static final Path PICTURES = Path.of("target", "pictures");

    @TempDir
    static Path shared;
    private static Browser browser;
    private static Path good;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<Path> program = Browser.program();
        if (program.isEmpty()) {
            // the report of Maven counts skipped tests but does not say why
            System.err.println(WITHOUT);
        }
        assumeTrue(program.isPresent(), WITHOUT);
        browser = Browser.start(program.get(), Files.createDirectories(shared.resolve("profile")));
        good = Bench.simulate(Bench.config("900000021", 30), shared);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    /** What a test does with a page. */
    @FunctionalInterface
    private interface Use {
        void with(Engine e, Tab tab, String address) throws IOException, InterruptedException;
    }

    private void show(Path directory, Use use) throws IOException, InterruptedException {
        show(directory, 3600, use);
    }

    private void show(Path directory, int staleSeconds, Use use) throws IOException, InterruptedException {
        Path limits = Files.writeString(folder.resolve("limits"), "stale.seconds = " + staleSeconds);
        try (TrendStore store = TrendStore.open(folder.resolve("store"))) {
            Thread loop;
            try (Engine e = Bench.engine(directory, store, Optional.of(limits));
                    Server s = new Server(e, new InetSocketAddress("127.0.0.1", 0), Optional.empty())) {
                e.look();
                loop = Thread.ofPlatform().start(e::run);
                show(e, s, use);
            }
            loop.join();
        }
    }

    private static void show(Engine e, Server s, Use use) throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + s.port() + "/";
        Tab tab = browser.open(address);
        tab.until("page.status");
        use.with(e, tab, address);
        assertThat(tab.complaints()).isEmpty();
    }

    private static long number(Tab tab, String script) {
        return tab.value(script).asLong();
    }

    @Test
    void valuesAreThoseOfTheProductsAndOfTheShiftReport() throws IOException, InterruptedException {
        Path out = folder.resolve("run");
        new Runner(new RunOptions(good, out, Optional.empty(), Optional.empty(), Optional.of("screen"), 2, "auto", 1,
                Map.of("pulses", Map.of("seed", "1")), Compat.STRICT, true, List.of()), Console.silent()).run();
        show(good, (e, tab, address) -> {
            tab.until(READY);
            tab.press("h");
            tab.until("page.view.query.hours === 6");
            try (FitsReader f = FitsReader.open(out.resolve("xtend/event_cl/xa900000021xtd_p030000010_cl.evt"));
                    EventChunk c = f.whole(f.need("EVENTS"))) {
                long lamp = 0;
                for (long status : c.longs("STATUS")) {
                    lamp += (status & 2) != 0 ? 1 : 0;
                }
                assertThat(number(tab, "Number($('image-total').dataset.total)")).isEqualTo(c.rows());
                assertThat(number(tab, "Number($('spectrum-total').dataset.total)")).isEqualTo(lamp);
                assertThat(counter(tab, "clean")).isEqualTo(c.rows());
                String live = tab.value("$('spectrum-total').textContent").asString();
                assertThat(live).endsWith(String.format("in %.0f s of live time",
                        f.need("EVENTS").keywords().needReal("EXPOSURE")));
            }
            sameAsExposures(tab, out);
            ownBand(tab, out);
            StaticPage.write(folder.resolve("report"), e.status(), e.view(ViewQuery.FIRST).join());
            JsonNode data = JsonMapper.shared().readTree(folder.resolve("report/data.json").toFile());
            assertThat(number(tab, "Number($('image-total').dataset.total)"))
                    .isEqualTo(data.path("view").path("image").path("total").asLong());
            for (JsonNode q : data.path("status").path("quantities")) {
                String cell = "document.querySelector('[data-quantity=\"" + q.path("name").asString() + "\"] .value')";
                assertThat(tab.value(cell + ".dataset.value ?? ''").asString()).as(q.path("name").asString())
                        .isEqualTo(q.path("value").isNull() ? "" : number(q.path("value").asDouble()));
            }
            Tab report = browser.open(folder.resolve("report/index.html").toUri().toString());
            report.until("page.status && page.view");
            String numbers = "[...document.querySelectorAll('[data-value], [data-total]')].map(x => x.dataset.value ??"
                    + " x.dataset.total).join(' ')";
            assertThat(report.value(numbers).asString()).isEqualTo(tab.value(numbers).asString());
            assertThat(report.complaints()).isEmpty();
            report.picture(1280, PICTURES.resolve("report-1280.png"));
        });
    }

    /** A number as JavaScript writes it. */
    private static String number(double v) {
        return v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v);
    }

    private static long counter(Tab tab, String name) {
        return number(tab, "Number(document.querySelector('[data-counter=\"" + name + "\"] .all').dataset.value)");
    }

    /** A band and a time that the operator types are those of the image and of the light curve. */
    private static void ownBand(Tab tab, Path out) {
        try (FitsReader f = FitsReader.open(out.resolve("xtend/event_cl/xa900000021xtd_p030000010_cl.evt"));
                EventChunk c = f.whole(f.need("EVENTS"))) {
            tab.value("$('band-low').value = 1.2, $('band-low').dispatchEvent(new Event('change')),"
                    + " $('band-high').value = 3, $('band-high').dispatchEvent(new Event('change'))");
            tab.until("page.view.query.piLow === 200 && page.view.query.piHigh === 499");
            long inside = Arrays.stream(c.ints("PI")).filter(pi -> pi >= 200 && pi <= 499).count();
            assertThat(number(tab, "Number($('image-total').dataset.total)")).isEqualTo(inside);
            double[] time = c.doubles("TIME");
            double last = tab.value("page.status.time").asDouble();
            tab.value("$('hours-last').value = 0.01, $('hours-last').dispatchEvent(new Event('change'))");
            tab.until("page.view.query.hours === 0.01 && page.view.query.piLow === 200");
            int[] pi = c.ints("PI");
            assertThat(number(tab, "Number($('image-total').dataset.total)")).isEqualTo(IntStream.range(0, pi.length)
                    .filter(i -> pi[i] >= 200 && pi[i] <= 499 && time[i] >= last - 36).count());
            tab.press("e");
            tab.press("h");
            tab.press("h");
            tab.until("page.view.query.hours === 6 && page.view.query.piLow === 0");
        }
    }

    /** Overclock and noise of the last cycle are those of the exposure file of the run. */
    private static void sameAsExposures(Tab tab, Path out) {
        try (FitsReader f = FitsReader.open(out.resolve("xtend/event_uf/xa900000021xtd_a0exp.fits"));
                EventChunk c = f.whole(f.need("EXPOSURE"))) {
            int[] ccd = c.ints("CCD_ID");
            int[] segment = c.ints("SEGMENT");
            assertThat(counter(tab, "present")).isEqualTo(c.rows());
            for (int last = c.rows() - 4; last < c.rows(); last++) {
                String row = "document.querySelector('[data-segment=\"" + ccd[last] + "-" + segment[last] + "\"] ";
                for (String[] pair : new String[][] {{"noise-even", "NOISE_EVEN"}, {"noise-odd", "NOISE_ODD"},
                    {"even", "BIAS_EVEN"}, {"odd", "BIAS_ODD"}}) {
                    assertThat(Double.parseDouble(tab.value(row + "." + pair[0] + "').dataset.value").asString()))
                            .as("%s of row %d", pair[1], last).isCloseTo(c.doubles(pair[1])[last], within(5.1e-5));
                }
            }
        }
    }

    @Test
    void dataAppearAsTheyCome() throws IOException, InterruptedException {
        Path dir = folder.resolve("dir");
        Files.createDirectories(dir.resolve(FRAMES).getParent());
        show(dir, (e, tab, address) -> {
            tab.until("$('reason').textContent === 'no data yet'");
            Tab second = browser.open(address);
            Tab slow = browser.open(address);
            slow.until("page.status");
            slow.slow(2000, 500);
            Files.copy(good.resolve(DARKS), dir.resolve(DARKS));
            for (int cycles : new int[] {2, 10, 29}) {
                // of the first cycles the next one tells that all segments are there
                Bench.partial(good.resolve(FRAMES), dir.resolve(FRAMES), 4L * cycles + 1, 0);
                for (Tab t : List.of(tab, second)) {
                    t.until("$('cycles').textContent === '" + cycles + "'");
                    t.until("page.view && page.view.trends.noise && page.view.to === page.status.time");
                }
            }
            slow.until("$('cycles').textContent === '29'");
            assertThat(tab.value("document.body.dataset.state").asString()).isEqualTo("ok");
            assertThat(tab.value("$('trend-noise').querySelector('canvas').width > 100").asBoolean()).isTrue();
            String colours = "(() => { const c = $('image'); const d = c.getContext('2d').getImageData(0, 0, c.width,"
                    + " c.height).data; return new Set(new Uint32Array(d.buffer)).size; })()";
            assertThat(number(tab, colours)).as("colours of the image").isGreaterThan(20);
            Files.writeString(dir.resolve("broken.fits"), "this is no FITS file");
            tab.until("document.querySelector('tr[data-file=\"BAD\"]')?.textContent.includes('broken.fits')");
        });
    }

    @Test
    void everyFaultOfTheSimulatorIsSeenAndAcknowledged() throws IOException, InterruptedException {
        Path faulty = Bench.simulate(Bench.config("900000022", 60, Effect.NOISE_RISE, Effect.LIGHT_LEAK,
                Effect.LOST_FRAMES, Effect.CHARGE_INTRUSION, Effect.TEMPERATURE_DRIFT, Effect.STALE_DARK)
                .withCcds(List.of(0)), shared);
        show(faulty, (e, tab, address) -> {
            tab.until(READY);
            for (String q : List.of("noise", "dark-age", "temperature", "light-leak", "frame-loss", "saturation",
                    "dark-residual")) {
                assertThat(tab.value("document.querySelector('#quantities [data-quantity=\"" + q + "\"]').dataset.is")
                        .asString()).as(q).isEqualTo("alarm");
                assertThat(tab.value("document.querySelector('#alarms [data-alarm=\"" + q + "\"]').dataset.is")
                        .asString()).as(q).isEqualTo("alarm");
            }
            try (FitsReader f = FitsReader.open(faulty.resolve(FRAMES.replace("900000021", "900000022")))) {
                assertThat(counter(tab, "present")).isEqualTo(f.need("FRAMES").rows());
                // what did not come is missing in a cycle, or with its whole cycle; a loss at the end cannot be known
                assertThat(counter(tab, "expected") + counter(tab, "lost")).isBetween(116L, 120L);
                assertThat(counter(tab, "expected") - counter(tab, "present") + counter(tab, "lost"))
                        .isEqualTo(e.status().totals().lost()).isPositive();
            }
            assertThat(tab.value("$('state').textContent").asString()).startsWith("ALARM");
            assertThat(tab.value("getComputedStyle($('banner')).backgroundColor").asString()).isIn("rgb(224, 0, 0)",
                    "rgb(140, 0, 0)");
            assertThat(tab.value("document.title").asString()).startsWith("ALARM");
            assertThat(tab.value("decodeURIComponent($('icon').href)").asString()).contains("fill=\"#e00000\"");
            tab.press("m");
            tab.until("page.sound?.state === 'running' && $('sound').getAttribute('aria-pressed') === 'true'");
            tab.until("page.beeps > 0");
            pictures(tab, "alarm");
            Tab other = browser.open(address);
            other.until("page.status && page.status.unacknowledged > 6");
            tab.press("a");
            tab.until("$('sign').open");
            tab.type("first operator");
            assertThat(tab.value("$('sign-by').value").asString()).isEqualTo("first operator");
            tab.press("Enter");
            other.until("page.status.unacknowledged === 0");
            assertThat(other.value("$('alarms').textContent").asString()).contains("first operator");
            assertThat(other.value("document.body.dataset.state").asString()).isEqualTo("alarm");
            assertThat(e.status().alarms()).allSatisfy(a -> assertThat(a.by()).isEqualTo("first operator"));
            tab.until("!calls()");
            tab.press("m");
            tab.until("page.sound === null");
        });
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() throws IOException, InterruptedException {
        show(good, (e, tab, address) -> {
            tab.until(READY);
            Map<String, String> keys = Map.of("d", "page.view.image.plane === 'SKY'", "e",
                    "page.view.query.piLow === 83", "c", "page.view.query.ccd === 0", "s",
                    "page.view.query.segment === 0", "f",
                    "!page.view.query.lamp && $('tool-source').textContent === 'field'", "h",
                    "page.view.query.hours === 6", "l", "$('tool-scale').textContent === 'lines'");
            for (Map.Entry<String, String> k : keys.entrySet()) {
                tab.press(k.getKey());
                tab.until(k.getValue());
            }
            tab.press("+");
            tab.until("page.view.query.size === 1215");
            tab.press("ArrowRight");
            tab.until("page.view.query.x > 700");
            tab.press("0");
            tab.until("page.view.query.size === 2430");
            for (int panel = 1; panel <= 8; panel++) {
                tab.press(Integer.toString(panel));
                tab.until("document.activeElement.id === PANELS[" + (panel - 1) + "]");
            }
            tab.press("?");
            tab.until("$('keys').open");
            tab.press("Escape");
            tab.until("!$('keys').open");
            pictures(tab, "dark");
            tab.press("p");
            tab.until("document.body.dataset.look === 'projector'");
            pictures(tab, "projector");
        });
    }

    @Test
    void aDownlinkThatStopsIsStale() throws IOException, InterruptedException {
        show(good, 2, (e, tab, address) -> {
            tab.until("document.body.dataset.state === 'stale'");
            assertThat(tab.value("$('reason').textContent").asString()).startsWith("no new data for");
            // the page knows the age at once, the server tells of the quantities with its next status
            tab.until("document.querySelectorAll('#quantities [data-is=stale]').length === 19");
            pictures(tab, "stale");
        });
    }

    /** Takes pictures, and looks whether anything is wider than the page or cut off. */
    private static void pictures(Tab tab, String name) throws IOException {
        for (int width : new int[] {600, 1280, 1920}) {
            tab.picture(width, PICTURES.resolve(name + "-" + width + ".png"));
            assertThat(number(tab, "document.documentElement.scrollWidth")).as("%s at %d", name, width)
                    .isLessThanOrEqualTo(width);
        }
    }

    @Test
    void aServerThatGoesIsNoticed() throws IOException, InterruptedException {
        Status[] last = new Status[1];
        Tab[] left = new Tab[1];
        show(good, (e, tab, address) -> {
            tab.until(READY);
            last[0] = e.status();
            left[0] = tab;
        });
        left[0].until("document.body.dataset.state === 'lost'");
        assertThat(left[0].value("$('state').textContent").asString()).isEqualTo("NO CONNECTION");
        assertThat(left[0].value("$('cycles').textContent").asString())
                .isEqualTo(Long.toString(last[0].totals().cycles()));
    }
}
