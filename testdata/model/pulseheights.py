# SPDX-License-Identifier: Apache-2.0
"""Corrections of the nine pulse heights of an event: even and odd columns, charge trail, CTI (energy chain, 6, 7)."""
import math

from arithmetic import exponential, power, quotient
from fitsfile import Refused

D_RAWX = (0, -1, 0, 1, -1, 1, -1, 0, 1)
D_ACTY = (0, -1, -1, -1, 0, 0, 1, 1, 1)
CENTRE_COLUMN = (0, 2, 7)
FAR_SIDE = {0: (3, 5, 8), 1: (1, 4, 6)}
TERMS = ("F", "S", "A")
NO_ROW = (0.0,) * 6


def at_segment_boundary(event):
    return event.actx in (320, 321)


def far_key(event, header):
    """(CCD, segment, node) of the other segment (section 6.3)."""
    segment = 1 if event.actx == 320 else 0
    return event.ccd, segment, header.nodes[2 * event.ccd + segment]


def even_odd(q, event, header, table, temperature):
    """Section 6.4: gain factor of the video temperature, then the polynomial of the column's parity.

    `temperature` is (value, state) with state 0 good, 1 out of range, -1 none.
    """
    own = (event.ccd, event.segment, event.node, event.adcave)
    centre = table.rows.get(own + (event.rawx % 2,), NO_ROW)
    side = table.rows.get(own + ((event.rawx + 1) % 2,), NO_ROW)
    far, far_pixels = NO_ROW, ()
    if at_segment_boundary(event):
        ccd, segment, node = far_key(event, header)
        far = table.rows.get((ccd, segment, node, event.adcave, node), NO_ROW)
        far_pixels = FAR_SIDE[event.node]
    value, state = temperature
    factors = [1.0, 1.0, 0.0]
    if state == 0:
        factors = [_limited(_gain_factor(centre, value, table)), _limited(_gain_factor(side, value, table)),
                   _gain_factor(far, value, table)]
    for i in range(9):
        if q[i] > 0:
            which = 2 if i in far_pixels else 0 if i in CENTRE_COLUMN else 1
            a0, a1, a2 = (centre, side, far)[which][3:]
            p = quotient(q[i], factors[which])
            q[i] = a0 + a1 * p + a2 * (p * p)


def _gain_factor(row, temperature, table):
    norm, index, offset = row[:3]
    return ((1 + norm * power(temperature - offset, index) / table.ph_ref)
            - norm * power(table.vt_ref - offset, index) / table.ph_ref)


def _limited(factor):
    return 1.0 if factor < 0 or factor > 1 else factor


def charge_trail(q, event, header, table, k):
    """Section 7.1. Returns whether a computed trail was negative (flag 29)."""
    first_ci = header.ci_first + header.ci_offset
    if header.ci_status == 1 and event.acty >= first_ci and (event.acty - first_ci) % header.ci_period == 0:
        return False
    row = table.row(event)
    h_steps = event.rawx + header.under_clock[k] + row["OFFSET_H"]
    v_steps = event.acty - 1 + header.image_height[k] + row["OFFSET_V"]
    boundary = at_segment_boundary(event)
    entry = q[0]
    # (a) charge that followed into the centre
    h = 0.0 if boundary and event.node == 1 else q[4] * (_trail_rate(q[4], "H", row, table) * h_steps)
    v = q[2] * (_trail_rate(q[2], "V", row, table) * v_steps)
    negative = h < 0 or v < 0
    h, v = (0.0 if h < 0 else h), (0.0 if v < 0 else v)
    q[4] += h
    q[2] += v
    if q[0] > 0:
        q[0] = q[0] - h - v
    # (b) charge that the centre lost to its followers
    h = v = 0.0
    if q[0] > 0:
        h = _trail_rate(q[0], "H", row, table) * (event.rawx + 1 + header.under_clock[k] + row["OFFSET_H"])
        v = _trail_rate(q[0], "V", row, table) * (event.acty + header.image_height[k] + row["OFFSET_V"])
    h, v = q[0] * h, q[0] * v
    negative |= h < 0 or v < 0
    h, v = (0.0 if h < 0 else h), (0.0 if v < 0 else v)
    if q[0] > 0:
        q[0] = q[0] + h + v
    # (c) followers
    if boundary and event.node == 0:
        h = 0.0
    elif entry > 0:
        q[5] += row["ESLOPE"] * entry + row["EOFFSET"]
    q[5] -= h
    q[7] -= v
    return negative


