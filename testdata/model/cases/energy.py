# SPDX-License-Identifier: Apache-2.0
"""Random cases of the energy step: calibration tables of energy chain, section 11.3, housekeeping, switches."""
import itertools

import numpy as np

import grades
from cases.observation import DURATION, EPOCHS, MISSION, NULL_PHAS, TSTART, Observation, chance
from fitsfile import Column, table, write

SEGMENTS = list(itertools.product(range(4), range(2), range(2)))
STEPS = ("PHAS_EVENODD", "PHAS_TRAILCORR", "PHAS_CTICORR")


def make(rng, folder):
    """(task, parameters) of a random run; its files are in `folder`."""
    rows = 0 if chance(rng, 0.02) else int(rng.integers(1, 700))
    observation = Observation(rng, rows)
    start = str(rng.choice(STEPS + ("PHA",))) if chance(rng, 0.15) else "PHAS"
    parameters = _switches(rng, start)
    _bend(observation)
    extra = _debug_columns(rng, observation) if start in STEPS or chance(rng, 0.2) else []
    parameters["infile"] = observation.write(folder / "ev.fits", *extra, signed_outer=chance(rng, 0.5))
    parameters |= _housekeeping(rng, folder)
    epochs = list(EPOCHS)
    if chance(rng, 0.15):
        epochs[2] = TSTART
    parameters["vtevnoddfile"] = write(folder / "vt.fits", _even_odd(rng, epochs))
    parameters["chtrailfile"] = write(folder / "trail.fits", *(_trail(rng, epochs, m) for m in (1, 2)))
    parameters["ctifile"] = write(folder / "cti.fits", *(_cti(rng, epochs, m) for m in (1, 2)), _anomalies(rng))
    parameters["spthfile"] = write(folder / "spth.fits", _split(rng, epochs))
    parameters["gainfile"] = write(folder / "gain.fits", *(_gain(rng, epochs, m) for m in (1, 2)))
    parameters["patternfile"] = write(folder / "pattern.fits", _patterns(rng))
    return "sxipi", parameters


def _switches(rng, start):
    p = {name: "no" for name in ("evnoddcor", "chtrailcor", "cticor", "gaincor", "spthiter", "spthcaldb")
         if chance(rng, 0.12)}
    p["ctigrade"] = "no" if chance(rng, 0.3) else "yes"
    p["debugcol"] = "no" if start == "PHAS" and chance(rng, 0.15) else "yes"
    p["copygrade"] = "yes" if chance(rng, 0.2) else "no"
    p["badpixopt"] = str(rng.choice([1, 2, 2, 3]))
    p["randomize"] = "yes" if chance(rng, 0.4) else "no"
    p["seed"] = str(rng.choice([-1457, 1, 123456, -5, 2147483647]))
    p["startcol"] = start
    numbers = dict(phcut=round(rng.uniform(1, 300), 2), negthre=-int(rng.integers(1, 40)),
                   evtthre=int(rng.integers(0, 100)), deltatime=int(rng.choice([3, 4, 12, 20])),
                   spthoffset=round(rng.uniform(3, 40), 2), spthslope=round(rng.uniform(-0.5, 1.9), 2))
    for name, value in numbers.items():
        if chance(rng, 0.2) or name.startswith("spth") and p.get("spthcaldb") == "no":
            p[name] = str(value)
    return p


def _bend(observation):
    """Values that the range checks and the arithmetic must survive."""
    o, rng, n = observation, observation.rng, observation.rows
    other_node = rng.random(n) < 0.1
    o.columns["READNODE"] = np.where(other_node, 1 - o.columns["READNODE"], o.columns["READNODE"])
    o.columns["ACTX"] = np.where(other_node, _mirrored(o.columns["ACTX"]), o.columns["ACTX"])
    o.columns["PHAS"] = np.clip(o.columns["PHAS"] * rng.choice([0.3, 1, 1, 4]), -32767, 32767).astype(int)
    o.replace("PHAS", 0.003, 0, -5001, NULL_PHAS, 32767, -1, 4095)
    o.columns["PHAS_MASK"] = (rng.random((n, 9)) < rng.uniform(0, 0.05)) * rng.integers(1, 3, (n, 9))
    for name, values in dict(ADCAVE=(255, -1), CCD_ID=(255,), READNODE=(255, 2), RAWX=(-1, 320), ACTY=(-1, 0, 641),
                             SEGMENT=(255,)).items():
        o.replace(name, 0.004, *values)
    if chance(rng, 0.3):
        o.columns["TIME"] += rng.choice([0.0, 0.01, 1.3])
    if chance(rng, 0.1):
        o.columns["TIME"] = rng.permutation(o.columns["TIME"])


def _mirrored(x):
    return np.where(x <= 320, 321 - x, 961 - x)


