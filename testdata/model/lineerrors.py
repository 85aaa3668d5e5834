# SPDX-License-Identifier: Apache-2.0
"""Uncertainties of shift and width of a gain fit (energy chain, section 13.6).

The reference leaves the last bin out, of the spectrum, of the mesh and of all that is tabulated on it; with
`compat=strict` all bins count, and the model of the width is the fit itself.
"""
from dataclasses import dataclass

import numpy as np

from linefit import broadened

FIXED = 0.5  # channels: least base of the range of shifts


@dataclass(frozen=True)
class Curve:
    """Likelihood (its greatest value one) and chi-square on a grid; in how far chi-square is searched upward."""

    grid: np.ndarray
    like: np.ndarray
    chi2: np.ndarray
    one_step: bool = False

    def deviation(self):
        """Square root of the second moment of the likelihood about its peak."""
        distance = self.grid - self.grid[self.like.argmax()]
        return np.sqrt(np.sum(self.like * distance**2) / np.sum(self.like)) if self.like.any() else 0.0

    def unit_rise(self):
        """Mean distance, over both sides, to where chi-square is one above its least."""
        if not self.chi2.any():
            return 0.0
        return 0.5 * (self._distance(1, self.one_step) + self._distance(-1, False))

    def _distance(self, step, one_step):
        grid, least = self.grid, self.chi2.argmin()
        rise, at = self.chi2 - self.chi2[least], least
        while 0 <= at + step < len(grid):
            if rise[at + step] >= 1 or one_step:
                part = (1 - rise[at]) / (rise[at + step] - rise[at])
                return abs(grid[at] + part * (grid[at + step] - grid[at]) - grid[least])
            at += step
        return np.nan


def columns(line, counts, found, p):
    """The columns of one row: SIG* where calcerr, the curves where writeerrfunc; zero where there is no fit."""
    used = slice(None) if p["compat"] == "strict" else slice(-1)
    number = {name: int(p[f"nerr{name}"]) for name in ("shift", "width")}
    shift = width = None
    if found is not None:
        shift = _shift_curve(line, counts, found, p, used)
        width = _width_curve(line, counts, found, p, used) if p["fitwidth"] == "yes" else None
    shift = shift or Curve(*np.zeros((3, number["shift"])))
    width = width or Curve(*np.zeros((3, number["width"])))
    row = {}
    if p["calcerr"] == "yes":
        row |= dict(SIGSHLIKE=shift.deviation(), SIGWDLIKE=width.deviation(),
                    SIGSHCHI2=shift.unit_rise(), SIGWDCHI2=width.unit_rise())
    if p["writeerrfunc"] == "yes":
        row |= dict(SHIFTS=shift.grid, SHLIKE=shift.like, SHCHI2=shift.chi2,
                    WIDTHS=width.grid, WDLIKE=width.like, WDCHI2=width.chi2)
    return row


def _shift_curve(line, counts, found, p, used):
    reach = p["shifterrfac"] * np.hypot(FIXED, np.hypot(found.width, line.broadening))
    moves, x = np.linspace(-reach, reach, int(p["nerrshift"])), line.mesh[used]
    models = [np.interp(x - move, x, found.model[used]) for move in moves]
    return Curve(found.shift + moves, *_curves(counts[used], models))


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
    return Curve(grid, *_curves(counts[used], models), not strict)


def _curves(counts, models):
    """Likelihood of a Poisson spectrum, zero where its peak is at an end, and chi-square of each model."""
    full = counts > 0
    logs = np.array([np.sum(counts[m > 0] * np.log(m[m > 0])) for m in models])
    chi2 = np.array([np.sum((counts - m)[full]**2 / counts[full]) for m in models])
    inside = 0 < logs.argmax() < len(logs) - 1
    return np.exp(logs - logs.max()) if inside else np.zeros(len(logs)), chi2
