// SPDX-License-Identifier: Apache-2.0
/** A downlink: the files of an observation arrive row by row, at a multiple of the rate at which they were taken. */
package org.xtendsxi.testdata.downlink;
