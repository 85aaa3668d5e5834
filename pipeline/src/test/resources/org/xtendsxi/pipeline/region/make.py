#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes cases.csv: how many pixels each region of cases.txt holds by the region filter of CFITSIO (fitscopy)
on a sky field made with astropy.

Field: 2430 x 2430, tangent plane at RA 83.633, Dec 22.0145, 1.7679840 arcsec per pixel, rotation as given per case. To keep
the table small only every 7th pixel in x and every 5th in y is judged (347 x 486 rows)."""
import csv, os, subprocess, sys, tempfile
import numpy as np
from astropy.io import fits

HERE = os.path.dirname(os.path.abspath(__file__))
RA, DEC, CEN, SCALE = 83.633, 22.0145, 1215.5, 1.7679840 / 3600
x, y = np.meshgrid(np.arange(4, 2431, 7), np.arange(3, 2431, 5))
x, y = x.ravel(), y.ravel()


def table(path, rot):
    t = fits.BinTableHDU.from_columns([
        fits.Column('X', '1I', array=x), fits.Column('Y', '1I', array=y),
        fits.Column('DETX', '1I', array=x), fits.Column('DETY', '1I', array=y)], name='EVENTS')
    h = t.header
    for n, (kind, val, d) in enumerate((('RA---TAN', RA, -SCALE), ('DEC--TAN', DEC, SCALE)), 1):
        h['TCTYP%d' % n], h['TCRPX%d' % n], h['TCRVL%d' % n], h['TCDLT%d' % n] = kind, CEN, val, d
        h['TLMIN%d' % n], h['TLMAX%d' % n] = 1, 2430
        h['TCUNI%d' % n] = 'deg'
    h['TCROT2'] = rot
    fits.HDUList([fits.PrimaryHDU(), t]).writeto(path, overwrite=True)


def main():
    rows = []
    with tempfile.TemporaryDirectory() as tmp:
        os.chdir(tmp)
        for line in open(os.path.join(HERE, 'cases.txt'), encoding='utf-8'):
            if line.startswith('#') or not line.strip():
                continue
            name, rot, region = [s.strip() for s in line.split('|', 2)]
            table('f.fits', float(rot))
            open('r.reg', 'w').write(region.replace(' / ', '\n') + '\n')
            subprocess.run(['fitscopy', 'f.fits[EVENTS][regfilter("r.reg",X,Y)]', '!o.fits'], check=True,
                           stdout=sys.stderr)
            with fits.open('o.fits') as f:
                d = f['EVENTS'].data
                rows.append((name, len(d), int(d['X'].astype(np.int64).sum()), int(d['Y'].astype(np.int64).sum())))
    with open(os.path.join(HERE, 'cases.csv'), 'w', newline='') as f:
        w = csv.writer(f, lineterminator='\n')
        w.writerow(['name', 'pixels', 'sumx', 'sumy'])
        w.writerows(rows)


main()
