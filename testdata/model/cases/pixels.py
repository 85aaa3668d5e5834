# SPDX-License-Identifier: Apache-2.0
"""A mosaic of four CCDs as TelDef keywords and as mask file (events, sections 5, 7.3 and 9.4)."""
import numpy as np

from cases.observation import MISSION, chance
from fitsfile import Column, table

SIZE = 640
DET_CENTRE = 905.5
# Direction of DETX along ACTY and of DETY along ACTX, and the nominal middle of each CCD from that of DET.
SENSE = (1, 1, -1, -1)
MIDDLE = ((-339.0, 339.0), (-339.0, -339.0), (339.0, 339.0), (339.0, -339.0))


def chips(rng):
    """Per CCD ((X_A, X_B, X_C), (Y_A, Y_B, Y_C)) of section 7.3: small random turns and shifts."""
    coefficients = []
    for sense, (mid_x, mid_y) in zip(SENSE, MIDDLE):
        turn = rng.uniform(-0.006, 0.006)
        c, s = sense * np.cos(turn), sense * np.sin(turn)
        shift = rng.uniform(-3, 3, 2)
        half = (SIZE + 1) / 2
        x = (mid_x + shift[0] - (-s + c) * half, -s, c)
        y = (mid_y + shift[1] - (c + s) * half, c, s)
        coefficients.append((x, y))
    return coefficients


def mask(rng, coefficients):
    """The MASK table: boundaries, two calibration-source areas, all rows or some, with rows off the field."""
    ccd, x, y = (a.ravel() for a in np.meshgrid(np.arange(4), np.arange(1, SIZE + 1), np.arange(1, SIZE + 1),
                                                indexing="ij"))
    a = np.array(coefficients)[ccd]
    det_x = DET_CENTRE + a[:, 0, 0] + a[:, 0, 1] * x + a[:, 0, 2] * y
    det_y = DET_CENTRE + a[:, 1, 0] + a[:, 1, 1] * x + a[:, 1, 2] * y
    value = np.zeros(len(x), int)
    value[np.isin(x, (320, 321))] = 3
    for centre in rng.uniform(150, 1650, (3, 2)):
        value[(det_x - centre[0])**2 + (det_y - centre[1])**2 < rng.uniform(40, 120)**2] = 1
    edge = np.isin(x, (1, SIZE)) | np.isin(y, (1, SIZE))
    value[edge] = np.where(value[edge] == 1, 4, 2)
    strange = rng.random(len(x)) < 0.0005
    value[strange] = rng.integers(-1, 6, strange.sum())
    columns = [ccd, x, y, np.floor(det_x + 0.5), np.floor(det_y + 0.5), value]
    if chance(rng, 0.3):
        off = rng.random(len(x)) < 0.001
        columns[int(rng.integers(1, 5))][off] = -1
    keep = rng.random(len(x)) > rng.choice([0, 0, 0.01])
    names = ("CCD_ID", "ACTX", "ACTY", "DETX", "DETY", "VALUE")
    return table("MASK", [Column(n, "1B" if n == "CCD_ID" else "1I", v[keep].astype(int))
                          for n, v in zip(names, columns)], MISSION)
