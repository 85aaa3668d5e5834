// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline.products;

/**
 * Names of the files that belong to a spectrum, as its keywords give them; {@link #NONE} where there is none.
 *
 * @param background BACKFILE
 * @param response RESPFILE
 * @param ancillary ANCRFILE
 */
public record Links(String background, String response, String ancillary) {
    /** No file, in the words of OGIP. */
    public static final String NONE = "none";
    /** A spectrum on its own. */
    public static final Links ALONE = new Links(NONE, NONE, NONE);

    /** The same links with a background. */
    public Links background(String name) {
        return new Links(name, response, ancillary);
    }

    /** The same links with a response. */
    public Links response(String name) {
        return new Links(background, name, ancillary);
    }
}
