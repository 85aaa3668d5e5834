// SPDX-License-Identifier: Apache-2.0
/** Speed: synthetic frames and events in memory, the work that is timed, and the command {@code sxi bench}. */
package org.xtendsxi.pipeline.bench;
