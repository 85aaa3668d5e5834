// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.web;

import java.util.List;
import org.xtendsxi.quicklook.view.Status;

/** The status in the text format of Prometheus. */
final class Metrics {
    private static final List<String> STATES = List.of("ok", "warning", "stale", "alarm");

    private final StringBuilder text = new StringBuilder();

    private Metrics() {
    }

    static String of(Status s) {
        Metrics m = new Metrics();
        m.type("sxi_state", "gauge", "0 ok, 1 warning, 2 stale, 3 alarm");
        m.line("sxi_state", "", STATES.indexOf(s.state()));
        m.type("sxi_unacknowledged_alarms", "gauge", "alarms that nobody has acknowledged");
        m.line("sxi_unacknowledged_alarms", "", s.unacknowledged());
        m.type("sxi_data_age_seconds", "gauge", "time since the last cycle was received");
        m.value("sxi_data_age_seconds", "", s.age());
        m.type("sxi_data_time_seconds", "gauge", "mission time of the last cycle");
        m.value("sxi_data_time_seconds", "", s.time());
        m.type("sxi_quantity", "gauge", "worst value of a quantity of the watch list");
        s.quantities().forEach(q -> m.value("sxi_quantity", "name=\"" + q.name() + "\"", q.value()));
        m.type("sxi_quantity_state", "gauge", "0 ok, 1 warning, 2 stale, 3 alarm");
        s.quantities().forEach(q -> m.line("sxi_quantity_state", "name=\"" + q.name() + "\"",
                STATES.indexOf(q.state())));
        m.segments(s);
        m.type("sxi_cycles_total", "counter", "frame groups");
        m.line("sxi_cycles_total", "", s.totals().cycles());
        m.type("sxi_frames_total", "counter", "segment frames");
        m.line("sxi_frames_total", "", s.totals().frames());
        m.type("sxi_frames_lost_total", "counter", "segment frames lost");
        m.line("sxi_frames_lost_total", "", s.totals().lost());
        m.type("sxi_events_total", "counter", "events extracted");
        m.line("sxi_events_total", "", s.totals().events());
        return m.text.toString();
    }

    private void segments(Status s) {
        type("sxi_noise_adu", "gauge", "rms of the overclock");
        s.segments().forEach(g -> {
            value("sxi_noise_adu", place(g) + ",asic=\"even\"", g.noiseEven());
            value("sxi_noise_adu", place(g) + ",asic=\"odd\"", g.noiseOdd());
        });
        type("sxi_overclock_adu", "gauge", "mean of the overclock");
        s.segments().forEach(g -> {
            value("sxi_overclock_adu", place(g) + ",asic=\"even\"", g.even());
            value("sxi_overclock_adu", place(g) + ",asic=\"odd\"", g.odd());
        });
    }

    private static String place(Status.Segment g) {
        return "ccd=\"" + (g.ccd() + 1) + "\",segment=\"" + (g.segment() == 0 ? "AB" : "CD") + "\"";
    }

    private void type(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void value(String name, String labels, Double v) {
        line(name, labels, v == null ? Double.NaN : v);
    }

    private void line(String name, String labels, double v) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(Double.isNaN(v) ? "NaN" : v == Math.rint(v) ? Long.toString((long) v)
                : Double.toString(v))
                .append('\n');
    }
}
