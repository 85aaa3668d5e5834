# SPDX-License-Identifier: Apache-2.0
"""Uncertainties of shift and width of a gain fit (energy chain, section 13.6).

The reference leaves the last bin out, of the spectrum, of the mesh and of all that is tabulated on it; with
`compat=strict` all bins count, and the model of the width is the fit itself.
"""
from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from linefit import broadened

FIXED = 0.5  # channels: least base of the range of shifts


@dataclass(frozen=True)
class Curve:
    """Likelihood and chi-square on a grid, both zero where there is no fit or their peak is at an end."""

    grid: np.ndarray
    like: np.ndarray
    chi2: np.ndarray

    def deviation(self):
        """Square root of the second moment of the likelihood about its peak."""
        distance = self.grid - self.grid[self.like.argmax()]
        return np.sqrt(np.sum(self.like * distance**2) * (self.grid[1] - self.grid[0]))

    def rise(self, step, bounded, steps=None):
        """Distance to where chi-square is one above its least, at most so many steps away.

        Where it does not rise so far: bounded, the last interval is prolonged; else not a number (the reference reads
        what lies beside the curve).
        """
        grid, peak = self.grid, self.chi2.argmin()
        rise = self.chi2 - self.chi2[peak]
        end = (len(grid) - 1 if step > 0 else 0) if steps is None else peak + steps * step
        if peak == end:
            return np.nan
        at = peak + step
        while at != end and rise[at] < 1:
            at += step
        if not bounded and not rise[at] >= 1:
            return np.nan
        before = at - step
        return abs(grid[at] + (1 - rise[at]) * (grid[at] - grid[before]) / (rise[at] - rise[before]) - grid[peak])


def columns(line, counts, found, p):
    """The columns of one row: SIG*, and the curves where writeerrfunc, all only where calcerr."""
    if p["calcerr"] != "yes":
        return {}
    strict = p["compat"] == "strict"
    used = slice(None) if strict else slice(-1)
    shift, width = (Curve(*np.zeros((3, int(p[name])))) for name in ("nerrshift", "nerrwidth"))
    row = dict.fromkeys(("SIGSHLIKE", "SIGWDLIKE", "SIGSHCHI2", "SIGWDCHI2"), np.nan if strict else 0.0)
    if found is not None:
        shift = _shift_curve(line, counts, found, p, used)
        row |= dict(SIGSHLIKE=shift.deviation() if shift.like.any() else row["SIGSHLIKE"])
        if shift.chi2.any():
            row |= dict(SIGSHCHI2=0.5 * (shift.rise(-1, False) + shift.rise(1, False)))
    if found is not None and p["fitwidth"] == "yes":
        width = _width_curve(line, counts, found, p, used)
        row |= dict(SIGWDLIKE=width.deviation() if width.like.any() else row["SIGWDLIKE"])
        if width.chi2.any():  # known fault: the reference looks one step upward
            up = width.rise(1, False) if strict else width.rise(1, True, 1)
            row |= dict(SIGWDCHI2=0.5 * (width.rise(-1, not strict) + up))
    if p["writeerrfunc"] == "yes":
        row |= dict(SHIFTS=shift.grid, SHLIKE=shift.like, SHCHI2=shift.chi2,
                    WIDTHS=width.grid, WDLIKE=width.like, WDCHI2=width.chi2)
    return row


def _shift_curve(line, counts, found, p, used):
    reach = p["shifterrfac"] * np.hypot(FIXED, np.hypot(found.width, line.broadening))
    moves, x = np.linspace(-reach, reach, int(p["nerrshift"])), line.mesh[used]
    models = [np.interp(x - move, x, found.model[used]) for move in moves]
    return _curve(moves, counts[used], models, strict=p["compat"] == "strict")


def _width_curve(line, counts, found, p, used):
    factor = p["widtherrfac"]
    grid = np.linspace(found.width / factor, found.width * factor, int(p["nerrwidth"]))
    strict, models = p["compat"] == "strict", []
    for width in grid:
        if strict:
            model = broadened(found.base(line), line.step, width)
        else:  # broadened by the camera once more: a known fault
            profile = broadened(line.profile[used], line.step, np.hypot(width, line.broadening))
            model = found.base(line, profile)
        models.append(found.factor * model)
    return _curve(grid, counts[used], models, strict)


def _curve(grid, counts, models, strict):
    """Likelihood of a Poisson spectrum, its integral one, and chi-square of each model."""
    full = counts > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.array([_log_likelihood(counts, m, strict) for m in models])
        chi2 = np.array([np.sum((counts - m)[full]**2 / counts[full]) for m in models])
        like = np.exp(logs - logs[_highest(logs)])
    like = like / np.sum(like * (grid[1] - grid[0]))
    if not 0 < _highest(logs) < len(grid) - 1:
        like = np.zeros(len(grid))
    if not strict and not 0 < _highest(-chi2) < len(grid) - 1:
        chi2 = np.zeros(len(grid))
    return Curve(grid, like, chi2)


def _log_likelihood(counts, model, strict):
    """Bins with a negative model do not count; the reference multiplies no counts by the logarithm of no model."""
    positive = model >= 0
    counts, model = counts[positive], model[positive]
    return np.sum(xlogy(counts, model) if strict else counts * np.log(model))


def _highest(values):
    """The first that no later one exceeds; one that is not a number is passed over, unless it is the first."""
    best = 0
    for k, value in enumerate(values):
        best = k if value > values[best] else best
    return best
