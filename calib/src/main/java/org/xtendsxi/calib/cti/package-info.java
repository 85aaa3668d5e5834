// SPDX-License-Identifier: Apache-2.0
/** Charge-transfer inefficiency from the peaks of lines along ACTY, with the sawtooth of charge injection. */
package org.xtendsxi.calib.cti;
