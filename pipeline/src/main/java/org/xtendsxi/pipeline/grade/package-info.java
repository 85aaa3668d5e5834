// SPDX-License-Identifier: Apache-2.0
/** Event shape and summed pulse height from the 3x3 and the outer ring. */
package org.xtendsxi.pipeline.grade;
