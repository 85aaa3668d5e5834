// SPDX-License-Identifier: Apache-2.0
/** Event lists for other programs: Arrow IPC files. */
package org.xtendsxi.pipeline.export;
