#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Cuts the compact golden response matrix: make_rmf.py COLLECTION (needs astropy)."""
import gzip
import os
import shutil
import sys

import numpy as np
from astropy.io import fits

STEP = 20
root, here = os.path.join(sys.argv[1], 'rmf'), os.path.dirname(os.path.abspath(__file__))
for name, source in (('rmf_wmap', 'wmap.pha'), ('rmf_param', 'rmfparam.fits')):
    target = os.path.join(here, name + '.fits.gz')
    shutil.copyfile(os.path.join(root, 'input', source + '.gz'), target)
    os.chmod(target, 0o644)
with fits.open(os.path.join(root, 'expected', '01_sxirmf.rmf.gz'), memmap=False) as h:
    whole = h['MATRIX']
    columns = []
    for c in whole.columns:
        values = whole.data[c.name]
        if c.format.startswith('P'):
            values = np.array([values[i] for i in range(0, len(values), STEP)] + [None], dtype=object)[:-1]
        else:
            values = values[::STEP]
        columns.append(fits.Column(c.name, c.format.split('(')[0] + '()' * c.format.startswith('P'), array=values))
    cut = fits.BinTableHDU.from_columns(columns, name='MATRIX')
    cut.header['STEP'] = (STEP, 'every so many rows of the matrix')
    cut.header['NUMGRP'], cut.header['NUMELT'] = whole.header['NUMGRP'], whole.header['NUMELT']
    plain = os.path.join(here, 'rmf_out.fits')
    fits.HDUList([fits.PrimaryHDU(), cut, h['EBOUNDS']]).writeto(plain, overwrite=True)
with open(plain, 'rb') as a, open(plain + '.gz', 'wb') as b, gzip.GzipFile('', 'wb', 9, b, 0) as z:
    shutil.copyfileobj(a, z)
os.remove(plain)
