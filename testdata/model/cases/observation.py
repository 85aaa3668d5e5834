# SPDX-License-Identifier: Apache-2.0
"""A random event file: any window mode, CCD subset, node choice, charge injection, nulls and extreme values."""
import numpy as np

from fitsfile import Column, table, write

TSTART = 70_000_000.0
DURATION = 4_000.0
EPOCHS = (15_000_000.0, 31_536_000.0, 90_000_000.0)
MISSION = dict(TELESCOP="HITOMI", INSTRUME="SXI")
WINDOW_SIZES = {"WINDOW1": 640, "WINDOW1BURST": 640, "WINDOW1BURST2": 640, "WINDOW2": 80, "WINDOW2BURST": 80}
DETECTORS = {"CCD": (0, 1, 2, 3), "CCD12": (0, 1), "CCD34": (2, 3)}
NULL_BYTE, NULL_PIXEL, NULL_PHAS = 255, -1, -32768


def chance(rng, probability):
    return rng.random() < probability


def text(values):
    """A tuple in the notation of the flight headers."""
    return "(" + ",".join(str(int(v)) for v in values) + ")"


def actx(rawx, segment, node):
    """RAWX to ACTX (energy chain, section 1)."""
    rising = node == segment
    low = np.where(segment == 0, 1, 321)
    return np.where(rising, low + rawx, low + 319 - rawx)


