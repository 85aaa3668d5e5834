#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the images of LaboratoryTest with astropy: two exposures of both segments of a CCD and a cube of two dark ones.

Segment AB is stored as it was read, segment CD turned round (overclock on the left, read from node D); the overclock lies
two columns after the active pixels in AB and three in CD. Levels: 1000 and 1010 adu for even and odd RAWX, dark 7 adu.
"""
import numpy as np
from astropy.io import fits

ROWS, PRE, OVER = 24, 3, 6


def segment(gap, planes, events):
    """Pixels in the order of reading; events are (plane, RAWX, RAWY, adu)."""
    extra = gap % 2
    width = PRE + 320 + gap + OVER + extra
    rawx = np.arange(width) - PRE
    rawx[PRE + 320:] -= gap  # overclock continues the parity of the active pixels when an even number is left out
    if extra:
        rawx[PRE + 320:] += 1
    image = np.zeros((planes, ROWS + 1, width)) + np.where(rawx % 2, 1010, 1000)
    image[:, :ROWS, PRE:PRE + 320] += 7
    for plane, x, y, adu in events:
        image[plane, y, PRE + x] += adu
    return image.astype(np.uint16)


def write(name, start, kind, planes, ab, cd):
    primary = fits.PrimaryHDU()
    primary.header.update({"OBJECT": "Fe55", "IMAGETYP": kind, "EXPTIME": 5.0, "DATE-OBS": start})
    a = segment(2, planes, ab)
    d = segment(3, planes, cd)[:, :, ::-1]
    if planes == 1:
        a, d = a[0], d[0]
    hdus = [primary, fits.ImageHDU(a, name="AMPA"), fits.ImageHDU(np.ascontiguousarray(d), name="AMPD")]
    hdus[1].header.update({"DATASEC": "[4:323,1:24]", "BIASSEC": "[326:331,1:25]", "TRIMSEC": "[4:323,1:24]",
                           "CCDSEC": "[1:640,1:48]", "CCDSUM": "2 2", "GAIN": 1.7, "RDNOISE": 5.2})
    hdus[2].header.update({"DATASEC": "[11:330,1:24]", "BIASSEC": "[1:7,1:25]", "TRIMSEC": "[11:330,1:24]",
                           "CCDSEC": "[641:1280,1:48]", "CCDSUM": "2 2", "GAIN": 1.6, "RDNOISE": 5.1})
    fits.HDUList(hdus).writeto(name, overwrite=True)


# RAWX of AB (node A) is ACTX - 1; RAWX of CD (node D) is 640 - ACTX
write("first.fits.gz", "2027-03-01T00:00:00.500", "object", 1, [(0, 99, 10, 500)], [(0, 310, 12, 700)])
write("second.fits.gz", "2027-03-01T00:00:06.500", "object", 1, [(0, 319, 10, 600)], [(0, 319, 10, 100)])
write("dark.fits.gz", "2027-02-28T23:59:40", "dark", 2, [], [])
