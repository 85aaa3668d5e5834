// SPDX-License-Identifier: Apache-2.0
/** What is simulated: every number of the forward simulator, with its default. */
package org.xtendsxi.testdata.config;
