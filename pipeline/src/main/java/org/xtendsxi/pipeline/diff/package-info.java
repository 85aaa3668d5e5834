// SPDX-License-Identifier: Apache-2.0
/** What differs between two runs, or two files, and why. */
package org.xtendsxi.pipeline.diff;
