// SPDX-License-Identifier: Apache-2.0
/** One event told from its raw pulse heights to the verdict of the screening. */
package org.xtendsxi.pipeline.explain;
