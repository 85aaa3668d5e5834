// SPDX-License-Identifier: Apache-2.0
/** Which events are good enough for science. */
package org.xtendsxi.pipeline.screening;
