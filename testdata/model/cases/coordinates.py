# SPDX-License-Identifier: Apache-2.0
"""Random cases of the coordinates: TelDef, attitude with gaps and short ends, start and stop systems, windows."""
import itertools
import math

import numpy as np
from astropy.io import fits

import coordinates
from cases import pixels
from cases.observation import DURATION, MISSION, TSTART, Observation, chance
from fitsfile import Column, table, write

SIZES = dict(RAW=(320, 640), ACT=(640, 640), DET=(1810, 1810), FOC=(2430, 2430), SKY=(2430, 2430))
WINDOWS = ((0, 640), (1, 160), (1, 80), (1, 40))


def make(rng, folder):
    """(task, parameters) of a random run; its files are in `folder`."""
    observation = Observation(rng, 0 if chance(rng, 0.05) else int(rng.integers(1, 1500)))
    h = observation.header
    h["RA_NOM"], h["DEC_NOM"] = rng.uniform(0, 360), math.degrees(math.asin(rng.uniform(-1, 1)))
    h["PA_NOM"] = rng.uniform(0, 360)
    for name, values in dict(RAWX=(-1,), RAWY=(-1,), READNODE=(2, 255), SEGMENT=(255,)).items():
        observation.replace(name, 0.004, *values)
    parameters = dict(infile=observation.write(folder / "ev.fits"), teldeffile=_teldef(rng, folder))
    parameters |= _attitude(rng, folder, h) | _switches(rng, h)
    if chance(rng, 0.25):
        parameters |= _aberration(rng, folder)
    if parameters["attfile"] == "NONE":  # the original needs an attitude for SKY
        parameters["stopsys"] = "FOC"
    return "coordevt", parameters


def _switches(rng, h):
    p = dict(randomize=str(rng.choice(["no", "TELDEF", "yes"])), seed=str(rng.integers(1, 1000)))
    p["startsys"] = str(rng.choice(["LOWEST", "LOWEST", "RAW", "ACT"]))
    p["stopsys"] = str(rng.choice(["HIGHEST", "HIGHEST", "SKY", "FOC", "DET"]))
    p["blankcol"] = "no" if chance(rng, 0.2) else "yes"
    p["inclfloatcol"], p["inclfloatskycol"] = ("yes" if chance(rng, 0.7) else "no" for _ in range(2))
    if chance(rng, 0.3):
        p["ra"], p["dec"] = repr(h["RA_NOM"] + rng.uniform(0, 0.05)), repr(h["DEC_NOM"])
        p["ra"] = repr(min(float(p["ra"]), 360.0))
    return p


def _teldef(rng, folder):
    """Keywords of section 7.1 and the table of section 7.2; chips turned and shifted by chance."""
    h = fits.Header()
    h.update(MISSION)
    h["TD_VERS"], h["NCOORDS"] = 0.2, 5
    for k, system in enumerate(SIZES):
        h[f"COORD{k}"] = system
        first = 0.0 if system == "RAW" else 1.0
        h[system + "XPIX1"] = h[system + "YPIX1"] = first
        h[system + "_XSIZ"], h[system + "_YSIZ"] = SIZES[system]
        if system != "SKY":
            h[system + "_XSCL"] = h[system + "_YSCL"] = 0.048
            h[system + "_UNIT"] = "mm"
    h["SKY_XCOL"], h["SKY_YCOL"], h["SKY_UNIT"] = "X", "Y", "deg"
    for k, kind in enumerate(("MULTISEG", "RAWTODET", "BASIC", "SKYATT")):
        h[f"TRTYPE{k}"] = kind
    h["ACT_NSEG"], h["SEG_COL"], h["INT_XCEN"], h["INT_YCEN"] = 4, "CCD_ID", 0.0, 0.0
    for ccd, axes in enumerate(pixels.chips(rng)):
        for axis, letters in zip("XY", axes):
            for letter, value in zip("ABC", letters):
                h[f"CO1_{axis}{ccd}_{letter}"] = value
    h["DET_XOFF"], h["DET_YOFF"], h["DET_SCAL"], h["DET_ROTD"] = 0.0, 0.0, 1.0, 0.0
    h["DETXFLIP"], h["DETYFLIP"] = 1, 1
    h["FOC_XOFF"], h["FOC_YOFF"] = rng.uniform(-180, -130, 2)
    h["FOC_SCAL"], h["FOC_ROTD"] = 1.0, rng.choice([0.0, rng.uniform(-1, 1)])
    h["FOCXFLIP"], h["FOCYFLIP"] = 1, int(rng.choice([-1, 1]))
    h["FOCALLEN"] = rng.choice([5600.0, 5598.7])
    small = coordinates.rotation(coordinates.normal((*rng.uniform(-2e-3, 2e-3, 3), 1.0)))
    for i, j in itertools.product(range(3), repeat=2):
        h[f"FOC_M{i + 1}{j + 1}"] = small[j, i]
    if chance(rng, 0.8):
        h["RANCOORD"] = str(rng.choice(["NONE", "RAW", "ACT", "DET", "FOC"]))
    h["OPTCOORD"], h["OPTAXISX"], h["OPTAXISY"] = "DET", 745.2, 752.8
    hdu = _segments()
    primary = fits.PrimaryHDU(header=h)
    path = folder / "teldef.fits"
    fits.HDUList([primary, hdu]).writeto(path)
    return str(path)


