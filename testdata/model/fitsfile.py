# SPDX-License-Identifier: Apache-2.0
"""FITS files of the random cases, and how the models read their input."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from astropy.io import fits


class Refused(Exception):
    """The specification says that the task ends with an error on this input."""


@dataclass(frozen=True)
class Column:
    """One table column: values of shape (rows,) or (rows, elements), FITS format, null value and legal range."""

    name: str
    format: str
    values: np.ndarray
    null: int | None = None
    low: int | None = None
    high: int | None = None
    unsigned: bool = False


def table(name, columns, header=None):
    """A binary table HDU named `name` with these Columns and keywords."""
    hdu = fits.BinTableHDU.from_columns([_column(c) for c in columns], name=name)
    for number, c in enumerate(columns, 1):
        if c.low is not None:
            hdu.header[f"TLMIN{number}"] = c.low
            hdu.header[f"TLMAX{number}"] = c.high
    hdu.header.update(header or {})
    return hdu


def _column(c):
    values = np.asarray(c.values)
    if c.unsigned:
        return fits.Column(c.name, c.format, bzero=32768, array=values.astype(np.uint16))
    return fits.Column(c.name, c.format, null=c.null, array=values)


def write(path, *hdus):
    """Writes an empty primary HDU and these HDUs, replacing the file."""
    primary = fits.PrimaryHDU()
    for key in ("TELESCOP", "INSTRUME"):
        if hdus and key in hdus[0].header:
            primary.header[key] = hdus[0].header[key]
    fits.HDUList([primary, *hdus]).writeto(path, overwrite=True)
    return str(path)


@dataclass(frozen=True)
class Table:
    """Header and columns of one table as stored: integers with their null numbers, TZERO applied."""

    header: fits.Header
    columns: dict

    def __getitem__(self, name):
        return self.columns[name]

    def __len__(self):
        return self.header["NAXIS2"]

    def limits(self, name):
        """(TNULL, TLMIN, TLMAX) of a column, None where absent."""
        number = list(self.columns).index(name) + 1
        return tuple(self.header.get(f"{key}{number}") for key in ("TNULL", "TLMIN", "TLMAX"))


def read(path, extension):
    """The Table of an extension given by name or number; `path[name]` overrides it."""
    path = str(path)
    if path.endswith("]"):
        path, extension = path[:-1].split("[")
    with fits.open(Path(path), memmap=False) as hdus:
        hdu = hdus[extension]
        columns = {name: np.array(hdu.data[name]) for name in hdu.columns.names}
        return Table(hdu.header.copy(), columns)


def yes(parameters, name):
    """Whether a yes/no parameter is on."""
    return parameters[name] == "yes"


def eight(text):
    """The eight integers of a header tuple, NA as 0 (energy chain, section 4.2)."""
    items = [item.strip() for item in text.strip().lstrip("( ").rstrip(") \n").split(",")]
    if len(items) != 8:
        raise Refused(f"not eight integers: {text}")
    return [0 if item.upper() == "NA" else int(item) for item in items]


def integers(text):
    """The integers of a header tuple of any length."""
    return [int(item) for item in text.strip("() ").split(",")]


def last_block(times, start, strict):
    """Rows of the time block that applies at `start`: the last that began before (strict) or not after it.

    Where no block qualifies, the first one (energy chain, sections 11.2 and 12.3).
    """
    began = times[times < start] if strict else times[times <= start]
    return np.flatnonzero(times == (began[-1] if len(began) else times[0]))


def bad_rows(status):
    """Rows of PROC_STATUS whose flag 2 or 17 is set (events, section 3.3)."""
    return status[:, 1] | status[:, 16]
