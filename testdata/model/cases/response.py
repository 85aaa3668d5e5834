# SPDX-License-Identifier: Apache-2.0
"""Random cases of the response: WMAP with counts anywhere, regions askew, parameters by energy, energy grids."""
import numpy as np
from astropy.io import fits

from cases.observation import DURATION, EPOCHS, MISSION, TSTART, chance
from fitsfile import Column, table, write

DET_SIZE = 1810


def make(rng, folder):
    """(task, parameters) of a random run; its files are in `folder`."""
    mode = str(rng.choice(["WINDOW1", "WINDOW2", "WINDOW1BURST", "WINDOW2BURST"]))
    grids = [[(20.0, 40)], [(10.0, 20), (200.0, 15)], [(50.0, 7), (3.0, 11), (400.0, 9)]][int(rng.integers(3))]
    p = dict(eminin=rng.choice([200.0, 100.0, 50.0, 1000.0]), dein=",".join(str(g[0]) for g in grids),
             nchanin=",".join(str(g[1]) for g in grids), eminout=rng.choice([0.0, 0.0, 60.0]),
             deout=rng.choice([6.0, 12.0]), nchanout=rng.choice([4096, 2000, 1000]),
             rmfthresh=rng.choice([1e-6, 1e-4, 1e-12]))
    p = {name: str(value) for name, value in p.items()}
    p["infile"] = _spectrum(rng, folder / "wmap.pha", mode)
    last = EPOCHS[2] if chance(rng, 0.7) else TSTART + DURATION / 2
    epochs = (EPOCHS[0], EPOCHS[1], last)
    p["rmfparam"] = write(folder / "param.fits", *(_parameters(rng, epochs, n) for n in (1, 2)))
    return "sxirmf", p


def _spectrum(rng, path, mode):
    """A spectrum whose primary HDU is the WMAP (section 12.2), square or not."""
    bins = int(rng.choice([10, 8]))
    limit = DET_SIZE // bins
    nx, ny = (int(n) for n in rng.integers(40, limit + 1, 2))
    if chance(rng, 0.5):
        ny = nx
    image, counts = np.zeros((ny, nx), "f4"), int(rng.integers(20, 600))
    np.add.at(image, (rng.integers(0, ny, counts), rng.integers(0, nx, counts)), rng.integers(1, 20, counts))
    image[rng.integers(0, ny), rng.integers(0, nx)] = -1
    header = dict(MISSION, HDUNAME="WMAP", DETNAM="CCD", TSTART=TSTART, TSTOP=TSTART + DURATION,
                  DATAMODE=mode, CISTATUS=int(rng.integers(0, 2)), WMREBIN=bins, MTYPE1="DET", MFORM1="DETX,DETY")
    header |= {"DATE-OBS": "2016-03-20T04:26:40", "X-OFFSET": int(rng.integers(1, limit - nx + 2)),
               "Y-OFFSET": int(rng.integers(1, limit - ny + 2))}
    primary = fits.PrimaryHDU(image)
    primary.header.update(header)
    channel = np.arange(4096)
    kept = {k: v for k, v in header.items() if k not in ("HDUNAME", "WMREBIN", "X-OFFSET", "Y-OFFSET")}
    spectrum = table("SPECTRUM", [Column("CHANNEL", "1J", channel, None, 0, 4095),
                                  Column("COUNTS", "1J", np.zeros(4096, int))], kept)
    fits.HDUList([primary, spectrum]).writeto(path)
    return str(path)


def _parameters(rng, epochs, mode):
    """Section 12.3: four regions a block, each a quadrangle about its CCD."""
    energy = np.sort(np.concatenate([[0.1, 20.0], rng.uniform(0.2, 19, 11)]))
    rows = len(epochs) * 4
    corners = np.array([[(240, 240), (880, 240), (880, 880), (240, 880)]]) + np.array(
        [[(0, 0)], [(685, 0)], [(0, 685)], [(685, 685)]])
    corners = np.tile(corners, (len(epochs), 1, 1)) + rng.integers(-60, 60, (rows, 4, 2))

    def curve(low, high, power):
        return rng.uniform(low, high, (rows, 1)) * energy**power

    def lines(low, high):
        return rng.uniform(low, high, (rows, 1)) * (energy > 1.84)

    values = dict(ENERGY=np.tile(energy, (rows, 1)), PRIMARY_FWHM=curve(0.05, 0.12, 0.4),
                  SECONDARY_OFFSET=0.05 + curve(0.01, 0.03, 1.0), SECONDARY_AMP=curve(0.01, 0.08, -0.3),
                  SECONDARY_FWHM=curve(0.08, 0.2, 0.3), ESCAPE_OFFSET=np.full((rows, 13), 1.74),
                  ESCAPE_AMP=lines(0.005, 0.02), ESCAPE_FWHM=curve(0.05, 0.1, 0.4),
                  FLUOR_OFFSET=np.tile(energy - 1.74, (rows, 1)), FLUOR_AMP=lines(0.002, 0.008),
                  FLUOR_FWHM=np.full((rows, 13), rng.uniform(0.05, 0.1)), CONST_AMP=curve(0.01, 0.05, -0.5))
    columns = [Column("TIME", "1D", np.repeat(epochs, 4)), Column("CORNER_DETX", "4I", corners[:, :, 0]),
               Column("CORNER_DETY", "4I", corners[:, :, 1])]
    columns += [Column(n, "13D", v) for n, v in values.items()]
    return table(f"RMF_PARAMETERS_{mode}", columns, dict(MISSION, NSUBREG=4, DATAMODE=f"WINDOW{mode}", CISTATUS=1))
