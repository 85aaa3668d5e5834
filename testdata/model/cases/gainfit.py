# SPDX-License-Identifier: Apache-2.0
"""Random cases of the gain fit: any lines, mesh, groups, intervals, files, energy and split columns, and few events."""
import numpy as np

from cases.observation import DURATION, MISSION, NULL_BYTE, TSTART, chance
from fitsfile import Column, table, write

FWHM = 2.3548200450309493
LINE = "TestLine"
SPLITS = {"CCD_ID": ((0, 1, 2, 3), "1B", NULL_BYTE), "PIXEL": ((0, 7, 12, 35), "1I", -1),
          "ADCAVE": ((-5, 0, 2), "1I", NULL_BYTE)}


def make(rng, folder):
    """(task, parameters) of a random run; its files are in `folder`."""
    fine = chance(rng, 0.4)
    energies = np.sort(rng.uniform(1200, 8000) + np.concatenate([[0], rng.uniform(5, 60, rng.integers(0, 4))]))
    heights = rng.uniform(0.2, 1.0, len(energies))
    if fine:  # lines wider than three bins
        channel, step = float(rng.choice([0.5, 1.0, 2.0])), float(rng.choice([1.0, 0.5, 1.5]))
        widths = rng.uniform(3.2, 12.0, len(energies)) * channel * step
        broadening = float(rng.choice([0.0, 4.0, 9.5])) * channel * step
        room = rng.uniform(18, 40) * channel * step
    else:
        channel, step = float(rng.choice([6.0, 6.0, 4.5])), float(rng.choice([1.0, 1.0, 0.5, 2.0, 0.7]))
        widths = rng.uniform(0.5, 2.9, len(energies)) * (1.0 if chance(rng, 0.8) else channel * step)
        broadening = rng.uniform(40, 180) if chance(rng, 0.7) else 12.0
        room = rng.uniform(1.2, 2.5) * max(broadening, 100.0)
    average = float(np.sum(energies * heights) / heights.sum())
    p = dict(linetocorrect=LINE, evchannel=channel, binwidth=step, broadening=broadening)
    low, high = _range(rng, p, energies, average, room)
    p["linefitfile"] = _lines(rng, folder / "lines.fits", energies, widths, heights, average)
    p |= _grouping(rng) | _search(rng, broadening, channel * step)
    spread = np.hypot(max(broadening, 30.0 * channel / 6), widths.max()) * rng.uniform(0.8, 1.3)
    p |= _events(rng, folder, p, (energies, heights, spread), (low, high))
    if chance(rng, 0.5):
        p["gtifile"] = _intervals(rng, folder / "gti.fits")
    return "ahgainfit", {name: str(value) for name, value in p.items()}


def _range(rng, p, energies, average, room):
    """The range in eV, given by room beside the lines or by its ends; sometimes with too few or too many bins."""
    bin_size = p["evchannel"] * p["binwidth"]
    if chance(rng, 0.03):
        room = 1.2 * bin_size if chance(rng, 0.5) else 400 * bin_size
    p["extraspread"] = round(room, 4)
    low, high = energies[0] - p["extraspread"], energies[-1] + p["extraspread"]
    if chance(rng, 0.3):
        low = p["startenergy"] = round(average - room - rng.uniform(0, 3) * bin_size, 3)
    if chance(rng, 0.3):
        high = p["stopenergy"] = round(average + room + rng.uniform(0, 3) * bin_size, 3)
    return low, high


def _lines(rng, path, energies, widths, heights, average):
    order = rng.permutation(len(energies))
    rows = np.concatenate([order, order[:rng.integers(0, 2)]])  # ENERGREF rows count
    columns = [Column(name, "1D", values[rows]) for name, values in (
        ("ENERGY", energies), ("WIDTH", widths), ("AMPLITUDE", heights))]
    name = LINE if chance(rng, 0.97) else "OtherLine"
    return write(path, table(name, columns, dict(MISSION, ENERGREF=len(energies), ENERGAVE=average)))


def _grouping(rng):
    p = dict(numevent=rng.integers(60, 400), minevent=rng.integers(20, 200),
             grpoverlap=rng.choice([-1, 0, 25, 50, 90, 97.5]),
             spangti=rng.choice(["yes", "no"]), gapdt=rng.choice([-1, 12.5, 60.0, 300.0]))
    return {name: value for name, value in p.items() if chance(rng, 0.8)}


