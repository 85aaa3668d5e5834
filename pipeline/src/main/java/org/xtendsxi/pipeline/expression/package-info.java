// SPDX-License-Identifier: Apache-2.0
/** The row-filter language of FTOOLS (events-coords-screening section 12.4) over the columns of a table. */
package org.xtendsxi.pipeline.expression;
