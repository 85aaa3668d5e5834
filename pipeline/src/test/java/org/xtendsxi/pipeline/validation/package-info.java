// SPDX-License-Identifier: Apache-2.0
/** Simulations reduced by the real program and compared with published numbers (docs/validation-frames.md). */
package org.xtendsxi.pipeline.validation;
