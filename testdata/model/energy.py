# SPDX-License-Identifier: Apache-2.0
"""The energy step `sxipi` with its 6.20 faults: PHAS to GRADE, PHA and PI (energy chain, sections 4 to 11)."""
import math
from dataclasses import dataclass

import numpy as np

import grades
import pulseheights
from arithmetic import truncated
from fitsfile import Refused, bad_rows, eight, last_block, read, yes

DEFAULTS = dict(
    hkfile="NONE", hkext="HK_SXI_USR_USER_HK1", hkcolstem="SXI_USR_HKTBL_", hkvideoid="A,B,B,B", startcol="PHAS",
    evnoddcor="yes", chtrailcor="yes", cticor="yes", gaincor="yes", ctigrade="yes", copygrade="no", phcut="CALDB",
    badpixopt="2", spthiter="yes", spthcaldb="yes", spthoffset="15.0", spthslope="0.0", evtthre="DEFAULT",
    negthre="-5000", deltatime="8", debugcol="no", randomize="yes", seed="-1457")
NULL_PHA, NULL_GRADE = 4096, -1
# Indices of STATUS (section 5.1): flag minus one.
BELOW_THRESHOLD, TEMPERATURE, NO_TEMPERATURE, NEGATIVE_TRAIL, NULLED = 25, 26, 27, 28, 29
STEPS = ("PHAS_EVENODD", "PHAS_TRAILCORR", "PHAS_CTICORR")
MASKED = -32768.0


@dataclass(frozen=True)
class Header:
    """What the step reads from the header of the events (section 4.2)."""

    nodes: list
    under_clock: list
    vertical_under_clock: list
    image_height: list
    win_start: int
    ci_status: int
    ci_period: int
    ci_offset: int
    ci_first: int

    @staticmethod
    def of(h):
        return Header(eight(h["ACTVNODE"]), eight(h["HUCLEGTH"]), eight(h["VUCHEGHT"]), eight(h["IMGHEGHT"]),
                      h["WIN_ST"], h["CISTATUS"], h["CIPERIOD"], h["CIOFFSET"], h["CIFIRST"])


@dataclass(frozen=True)
class Event:
    """One row of the events, numbers as stored."""

    ccd: int
    segment: int
    node: int
    rawx: int
    actx: int
    acty: int
    adcave: int
    grade: int
    pha: float
    outer: int


class Calibration:
    """The rows of one calibration table that apply, by key; the first row of a key counts (sections 11.2, 11.3)."""

    def __init__(self, table, start, key=("CCD_ID", "SEGMENT", "READNODE")):
        if table["TIME"][0] > start:
            raise Refused("the first block begins after TSTART")
        self.ph_ref = table.header.get("PH_REF")
        self.vt_ref = table.header.get("VT_REF")
        self.rows = {}
        names = [n for n in table.columns if n != "TIME" and n not in key]
        for i in last_block(table["TIME"], start, strict=True):
            values = {n: np.asarray(table[n][i], float).tolist() for n in names}
            self.rows.setdefault(tuple(int(table[k][i]) for k in key), values)
        self.zeros = dict.fromkeys(names, 0.0)

    def row(self, event):
        return self.rows.get((event.ccd, event.segment, event.node), self.zeros)


class VideoTemperature:
    """Section 6.2: (value, state) at a time; the pointer moves forward only, as in the original."""

    def __init__(self, parameters, table):
        self.gap_limit = int(parameters["deltatime"])
        self.low, self.high = table.header["VT_MIN"], table.header["VT_MAX"]
        self.times = None
        self.pointer = 1
        if parameters["hkfile"] == "NONE":
            return
        hk = read(parameters["hkfile"], parameters["hkext"])
        self.times = hk["TIME"]
        boards = [b.strip() for b in parameters["hkvideoid"].split(",")]
        self.values = [hk[f"{parameters['hkcolstem']}MIO{1 + ccd // 2}_VT_{boards[ccd]}_CAL"] for ccd in range(4)]

    def at(self, time, ccd):
        if self.times is None:
            return 0.0, -1
        known = self.times[~np.isnan(self.times)]
        if time < known[0] or time > known[-1]:
            return 0.0, -1
        later = next((i for i in range(self.pointer, len(self.times)) if self.times[i] > time), None)
        if later is None:
            return 0.0, -1
        self.pointer = later
        earlier = next(i for i in range(later - 1, -1, -1) if not math.isnan(self.times[i]))
        gap = self.times[later] - self.times[earlier]
        if gap <= 0:
            raise Refused("housekeeping not in time order")
        if gap > self.gap_limit:
            return 0.0, -1
        v = self.values[ccd]
        value = (((self.times[later] - time) / gap) * v[earlier] + ((time - self.times[earlier]) / gap) * v[later])
        return float(value), 1 if value < self.low or value > self.high else 0


