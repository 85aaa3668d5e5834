# SPDX-License-Identifier: Apache-2.0
"""Model of the gain fit `ahgainfit` (energy chain, section 13), one event and one group at a time."""
from dataclasses import dataclass, field

import numpy as np

import lineerrors
from fitsfile import Refused, bad_rows, read, yes
from linefit import FWHM, Settings, binned_moments, fit, histogram, make_line

DEFAULTS = dict(
    gtifile="NONE", linetocorrect="Mnka", energycol="UPI", splitcol="PIXEL", numevent=250, minevent=150, gapdt=-1,
    grpoverlap=0, startenergy=-1, stopenergy=-1, extraspread=10, evchannel=1, binwidth=1, broadening=1,
    background="CONST", fitwidth="no", spangti="no", avgwinrad=-1, calcerr="no", writeerrfunc="no", minwidth0=1,
    maxitcycle=5, r2tol=0.001, searchstepshift=2, maxdshift=5, bisectolshift=0.001, searchstepwidth=5, maxdwidth=10,
    bisectolwidth=0.001, minwidth=0.5, nerrshift=100, nerrwidth=100, shifterrfac=3, widtherrfac=4)
WORDS = {"gtifile", "linetocorrect", "energycol", "splitcol", "background", "fitwidth", "spangti", "calcerr",
         "writeerrfunc", "infile", "outfile", "linefitfile", "compat"}
FITTED = ("COR_FIT", "COR_AVE", "CHISQ", "AVGUNBIN", "AVGBIN", "AVGFIT", "SHIFT", "SCALE", "BGRND", "SLOPE", "WIDTH")
MESH_LEAST, MESH_MOST = 5, 500


@dataclass
class Queue:
    """Events of one split value that wait for a fit: times, energies, and the time between good intervals."""

    times: list = field(default_factory=list)
    energies: list = field(default_factory=list)
    gap: float = 0.0


def expected(parameters):
    """(columns of Drift_energy or None where there is no group, those of Grid_profile, keywords)."""
    p = DEFAULTS | dict(compat="heasoft-6.20") | parameters
    p = {name: value if name in WORDS else float(value) for name, value in p.items()}
    line = _line(p)
    settings = _settings(p, line)
    intervals = _intervals(p)
    groups = _groups(*_events(p, line), intervals, p)
    rows = [_row(line, settings, p, intervals, *group) for group in groups]
    if settings.strict and not any(np.isfinite(row["COR_FIT"]) for row in rows):
        raise Refused("no group, or none that can be fitted")
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]} if rows else None
    keys = dict(ENERGREF=p["linetocorrect"], CH_START=line.low, CH_STOP=line.high, CH_WIDTH=line.step,
                PICOLUMN=p["energycol"])
    return columns, dict(ENERGY=line.mesh, AMPLITUDE=line.profile), keys


def _line(p):
    try:
        table = read(p["linefitfile"], p["linetocorrect"])
    except KeyError as missing:
        raise Refused(f"no line {p['linetocorrect']}") from missing
    number = table.header["ENERGREF"]
    lines = (table[name][:number].astype(float) for name in ("ENERGY", "WIDTH", "AMPLITUDE"))
    line = make_line(*lines, table.header["ENERGAVE"], p)
    if not MESH_LEAST < len(line.mesh) <= MESH_MOST:
        raise Refused(f"{len(line.mesh)} bins")
    return line


def _settings(p, line):
    step = line.step
    return Settings(
        background=p["background"], fit_width=yes(p, "fitwidth"),
        window=line.window if p["avgwinrad"] < 0 else p["avgwinrad"] * step, width_start=p["minwidth0"] * step,
        step_shift=p["searchstepshift"] * step, limit_shift=p["maxdshift"] * step,
        tolerance_shift=p["bisectolshift"] * step, step_width=p["searchstepwidth"] * step,
        limit_width=p["maxdwidth"] * step, tolerance_width=p["bisectolwidth"] * step,
        width_least=p["minwidth"] * step, cycles=int(p["maxitcycle"]), tolerance_r2=p["r2tol"],
        strict=p["compat"] == "strict")


def _intervals(p):
    if p["gtifile"] == "NONE":
        return [(-np.inf, np.inf)]
    table = read(p["gtifile"], "GTI")
    return list(zip(table["START"], table["STOP"]))


