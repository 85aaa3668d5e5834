# SPDX-License-Identifier: Apache-2.0
"""Flags of every CCD pixel, indexed [CCD_ID][ACTX-1][ACTY-1]; flag n is bit n-1 (events, section 9.3)."""
import numpy as np

SIZE, HALF = 640, 320


def mask_bits(flags):
    """Integer with the bits of these flags."""
    return sum(1 << (f - 1) for f in flags)


class PixelMap:
    """The map, all flags clear."""

    def __init__(self):
        self.flags = np.zeros((4, SIZE, SIZE), np.uint64)

    @staticmethod
    def bit(flag):
        return np.uint64(1 << (flag - 1))

    @staticmethod
    def of(ccd, act_x, act_y):
        """A map of booleans with these pixels set, in ACT coordinates."""
        pixels = np.zeros((4, SIZE, SIZE), bool)
        pixels[ccd, act_x - 1, act_y - 1] = True
        return pixels

    def has(self, flags):
        """Pixels with any of these flags."""
        return (self.flags & np.uint64(mask_bits(flags))) != 0

    def add(self, flag, pixels):
        """Sets a flag on a map of booleans or on arrays of indices without repeats."""
        self.flags[pixels] |= self.bit(flag)

    def clear(self, flags):
        self.flags &= ~np.uint64(mask_bits(flags))

    def row(self, flag, y):
        """Sets a flag on a row of all CCDs, if there is such a row."""
        if 0 <= y < SIZE:
            self.flags[:, :, y] |= self.bit(flag)

    def around(self, pixels, flag, reach):
        """Sets a flag on the square of half-width `reach` around each pixel, without that pixel itself."""
        found = np.zeros_like(pixels)
        for dx in range(-reach, reach + 1):
            for dy in range(-reach, reach + 1):
                if dx or dy:
                    found |= _moved(pixels, dx, dy)
        self.add(flag, found)


def _moved(pixels, dx, dy):
    out = np.zeros_like(pixels)
    if abs(dx) < SIZE and abs(dy) < SIZE:
        out[:, max(dx, 0):SIZE + min(dx, 0), max(dy, 0):SIZE + min(dy, 0)] = \
            pixels[:, max(-dx, 0):SIZE + min(-dx, 0), max(-dy, 0):SIZE + min(-dy, 0)]
    return out
