# SPDX-License-Identifier: Apache-2.0
"""Fit of a calibration line to the spectrum of one group (energy chain, sections 13.3 and 13.5)."""
from dataclasses import dataclass, replace

import numpy as np

FWHM = 2 * np.sqrt(2 * np.log(2))
TINY = 1e-9  # size of the functional at which the bisection ends


@dataclass(frozen=True)
class Line:
    """Profile of the line on the mesh, in channels."""

    mesh: np.ndarray
    profile: np.ndarray
    step: float
    broadening: float  # sigma
    offset: float  # added to the line positions to put them on the middle of a range that was given
    low: float
    high: float
    window: float  # half width of the window of the mean that is taken where none is given

    @property
    def mean(self):
        return moments(self.mesh, self.profile)[0]

    @property
    def variance(self):
        return moments(self.mesh, self.profile)[1]


@dataclass(frozen=True)
class Settings:
    """Steps and limits of the search, in channels."""

    background: str
    fit_width: bool
    window: float
    width_start: float  # FWHM
    step_shift: float
    limit_shift: float
    tolerance_shift: float
    step_width: float
    limit_width: float
    tolerance_width: float
    width_least: float
    cycles: int
    tolerance_r2: float
    strict: bool

    @property
    def slack(self):
        """A last step to the very limit counts; in the reference that hangs on the last digit of the start."""
        return 1 + 1e-9 if self.strict else 1.0


@dataclass(frozen=True)
class Fit:
    """Result for one group: shift, extra width (sigma), A, B, C of the shift step, factor of the width step."""

    shift: float
    width: float
    scale: float
    ground: float
    slope: float
    factor: float
    model: np.ndarray
    r2: float

    def base(self, line, profile=None):
        """The shifted line with its background, without extra width, on as many mesh points as the profile has."""
        profile = line.profile if profile is None else profile
        x = line.mesh[:len(profile)]
        return self.scale * np.interp(x - self.shift, x, profile) + self.ground + self.slope * x


def moments(x, weights, by_squares=False):
    """Mean and variance; by_squares with the digits that the mean square less the square of the mean leaves.

    Terms are added one after another: the last digit decides whether a bin at the edge of a window is inside.
    """
    total, first = np.cumsum(weights)[-1], np.cumsum(x * weights)[-1]
    mean = first / total
    if by_squares:
        return mean, np.cumsum(x * x * weights)[-1] / total - mean * mean
    return mean, np.cumsum((x - mean) * (x - mean) * weights)[-1] / total


def make_line(energies, widths, heights, average, p):
    """Section 13.3: mesh, profile and default window; p maps the numbers given by the user to floats."""
    low = energies.min() - p["extraspread"] if p["startenergy"] < 0 else p["startenergy"]
    high = energies.max() + p["extraspread"] if p["stopenergy"] < 0 else p["stopenergy"]
    channel, step = p["evchannel"], p["binwidth"]
    low, high = low / channel, high / channel
    mesh = low + step * np.arange(1 + int((high - low) / step))
    sigma = p["broadening"] / channel * 0.5 / np.sqrt(2 * np.log(2))
    centred = p["startenergy"] > 0 or p["stopenergy"] > 0
    offset = 0.5 * (mesh[0] + mesh[-1]) - average / channel if centred else 0.0
    distance = mesh[:, None] - (energies / channel + offset)
    if int(widths.max() / channel / step) < 3 and sigma != 0:
        profile = np.sum(heights * np.exp(-0.5 * (distance / sigma)**2), axis=1)
    else:
        profile = broadened(np.sum(heights / (1 + (2 * distance / (widths / channel))**2), axis=1), step, sigma)
    far = np.argmax(np.abs(energies - average))
    voigt = 0.5346 * widths[far] + np.sqrt(0.2166 * widths[far]**2 + p["broadening"]**2)
    window = (abs(energies[far] - average) + 1.5 * voigt) / channel
    return Line(mesh, profile, step, sigma, offset, low, high, window)


def _ends(n):
    """The first and last mesh point count half in a convolution."""
    weights = np.ones(n)
    weights[[0, -1]] = 0.5
    return weights


def broadened(values, step, sigma):
    """Values on the mesh convolved with a Gaussian, its weights made one at every point."""
    if sigma == 0:
        return values.copy()
    place = np.arange(len(values))
    weights = np.exp(-0.5 * ((place[:, None] - place) * step / sigma)**2) * _ends(len(values))
    return weights @ values / weights.sum(axis=1)


def derivative(values, step):
    return np.gradient(values, step, edge_order=2)