def _debug_columns(rng, observation):
    """Columns of an earlier run, with nulls and zeros."""
    columns, nulls = [], 0.002 if chance(rng, 0.2) else 0.0
    for name in STEPS:
        values = observation.columns["PHAS"] + rng.random((observation.rows, 9))
        values[rng.random(values.shape) < 0.002] = 0.0
        values[rng.random(values.shape) < nulls] = np.nan
        columns.append(Column(name, "9D", values))
    return columns


def _housekeeping(rng, folder):
    """Video temperatures, about one row each 4 s with gaps and null times (section 6.1)."""
    if chance(rng, 0.07):
        return dict(hkfile="NONE")
    phase = rng.choice([0.0, 0.25, 1.3])
    start, stop = (rng.uniform(0, 300), rng.uniform(0, 300)) if chance(rng, 0.4) else (-40, -40)
    time = TSTART + np.arange(np.floor(start / 4) * 4, DURATION - stop, 4.0) + phase
    time = time[(rng.random(len(time)) > rng.uniform(0, 0.4)) | (np.arange(len(time)) % 200 == 0)]
    if chance(rng, 0.3):
        time[rng.random(len(time)) < 0.03] = np.nan
    boards = [str(b) for b in rng.choice(list("AB"), 4)] if chance(rng, 0.5) else list("ABBB")
    stem = str(rng.choice(["SXI_USR_HKTBL_", "OTHER_"]))
    extension = str(rng.choice(["HK_SXI_USR_USER_HK1", "HK_OTHER"]))
    columns = [Column("TIME", "1D", time)]
    for unit, board in itertools.product((1, 2), "AB"):
        wave = 12 + 6 * np.sin(np.arange(len(time)) / rng.uniform(20, 200)) + rng.uniform(-8, 8)
        columns.append(Column(f"{stem}MIO{unit}_VT_{board}_CAL", "1D", wave + rng.normal(0, 0.05, len(time))))
    hdu = table(extension, columns, dict(MISSION, TSTART=TSTART - 40, TSTOP=TSTART + DURATION + 40))
    return dict(hkfile=write(folder / "hk.fits", hdu), hkext=extension, hkcolstem=stem, hkvideoid=",".join(boards))


def _keyed(name, keys, names, epochs, values, header, rng, missing=0.0):
    """A table of rows for every epoch and key; `values` gives arrays of (rows,) or (rows, elements) by column."""
    rows = [(epoch, *key) for epoch in epochs for key in keys]
    columns = [Column("TIME", "1D", np.array([r[0] for r in rows]))]
    columns += [Column(k, "1B", np.array([r[i + 1] for r in rows])) for i, k in enumerate(names)]
    columns += [Column(k, v[0], v[1](len(rows))) for k, v in values.items()]
    keep = rng.random(len(rows)) >= missing
    keep[::len(keys)] = True
    columns = [Column(c.name, c.format, c.values[keep]) for c in columns]
    return table(name, columns, MISSION | header)


def _uniform(rng, low, high):
    return "1D", lambda n: rng.uniform(low, high, n)


def _even_odd(rng, epochs):
    keys = [(*s, a, e) for s in SEGMENTS for a in range(3) for e in range(2)]
    above = 0.03 if chance(rng, 0.1) else 0.0  # a power of a negative number: NaN
    values = dict(VT_GAIN_NORM=_uniform(rng, -3, 0.3),
                  VT_GAIN_INDEX=("1D", lambda n: np.where(rng.random(n) < 0.5, rng.uniform(0.8, 1.2, n),
                                                          np.round(rng.uniform(1, 2, n)))),
                  VT_GAIN_OFFSET=("1D", lambda n: np.where(rng.random(n) < above, 10.0, -40.0)),
                  GAIN_OFFSET=_uniform(rng, -4, 4), GAIN_LINR=_uniform(rng, 0.9, 1.1),
                  GAIN_QUAD=_uniform(rng, -6e-7, 6e-7))
    header = dict(VT_MIN=-20.0, VT_MAX=rng.uniform(5, 25), VT_REF=rng.uniform(5, 15), PH_REF=rng.uniform(500, 1500))
    return _keyed("VT_EVEN_ODD", keys, ("CCD_ID", "SEGMENT", "READNODE", "ADCAVE", "EVEN_ODD"), epochs, values, header,
                  rng, missing=rng.choice([0, 0, 0.05]))


