# SPDX-License-Identifier: Apache-2.0
"""For each subject: the lines that say where the output of a task differs from its model."""
import numpy as np

import compare
import coordinates
import energy
import flags
import flicker
import gainfit
import response
from fitsfile import read

EPHEMERIS = 0.02  # pixels: the Earth's velocity of two ephemerides, 1e-3 of an aberration of 12 pixels
PIXEL_COLUMNS = ("START", "STOP", "CCD_ID", "ACTX", "ACTY", "COUNTS", "PI")
FITTED, SIGMAS = 1e-6, 1e-4  # relative tolerance of fitted numbers and of their uncertainties
LOOSE = {"COR_FIT", "COR_AVE", "CHISQ", "AVGFIT", "SHIFT", "SCALE", "BGRND", "SLOPE", "WIDTH", "FITPROF",
         "SHIFTS", "SHLIKE", "SHCHI2", "WIDTHS", "WDLIKE", "WDCHI2"}


def judge_energy(parameters):
    columns, limits = energy.expected(parameters)
    return lambda: (compare.columns(parameters["outfile"], "EVENTS", columns, limits)
                    + compare.unchanged(parameters["infile"], parameters["outfile"], columns))


def judge_flags(parameters):
    columns, image, listed = flags.expected(parameters)
    out = parameters["outfile"]

    def lines():
        found = compare.columns(out, "EVENTS", columns) + compare.unchanged(parameters["infile"], out, columns)
        if image is not None:
            found += compare.image(parameters["outbadimg"], image)
        if listed is not None:
            kept = {name: values[listed] for name, values in read(out, "EVENTS").columns.items()}
            found += compare.columns(parameters["outbadpix"], "PIXELS", kept)
        return found
    return lines


def judge_coordinates(parameters):
    columns = coordinates.expected(parameters)
    sky = {name: columns[name] for name in columns if name.startswith(("X", "Y"))}
    loose = {name: values for name, values in sky.items() if name.endswith("_FLOAT")}
    aberrated = any(parameters.get(name, "no") != "no" for name in ("annaber", "orbaber"))
    exact = {name: values for name, values in columns.items() if not (aberrated and name in sky)}

    def lines():
        out = parameters["outfile"]
        found = compare.columns(out, "EVENTS", exact, absolute=1e-6)
        if aberrated:
            found += compare.columns(out, "EVENTS", loose, absolute=EPHEMERIS)
        return found + compare.unchanged(parameters["infile"], out, columns)
    return lines


def judge_flicker(parameters):
    pixels, rows = flicker.expected(parameters)

    def lines():
        table = read(parameters["outfile"], "PIXELS")
        wanted, found = _sorted(pixels), _sorted(zip(*(table[n] for n in PIXEL_COLUMNS)))
        said = [] if wanted == found else [
            f"PIXELS has {len(found)} rows, not {len(wanted)}; only there {[r for r in found if r not in wanted][:3]}, "
            f"missing {[r for r in wanted if r not in found][:3]}"]
        numbers = np.sort(read(parameters["outfile"], "EVENTS")["EVENTNUMBER"])
        return said if np.array_equal(numbers, rows) else said + [f"EVENTS has {len(numbers)} rows, not {len(rows)}"]
    return lines


def _sorted(pixels):
    return sorted((round(float(r[0]), 6), round(float(r[1]), 6), *(int(v) for v in r[2:])) for r in pixels)


def judge_response(parameters):
    low, high, rows, threshold = response.expected(parameters)

    def lines():
        found = read(parameters["outfile"], "MATRIX")
        for name, values in (("ENERG_LO", low), ("ENERG_HI", high)):
            if len(found[name]) != len(values) or not np.allclose(found[name], values, rtol=1e-6, atol=0):
                return [f"{name} differs"]
        said = [line for i, row in enumerate(rows) for line in _matrix_row(found, i, row, threshold)]
        return said[:3] + [f"and {len(said) - 3} more energies"] * (len(said) > 3)
    return lines


def _matrix_row(found, i, row, threshold):
    """Channels so near the threshold that a group may end one channel earlier or later do not count."""
    matrix, position = np.zeros(len(row)), 0
    for first, number in zip(np.atleast_1d(found["F_CHAN"][i]), np.atleast_1d(found["N_CHAN"][i])):
        matrix[first:first + number] = found["MATRIX"][i][position:position + number]
        position += number
    wanted = response.grouped(row, threshold)
    near = np.abs(row - threshold) < 1e-5 * threshold
    wrong = np.flatnonzero((np.abs(matrix - wanted) > np.maximum(1e-5 * np.abs(wanted), 1e-9)) & ~near)
    return [f"energy {i + 1}: {len(wrong)} channels, {k}: {matrix[k]} is not {wanted[k]}" for k in wrong[:1]]


def judge_gainfit(parameters):
    columns, profile, keys = gainfit.expected(parameters)

    def lines():
        out = parameters["outfile"]
        said = compare.columns(out, "Grid_profile", profile)
        drift = read(out, "Drift_energy")
        for name, value in keys.items():
            found = drift.header.get(name)
            if found != value and not (isinstance(value, float) and np.isclose(found, value, rtol=1e-14, atol=0)):
                said.append(f"keyword {name} is {found}, not {value}")
        if columns is None:
            return said + ([f"{len(drift)} groups, not none"] if len(drift) else [])
        for name, values in columns.items():
            relative = SIGMAS if name.startswith("SIG") else FITTED if name in LOOSE else 0.0
            said += compare.columns(out, "Drift_energy", {name: values}, relative=relative)
        more = set(drift.columns) - set(columns)
        return said + ([f"columns {sorted(more)} are there"] if more else [])
    return lines
