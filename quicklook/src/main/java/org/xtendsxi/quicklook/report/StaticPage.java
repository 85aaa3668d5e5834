// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.quicklook.view.Status;
import org.xtendsxi.quicklook.view.View;
import org.xtendsxi.quicklook.web.Json;
import org.xtendsxi.quicklook.web.Server;

/** The page of the shift report: the live page with its data inside, one file that needs no server. */
public final class StaticPage {
    private StaticPage() {
    }

    /**
     * Writes {@code index.html}, {@code data.json}, the drawings as PNG, and {@code plots.pdf}.
     *
     * @param folder folder to write to
     * @param status the status that the live page would have
     * @param view the view that it would have
     */
    public static void write(Path folder, Status status, View view) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("status", status);
        data.put("view", view);
        String json = Json.of(data);
        Plots plots = new Plots(view);
        plots.png(folder);
        plots.pdf(folder.resolve("plots.pdf"));
        Plots.write(folder.resolve("data.json"), out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
        Plots.write(folder.resolve("index.html"), out -> out.write(html(json).getBytes(StandardCharsets.UTF_8)));
    }

    private static String html(String json) {
        try {
            return Server.text("index.html")
                    .replace("<link rel=\"stylesheet\" href=\"app.css\">", "<style>" + Server.text("app.css")
                            + "</style>")
                    .replace("<link rel=\"icon\" id=\"icon\" href=\"icon.svg\">", "")
                    .replace("<script src=\"draw.js\" defer></script>", "")
                    .replace("<script src=\"app.js\" defer></script>", "")
                    .replace("</body>", "<script type=\"application/json\" id=\"sxi-data\">" + json.replace("<",
                            "\\u003c") + "</script><script>" + Server.text("draw.js") + Server.text("app.js")
                            + "</script></body>");
        } catch (IOException e) {
            throw SxiException.output("page cannot be made").value(e.getMessage()).cause(e).build();
        }
    }
}
