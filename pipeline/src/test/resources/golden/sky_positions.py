#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Directions of sky pixels by astropy.wcs (gnomonic projection), to compare our sky plane with."""
import math
from astropy.wcs import WCS

DEG = math.degrees(0.048 / 5600)
print('ra0,dec0,x,y,ra,dec')
for ra0, dec0 in ((83.633, 22.0145), (266.557125937341, -28.8894110496133), (0.01, 0.0), (359.9, 89.5), (120.0, -75.0)):
    w = WCS(naxis=2)
    w.wcs.ctype = ['RA---TAN', 'DEC--TAN']
    w.wcs.crpix, w.wcs.crval, w.wcs.cdelt = [1215.5, 1215.5], [ra0, dec0], [-DEG, DEG]
    for x, y in ((1215.5, 1215.5), (1.0, 1.0), (2430.0, 1.0), (300.25, 2100.75), (1223.47689070744, 1213.12557342554)):
        ra, dec = w.wcs_pix2world(x, y, 1)
        print('%r,%r,%r,%r,%.13f,%.13f' % (ra0, dec0, x, y, ra, dec))
