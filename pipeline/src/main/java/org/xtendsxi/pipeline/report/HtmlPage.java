// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.xtendsxi.caldb.error.SxiException;
import org.xtendsxi.caldb.file.PartFile;

/** A page in the look that all reports share. */
public final class HtmlPage {
    private HtmlPage() {
    }

    /**
     * Writes a page under a temporary name and renames it.
     *
     * @param path file to write
     * @param title heading, plain text
     * @param body HTML below it
     */
    public static void write(Path path, String title, String body) {
        String page = template().replace("{{title}}", text(title)).replace("{{body}}", body);
        try {
            PartFile.write(path, page.getBytes(StandardCharsets.UTF_8), false);
        } catch (IOException e) {
            throw SxiException.output("report cannot be written").in(path).value(e.getMessage()).cause(e)
                    .todo("check that the folder is writable").build();
        }
    }

    private static String template() {
        try (InputStream in = HtmlPage.class.getResourceAsStream("report.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plain text as HTML. */
    public static String text(Object raw) {
        return String.valueOf(raw).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