def _segments():
    """Section 7.2: ACTX rises with RAWX for nodes A and C; blocks of WIN_SIZE rows fold onto the window."""
    rows = []
    for segment, node, (option, size) in itertools.product((0, 1), (0, 1), WINDOWS):
        rising = segment == node
        low = 1 + 320 * segment
        rows.append((segment, node, option, size, low if rising else low + 319, 1 if rising else -1, 0, 1000, 0,
                     0, 0, 1, size, 0))
    names = [f"PROPERTY{k}" for k in range(4)] + [f"COEFF_{a}_{c}" for a in "XY" for c in "ABCDE"]
    columns = [Column(n, "1I" if k < 4 else "1D", np.array([r[k] for r in rows])) for k, n in enumerate(names)]
    header = dict(MISSION, NPROP=4, PROP0="SEGMENT", PROP1="READNODE", PROP2="WINOPT", PROP3="WIN_SIZE",
                  WINOFFX="NONE", WINOFFY="WIN_ST")
    return table("MULTISEG0_COEFF", columns, header)


def _attitude(rng, folder, h):
    """A pointing that wanders by an arc minute about the nominal one, as quaternions or Euler angles."""
    if chance(rng, 0.1):
        return dict(attfile="NONE")
    step = rng.choice([4.0, 8.0, 64.0])
    start, stop = (rng.uniform(-60, 400, 2) if chance(rng, 0.5) else (-40.0, -40.0))
    time = np.arange(TSTART + start, TSTART + DURATION - stop, step)
    keep = rng.random(len(time)) > rng.choice([0, 0, 0.3])
    keep[[0, -1]] = True
    time = time[keep]
    phase = time / rng.uniform(50, 900)
    ra = h["RA_NOM"] + 0.01 * np.sin(phase) / max(0.05, math.cos(math.radians(h["DEC_NOM"])))
    dec = np.clip(h["DEC_NOM"] + 0.01 * np.cos(1.3 * phase), -89.9, 89.9)
    roll = h["PA_NOM"] + rng.choice([0.02, 2.0]) * np.sin(0.4 * phase)
    euler = np.stack([ra, 90 - dec, 90 - roll], axis=1)
    q = np.array([coordinates.of_euler(*row) for row in euler])
    q[rng.random(len(q)) < 0.2] *= -1
    columns = [Column("TIME", "1D", time), Column("QPARAM", "4D", q), Column("EULER", "3D", euler)]
    extension = str(rng.choice(["ATTITUDE", "OTHER"]))
    header = dict(MISSION, TSTART=time[0], TSTOP=time[-1], MJDREFI=h["MJDREFI"], MJDREFF=h["MJDREFF"], TIMESYS="TT")
    p = dict(attfile=write(folder / "att.fits", table(extension, columns, header)), attext=extension)
    p["attinterp"] = "CONSTANT" if chance(rng, 0.2) else "LINEAR"
    p["attdt"] = str(rng.choice([32.0, 0.0, 200.0]))
    return p | (dict(attcol="EULER", attform="EULER") if chance(rng, 0.3) else {})


def _aberration(rng, folder):
    """Either aberration or both, and a circular orbit; the sky columns are compared unrounded."""
    words = ["no", "yes", "invert"]
    p = dict(annaber=str(rng.choice(words)), orbaber=str(rng.choice(words)), inclfloatskycol="yes")
    time = np.arange(TSTART - 300, TSTART + DURATION + 300, 20.0)
    phase, tilt = 2 * math.pi * time / 5700.0, rng.uniform(0, math.pi)
    v = 7.6 * np.stack([-np.sin(phase), np.cos(phase) * math.cos(tilt), np.cos(phase) * math.sin(tilt)], axis=1)
    orbit = table("ORBIT", [Column("TIME", "1D", time), Column("VELOCITY", "3D", v)],
                  dict(MISSION, TSTART=time[0], TSTOP=time[-1]))
    return p | dict(orbfile=write(folder / "orbit.fits", orbit))
