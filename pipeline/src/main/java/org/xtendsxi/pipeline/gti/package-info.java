// SPDX-License-Identifier: Apache-2.0
/** Good time from housekeeping rows. */
package org.xtendsxi.pipeline.gti;
