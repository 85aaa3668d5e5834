// SPDX-License-Identifier: Apache-2.0
/** From files that grow to rows of the trend store, through the stages of the pipeline. */
package org.xtendsxi.quicklook.ingest;
