# SPDX-License-Identifier: Apache-2.0
"""Coordinates of events `coordevt`: RAW, ACT, DET, FOC, SKY of a TelDef file and an attitude (events, section 7)."""
import math
from dataclasses import dataclass

import numpy as np
from astropy.coordinates import get_body_barycentric
from astropy.io import fits
from astropy.time import Time

from fitsfile import read, yes

DEFAULTS = dict(attfile="NONE", startsys="LOWEST", stopsys="HIGHEST", annaber="no", orbaber="no", attinterp="LINEAR",
                attdt="32", attext="ATTITUDE", attcol="QPARAM", attform="QUAT", randomize="TELDEF", seed="7", ra="-1",
                dec="-100", roll="0", blankcol="yes", infileext="EVENTS", timecol="TIME", inclfloatcol="no",
                inclfloatskycol="no", orbfile="NONE", orbext="ORBIT", orbcol="VELOCITY")
SYSTEMS = ("RAW", "ACT", "DET", "FOC", "SKY")
ROUNDING = 0.5 + 1e-8
LIGHT = 299792.458
DEGREE = math.pi / 180.0


def product(a, b):
    """The quaternion that turns by a, then by b."""
    a0, a1, a2, a3 = a
    b0, b1, b2, b3 = b
    return normal((b3 * a0 + b2 * a1 - b1 * a2 + b0 * a3, -b2 * a0 + b3 * a1 + b0 * a2 + b1 * a3,
                   b1 * a0 - b0 * a1 + b3 * a2 + b2 * a3, -b0 * a0 - b1 * a1 - b2 * a2 + b3 * a3))


def inverse(q):
    return -q[0], -q[1], -q[2], q[3]


def normal(q):
    """Unit norm and a scalar part that is not negative."""
    length = math.sqrt(sum(x * x for x in q))
    length = -length if q[3] < 0 else length
    return tuple(x / length for x in q)


def rotation(p):
    """Direction cosines of a quaternion."""
    p0, p1, p2, p3 = p
    return np.array([
        [p0**2 - p1**2 - p2**2 + p3**2, 2 * (p0 * p1 + p2 * p3), 2 * (p0 * p2 - p1 * p3)],
        [2 * (p0 * p1 - p2 * p3), -p0**2 + p1**2 - p2**2 + p3**2, 2 * (p1 * p2 + p0 * p3)],
        [2 * (p0 * p2 + p1 * p3), 2 * (p1 * p2 - p0 * p3), -p0**2 - p1**2 + p2**2 + p3**2]])


def quaternion(m):
    """The quaternion of direction cosines."""
    s = (1 + m[0, 0] - m[1, 1] - m[2, 2], 1 - m[0, 0] + m[1, 1] - m[2, 2], 1 - m[0, 0] - m[1, 1] + m[2, 2],
         1 + m[0, 0] + m[1, 1] + m[2, 2])
    k = int(np.argmax(s))
    p = math.sqrt(s[k]) / 2
    r = 1 / (4 * p)
    a, b, c = r * (m[0, 1] + m[1, 0]), r * (m[2, 0] + m[0, 2]), r * (m[1, 2] + m[2, 1])
    d, e, f = r * (m[1, 2] - m[2, 1]), r * (m[2, 0] - m[0, 2]), r * (m[0, 1] - m[1, 0])
    return normal(((p, a, b, d), (a, p, c, e), (b, c, p, f), (d, e, f, p))[k])


def of_euler(phi, theta, psi):
    """The quaternion of Euler angles Z-Y-Z, degrees."""
    cphi, sphi = math.cos(phi * DEGREE), math.sin(phi * DEGREE)
    ctht, stht = math.cos(theta * DEGREE), math.sin(theta * DEGREE)
    cpsi, spsi = math.cos(psi * DEGREE), math.sin(psi * DEGREE)
    return quaternion(np.array([
        [cpsi * ctht * cphi - spsi * sphi, cpsi * ctht * sphi + spsi * cphi, -cpsi * stht],
        [-spsi * ctht * cphi - cpsi * sphi, -spsi * ctht * sphi + cpsi * cphi, spsi * stht],
        [stht * cphi, stht * sphi, ctht]]))


