// SPDX-License-Identifier: Apache-2.0
/** What computes extended housekeeping (EHK) from orbit and attitude, for observations that come without it. */
package org.xtendsxi.pipeline.ehk;
