// SPDX-License-Identifier: Apache-2.0
/** All tasks against independent models of them (docs/validation-model.md). */
package org.xtendsxi.calib.validation;
