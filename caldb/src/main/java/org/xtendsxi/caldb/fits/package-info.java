// SPDX-License-Identifier: Apache-2.0
/**
 * FITS files: headers through nom-tam-fits, tables by an own block codec that streams rows to Arrow columns and back.
 *
 * <p>The only package that knows the FITS library. Files are written under a temporary name, synced and renamed, with
 * CHECKSUM and DATASUM in every HDU. One reader or writer per thread.
 */
package org.xtendsxi.caldb.fits;
