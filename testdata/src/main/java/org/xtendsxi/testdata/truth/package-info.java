// SPDX-License-Identifier: Apache-2.0
/** The truth that a simulation leaves beside its data, and the judgement of reduced events against it. */
package org.xtendsxi.testdata.truth;
