// SPDX-License-Identifier: Apache-2.0
/**
 * Single stages under the names and {@code name=value} parameters of the HEASoft tasks, so that scripts keep running.
 */
package org.xtendsxi.pipeline.task;
