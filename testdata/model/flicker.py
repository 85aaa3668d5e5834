# SPDX-License-Identifier: Apache-2.0
"""Search for flickering pixels `searchflickpix` (events, section 10)."""
import numpy as np
from scipy.special import gammaincc

from fitsfile import read, yes

DEFAULTS = dict(timecol="TIME", chipcol="CCD_ID", xcol="ACTX", ycol="ACTY", chancol="PI", gradecol="GRADE", grade="0",
                n_division="1", cleanimg="no", cellsize="7", impfac="320", logprob1="-5.6", logprob2="-5.6",
                iterate="yes", flagedge="no", bthresh="3", firstchip="TLMIN", lastchip="TLMAX", xmin="TLMIN",
                xmax="TLMAX", ymin="TLMIN", ymax="TLMAX", chanmin="TLMIN", chanmax="TLMAX")
RANGES = (("chipcol", "firstchip", "lastchip"), ("xcol", "xmin", "xmax"), ("ycol", "ymin", "ymax"),
          ("chancol", "chanmin", "chanmax"))


class Search:
    """One run of the task."""

    def __init__(self, parameters):
        self.p = DEFAULTS | parameters
        self.events = read(self.p["infile"], "EVENTS")
        self.selected = self._selected()

    def _selected(self):
        """Events in all ranges with one of the grades; a null is a number like any other (section 10.2)."""
        e, p = self.events, self.p
        use = ~np.isnan(e[p["timecol"]]) & np.isin(e[p["gradecol"]], [int(g) for g in p["grade"].split(",")])
        for column, low, high in RANGES:
            _, first, last = e.limits(p[column])
            first = first if p[low] == "TLMIN" else int(p[low])
            last = last if p[high] == "TLMAX" else int(p[high])
            use &= (e[p[column]] >= first) & (e[p[column]] <= last)
        return use

    def run(self):
        """(rows of PIXELS as (START, STOP, CCD_ID, ACTX, ACTY, COUNTS, PI), rows of the input in EVENTS)."""
        e, p = self.events, self.p
        start, stop = e.header["TSTART"], e.header["TSTOP"]
        parts = int(p["n_division"])
        length = (stop - start) / parts
        pixels, flickering = [], np.zeros(len(e), bool)
        for k in range(parts):
            low, high = start + k * length, start + (k + 1) * length
            time = e[p["timecol"]]
            for chip in range(4):
                rows = np.flatnonzero(self.selected & (time >= low) & (time <= high) & (e[p["chipcol"]] == chip))
                if len(rows):
                    pixels += self._chip(rows, chip, (low, high), flickering)
        copied = self.selected & flickering
        return pixels, np.flatnonzero(~np.isnan(e[p["timecol"]]) & (copied != yes(p, "cleanimg")))

    def _chip(self, rows, chip, limits, flickering):
        e, p = self.events, self.p
        x, y, channel = (e[p[c]][rows].astype(int) for c in ("xcol", "ycol", "chancol"))
        counts, sums = np.zeros((2, 641, 641))
        np.add.at(counts, (x, y), 1)
        np.add.at(sums, (x, y), channel)
        box = slice(x.min(), x.max() + 1), slice(y.min(), y.max() + 1)
        if counts[box].size <= 1:
            return []
        flagged = detect(counts, box, p) & (counts > 0)
        flickering[rows] |= flagged[x, y]
        return [(*limits, chip, int(i), int(j), int(counts[i, j]), int(sums[i, j] / counts[i, j]))
                for i, j in np.argwhere(flagged)]


def probability(counts, mean):
    """Chance of more than `counts`, with the reference's digits: one minus the complement in single precision."""
    return np.float32(1) - gammaincc(counts + 1, mean).astype(np.float32)


def detect(counts, box, p):
    """Section 10.3 on the counts of one chip: a map of the flagged pixels."""
    flagged, left, half = np.zeros(counts.shape, bool), counts.copy(), int(p["cellsize"]) // 2
    if int(p["cellsize"]) == 0:
        return left > float(p["bthresh"])
    if float(p["logprob1"]) <= 0:
        mean = float(p["impfac"]) * left.sum() / (left[box].size - 1)
        flagged = probability(left, mean) < 10 ** float(p["logprob1"])
        left[flagged] = 0
    while float(p["logprob2"]) <= 0:
        found = _local(left[box], ~flagged[box], half, p)
        flagged[box] |= found
        left[box][found] = 0
        if not found.any() or not yes(p, "iterate"):
            break
    if yes(p, "flagedge"):
        inner = flagged[box][half:-half, half:-half].copy() if half else flagged[box].copy()
        flagged[box] = True
        if inner.size:
            flagged[box][half:flagged[box].shape[0] - half, half:flagged[box].shape[1] - half] = inner
    return flagged


def _local(counts, free, half, p):
    """Pixels above the mean of the unflagged ones around them; beyond the edge of the box the edge repeats."""
    total, number = np.zeros((2, *counts.shape))
    for dx in range(-half, half + 1):
        for dy in range(-half, half + 1):
            at = np.ix_(*(np.clip(np.arange(n) + d, 0, n - 1) for n, d in zip(counts.shape, (dx, dy))))
            total += counts[at]
            number += free[at]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (total - counts) / (number - 1)
        above = (counts > mean) & ~((mean == 0) & (counts < float(p["bthresh"])))
        return above & free & (probability(counts, mean) < 10 ** float(p["logprob2"]))


def expected(parameters):
    """(rows of PIXELS, rows of the input in EVENTS)."""
    return Search(parameters).run()
