# SPDX-License-Identifier: Apache-2.0
"""Pixel flags `sxiflagpix` with its 6.20 faults (events, section 9): STATUS, PHAS_MASK and the bad-pixel image."""
import numpy as np

from fitsfile import Refused, bad_rows, eight, integers, last_block, read, yes
from pixelmap import HALF, SIZE, PixelMap, mask_bits

DEFAULTS = dict(badpixfile="NONE", hotpixfile="NONE", flickpixfile="NONE", maskfile="NONE", gtifile="NONE",
                copyphas="yes", npixnbr="1", nboundnbr="1", citrailnbr="2", ciprenbr="1", echoflag="yes", echonbr="2",
                echomin="6", echospth="15", echofrac="0.7", bad_status="3:9,11,12,16:19,25:28,30,37",
                resetflags="yes", outbadimg="NONE", outbadpix="NONE")
OWN = [f - 1 for f in (*range(1, 24), *range(31, 49))]
BAD_NEIGHBOUR = (6, 7, 8, 9, 10, 16, 17)
MASK_FLAGS = {1: (2,), 2: (11,), 3: (13,), 4: (2, 11), 5: (11,)}
DET_SIZE = 1810
DAY = 86400.0
# 5x5 numbering of section 3.2; the original walks the 3x3 with x and y exchanged (section 9.8).
D_RAWX = (0, -1, 0, 1, -1, 1, -1, 0, 1, -2, -1, 0, 1, 2, -2, 2, -2, 2, -2, 2, -2, -1, 0, 1, 2)
D_RAWY = (0, -1, -1, -1, 0, 0, 1, 1, 1, -2, -2, -2, -2, -2, -1, -1, 0, 0, 1, 1, 2, 2, 2, 2, 2)
WALK_X, WALK_Y = (0, -1, -1, -1, 0, 0, 1, 1, 1), (0, -1, 0, 1, -1, 1, -1, 0, 1)
AIM_CCD, AIM_SEGMENT = 1, 1
LISTED = (1, 7, 8, 9, 10, 12, 13, 15, 16, 17, 18, 19, 21, 22, 23)


def flag_list(text):
    """Flags of a list such as 3:9,11 (section 9.1)."""
    flags = []
    for item in text.split(","):
        first, _, last = item.partition(":")
        flags += range(int(first), int(last or first) + 1)
    return flags


def actx(rawx, segment, node):
    """Section 7.2."""
    low = 1 if segment == 0 else 1 + HALF
    return low + rawx if node == segment else low + HALF - 1 - rawx


