# SPDX-License-Identifier: Apache-2.0
"""Random cases of the pixel flags: mask, bad, hot and flickering pixels, echoes, geometry, switches."""
import numpy as np

from cases import pixels
from cases.observation import DURATION, MISSION, NULL_PHAS, TSTART, Observation, actx, chance
from fitsfile import Column, table, write


def make(rng, folder):
    """(task, parameters) of a random run; its files are in `folder`."""
    rows = 0 if chance(rng, 0.05) else int(rng.integers(1, 3000))
    observation = Observation(rng, rows)
    parameters = _switches(rng)
    _crowd(observation)
    if parameters.get("echoflag") == "no":  # the echo search of the original trusts these two
        observation.replace("CCD_ID", 0.01, 255)
        observation.replace("SEGMENT", 0.01, 255)
        observation.replace("READNODE", 0.02, 255, 2)
    if parameters.get("echoflag") == "no" or chance(rng, 0.1):
        observation.replace("RAWX", 0.004, -1, 320)
        observation.replace("RAWY", 0.004, -1, 640)
    parameters["infile"] = observation.write(folder / "ev.fits")
    if chance(rng, 0.9):
        parameters["maskfile"] = write(folder / "mask.fits", pixels.mask(rng, pixels.chips(rng)))
        parameters["outbadimg"] = str(folder / "image.fits")
    else:
        parameters["maskfile"] = "NONE"
    parameters["badpixfile"] = write(folder / "bad.fits", _bad(rng)) if chance(rng, 0.9) else "NONE"
    parameters["hotpixfile"] = write(folder / "hot.fits", _hot(rng)) if chance(rng, 0.8) else "NONE"
    parameters["flickpixfile"] = write(folder / "flick.fits", _flickering(rng)) if chance(rng, 0.5) else "NONE"
    if chance(rng, 0.2):
        parameters["gtifile"] = write(folder / "gti.fits", _gti(rng))
    if chance(rng, 0.3):
        parameters["outbadpix"] = str(folder / "list.fits")
    return "sxiflagpix", parameters


def _switches(rng):
    p = dict(npixnbr=rng.integers(0, 4), nboundnbr=rng.integers(0, 4), citrailnbr=rng.integers(0, 5),
             ciprenbr=rng.integers(0, 5), echonbr=rng.integers(0, 4), echomin=rng.integers(0, 8),
             echospth=rng.integers(5, 40), echofrac=round(rng.uniform(0.2, 0.9), 2),
             echoflag="yes" if chance(rng, 0.8) else "no", copyphas="yes" if chance(rng, 0.7) else "no",
             resetflags="yes" if chance(rng, 0.7) else "no")
    p = {name: str(value) for name, value in p.items() if chance(rng, 0.6)}
    if chance(rng, 0.4):
        p["bad_status"] = str(rng.choice(["3:12,16:20,25:28,30,37", "6:9", "2,14,21:23", "1,31:36,48"]))
    return p


def _crowd(observation):
    """Rows in one small patch, so that echoes arise, and rows that are off the chip."""
    o, rng, n, h = observation, observation.rng, observation.rows, observation.header
    c = o.columns
    patch = rng.random(n) < 0.3
    c["RAWX"] = np.where(patch, rng.integers(40, 46, n), c["RAWX"])
    c["RAWY"] = np.where(patch, rng.integers(100, 106, n), c["RAWY"])
    c["ACTX"] = actx(c["RAWX"], c["SEGMENT"], c["READNODE"])
    c["ACTY"] = c["RAWY"] % h["WIN_SIZE"] + h["WIN_ST"]
    outside = (c["CCD_ID"] > 1) & (h["WIN_SIZE"] < 640)
    c["ACTY"] = np.where(outside, c["RAWY"] + 1, c["ACTY"])
    c["PHAS"] = rng.integers(-20, 60, (n, 9))
    c["PHAS"][patch & (rng.random(n) < 0.9), 5] = 80
    c["PHAS_MASK"] = (rng.random((n, 9)) < 0.1).astype(int)
    o.replace("PHAS_INNER3X3", 0.003, NULL_PHAS, 32767, -32767)
    o.replace("ACTX", 0.004, -1, 0, 641)
    o.replace("ACTY", 0.004, -1, 0, 641)
    c["TIME"] = np.where(np.isnan(c["TIME"]), np.nan, np.sort(rng.uniform(TSTART, TSTART + DURATION, n)))


def _bad(rng):
    """Two or three blocks; columns that reach the last row; the same pixel twice."""
    rows = []
    for epoch in (15e6, 31_536_000.0) + ((2e8,) if chance(rng, 0.2) else ()):
        for _ in range(int(rng.integers(1, 12))):
            y = int(rng.integers(1, 641))
            extent = 1 if chance(rng, 0.6) else int(rng.integers(1, 642 - y))
            x = int(rng.choice([1, 2, 320, 321, 640, int(rng.integers(1, 641))]))
            rows.append((epoch, int(rng.integers(0, 4)), x, y, extent))
    columns = np.array(rows).T
    return table("BADPIX", [Column("TIME", "1D", columns[0]), Column("CCD_ID", "1B", columns[1].astype(int)), *(
        Column(n, "1I", columns[i].astype(int)) for i, n in ((2, "ACTX"), (3, "ACTY"), (4, "YEXTEND")))], MISSION)


def _some_pixels(rng, n):
    return [Column("CCD_ID", "1B", rng.integers(0, 4, n)),
            Column("ACTX", "1I", rng.choice([1, 320, 640, *rng.integers(1, 641, 20)], n)),
            Column("ACTY", "1I", rng.choice([1, 2, 640, *rng.integers(1, 641, 20)], n))]


def _hot(rng):
    n = int(rng.integers(0, 200))
    time = rng.uniform(TSTART - 2e5, TSTART + DURATION + 2e5, n)
    return table("HOTPIX", [Column("TIME", "1D", time), *_some_pixels(rng, n)], MISSION)


def _flickering(rng):
    n = int(rng.integers(0, 60))
    start = rng.uniform(TSTART - 500, TSTART + DURATION + 500, n)
    return table("PIXELS", [Column("START", "1D", start), Column("STOP", "1D", start + 100), *_some_pixels(rng, n),
                            Column("COUNTS", "1I", rng.integers(1, 99, n)),
                            Column("PI", "1I", rng.integers(0, 4096, n))], MISSION)


def _gti(rng):
    edges = np.sort(rng.uniform(TSTART, TSTART + DURATION, 2 * int(rng.integers(1, 5)))).reshape(-1, 2)
    return table("GTI", [Column("START", "1D", edges[:, 0]), Column("STOP", "1D", edges[:, 1])], MISSION)
