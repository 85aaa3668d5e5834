// SPDX-License-Identifier: Apache-2.0
/** Random streams that depend on seed and place only, never on threads, and the fast noise of pixels. */
package org.xtendsxi.testdata.random;