def histogram(line, energies):
    """Events go to the first bin whose upper edge is above them; what is above all edges is not counted."""
    place = np.searchsorted(line.mesh + 0.5 * line.step, energies, side="right")
    return np.bincount(place, minlength=len(line.mesh) + 1)[:-1].astype(float)


def binned_moments(line, counts, settings):
    """Mean and variance of a spectrum, computed again inside the window about the first mean."""
    by_squares = not settings.strict
    mean, variance = moments(line.mesh, counts, by_squares)
    inside = (line.mesh >= mean - settings.window) & (line.mesh <= mean + settings.window)
    if counts[inside].sum() > 0:
        return moments(line.mesh[inside], counts[inside], by_squares)
    return mean, variance


def r_squared(counts, model):
    return 1 - np.sum((counts - model)**2) / np.sum((counts - counts.mean())**2)


def fit(line, counts, settings):
    """Section 13.5: cycles of shift and width steps; None where the fit failed."""
    mean, variance = binned_moments(line, counts, settings)
    shift_start = mean - line.mean
    width_start = 0.0
    if settings.fit_width:
        least = settings.width_start / FWHM
        width_start = np.sqrt(max(variance - line.variance, least**2))
    width, factor, last_shift, last_width = width_start, 1.0, 0.0, 0.0
    for _ in range(settings.cycles):
        found = _shift_step(line, counts, settings, shift_start, width)
        if found is None:
            return None
        found = replace(found, factor=1.0 if settings.strict else factor)
        if not settings.fit_width or abs(found.r2 - last_shift) < settings.tolerance_r2:
            return found
        last_shift = found.r2
        found = _width_step(line, counts, settings, found, width_start)
        if found is None:
            return None
        width, factor = found.width, found.factor
        if abs(found.r2 - last_width) < settings.tolerance_r2:
            return found
        last_width = found.r2
    return None


def _shift_step(line, counts, settings, start, width):
    profile = broadened(line.profile, line.step, width)
    slope = derivative(profile, line.step)

    def at(shift):
        """(functional, model, A, B, C) of a shift."""
        x = line.mesh
        moved, steep = (np.interp(x - shift, x, values) for values in (profile, slope))
        terms = [moved, np.ones_like(x), x - x.mean()][:dict(NONE=1, CONST=2, SLOPE=3)[settings.background]]
        basis = np.array(terms).T
        solution = np.linalg.lstsq(basis, counts, rcond=None)[0]
        model = basis @ solution
        a, b, c = (*solution, 0.0, 0.0)[:3]
        return np.sum((counts - model) * steep), model, a, b - c * x.mean(), c

    def walk(step):
        before, shift = at(start)[0], start
        while True:
            last, shift = shift, shift + step
            if abs(shift - start) > settings.limit_shift * settings.slack:
                return None
            z = at(shift)[0]
            if z * before < 0:
                return _bisected(lambda s: at(s)[0], last, before, shift, settings.tolerance_shift)
            before = z

    found = [Fit(s, width, *at(s)[2:], 1.0, at(s)[1], r_squared(counts, at(s)[1]))
             for s in (walk(-settings.step_shift), walk(settings.step_shift)) if s is not None]
    return max(found, key=lambda f: f.r2, default=None)


def _bisected(functional, first, at_first, last, tolerance):
    """The last point at which the functional was evaluated."""
    middle = last
    while abs(last - first) > tolerance:
        middle = 0.5 * (first + last)
        z = functional(middle)
        if abs(z) < TINY:
            break
        if z * at_first > 0:
            first = middle
        else:
            last = middle
    return middle


def _width_step(line, counts, settings, shifted, start):
    x = line.mesh
    base = shifted.base(line)
    distance = x[:, None] - x

    def at(width):
        """(functional, model, factor) of an extra width."""
        ratio = (distance / width)**2
        kernel = line.step / width**2 / np.sqrt(2 * np.pi) * (ratio - 1) * np.exp(-0.5 * ratio) * _ends(len(x))
        wide, change = broadened(base, line.step, width), kernel @ base
        factor = np.sum(counts * wide) / np.sum(wide**2)
        return factor * np.sum(wide * change) - np.sum(counts * change), factor * wide, factor

    def walk(step):
        first, width = at(start)[0], start
        while True:
            width = width + step if width + step >= 0 else 0.5 * width
            if width < settings.width_least or abs(width - start) > settings.limit_width * settings.slack:
                return None
            if at(width)[0] * first < 0:
                return _bisected(lambda w: at(w)[0], start, first, width, settings.tolerance_width)

    found = []
    for width in (walk(-settings.step_width), walk(settings.step_width)):
        if width is not None:
            _, model, factor = at(width)
            found.append(replace(shifted, width=width, factor=factor, model=model, r2=r_squared(counts, model)))
    return max(found, key=lambda f: f.r2, default=None)
