// SPDX-License-Identifier: Apache-2.0
/** Frames of whole cycles, made in parallel and delivered in time order. */
package org.xtendsxi.testdata.frames;
