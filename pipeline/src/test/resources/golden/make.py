#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Cuts the compact golden files from the reference collection: make.py COLLECTION (see ORIGIN.md)."""
import gzip, os, shutil, sys
import numpy as np
from astropy.io import fits

G, HERE = sys.argv[1], os.path.dirname(os.path.abspath(__file__))
KEY = ['TIME', 'CCD_ID', 'SEGMENT', 'READNODE', 'RAWX', 'RAWY', 'ACTX', 'ACTY', 'PHAS_INNER3X3', 'P_OUTER_MOST', 'PROC_STATUS']
COORD = ['ACTX', 'ACTY', 'DETX', 'DETY', 'FOCX', 'FOCY', 'X', 'Y']


def table(path):
    h = fits.open(os.path.join(G, path), memmap=False, uint=False, do_not_scale_image_data=True)
    return h[1]


def column(hdu, name, new=None):
    c = hdu.columns[name]
    return fits.Column(new or name, c.format, unit=c.unit, null=c.null, bzero=c.bzero, array=hdu.data[name])


def write(name, columns, header):
    out = fits.BinTableHDU.from_columns(columns, name='EVENTS')
    for k in header:
        if not k.startswith(('T', 'NAXIS', 'XTENSION', 'BITPIX', 'PCOUNT', 'GCOUNT', 'EXTNAME')) or k in ('TSTART', 'TSTOP', 'TELESCOP'):
            out.header[k] = header[k]
    for i, c in enumerate(out.columns, 1):
        for j, n in enumerate(table_header_names(header), 1):
            if n == c.name:
                for k in ('TLMIN', 'TLMAX'):
                    if k + str(j) in header:
                        out.header[k + str(i)] = header[k + str(j)]
    plain = os.path.join(HERE, name + '.fits')
    fits.HDUList([fits.PrimaryHDU(), out]).writeto(plain, overwrite=True)
    pack(plain)


def table_header_names(header):
    return [header['TTYPE%d' % i] for i in range(1, header['TFIELDS'] + 1)]


def pack(plain):
    with open(plain, 'rb') as a, open(plain + '.gz', 'wb') as f, gzip.GzipFile('', 'wb', 9, f, 0) as b:
        shutil.copyfileobj(a, b)
    os.remove(plain)


def case(name, status_in, status_out, coord, more=()):
    e = table(name + '/input/events.fits.gz')
    cols = [column(e, c) for c in KEY]
    n = len(e.data)
    for path, old, new in ((status_in, 'STATUS', 'STATUS_IN'), (status_out, 'STATUS', 'STATUS_OUT'), (status_out, 'PHAS_MASK', 'MASK_OUT')) + tuple(more):
        h = table(name + '/' + path)
        assert len(h.data) == n
        cols.append(column(h, old, new))
    if coord:
        h = table(name + '/' + coord)
        assert len(h.data) == n
        cols += [column(h, c, c + '_OUT') for c in COORD]
    write(name, cols, e.header)


case('base', 'expected/02_sxiphas.fits.gz', 'expected/03_sxiflagpix_pass1.fits.gz', 'expected/01_coordevt.fits.gz',
     (('expected/05_sxipi_pass2.fits.gz', 'STATUS', 'STATUS_IN2'), ('expected/08_sxiflagpix_pass2.fits.gz', 'STATUS', 'STATUS_OUT2'),
      ('expected/08_sxiflagpix_pass2.fits.gz', 'PHAS_MASK', 'MASK_OUT2'), ('expected/05_sxipi_pass2.fits.gz', 'PI', 'PI'),
      ('expected/05_sxipi_pass2.fits.gz', 'GRADE', 'GRADE')))
case('window', 'expected/02_sxiphas.fits.gz', 'expected/03_sxiflagpix.fits.gz', 'expected/01_coordevt.fits.gz')
# the rows of the edge case for coordinates are a selection; they carry the unrounded positions too
import csv
keep = np.array([r['in_energy_part'] == '1' for r in csv.DictReader(open(os.path.join(G, 'edge/rows.csv')))])
e, x = table('edge/input/events.fits.gz'), table('edge/expected/06_coordevt.fits.gz')
cols = [fits.Column(c, e.columns[c].format, unit=e.columns[c].unit, null=e.columns[c].null, array=e.data[c][keep]) for c in KEY[:6]]
cols += [column(x, c, c + '_OUT') for c in COORD] + [column(x, c + '_FLOAT') for c in COORD]
write('edge', cols, e.header)
for a, b in (('caldb/teldef', 'teldef'), ('caldb/badpix', 'badpix'), ('base/input/hotpix', 'base_hotpix'), ('base/input/att', 'base_att'),
             ('window/input/hotpix', 'window_hotpix'), ('window/input/att', 'window_att'), ('edge/input/att', 'edge_att'),
             ('base/expected/07_searchflickpix', 'base_flickpix'), ('base/expected/03_sxiflagpix_pass1_badpix_image', 'base_image'),
             ('window/expected/03_sxiflagpix_badpix_image', 'window_image')):
    with gzip.open(os.path.join(G, a + '.fits.gz')) as f, open(os.path.join(HERE, b + '.fits'), 'wb') as o:
        shutil.copyfileobj(f, o)
    pack(os.path.join(HERE, b + '.fits'))
m = table('caldb/mask.fits.gz').data
v = m['VALUE'].reshape(4, 640, 640)
assert (m['CCD_ID'].reshape(4, 640, 640) == np.arange(4)[:, None, None]).all()
assert (m['ACTX'].reshape(4, 640, 640) == np.arange(1, 641)[None, :, None]).all()
assert (m['ACTY'].reshape(4, 640, 640) == np.arange(1, 641)[None, None, :]).all()
fits.HDUList([fits.PrimaryHDU(v.astype(np.int16))]).writeto(os.path.join(HERE, 'mask_value.fits'), overwrite=True)
pack(os.path.join(HERE, 'mask_value.fits'))
