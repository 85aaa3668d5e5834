// SPDX-License-Identifier: Apache-2.0
/** What happens to the files of a directory. */
package org.xtendsxi.quicklook.watch;