class TelDef:
    """The geometry of a TelDef file (sections 7.1 to 7.5)."""

    def __init__(self, path):
        with fits.open(path, memmap=False) as hdus:
            self.h = hdus[0].header.copy()
        self.segments = read(path, "MULTISEG0_COEFF")

    def first(self, system, axis):
        return self.h.get(f"{system}{axis}PIX1", 1.0)

    def size(self, system, axis):
        return self.h[f"{system}_{axis}SIZ"]

    def centre(self, system, axis):
        return self.first(system, axis) + 0.5 * self.size(system, axis) - 0.5

    def inside(self, system, point):
        """Whether a point lies in the continuous range of the pixels of a system."""
        return all(math.isfinite(v) and self.first(system, axis) - 0.5 <= v <=
                   self.first(system, axis) + self.size(system, axis) - 0.5 for axis, v in zip("XY", point))

    def raw_to_act(self, point, row, header):
        """Section 7.2, None where no row of the table matches."""
        t = self.segments
        names = [t.header[f"PROP{k}"].strip() for k in range(t.header["NPROP"])]
        wanted = [int(row[n]) if n in row else int(header[n]) for n in names]
        for i in range(len(t)):
            if all(int(t[f"PROPERTY{k}"][i]) == w for k, w in enumerate(wanted)):
                break
        else:
            return None
        tx, ty = (math.fmod(int(v + 0.5 - t[f"COEFF_{axis}_E"][i]), int(t[f"COEFF_{axis}_D"][i]))
                  for axis, v in zip("XY", point))
        offsets = [t.header[f"WINOFF{axis}"].strip() for axis in "XY"]
        return tuple(t[f"COEFF_{axis}_A"][i] + t[f"COEFF_{axis}_B"][i] * tx + t[f"COEFF_{axis}_C"][i] * ty
                     + (0 if offset == "NONE" else header[offset]) for axis, offset in zip("XY", offsets))

    def act_to_det(self, point, ccd):
        """Section 7.3."""
        h = self.h
        internal = [h[f"CO1_{axis}{ccd}_A"] + h[f"CO1_{axis}{ccd}_B"] * point[0] + h[f"CO1_{axis}{ccd}_C"] * point[1]
                    for axis in "XY"]
        inner = [v - h.get(f"INT_{axis}CEN", 0.0) for axis, v in zip("XY", internal)]
        return self._basic(inner, "DET", -1)

    def det_to_foc(self, point):
        """Section 7.4."""
        return self._basic([v - self.centre("DET", axis) for axis, v in zip("XY", point)], "FOC", 1)

    def _basic(self, inner, system, y_flip):
        h = self.h
        scale = h.get(f"{system}_SCAL", 1.0)
        u = (inner[0] - h.get(f"{system}_XOFF", 0.0)) * h.get(f"{system}XFLIP", 1) / scale
        v = (inner[1] - h.get(f"{system}_YOFF", 0.0)) * h.get(f"{system}YFLIP", y_flip) / scale
        t = h.get(f"{system}_ROTD", 0.0) * DEGREE
        return (math.cos(t) * u + math.sin(t) * v + self.centre(system, "X"),
                -math.sin(t) * u + math.cos(t) * v + self.centre(system, "Y"))

    def alignment(self):
        matrix = [[self.h.get(f"FOC_M{i}{j}", self.h.get(f"ALIGNM{i}{j}", float(i == j))) for i in (1, 2, 3)]
                  for j in (1, 2, 3)]
        return quaternion(np.array(matrix))

    def pointing(self, ra, dec, roll):
        """The quaternion of a pointing, before alignment (section 7.5)."""
        return of_euler(ra, 90 - dec, roll * self.h.get("ROLLSIGN", -1) + 90 - self.h.get("ROLLOFF", 0.0))


