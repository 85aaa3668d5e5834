// SPDX-License-Identifier: Apache-2.0
/** What a person looks at: product files with their plots, and the report page of a run. */
package org.xtendsxi.pipeline.report;
