// SPDX-License-Identifier: Apache-2.0
/** What makes a run repeatable: clock, host, software version, digests. The only place that reads the environment. */
package org.xtendsxi.caldb.provenance;