class Attitude:
    """Section 7.6; without a file there is no SKY."""

    def __init__(self, p):
        self.linear, self.margin = p["attinterp"] == "LINEAR", float(p["attdt"])
        if p["attfile"] == "NONE":
            self.times, self.margin = np.array([math.inf]), 0.0
            return
        table = read(p["attfile"], p["attext"])
        self.times = table["TIME"]
        rows = table[p["attcol"]]
        self.rows = [normal(r) if p["attform"] == "QUAT" else of_euler(*r) for r in rows]

    def at(self, time):
        """The quaternion at a time, None where the file does not reach."""
        t = self.times
        if not t[0] - self.margin <= time <= t[-1] + self.margin:
            return None
        if time < t[0]:
            return self.rows[0]
        if time >= t[-1]:
            return self.rows[-1]
        i = int(np.searchsorted(t, time, "right")) - 1
        f = (time - t[i]) / (t[i + 1] - t[i])
        if not self.linear:
            return self.rows[i if f < 0.5 else i + 1]
        return product(self.rows[i], part(product(inverse(self.rows[i]), self.rows[i + 1]), f))


def part(d, f):
    """The fraction f of a turn, about the same axis."""
    half = math.acos(min(1.0, d[3]))
    if half == 0:
        return 0.0, 0.0, 0.0, 1.0
    ratio = math.sin(f * half) / math.sin(half)
    return d[0] * ratio, d[1] * ratio, d[2] * ratio, math.cos(f * half)


@dataclass(frozen=True)
class Sky:
    """FOC to SKY (section 7.5)."""

    teldef: TelDef
    attitude: Attitude
    origin: tuple
    align: tuple
    velocity: object  # of the observer at a time

    def transform(self, point, time):
        if math.isnan(time):
            return None
        q = self.attitude.at(time)
        if q is None:
            return None
        p0, p1, p2, p3 = product(inverse(self.origin), product(q, inverse(self.align)))
        n00, n11 = p0**2 - p1**2 - p2**2 + p3**2, -p0**2 + p1**2 - p2**2 + p3**2
        n22 = -p0**2 - p1**2 + p2**2 + p3**2
        n01, n10 = 2 * (p0 * p1 - p2 * p3), 2 * (p0 * p1 + p2 * p3)
        n02, n12 = 2 * (p0 * p2 + p1 * p3), 2 * (p1 * p2 - p0 * p3)
        t = self.teldef
        per_radian = t.h["FOCALLEN"] / t.h["FOC_XSCL"]
        u, v = point[0] - t.centre("FOC", "X"), point[1] - t.centre("FOC", "Y")
        x = t.centre("SKY", "X") + n00 / n22 * u - n01 / n22 * v - n02 / n22 * per_radian
        y = t.centre("SKY", "Y") - n10 / n22 * u + n11 / n22 * v + n12 / n22 * per_radian
        dx, dy = self._aberration(time, per_radian)
        return x + dx, y + dy

    def _aberration(self, time, per_radian):
        """Shift of the apparent direction; the velocity has the sign of what is asked for."""
        v = self.velocity(time)
        if not v.any():
            return 0.0, 0.0
        rows = rotation(self.origin)
        return -per_radian * float(v @ rows[0]), per_radian * float(v @ rows[1])


class Velocity:
    """Velocity of the observer in units of c, J2000, negated to take aberration out, as it is for INVERT."""

    SIGNS = {"no": 0.0, "yes": -1.0, "invert": 1.0}

    def __init__(self, p, header):
        self.annual, self.orbital = self.SIGNS[p["annaber"]], self.SIGNS[p["orbaber"]]
        self.day_zero = header["MJDREFI"] + header["MJDREFF"]
        if self.orbital:
            self.orbit = read(p["orbfile"], p["orbext"])
            self.column = p["orbcol"]

    def __call__(self, time):
        v = np.zeros(3)
        if self.annual:
            v += self.annual * self._earth(time)
        if self.orbital:
            axes = self.orbit[self.column].T
            v += self.orbital / LIGHT * np.array([np.interp(time, self.orbit["TIME"], a) for a in axes])
        return v

    def _earth(self, time):
        """From the barycentric position 30 s before and after."""
        days = self.day_zero + (time + np.array([-30.0, 30.0])) / 86400.0
        before, after = get_body_barycentric("earth", Time(days, format="mjd", scale="tt")).xyz.to_value("km").T
        return (after - before) / 60.0 / LIGHT


