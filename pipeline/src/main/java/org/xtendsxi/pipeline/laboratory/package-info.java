// SPDX-License-Identifier: Apache-2.0
/**
 * Images of a laboratory with NOAO keywords become frames of the pipeline (contract, section 3; docs/laboratory.md).
 */
package org.xtendsxi.pipeline.laboratory;