def _search(rng, broadening, bin_size):
    p = dict(background=rng.choice(["NONE", "CONST", "SLOPE"]), avgwinrad=round(rng.uniform(4, 40), 2),
             searchstepshift=rng.choice([2.0, 1.3, 0.7]), maxdshift=rng.choice([5.0, 9.1, 2.9]),
             bisectolshift=rng.choice([0.001, 0.1, 1e-5]), maxitcycle=rng.integers(1, 8),
             r2tol=rng.choice([0.001, 0.01, 1e-5]), searchstepwidth=rng.choice([5.0, 1.7, 2.3]),
             maxdwidth=rng.choice([10.0, 20.9]), bisectolwidth=rng.choice([0.001, 0.2]),
             minwidth0=rng.choice([1.0, 4.0, 2.0]), minwidth=rng.choice([0.5, 1.1]))
    p = {name: value for name, value in p.items() if chance(rng, 0.35)}
    if chance(rng, 0.4):
        p["fitwidth"] = "yes"
    for name in ("calcerr", "writeerrfunc"):
        if chance(rng, 0.5):
            p[name] = "yes"
    errors = dict(nerrshift=rng.integers(5, 120), nerrwidth=rng.integers(5, 90),
                  shifterrfac=rng.choice([3.0, 1.5, 0.8]), widtherrfac=rng.choice([4.0, 1.5, 2.0]))
    p |= {name: value for name, value in errors.items() if chance(rng, 0.4)}
    if chance(rng, 0.3):
        p["compat"] = "strict"
    elif p.get("maxdwidth", 10.0) == 10.0:  # twice the default step: the last digit of the start would decide
        p["maxdwidth"] = 10.3
    return p


def _events(rng, folder, p, line, limits):
    """One to three files of events: lines whose gain differs by split value and drifts, background, rare values."""
    rows = int(rng.integers(1500, 5000)) if chance(rng, 0.85) else int(rng.integers(0, 200))
    energies, heights, spread = line
    time = np.sort(rng.uniform(TSTART, TSTART + DURATION, rows))
    if chance(rng, 0.3):
        time = np.floor(time / 4) * 4  # frames, which may begin and end with an interval
    name = str(rng.choice(list(SPLITS)))
    values, form, null = SPLITS[name]
    split = rng.choice(values, rows)
    energy = rng.choice(energies, rows, p=heights / heights.sum()) + rng.normal(0, spread / FWHM, rows)
    gain = rng.uniform(-3, 3, 64)[split] + rng.uniform(-1, 1) * (time - TSTART) / DURATION
    energy += gain * p["evchannel"] * p["binwidth"]
    noise = rng.random(rows) < rng.uniform(0, 0.4)
    energy = np.where(noise, rng.uniform(limits[0] - 30, limits[1] + 30, rows), energy) / p["evchannel"]
    split = np.where(rng.random(rows) < 0.01, null, split)
    status = rng.random((rows, 32)) < np.where(np.isin(np.arange(32), (1, 16)), 0.01, 0.002)  # flags 2 and 17 are bad
    time = np.where(rng.random(rows) < 0.005, np.nan, time)
    column = _energy(rng, np.maximum(energy, 0))
    parts = int(rng.integers(1, 4)) if chance(rng, 0.4) else 1
    edges = np.linspace(TSTART, TSTART + DURATION, parts + 1)
    place = np.clip(np.searchsorted(edges, np.where(np.isnan(time), TSTART, time), side="right") - 1, 0, parts - 1)
    files = []
    for part in range(parts):
        mine = np.flatnonzero(place == part)
        header = dict(MISSION, TSTART=edges[part], TSTOP=edges[part + 1], MJDREFI=56658, MJDREFF=0.000777592592592593,
                      TIMESYS="TT", TIMEUNIT="s", TIMEREF="LOCAL")
        columns = [Column("TIME", "1D", time[mine]), Column(name, form, split[mine], null),
                   Column(column.name, column.format, column.values[mine], column.null),
                   Column("PROC_STATUS", "32X", status[mine])]
        files.append(write(folder / f"ev{part}.fits", table("EVENTS", columns, header)))
    return dict(infile=",".join(rng.permutation(files)), energycol=column.name, splitcol=name)


def _energy(rng, energy):
    """PI as whole numbers, or an energy with a fraction."""
    lost = rng.random(len(energy)) < 0.01
    if chance(rng, 0.6):
        name, form = str(rng.choice(["PI", "PHA"])), str(rng.choice(["1I", "1J"]))
        return Column(name, form, np.where(lost, 32767, energy.astype(int)), 32767)
    return Column("UPI", str(rng.choice(["1D", "1E"])), np.where(lost, np.nan, energy))


def _intervals(rng, path):
    number = int(rng.integers(1, 6))
    edges = np.sort(rng.uniform(TSTART - 50, TSTART + DURATION + 50, 2 * number))
    if chance(rng, 0.4):
        edges = np.unique(np.round(edges / 4) * 4)[:2 * number // 2 * 2]
        edges = edges[:len(edges) // 2 * 2]
    if chance(rng, 0.7):  # nothing after the last interval
        edges[-1] = TSTART + DURATION + 60
    return write(path, table("GTI", [Column("START", "1D", edges[::2]), Column("STOP", "1D", edges[1::2])], MISSION))