def _trail_rate(x, direction, row, table):
    return row["NORM_" + direction] * power((x if x >= row["PH_CUT"] else row["PH_CUT"]) / table.ph_ref,
                                            row["INDEX_" + direction])


def cti(q, event, header, table, k, grade_dependent, cut):
    """Section 7.2: each positive pixel divided by the fraction of its charge that arrives. Returns False on error 1."""
    own = table.row(event)
    factor, offset = (_grade_terms(own, event.grade, event.pha) if grade_dependent else (1.0, 0.0))
    cut = own["PH_CUT"] if cut is None else cut
    sense = 1 if event.node == event.segment else -1
    for i in range(9):
        if not q[i] > 0:
            continue
        if header.ci_status not in (0, 1):
            return False
        y, x = event.acty + D_ACTY[i], event.actx + sense * D_RAWX[i]
        if x < 1 or x > 640:
            if i == 0:
                q[i] += offset
            continue
        row, element = _column(event, header, table, own, x, event.rawx + D_RAWX[i])
        distance = _distance(y, header)
        height = q[i] if q[i] >= cut else cut
        without, benefit = {}, {}
        for t in TERMS:
            without[t] = (factor * row[f"PARA_{t}_NORM"][element]
                          * power(height / table.ph_ref, row[f"PARA_{t}_INDEX"][element]))
            benefit[t] = without[t] * (1 - row[f"PARA_{t}_PROB"][element]
                                       * exponential(quotient(-distance, row[f"PARA_{t}_SCALE"][element])))
        y1, y2, y3 = transfers(y, distance, table.anomalies.get((event.ccd, x), (0, 0)), header)
        y0 = header.image_height[k] + header.win_start - (y1 + y2 + y3)
        y4 = y + header.vertical_under_clock[k] - 1
        arrived = (power(1 - benefit["F"], y0) * power(1 - without["F"], y1) * power(1 - benefit["A"], y2)
                   * power(1 - without["A"], y3) * power(1 - benefit["S"], y4))
        q[i] = quotient(q[i], arrived)
        if i == 0:
            q[i] += offset
    return True


def _grade_terms(row, grade, pha):
    """Section 7.2.1: (G, goff) of the GRADE and PHA that the event came with."""
    j = 0 if grade <= 1 else 1 if grade == 2 else 2 if grade <= 5 else 3
    if pha <= row["GOFFSET_EBL"]:
        band = "AL"
    elif pha <= row["GOFFSET_EBH"]:
        band = "AM"
    else:
        return row["GFACTOR"][j], row["GOFFSET_AH0"][j]
    a = [row[f"GOFFSET_{band}{n}"][j] for n in range(4)]
    return row["GFACTOR"][j], a[0] + a[1] * pha + a[2] * (pha * pha) + a[3] * power(pha, 3)


def _column(event, header, table, own, x, rawx):
    """Section 7.2.2: the row of vectors that holds column x, and its element."""
    if {event.actx, x} == {320, 321}:
        key = far_key(event, header)
        same_sense = key[1] == key[2]
        return table.rows[key], 0 if (x == 321) == same_sense else 319
    if not 0 <= rawx <= 319:
        raise Refused("a column outside the segment")
    return own, rawx


def _distance(y, header):
    """Section 7.2.3: rows to the charge-injection row ahead."""
    if header.ci_status == 0:
        return 0
    return y - header.ci_first if y < header.ci_offset else (y - header.ci_offset) % header.ci_period


def transfers(y, distance, anomaly, header):
    """Section 7.2.5: (Y1, Y2, Y3), normal without, anomalous with and anomalous without benefit of injected charge."""
    low, high = anomaly
    if anomaly == (0, 0):
        return distance, 0, 0
    size, period = high - low, header.ci_period
    if header.ci_status == 0:
        if y <= low:
            return distance, 0, 0
        return (low, 0, y - low) if y <= high else (y - high + low, 0, size)
    remainder = int(math.fmod(high - header.ci_offset, period))
    if remainder >= size:
        before = high - remainder
        if y <= low:
            return distance, 0, 0
        if y <= high:
            return low - before, 0, y - low
        return (y - high + low - before, 0, size) if y <= before + period else (distance, size, 0)
    n = 1
    while size >= remainder + n * period:
        n += 1
    first, last = high - remainder - (n - 1) * period, high - remainder
    if y <= low:
        return distance, 0, 0
    if y <= first:
        return low - (first - period), 0, y - low
    if y <= high:
        return 0, y - distance - low, distance
    return (y - high, last - low, high - last) if y <= last + period else (distance, size, 0)