class Energy:
    """One run of the step: `run()` gives the columns that the task writes."""

    def __init__(self, parameters):
        self.p = DEFAULTS | parameters
        self.events = read(self.p["infile"], "EVENTS")
        if len(self.events) == 0:
            raise Refused("no rows")
        self.header = Header.of(self.events.header)
        self.start_column = self.p["startcol"]
        self.enabled = [yes(self.p, switch) for switch in ("evnoddcor", "chtrailcor", "cticor")]
        self._load()
        own = self.p["evtthre"]
        self.thresholds = eight(self.events.header["EVENTTHR"]) if own == "DEFAULT" else [int(own)] * 8
        self.cut = None if self.p["phcut"] == "CALDB" else float(self.p["phcut"])

    def _load(self):
        """Explicit files: trail, CTI and gain from HDU 2 for WINDOW1, 3 for WINDOW2 (section 11.1, Q16)."""
        start = self.events.header["TSTART"]
        hdu = 1 if self.events.header["DATAMODE"].startswith("WINDOW1") else 2
        vt = read(self.p["vtevnoddfile"], 1)
        self.even_odd = Calibration(vt, start, ("CCD_ID", "SEGMENT", "READNODE", "ADCAVE", "EVEN_ODD"))
        self.even_odd.rows = {key: tuple(row.values()) for key, row in self.even_odd.rows.items()}
        self.temperature = VideoTemperature(self.p, vt)
        self.trail = Calibration(read(self.p["chtrailfile"], hdu), start)
        self.cti = Calibration(read(self.p["ctifile"], hdu), start)
        anomalies = read(self.p["ctifile"], "ANOMALY_REGION")
        self.cti.anomalies = {(int(c), int(x)): (int(low), int(high)) for c, x, low, high in zip(
            *(anomalies[n] for n in ("CCD_ID", "ACTX", "ANOMALY_MIN", "ANOMALY_MAX")))}
        self.split = Calibration(read(self.p["spthfile"], 1), start)
        self.gain = Calibration(read(self.p["gainfile"], hdu), start)
        self.patterns = {}
        if self.start_column != "PHA":
            pattern = read(self.p["patternfile"], 1)
            for key, value in zip(pattern["PATTERN"], pattern["GRADE"]):
                self.patterns.setdefault(tuple(int(b) for b in key), int(value))

    def run(self):
        """Columns of the output by name; None for a column that must not be there."""
        e, n = self.events, len(self.events)
        self.deviates = self._deviates(n)
        out = {"PHA": np.full(n, NULL_PHA), "PI": np.full(n, NULL_PHA), "GRADE": np.full(n, NULL_GRADE),
               "STATUS": e["STATUS"].copy(), "PHA_SPTH": np.full(n, NULL_PHA), "GRADE_SPTH": np.full(n, NULL_GRADE)}
        out |= {name: np.full((n, 9), np.nan) for name in STEPS}
        self.rejected = bad_rows(e["PROC_STATUS"])
        for i in range(n):
            self._event(i, out)
        if not yes(self.p, "debugcol"):
            out |= dict.fromkeys(STEPS + ("PHA_SPTH", "GRADE_SPTH"))
        kept = yes(self.p, "copygrade")
        return out | {"PHA_COPY": e["PHA"] if kept else None, "GRADE_COPY": e["GRADE"] if kept else None}

    def keywords(self):
        """TNULL, TLMIN and TLMAX that the task sets (section 10)."""
        return {"PHA": (NULL_PHA, 0, 4095), "PI": (NULL_PHA, 0, 4095),
                "GRADE": (NULL_GRADE,) + self.events.limits("GRADE")[1:]}

    def _deviates(self, n):
        """Nine per row, whatever becomes of the row (section 5.2)."""
        if not yes(self.p, "randomize") or self.start_column not in ("PHAS", "PHA"):
            return None
        generator = np.random.RandomState(int(self.p["seed"]) & 0xFFFFFFFF)
        return generator.randint(0, 2**32, size=(n, 9), dtype=np.uint32) / 4294967296.0

    def _event(self, i, out):
        """Section 5 from the range checks to the gain."""
        e, status = self.events, out["STATUS"][i]
        raw = [int(x) for x in e["PHAS"][i]]
        stored = self.start_column in STEPS
        w = [float(x) for x in (e[self.start_column][i] if stored else raw)]
        if self.deviates is not None:
            w = [a + float(r) for a, r in zip(w, self.deviates[i])]
        flag = self._rejection(i, raw, w)
        if flag is not None:
            if flag >= 0:
                status[flag] = True
            return
        event = Event(*(int(e[c][i]) for c in ("CCD_ID", "SEGMENT", "READNODE", "RAWX", "ACTX", "ACTY", "ADCAVE",
                                               "GRADE")), float(e["PHA"][i]), int(e["P_OUTER_MOST"][i]))
        if not self._correct(i, w, event, status, out):
            status[NULLED] = True
            return
        if not self._grade(i, w, event, out):
            status[NULLED] = True

    def _rejection(self, i, raw, w):
        """Steps 3 to 7: the STATUS index of the reason, -1 for a reason without flag, None for a row that goes on."""
        e = self.events
        if self.rejected[i]:
            return -1
        if math.isnan(e["TIME"][i]):
            return TEMPERATURE
        k = 2 * int(e["CCD_ID"][i]) + int(e["SEGMENT"][i])
        if k < 8 and raw[0] < self.thresholds[k]:
            return BELOW_THRESHOLD
        for name in ("CCD_ID", "SEGMENT", "READNODE", "RAWX", "ACTY"):
            null, low, high = e.limits(name)
            if not low <= e[name][i] <= high or e[name][i] == null:
                return NULLED
        if e["ADCAVE"][i] == e.limits("ADCAVE")[0]:
            return NULLED
        null = e.limits("PHAS")[0]
        compared = {"PHAS": [x == null for x in raw], "PHA": [e["PHA"][i] == 0]}
        if any(compared.get(self.start_column, [x == 0 for x in w])):
            return NULLED
        return -1 if min(raw) < int(self.p["negthre"]) else None

    def _correct(self, i, w, event, status, out):
        """Steps 8 to 10 on w in place; a step that is off copies its input."""
        k = 0
        if self.enabled[0]:
            k = 2 * event.ccd + event.segment
            temperature = self.temperature.at(float(self.events["TIME"][i]), event.ccd)
            status[TEMPERATURE] |= temperature[1] == 1
            status[NO_TEMPERATURE] |= temperature[1] == -1
            pulseheights.even_odd(w, event, self.header, self.even_odd, temperature)
        out["PHAS_EVENODD"][i] = w
        if self.enabled[1]:
            status[NEGATIVE_TRAIL] |= pulseheights.charge_trail(w, event, self.header, self.trail, k)
        out["PHAS_TRAILCORR"][i] = w
        if self.enabled[2] and not pulseheights.cti(w, event, self.header, self.cti, k, yes(self.p, "ctigrade"),
                                                    self.cut):
            return False
        out["PHAS_CTICORR"][i] = w
        return True

    def _grade(self, i, w, event, out):
        """Steps 11 and 12: bad pixels, two thresholds, gain. False nulls the event."""
        masked = self.events["PHAS_MASK"][i] == 1
        option = int(self.p["badpixopt"])
        if option == 3 and masked.any():
            return False
        pixels = [MASKED if option == 2 and m else p for p, m in zip(w, masked)]
        if pixels[0] < 0 or any(math.isnan(p) for p in pixels):
            return False
        row = self.split.row(event)
        offset, slope = row["SPTH_OFFSET"], row["SPTH_LINR"]
        if not yes(self.p, "spthcaldb"):
            offset, slope = float(int(float(self.p["spthoffset"]))), float(int(float(self.p["spthslope"])))
        pha, grade = grades.grade(pixels, offset, self.patterns, event.outer)
        out["PHA_SPTH"][i], out["GRADE_SPTH"][i] = int(pha), grade
        if yes(self.p, "spthiter"):
            pha, grade = grades.grade(pixels, slope * pha + offset, self.patterns, event.outer)
        out["GRADE"][i] = grade
        if not yes(self.p, "gaincor"):
            out["PHA"][i] = out["PI"][i] = int(pha)
            return True
        if self.start_column == "PHA":
            pha = event.pha
        out["PHA"][i], out["PI"][i] = int(pha), self._pi(pha, event)
        return True

    def _pi(self, pha, event):
        """Section 9."""
        row = self.gain.row(event)
        band = "LOW" if pha <= row["BOUND_LM"] else "MED" if pha <= row["BOUND_MH"] else "HI"
        pi = row["OFFSET_" + band] + row["LINR_" + band] * pha + row["QUAD_" + band] * (pha * pha)
        return truncated(pi, 0, 4095)


def expected(parameters):
    """(columns, limits): what the task must write for these parameters; Refused where it must end with an error."""
    step = Energy(parameters)
    return step.run(), step.keywords()