class Flags:
    """One run: the map of flags, then the events."""

    def __init__(self, parameters):
        self.p = DEFAULTS | parameters
        self.events = read(self.p["infile"], "EVENTS")
        self.header = self.events.header
        self.map = PixelMap()
        self.mask = None if self.p["maskfile"] == "NONE" else read(self.p["maskfile"], "MASK")
        if self.mask is not None:
            self._mask_file()
        self._area_discrimination()
        self._window()
        if self.header["CISTATUS"]:
            self._charge_injection()
        if self.p["badpixfile"] != "NONE":
            self._bad_pixels()
        self._lists()
        interior = self.map.has(BAD_NEIGHBOUR)
        interior[:, [0, -1], :] = interior[:, :, [0, -1]] = False
        self.map.around(interior, 15, 1)
        if yes(self.p, "echoflag"):
            self._echo()
        bad = flag_list(self.p["bad_status"])
        self.map.add(1, self.map.has(bad))
        self.bad = bad

    def _mask_file(self):
        """Section 9.4."""
        m, reach = self.mask, int(self.p["nboundnbr"])
        ccd, x, y, value = (m[c].astype(int) for c in ("CCD_ID", "ACTX", "ACTY", "VALUE"))
        on_chip = (x >= 1) & (y >= 1)
        for number, flags in MASK_FLAGS.items():
            rows = on_chip & (value == number)
            for flag in flags:
                self.map.add(flag, (ccd[rows], x[rows] - 1, y[rows] - 1))
        rows = on_chip & np.isin(value, (2, 3, 4))
        ccd, x, y = ccd[rows], x[rows] - 1, y[rows] - 1
        x_edge, y_edge = np.isin(x, (0, SIZE - 1)), np.isin(y, (0, SIZE - 1))
        for k in range(1, reach + 1):
            for rows, dx, dy in ((x == 0, k, 0), (x == SIZE - 1, -k, 0), (y == 0, 0, k), (y == SIZE - 1, 0, -k)):
                rows = rows & ~(x_edge & y_edge)
                self.map.add(22, (ccd[rows], x[rows] + dx, y[rows] + dy))
            for column, dx in ((321, k), (319, -k)):
                rows = (x == column) & ~y_edge
                self.map.add(23, (ccd[rows], x[rows] + dx, y[rows]))

    def _area_discrimination(self):
        """Section 9.5.2; rectangles in RAW become rectangles of map indices."""
        nodes = eight(self.header["ACTVNODE"])
        for ccd in range(4):
            for segment in range(2):
                name, node = f"C{ccd}S{segment}", nodes[2 * ccd + segment]
                on = integers(self.header[name + "ARON"])
                half = np.zeros((SIZE, SIZE), bool)
                half[HALF * segment:HALF * (segment + 1)] = True
                corners = [integers(self.header[name + "ARIN"])] * bool(on[0])
                outside = integers(self.header[name + "AROU"])
                corners += [outside[4 * k:4 * k + 4] for k in range(4) if on[k + 1]]
                for number, (x1, x2, y1, y2) in enumerate(corners):
                    a, b = actx(x1, segment, node) - 1, actx(x2, segment, node) - 1
                    a, b = (a, b) if node == segment else (b, a)
                    inside = np.zeros_like(half)
                    inside[max(a, 0):b + 1, y1:y2 + 1] = True
                    core = np.zeros_like(half)
                    core[a + 1:b, y1 + 1:y2] = True
                    inclusion = on[0] and number == 0
                    self.map.flags[ccd][half & (~inside if inclusion else inside)] |= PixelMap.bit(5)
                    self.map.flags[ccd][half & inside & ~core] |= PixelMap.bit(14)

    def _window(self):
        """Section 9.5.1: CCD1 and CCD2 only, in every mode."""
        first = self.header["WIN_ST"] - 1
        last, reach = first + self.header["WIN_SIZE"] - 1, int(self.p["nboundnbr"])
        for y in range(SIZE):
            if not first <= y <= last:
                self.map.flags[:2, :, y] |= PixelMap.bit(4)
            if y in (first, last):
                self.map.flags[:2, :, y] |= PixelMap.bit(12)
            if any(0 < abs(y - edge) <= reach for edge in (first, last)):
                self.map.flags[:2, :, y] |= PixelMap.bit(22)

    def _charge_injection(self):
        """Section 9.5.3 with the original's loop: it ends at the first row that has no 1st, 2nd or 3rd neighbour.

        Neighbours are taken in the order 1st after, 1st before, 2nd after and so on; those before the end are flagged.
        """
        h = self.header
        for row in range(h["CIFIRST"] - 1 + h["CIOFFSET"], SIZE, h["CIPERIOD"]):
            self.map.row(6, row)
            for k in range(1, int(self.p["citrailnbr"]) + 1):
                self.map.row(16, row + k)
            for k in range(1, int(self.p["ciprenbr"]) + 1):
                self.map.row(17, row - k)
            for flag, neighbour in zip(range(31, 37), (row + 1, row - 1, row + 2, row - 2, row + 3, row - 3)):
                if not 0 <= neighbour < SIZE:
                    return
                self.map.row(flag, neighbour)

    def _bad_pixels(self):
        """Sections 9.6.1 to 9.6.3 with the reader's fault: the block's first row is replaced by the last one read."""
        bad = read(self.p["badpixfile"], "BADPIX")
        start, reach = self.header["TSTART"], int(self.p["npixnbr"])
        if start < bad["TIME"][0]:
            raise Refused("the first block begins after TSTART")
        rows = last_block(bad["TIME"], start, strict=False)
        if rows[-1] + 1 < len(bad):
            return
        rows = [*rows[1:], rows[-1]]
        ccd, x, y, extent = (bad[c][rows].astype(int) for c in ("CCD_ID", "ACTX", "ACTY", "YEXTEND"))
        pixels = self.map.of(ccd, x, y)
        self.map.add(7, pixels)
        self.map.around(pixels, 19, reach)
        for c, i, j, n in zip(ccd, x - 1, y - 1, extent):
            if n != 1:
                self.map.flags[c, i, j:j + n] |= PixelMap.bit(8)
                for column in (*range(i - reach, i), *range(i + 1, i + reach + 1)):
                    if 0 <= column < SIZE:
                        self.map.flags[c, column, j:j + n] |= PixelMap.bit(19)
            rest = np.zeros_like(pixels)
            rest[c, i, :j] = rest[c, i, j + n:] = True
            self.map.add(18, rest)
            self.map.around(rest, 21, reach)

    def _lists(self):
        """Sections 9.6.2 and 9.6.4: each list first clears its two flags everywhere."""
        start, stop = self.header["TSTART"], self.header["TSTOP"]
        for name, extension, column, margin, flags in (("hotpixfile", "HOTPIX", "TIME", DAY, (9, 19)),
                                                       ("flickpixfile", "PIXELS", "START", 0.0, (10, 20))):
            if self.p[name] == "NONE":
                continue
            pixels = read(self.p[name], extension)
            rows = (pixels[column] >= start - margin) & (pixels[column] <= stop + margin)
            chosen = self.map.of(*(pixels[c][rows].astype(int) for c in ("CCD_ID", "ACTX", "ACTY")))
            self.map.clear(flags)
            self.map.add(flags[0], chosen)
            self.map.around(chosen, flags[1], int(self.p["npixnbr"]))

    def _echo(self):
        """Section 9.10: rows of the map from RAWY whatever the window; the first GTI row is never used."""
        e = self.events
        use = ~np.isnan(e["TIME"]) & (e["CCD_ID"] <= 3)
        use &= ~((e["CCD_ID"] == AIM_CCD) & (e["SEGMENT"] == AIM_SEGMENT))
        if self.p["gtifile"] != "NONE":
            gti = read(self.p["gtifile"], "GTI")
            inside = np.zeros(len(e), bool)
            for start, stop in list(zip(gti["START"], gti["STOP"]))[1:]:
                inside |= (e["TIME"] >= start) & (e["TIME"] <= stop)
            use &= inside
        tests, hits = np.zeros((2, 4, SIZE, SIZE), int)
        for i in np.flatnonzero(use):
            ccd, segment, node = int(e["CCD_ID"][i]), int(e["SEGMENT"][i]), int(e["READNODE"][i])
            for pixel in range(1, 25):
                rawx, rawy = int(e["RAWX"][i]) + D_RAWX[pixel], int(e["RAWY"][i]) + D_RAWY[pixel]
                if 0 <= rawx < HALF and 0 <= rawy < SIZE:
                    x = actx(rawx, segment, node) - 1
                    tests[ccd, x, rawy] += 1
                    hits[ccd, x, rawy] += self._echoes(i, pixel)
        echo = (tests >= int(self.p["echomin"])) & (tests > 0)
        echo &= hits / np.maximum(tests, 1) > float(self.p["echofrac"])
        self.map.add(37, echo)
        self.map.around(echo, 37, int(self.p["echonbr"]))

    def _echoes(self, i, pixel):
        if pixel < 9:
            return int(self.events["PHAS"][i][pixel]) > int(self.p["echospth"])
        return int(self.events["P_OUTER_MOST"][i]) >> (pixel - 9) & 1

    def run(self):
        """Section 9.7: columns STATUS, PHAS_MASK and PHAS."""
        e = self.events
        out = {name: e[name].copy() for name in ("STATUS", "PHAS_MASK", "PHAS")}
        skipped, off = bad_rows(e["PROC_STATUS"]), self._off_chip()
        self.listed = np.zeros(len(e), bool)
        for i in np.flatnonzero(~skipped):
            if off[i]:
                out["STATUS"][i][2] = True
                continue
            if yes(self.p, "copyphas"):
                out["PHAS"][i] = e["PHAS_INNER3X3"][i]
            if yes(self.p, "resetflags"):
                out["PHAS_MASK"][i] = 0
            ccd, x, y = int(e["CCD_ID"][i]), int(e["ACTX"][i]) - 1, int(e["ACTY"][i]) - 1
            flags = int(self.map.flags[ccd, x, y])
            for index in OWN:
                out["STATUS"][i][index] = flags >> index & 1
            self.listed[i] = flags & mask_bits(LISTED)
            mirrored = (int(e["SEGMENT"][i]), int(e["READNODE"][i])) in ((0, 1), (1, 0))
            self._surroundings(out["PHAS_MASK"][i], ccd, x, y, mirrored)
        return out

    def _off_chip(self):
        off = np.zeros(len(self.events), bool)
        for name in ("CCD_ID", "ACTX", "ACTY", "RAWX", "RAWY", "SEGMENT"):
            null, low, high = self.events.limits(name)
            values = self.events[name].astype(int)
            off |= (values < low) | (values > high) | (values == null)
        return off

    def _surroundings(self, phas_mask, ccd, x, y, mirrored):
        """Section 9.8; with nodes B and D the coordinate of the neighbour is negated before it is looked up."""
        for k in range(1, 9):
            i, j = x + WALK_X[k], y + WALK_Y[k]
            i = -i if mirrored else i
            if 0 < i < SIZE and 0 < j < SIZE and int(self.map.flags[ccd, i, j]) & mask_bits(BAD_NEIGHBOUR):
                phas_mask[k] = 1

    def image(self):
        """Section 9.9, image[DETY-1][DETX-1]."""
        image = np.full((DET_SIZE, DET_SIZE), -1)
        m = self.mask
        ccd, x, y, det_x, det_y = (m[c].astype(int) for c in ("CCD_ID", "ACTX", "ACTY", "DETX", "DETY"))
        in_detector = {"CCD": ccd >= 0, "CCD12": ccd < 2, "CCD34": ccd > 1}[self.header["DETNAM"].strip()]
        rows = (x >= 1) & (y >= 1) & (det_x >= 1) & (det_y >= 1) & in_detector
        here = (ccd[rows], x[rows] - 1, y[rows] - 1)
        value = np.zeros(rows.sum(), int)
        for number, flags in ((1, (2,)), (2, self.bad), (-1, (3, 4, 5))):
            value[self.map.has(flags)[here]] = number
        image[det_y[rows] - 1, det_x[rows] - 1] = value
        return image


def expected(parameters):
    """(columns, image or None, rows of the list of flagged events or None)."""
    flags = Flags(parameters)
    columns = flags.run()
    image = None if flags.p["outbadimg"] == "NONE" else flags.image()
    listed = None if flags.p["outbadpix"] == "NONE" else np.flatnonzero(flags.listed)
    return columns, image, listed
