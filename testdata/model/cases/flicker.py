# SPDX-License-Identifier: Apache-2.0
"""Random cases of the search for flickering pixels: bright pixels, also at the edges, on any sky level."""
import numpy as np

from cases.observation import DURATION, TSTART, Observation, chance
from fitsfile import Column


def make(rng, folder):
    """(task, parameters) of a random run; its files are in `folder`."""
    rows = int(rng.integers(1, 5000))
    observation = Observation(rng, rows)
    c = observation.columns
    spread = rng.choice([30, 200])
    ccd = rng.integers(0, 4, rows)
    x, y = (np.clip(rng.normal(320, spread, rows).astype(int), 1, 640) for _ in range(2))
    bright = int(rng.integers(1, 15))
    pixel = [rng.choice([1, 640, *rng.integers(1, 641, 8)], bright) for _ in range(2)]
    which = rng.choice(bright, rows, p=rng.dirichlet(np.full(bright, 0.5)))
    flickers = rng.random(rows) < rng.uniform(0.05, 0.7)
    c["ACTX"], c["ACTY"] = np.where(flickers, pixel[0][which], x), np.where(flickers, pixel[1][which], y)
    c["CCD_ID"] = np.where(flickers, rng.integers(0, 4, bright)[which], ccd)
    c["GRADE"] = rng.integers(-1, 12, rows)
    c["PI"] = rng.integers(0, 4097, rows)
    c["TIME"] = np.where(np.isnan(c["TIME"]), np.nan, np.sort(rng.uniform(TSTART, TSTART + DURATION, rows)))
    number = Column("EVENTNUMBER", "1J", np.arange(rows))
    return "searchflickpix", dict(infile=observation.write(folder / "ev.fits", number)) | _switches(rng)


def _switches(rng):
    p = dict(grade=rng.choice(["0", "0,2,3,4,6", "0,1,2,3,4,5,6,7,8,9,10,11"]), cellsize=rng.choice([0, 3, 5, 7, 9]),
             impfac=rng.choice([320.0, 10.0, 1000.0, 50.0]), logprob1=rng.choice([-5.6, -3.0, 1.0]),
             logprob2=rng.choice([-5.6, -2.0, -4.0, 1.0]), iterate=rng.choice(["yes", "no"]),
             bthresh=rng.choice([3, 1, 6]), n_division=rng.choice([1, 1, 2, 5]),
             flagedge=rng.choice(["no", "no", "yes"]), cleanimg=rng.choice(["no", "yes"]))
    p = {name: str(value) for name, value in p.items() if chance(rng, 0.75)}
    for low, high, size in (("chanmin", "chanmax", 4095), ("xmin", "xmax", 640), ("ymin", "ymax", 640),
                            ("firstchip", "lastchip", 3)):
        # Whether cleanimg=yes writes events outside the ranges of the coordinates is not specified.
        if chance(rng, 0.15) and (low == "chanmin" or p.get("cleanimg") != "yes"):
            p[low], p[high] = (str(v) for v in np.sort(rng.integers(min(1, size - 3), size + 1, 2)))
    return p
