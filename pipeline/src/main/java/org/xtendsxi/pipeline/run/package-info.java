// SPDX-License-Identifier: Apache-2.0
/** The commands that run the flow: {@code sxi run}, {@code sxi plan} and {@code sxi demo}. */
package org.xtendsxi.pipeline.run;