class Observation:
    """Header and event columns, to be bent by the case of a task and then written."""

    def __init__(self, rng, rows):
        self.rng, self.rows = rng, rows
        self.header = dict(MISSION, TSTART=TSTART, TSTOP=TSTART + DURATION, MJDREFI=56658,
                           MJDREFF=0.000777592592592593, TIMESYS="TT", TIMEUNIT="s", TIMEREF="LOCAL", TIMEDEL=4.0,
                           OBS_ID="100000000", RA_NOM=83.633, DEC_NOM=22.0145, PA_NOM=0.0, EQUINOX=2000.0,
                           RADECSYS="FK5")
        self._geometry()
        self._injection()
        self._area_discrimination()
        self.columns = self._addresses() | self._pulse_heights()
        self._rare_rows()

    def _geometry(self):
        rng, h = self.rng, self.header
        mode = str(rng.choice(list(WINDOW_SIZES)))
        h["DATAMODE"], h["WINOPT"] = mode, int(mode.startswith("WINDOW2"))
        h["WIN_SIZE"] = WINDOW_SIZES[mode] if chance(rng, 0.8) or not h["WINOPT"] else int(rng.choice([160, 40]))
        h["WIN_ST"] = int(rng.integers(1, 642 - h["WIN_SIZE"]))
        h["DETNAM"] = str(rng.choice(list(DETECTORS)))
        self.nodes = rng.integers(0, 2, 8) if chance(rng, 0.7) else np.array([0, 1, 0, 1, 1, 0, 1, 0])
        h["ACTVNODE"] = text(self.nodes)
        h["HUCLEGTH"], h["VUCHEGHT"] = text(rng.integers(0, 12, 8)), text(rng.integers(0, 12, 8))
        h["IMGHEGHT"] = text(rng.integers(630, 650, 8))
        h["EVENTTHR"] = text(rng.integers(5, 60, 8)) if chance(rng, 0.7) else "( 20,NA, 24,26,na,30,32,34 )"

    def _injection(self):
        rng, h = self.rng, self.header
        h["CISTATUS"] = int(chance(rng, 0.8))
        h["CIPERIOD"] = int(rng.choice([80, 64, 54, 27, 160]))
        h["CIOFFSET"], h["CIFIRST"] = int(rng.integers(0, 120)), int(rng.integers(1, 90))
        if chance(rng, 0.2):  # the first row of charge injection near the edge of the chip
            h["CIOFFSET"], h["CIFIRST"] = int(rng.integers(0, 3)), int(rng.integers(1, 4))

    def _area_discrimination(self):
        rng = self.rng
        for ccd in range(4):
            for segment in range(2):
                name = f"C{ccd}S{segment}"
                self.header[name + "ARON"] = text([chance(rng, 0.7)] + [chance(rng, 0.3) for _ in range(4)])
                inside = (rng.integers(0, 30), rng.integers(290, 320), rng.integers(0, 60), rng.integers(560, 640))
                self.header[name + "ARIN"] = text(inside)
                outside = []
                for _ in range(4):
                    x, y = rng.integers(0, 320), rng.integers(0, 640)
                    outside += [x, min(319, x + rng.integers(0, 60)), y, min(639, y + rng.integers(0, 80))]
                self.header[name + "AROU"] = text(outside)

    def _addresses(self):
        rng, n, h = self.rng, self.rows, self.header
        ccd = rng.choice(DETECTORS[h["DETNAM"]], n)
        segment = rng.integers(0, 2, n)
        node = self.nodes[2 * ccd + segment]
        rawx, rawy = rng.integers(0, 320, n), rng.integers(0, 640, n)
        edge = rng.random(n)
        rawx = np.where(edge < 0.3, rng.choice([0, 0, 319, 319, 1, 318], n), rawx)
        rawy = np.where(rng.random(n) < 0.1, rng.choice([0, 1, 2, 637, 638, 639], n), rawy)
        time = np.sort(TSTART + np.floor(rng.uniform(0, DURATION / 4, n)) * 4.0 + 0.25)
        return dict(TIME=time, CCD_ID=ccd, SEGMENT=segment, READNODE=node, RAWX=rawx, RAWY=rawy,
                    ACTX=actx(rawx, segment, node), ACTY=rawy % h["WIN_SIZE"] + h["WIN_ST"],
                    ADCAVE=rng.choice([0, 1, 2], n))

    def _pulse_heights(self):
        rng, n = self.rng, self.rows
        inner = rng.integers(-12, 13, (n, 9))
        inner[:, 0] = rng.gamma(1.2, 400, n).astype(int) % 4000
        split = rng.random((n, 9)) < 0.15
        inner = np.where(split, rng.integers(0, 400, (n, 9)), inner)
        crowded = rng.random(n) < 0.3
        inner = np.where(crowded[:, None], rng.integers(-20, 120, (n, 9)), inner)
        inner[:, 0] = np.maximum(inner[:, 0], np.where(crowded, inner.max(axis=1, initial=0), 0))
        outer = np.where(rng.random(n) < 0.6, 0, rng.integers(0, 65536, n))
        return dict(PHAS_INNER3X3=inner, PHAS_OUTER5X5=rng.integers(-8, 20, (n, 16)), P_OUTER_MOST=outer,
                    SUM_OUTER_MOST=rng.integers(-20, 20, n), PHAS=inner.copy(),
                    PHASALL=np.full((n, 25), NULL_PHAS), PHAS_MASK=np.zeros((n, 9), int),
                    PHA=np.where(rng.random(n) < 0.5, rng.integers(0, 600, n), rng.integers(0, 4097, n)),
                    PI=rng.integers(0, 4096, n), GRADE=rng.integers(-1, 12, n))

    def _rare_rows(self):
        """Bits left by earlier tasks, bad telemetry, null times."""
        rng, n = self.rng, self.rows
        self.columns["STATUS"] = rng.random((n, 48)) < 0.05
        status = np.zeros((n, 32), bool)
        for flag in (1, 2, 17):
            status[:, flag - 1] = rng.random(n) < 0.02
        self.columns["PROC_STATUS"] = status
        self.replace("TIME", 0.01, np.nan)

    def replace(self, name, probability, *values):
        """Puts one of these values into a random part of a column."""
        column = self.columns[name]
        chosen = self.rng.random(column.shape) < probability
        column[chosen] = self.rng.choice(values, int(chosen.sum()))

    def hdu(self, *extra, signed_outer=False):
        """The EVENTS table (events, section 3.2), with further Columns at its end."""
        c = self.columns
        outer = np.where(c["P_OUTER_MOST"] > 32767, c["P_OUTER_MOST"] - 65536, c["P_OUTER_MOST"])
        outer = (Column("P_OUTER_MOST", "1I", outer) if signed_outer
                 else Column("P_OUTER_MOST", "1I", c["P_OUTER_MOST"], unsigned=True))
        pixel = [Column(n, "1I", c.get(n, np.full(self.rows, NULL_PIXEL)), NULL_PIXEL, 1, size) for n, size in (
            ("ACTX", 640), ("ACTY", 640), ("DETX", 1810), ("DETY", 1810), ("FOCX", 2430), ("FOCY", 2430),
            ("X", 2430), ("Y", 2430))]
        return table("EVENTS", [
            Column("TIME", "1D", c["TIME"]), Column("CCD_ID", "1B", c["CCD_ID"], NULL_BYTE, 0, 3),
            Column("SEGMENT", "1B", c["SEGMENT"], NULL_BYTE, 0, 1),
            Column("READNODE", "1B", c["READNODE"], NULL_BYTE, 0, 1),
            Column("ADCAVE", "1I", c["ADCAVE"], NULL_BYTE, -1, 2), Column("RAWX", "1I", c["RAWX"], NULL_PIXEL, 0, 319),
            Column("RAWY", "1I", c["RAWY"], NULL_PIXEL, 0, 639), *pixel,
            Column("PHAS_INNER3X3", "9I", c["PHAS_INNER3X3"], NULL_PHAS),
            Column("PHAS_OUTER5X5", "16I", c["PHAS_OUTER5X5"], NULL_PHAS), outer,
            Column("SUM_OUTER_MOST", "1I", c["SUM_OUTER_MOST"], NULL_PHAS),
            Column("PHAS", "9I", c["PHAS"], NULL_PHAS, -32767, 32767),
            Column("PHASALL", "25I", c["PHASALL"], NULL_PHAS, -32767, 32767),
            Column("PHAS_MASK", "9B", c["PHAS_MASK"]), Column("PHA", "1I", c["PHA"], 4096, 0, 4095),
            Column("PI", "1I", c["PI"], 4096, 0, 4095), Column("GRADE", "1I", c["GRADE"], -1, 0, 11),
            Column("STATUS", "48X", c["STATUS"]), Column("PROC_STATUS", "32X", c["PROC_STATUS"]), *extra], self.header)

    def write(self, path, *extra, signed_outer=False):
        """Writes EVENTS and a GTI of the whole observation."""
        gti = table("GTI", [Column("START", "1D", np.array([TSTART])),
                            Column("STOP", "1D", np.array([TSTART + DURATION]))], self.header)
        return write(path, self.hdu(*extra, signed_outer=signed_outer), gti)