def _trail(rng, epochs, mode):
    values = dict(NORM_H=_uniform(rng, -3e-6, 3e-5), NORM_V=_uniform(rng, 2e-6, 5e-5),
                  INDEX_H=_uniform(rng, -0.6, -0.1), INDEX_V=_uniform(rng, -0.5, -0.1),
                  OFFSET_H=_uniform(rng, -5, 130), OFFSET_V=_uniform(rng, 0, 60), PH_CUT=_uniform(rng, 10, 200),
                  ESLOPE=_uniform(rng, -3e-4, 3e-4), EOFFSET=_uniform(rng, -1, 1))
    header = dict(PH_REF=rng.uniform(500, 1500), DATAMODE=f"WINDOW{mode}", CISTATUS=1)
    return _keyed(f"CHARGE_TRAIL_{mode}", SEGMENTS, ("CCD_ID", "SEGMENT", "READNODE"), epochs, values, header, rng,
                  missing=rng.choice([0, 0, 0.05]))


def _cti(rng, epochs, mode):
    real = str(rng.choice(["E", "D"]))

    def columns(low, high, spread):
        return f"320{real}", lambda n: rng.uniform(low, high, (n, 1)) * (1 + spread * rng.standard_normal((n, 320)))

    def four(low, high):
        return "4D", lambda n: rng.uniform(low, high, (n, 4))

    values = {}
    for term, norm in (("F", 3e-5), ("S", 1e-5), ("A", 1e-4)):
        values |= {f"PARA_{term}_NORM": columns(norm / 10, norm, 0.05), f"PARA_{term}_PROB": columns(0, 0.8, 0.02),
                   f"PARA_{term}_SCALE": columns(20, 200, 0.02), f"PARA_{term}_INDEX": columns(-0.8, -0.1, 0.02)}
    values["GFACTOR"] = four(0.5, 2)
    for band, order, scale in (("AL", 4, 5.0), ("AM", 4, 5.0), ("AH", 1, 5.0)):
        for n in range(order):
            values[f"GOFFSET_{band}{n}"] = four(-scale / 1000**n, scale / 1000**n)
    values |= dict(GOFFSET_EBL=_uniform(rng, 200, 500), GOFFSET_EBH=_uniform(rng, 1500, 2700),
                   PH_CUT=_uniform(rng, 5, 150))
    header = dict(PH_REF=rng.uniform(500, 1500), DATAMODE=f"WINDOW{mode}", CISTATUS=1)
    return _keyed(f"CTI_{mode}", SEGMENTS, ("CCD_ID", "SEGMENT", "READNODE"), epochs, values, header, rng)


def _anomalies(rng):
    """Anomalous stretches of columns, short and long, in any order of rows."""
    ccd, x = (a.ravel() for a in np.meshgrid(np.arange(4), np.arange(1, 641), indexing="ij"))
    n, order = len(x), rng.permutation(len(x))
    has = rng.random(n) < rng.uniform(0, 0.6)
    low = rng.integers(1, 600, n)
    high = np.minimum(640, low + rng.integers(1, rng.choice([40, 300]), n))
    values = dict(CCD_ID=ccd, ACTX=x, ANOMALY_MIN=np.where(has, low, 0), ANOMALY_MAX=np.where(has, high, 0))
    return table("ANOMALY_REGION", [Column(k, "1I", v[order]) for k, v in values.items()], MISSION)


def _split(rng, epochs):
    values = dict(SPTH_OFFSET=_uniform(rng, 2, 40), SPTH_LINR=_uniform(rng, -0.01, 0.06))
    return _keyed("SPLIT_TH", SEGMENTS, ("CCD_ID", "SEGMENT", "READNODE"), epochs, values, {}, rng,
                  missing=rng.choice([0, 0, 0.05]))


def _gain(rng, epochs, mode):
    values = {}
    for band, quad in (("LOW", 3e-6), ("MED", 1e-6), ("HI", 5e-7)):
        values |= {"OFFSET_" + band: _uniform(rng, -5, 5), "LINR_" + band: _uniform(rng, 0.9, 1.1),
                   "QUAD_" + band: _uniform(rng, -quad, quad)}
    values |= dict(BOUND_LM=_uniform(rng, 200, 400), BOUND_MH=_uniform(rng, 1200, 1800))
    header = dict(DATAMODE=f"WINDOW{mode}", CISTATUS=1)
    return _keyed(f"GAIN_{mode}", SEGMENTS, ("CCD_ID", "SEGMENT", "READNODE"), epochs, values, header, rng,
                  missing=rng.choice([0, 0, 0.05]))


def _patterns(rng):
    """The 256 patterns with the centre set, in any order, sometimes with rows missing."""
    pixels = [{i + 1 for i in range(8) if code >> i & 1} for code in rng.permutation(256)]
    if chance(rng, 0.25):
        pixels = [p for p in pixels if not chance(rng, 0.1)]
    values = np.array([[1] + [1 if i in p else 2 for i in range(1, 9)] for p in pixels])
    return table("HIT_PATTERN", [Column("GRADE", "1I", np.array([grades.rule(p) for p in pixels])),
                                 Column("PATTERN", "9I", values)], MISSION)
