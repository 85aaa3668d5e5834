# SPDX-License-Identifier: Apache-2.0
"""Response matrix `sxirmf` with its 6.20 faults (energy chain, section 12)."""
import math

import numpy as np
from astropy.io import fits

from fitsfile import Refused, last_block, read

DEFAULTS = dict(eminin="200.0", dein="2,24", nchanin="5900,500", eminout="0.0", deout="6.0", nchanout="4096",
                rmfthresh="1.0E-6")
SIGMA_OF_FWHM = 0.5 / math.sqrt(2 * math.log(2))
KEV = 0.001


class Response:
    """One run: the rows of the matrix, before grouping."""

    def __init__(self, parameters):
        self.p = DEFAULTS | parameters
        with fits.open(self.p["infile"], memmap=False) as hdus:
            self.header, self.image = hdus[0].header.copy(), np.array(hdus[0].data)
        hdu = 1 if self.header["DATAMODE"].startswith("WINDOW1") else 2
        table = read(self.p["rmfparam"], hdu)
        middle = (self.header["TSTART"] + self.header["TSTOP"]) / 2
        rows = last_block(table["TIME"], middle, strict=False)
        self.regions = [{name: table[name][i] for name in table.columns} for i in rows]
        self.weights = np.array([self._weight(r) for r in self.regions])
        if self.weights.sum() == 0:
            raise Refused("no counts in any region")
        self.channels = int(self.p["nchanout"])
        self.start, self.width = float(self.p["eminout"]) * KEV, float(self.p["deout"]) * KEV
        low = self.start + np.arange(self.channels) * self.width
        self.centres = 0.5 * (low + (low + self.width))

    def _weight(self, region):
        """Section 12.4: the image is read transposed, and a sample on the line of an edge counts as inside."""
        h = self.header
        bins = h["WMREBIN"]
        p, q = np.meshgrid(np.arange(h["NAXIS1"]), np.arange(h["NAXIS2"]), indexing="ij")
        x, y = p * bins + (h["X-OFFSET"] - 1) * bins + 1, q * bins + (h["Y-OFFSET"] - 1) * bins + 1
        cx, cy = region["CORNER_DETX"].astype(int), region["CORNER_DETY"].astype(int)
        cross = np.array([(x - cx[a]) * (cy[(a + 1) % 4] - cy[a]) - (y - cy[a]) * (cx[(a + 1) % 4] - cx[a])
                          for a in range(4)])
        inside = (cross > 0).all(0) | (cross < 0).all(0) | (cross == 0).any(0)
        values = self.image.reshape(h["NAXIS1"], h["NAXIS2"])
        return values[inside & (values > 0)].sum(dtype=float)

    def energies(self):
        """Lower and upper edges of the photon grid, keV (section 12.1)."""
        low, high = [], []
        start = float(self.p["eminin"]) * KEV
        for step, number in zip(self.p["dein"].split(","), self.p["nchanin"].split(",")):
            step = float(step) * KEV
            edges = start + np.arange(int(number)) * step
            low, high, start = [*low, *edges], [*high, *(edges + step)], start + int(number) * step
        return np.array(low), np.array(high)

    def row(self, energy):
        """Section 12.5: sum over the regions; NaN everywhere where a component has no sample."""
        total = self.weights[self.weights > 0].sum()
        return sum(self._region(r, energy) * (w / total) for r, w in zip(self.regions, self.weights) if w > 0)

    def _region(self, region, energy):
        value = {name: interpolated(region["ENERGY"], region[name], energy) for name in region
                 if name.endswith(("FWHM", "AMP", "OFFSET"))}
        components = [(energy, value["PRIMARY_FWHM"], 1.0)]
        components += [(energy - value[n + "_OFFSET"], value[n + "_FWHM"], value[n + "_AMP"])
                       for n in ("SECONDARY", "ESCAPE", "FLUOR")]
        area = sum(c[2] for c in components) + value["CONST_AMP"]
        row = np.zeros(self.channels)
        for centre, fwhm, amplitude in components:
            sigma = fwhm * SIGMA_OF_FWHM
            k = np.arange(self._channel(centre - 5 * sigma), self._channel(centre + 5 * sigma) + 1)
            gauss = (np.exp((-0.5 * (self.centres[k] - centre) * (self.centres[k] - centre)) / sigma / sigma)
                     / math.sqrt(2 * math.pi) / sigma)
            with np.errstate(invalid="ignore"):
                row[k] += amplitude / area * gauss / gauss.sum()
        low, high = self._channel(self.start), self._channel(energy)
        row[low:high + 1] += value["CONST_AMP"] / area / (high - low + 1)
        return row

    def _channel(self, energy):
        return int(min(max(math.floor((energy - self.start) / self.width), 0), self.channels - 1))


def interpolated(x, y, at):
    """Linear, also beyond the ends."""
    i = max(min(int(np.searchsorted(x, at, "right")) - 1, len(x) - 2), 0)
    return y[i] + (y[i + 1] - y[i]) * (at - x[i]) / (x[i + 1] - x[i])


def grouped(row, threshold):
    """Section 12.6: what is left of a row: groups begin above the threshold and end below it."""
    if np.isnan(row).any():
        return np.zeros_like(row)
    return np.where(row > threshold, row, 0.0)


def expected(parameters):
    """(lower edges, upper edges, full rows, threshold)."""
    response = Response(parameters)
    low, high = response.energies()
    rows = np.array([response.row(0.5 * (a + b)) for a, b in zip(low, high)])
    return low, high, rows, float(response.p["rmfthresh"])
