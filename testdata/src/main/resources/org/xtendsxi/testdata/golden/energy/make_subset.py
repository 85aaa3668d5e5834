#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Cuts the golden cases of the energy chain down to the rows and columns kept here.
usage: make_subset.py COLLECTION OUTPUT     COLLECTION holds caldb/ and the cases, each with case.json, input/, expected/"""
import csv, gzip, json, os, re, sys
import numpy as np
from astropy.io import fits

coll, out = sys.argv[1], sys.argv[2]
COLUMNS = ['TIME', 'CCD_ID', 'SEGMENT', 'READNODE', 'ADCAVE', 'RAWX', 'RAWY', 'ACTX', 'ACTY', 'PHAS_INNER3X3',
           'PHAS_OUTER5X5', 'P_OUTER_MOST', 'PHAS', 'PHASALL', 'PHAS_MASK', 'PHA', 'PI', 'GRADE', 'STATUS', 'PROC_STATUS']
ROWS = {'base': 900, 'window': 400, 'noci': 400, 'badpix1': 200, 'badpix2': 300, 'badpix3': 200, 'switches': 150}
CALDB = ['vtevnodd', 'chtrail', 'cti', 'spth', 'gain', 'pattern']


def write(hdus, path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    tmp = path[:-3]
    fits.HDUList([fits.PrimaryHDU()] + hdus).writeto(tmp, overwrite=True)
    with open(tmp, 'rb') as a, open(path, 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, 0) as b:
        b.write(a.read())
    os.remove(tmp)


def cut(path, rows, columns):
    """the table of a file with some rows and columns, limits kept"""
    with fits.open(path, memmap=False, do_not_scale_image_data=True, uint=False) as h:
        t = next(x for x in h if isinstance(x, fits.BinTableHDU))
        names = [c for c in t.columns.names if columns is None or c in columns]
        new = fits.BinTableHDU.from_columns(fits.ColDefs([t.columns[n] for n in names]))
        new = fits.BinTableHDU(new.data[rows], name=t.name)
        kept = ('TLMIN', 'TLMAX', 'TNULL', 'TUNIT')
        for i, n in enumerate(names, 1):
            old = t.columns.names.index(n) + 1
            for k in kept:
                if k + str(old) in t.header:
                    new.header[k + str(i)] = t.header[k + str(old)]
        for c in t.header.cards:
            if c.keyword and c.keyword[0] != 'T' and c.keyword not in new.header and not re.match('C\\dS', c.keyword):
                new.header.append(c)
        for k in ('TELESCOP', 'TSTART', 'TSTOP', 'TIMESYS', 'TIMEUNIT'):
            if k in t.header:
                new.header[k] = t.header[k]
        return new


for name in CALDB:
    with fits.open(os.path.join(coll, 'caldb', name + '.fits.gz'), memmap=False) as h:
        hdus = []
        for t in h[1:]:
            if 'TIME' in t.columns.names and name == 'cti':          # the block that applies is enough
                times = np.unique(t.data['TIME'])
                t = fits.BinTableHDU(t.data[t.data['TIME'] == times[-1]], header=t.header)
            hdus.append(t)
        write(hdus, os.path.join(out, 'caldb', name + '.fits.gz'))

for case in ['base', 'window', 'noci', 'badpix1', 'badpix2', 'badpix3', 'edge', 'switches', 'randomize']:
    j = json.load(open(os.path.join(coll, case, 'case.json')))
    source = os.path.join(coll, case, 'input', 'events.fits.gz')
    with fits.open(source, memmap=False) as h:
        n, actx = len(h[1].data), np.asarray(h[1].data['ACTX'])
    if case == 'edge':
        rows = np.array([int(r['EVENTNUMBER']) for r in csv.DictReader(open(os.path.join(coll, case, 'rows.csv')))
                         if r['in_energy_part'] == '1'])
    elif case == 'randomize':
        rows = np.arange(300)                                         # deviates follow the order of rows
    else:
        rng = np.random.default_rng(1)
        border = np.flatnonzero((actx == 320) | (actx == 321))[:ROWS[case] // 5]
        rest = rng.permutation(np.setdiff1d(np.arange(n), border))[:ROWS[case] - len(border)]
        rows = np.sort(np.concatenate([border, rest]))
    write([cut(source, rows, COLUMNS)], os.path.join(out, case, 'input', 'events.fits.gz'))
    with fits.open(os.path.join(coll, case, 'input', 'hk.fits.gz'), memmap=False) as h:
        write([h[1]], os.path.join(out, case, 'input', 'hk.fits.gz'))
    steps, selected = [], False
    for s in j['steps']:
        if s['tool'] in ('sxiphas', 'sxiflagpix', 'sxipi') and s['step'][:2] not in ('08',):
            early = case == 'edge' and s['tool'] != 'sxipi'           # made before the rows were selected
            pick = rows if early or case != 'edge' else np.arange(len(rows))
            keep = [c for c in s['compare'] if c != 'image']
            write([cut(os.path.join(coll, case, s['expected']), pick, keep)], os.path.join(out, case, s['expected']))
            p = dict(s['parameters'])
            if case == 'edge' and p['infile'] == 'f1e.evt':
                p['infile'] = 'f1.evt'
            if p['infile'] == 'c.evt':
                p['infile'] = 'events.fits'
            steps.append({'step': s['step'], 'tool': s['tool'], 'parameters': p, 'expected': s['expected']})
    with open(os.path.join(out, case, 'case.json'), 'w') as f:
        json.dump({'case': case, 'inputs': {'events.fits': 'input/events.fits.gz', 'hk.fits': 'input/hk.fits.gz'},
                   'steps': steps}, f, indent=1)
        f.write('\n')