class Coordinates:
    """One run of the task."""

    def __init__(self, parameters):
        self.p = p = DEFAULTS | parameters
        self.events = read(p["infile"], p["infileext"])
        self.header = self.events.header
        self.teldef = TelDef(p["teldeffile"])
        ra, dec = float(p["ra"]), float(p["dec"])
        ra, dec = (self.header["RA_NOM"] if ra < 0 else ra), (self.header["DEC_NOM"] if dec < -90 else dec)
        # The roll of the sky system turns nothing but the keywords: X, Y have north up (section 7.5).
        origin = self.teldef.pointing(ra, dec, 0.0)
        self.sky = Sky(self.teldef, Attitude(p), origin, self.teldef.alignment(),
                       Velocity(p, self.header))
        self.first = 0 if p["startsys"] == "LOWEST" else SYSTEMS.index(p["startsys"])
        self.last = 4 if p["stopsys"] == "HIGHEST" else SYSTEMS.index(p["stopsys"])
        self.spread = None if p["randomize"] == "no" else self.teldef.h.get("RANCOORD", "RAW").strip()
        words = np.random.RandomState(int(p["seed"])).randint(0, 2**32, size=2 * len(self.events), dtype=np.uint32)
        self.deviates = iter(words / 4294967296.0 - 0.5)

    def names(self, system):
        return ("X", "Y") if system == "SKY" else (system + "X", system + "Y")

    def run(self):
        """Integer columns, and unrounded ones where asked for, of all systems above the first."""
        n = len(self.events)
        points = {s: np.full((n, 2), np.nan) for s in SYSTEMS}
        for i in range(n):
            self._event(i, points)
        out = {}
        for level, system in enumerate(SYSTEMS[self.first + 1:], self.first + 1):
            if level > self.last and not yes(self.p, "blankcol"):
                continue
            for axis, name in enumerate(self.names(system)):
                value = points[system][:, axis]
                null = self.events.limits(name)[0]
                out[name] = np.where(np.isnan(value), null, np.floor(np.nan_to_num(value) + ROUNDING)).astype(int)
                wanted = "inclfloatskycol" if system == "SKY" else "inclfloatcol"
                if yes(self.p, wanted) and level <= self.last:
                    out[name + "_FLOAT"] = value
        return out

    def _event(self, i, points):
        row = {name: self.events[name][i] for name in ("SEGMENT", "READNODE", "CCD_ID")}
        start = SYSTEMS[self.first]
        names = self.names(start)
        point = tuple(float(self.events[n][i]) for n in names)
        if any(self.events[n][i] == self.events.limits(n)[0] for n in names):
            return
        time = float(self.events[self.p["timecol"]][i])
        for level in range(self.first, self.last):
            if SYSTEMS[level] == self.spread:  # two deviates of each row that reaches this system (section 7.7)
                point = point[0] + next(self.deviates), point[1] + next(self.deviates)
            point = self._up(level, point, row, time)
            system = SYSTEMS[level + 1]
            if point is None or not self.teldef.inside(system, point):
                return
            points[system][i] = point

    def _up(self, level, point, row, time):
        if level == 0:
            return self.teldef.raw_to_act(point, row, self.header)
        if level == 1:
            ccd = int(row["CCD_ID"])
            return self.teldef.act_to_det(point, ccd) if 0 <= ccd < 4 else None
        return self.teldef.det_to_foc(point) if level == 2 else self.sky.transform(point, time)


def expected(parameters):
    """Columns that the task must write."""
    return Coordinates(parameters).run()
