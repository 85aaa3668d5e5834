# SPDX-License-Identifier: Apache-2.0
"""What differs between the output of a task and the expectation of its model."""
import numpy as np
from astropy.io import fits

from fitsfile import read

# One unit in the last place of 1 - c, to the power of the 640 transfers of a pixel (energy chain, section 14).
ABSOLUTE, RELATIVE = 1e-9, 2e-13


def columns(outfile, extension, expected, limits=None, absolute=ABSOLUTE, relative=RELATIVE):
    """Lines that name the column, how many rows differ, and the first of them with both values.

    Integers, bits and strings must be equal; reals equal within `absolute` plus `relative` of the value, with NaN and
    infinities at the same places. An expected value of None means that the column must be absent.
    """
    output = read(outfile, extension)
    lines = []
    for name, values in expected.items():
        if values is None or name not in output.columns:
            if (values is None) != (name not in output.columns):
                lines.append(f"{name} is {'there' if values is None else 'missing'}")
            continue
        found = output[name]
        if found.shape != np.shape(values):
            lines.append(f"{name} has shape {found.shape}, not {np.shape(values)}")
            continue
        equal = _equal(found, values, absolute, relative)
        rows = np.flatnonzero(~equal.all(axis=tuple(range(1, equal.ndim))))
        if len(rows):
            lines.append(f"{name} differs in {len(rows)} rows, row {rows[0] + 1}: "
                         f"{_shown(found[rows[0]])} is not {_shown(values[rows[0]])}")
    for name, wanted in (limits or {}).items():
        if output.limits(name) != wanted:
            lines.append(f"TNULL, TLMIN, TLMAX of {name} are {output.limits(name)}, not {wanted}")
    return lines


def unchanged(infile, outfile, written, extension="EVENTS"):
    """Lines for columns of the input that the task must not touch."""
    before = read(infile, extension)
    kept = {name: values for name, values in before.columns.items() if name not in written}
    return columns(outfile, extension, kept, absolute=0.0)


def image(outfile, expected):
    """Lines for the primary image."""
    found = fits.getdata(outfile, 0)
    if found.shape != expected.shape:
        return [f"the image has shape {found.shape}, not {expected.shape}"]
    different = np.argwhere(found != expected)
    if not len(different):
        return []
    y, x = different[0]
    return [f"the image differs in {len(different)} pixels, ({x + 1}, {y + 1}): {found[y, x]} is not {expected[y, x]}"]


def _equal(found, values, absolute, relative):
    values = np.asarray(values)
    if not np.issubdtype(found.dtype, np.floating):
        return found == values
    with np.errstate(invalid="ignore"):
        near = np.abs(found - values) <= absolute + relative * np.abs(values)
    return near | (found == values) | (np.isnan(found) & np.isnan(values))


def _shown(value):
    value = np.asarray(value)
    if value.dtype == bool and value.size == 48:
        return f"flags {[int(i) + 1 for i in np.flatnonzero(value)]}"
    return value.tolist()