def _events(p, line):
    """(time, split value, energy in channels) of the events that may be used; split value of the last row read."""
    tables = sorted((read(name, "EVENTS") for name in p["infile"].split(",")), key=lambda t: t.header["TSTART"])
    for before, after in zip(tables, tables[1:]):
        if after.header["TSTART"] < before.header["TSTOP"]:
            raise Refused("files overlap")
    events, last = [], None
    for table in tables:
        raw, time, split = table[p["energycol"]], table["TIME"], table[p["splitcol"]]
        good = ~bad_rows(table["PROC_STATUS"]) & ~np.isnan(time)
        for name, values in ((p["energycol"], raw), (p["splitcol"], split)):
            null = table.limits(name)[0]
            good &= ~np.isnan(values) if null is None else values != null
        middle = 0.5 if p["compat"] == "strict" and np.issubdtype(raw.dtype, np.integer) else 0.0
        energy = raw + middle
        good &= (energy >= line.low) & (energy <= line.high)
        last = split[-1] if len(split) else last
        events += [(float(time[i]), int(split[i]), float(energy[i])) for i in np.flatnonzero(good)]
    return events, last


def _groups(events, last, intervals, p):
    """Section 13.4: (split value, times, energies, gap time) of each fit."""
    number = int(p["numevent"])
    least = min(int(p["minevent"]), number)
    removed = number if p["grpoverlap"] < 0 else max(1, int(100 - p["grpoverlap"]) * number // 100)
    queues, current = {}, 0

    def flushed(split, gap):
        queue = queues[split]
        if len(queue.times) >= least:
            yield split, queue.times, queue.energies, gap
            queues[split] = Queue()

    for time, split, energy in events:
        gap = 0.0
        while current < len(intervals) and time > intervals[current][1]:
            if not yes(p, "spangti"):
                for name in sorted(queues):
                    yield from flushed(name, 0.0)
            elif current + 1 < len(intervals):
                gap += intervals[current + 1][0] - intervals[current][1]
            current += 1
        if current == len(intervals):
            break
        queue = queues.setdefault(split, Queue())
        queue.gap += gap
        if time < intervals[current][0]:
            continue
        if p["gapdt"] > 0 and queue.times and time - queue.times[-1] > p["gapdt"]:
            yield from flushed(split, queue.gap)
            queue = queues[split]
        queue.times.append(time)
        queue.energies.append(energy)
        if len(queue.times) > number + least:
            yield split, queue.times[:number], queue.energies[:number], queue.gap
            del queue.times[:removed], queue.energies[:removed]
            queue.gap = 0.0
    # Known fault: the time between intervals is that of the row read last, whichever queue is fitted.
    gap = queues.get(last, Queue()).gap
    for name in sorted(queues):
        yield from flushed(name, gap)


def _row(line, settings, p, intervals, split, times, energies, gap):
    """Section 13.6: one row of the table."""
    counts = histogram(line, energies)
    first, last = times[0], times[-1]
    if settings.strict:
        exposure = sum(max(0.0, min(last, stop) - max(first, start)) for start, stop in intervals)
    else:
        exposure = last - first - gap
    row = {"TIME": 0.5 * (first + last), p["splitcol"]: split, "TELAPSE": last - first, "EXPOSURE": exposure,
           "NEVENT": len(times), "SPECTRUM": counts, "FITPROF": line.profile}
    found = fit(line, counts, settings)
    if found is None:
        row |= dict.fromkeys(FITTED, np.nan)
    else:
        binned = binned_moments(line, counts, settings)[0]
        true = line.mean - line.offset if settings.strict else line.mean
        fitted = line.mean + found.shift
        full = counts > 0
        free = full.sum() - (4 if settings.fit_width else 3) - 1
        with np.errstate(divide="ignore"):
            chi2 = np.sum((counts - found.model)[full]**2 / counts[full]) / free
        row |= dict(
            COR_FIT=(true if settings.strict else true + line.offset) / fitted, COR_AVE=true / binned, CHISQ=chi2,
            AVGUNBIN=np.mean(energies), AVGBIN=binned, AVGFIT=fitted, SHIFT=found.shift + line.offset,
            SCALE=found.scale * found.factor, BGRND=found.ground * found.factor, SLOPE=found.slope * found.factor,
            WIDTH=np.hypot(found.width, line.broadening) * FWHM, FITPROF=found.model)
    return row | lineerrors.columns(line, counts, found, p)
