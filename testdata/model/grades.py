# SPDX-License-Identifier: Apache-2.0
"""Grade and summed pulse height of a 3x3 neighbourhood (energy chain, section 8), pixels numbered as in section 1.1."""
import math

EDGES = (2, 4, 5, 7)
CORNERS = {1: (2, 4), 3: (2, 5), 6: (4, 7), 8: (5, 7)}
OUTER = {1: (10, 14), 2: (11,), 3: (12, 15), 4: (16,), 5: (17,), 6: (18, 21), 7: (22,), 8: (19, 23)}
OPPOSITE = {1: 8, 3: 6, 6: 3, 8: 1}
HIGHEST = 4095.0


def rule(above):
    """3x3 grade of a pattern, a set of pixels 1..8 at or above threshold beside the centre (section 8.3)."""
    edges = [e for e in EDGES if e in above]
    corners = [c for c in CORNERS if c in above]
    if not edges:
        return 1 if corners else 0
    if len(edges) == 1:
        touching = sum(edges[0] in CORNERS[c] for c in corners)
        return {0: {2: 2, 7: 2, 4: 3, 5: 4}[edges[0]], 1: 5, 2: 7}[touching]
    meeting = [c for c, pair in CORNERS.items() if set(pair) == set(edges)]
    if not meeting:
        return 7
    corner = meeting[0]
    if any(c not in (corner, OPPOSITE[corner]) for c in corners):
        return 7
    return 6 if corner in corners else 8


def reaches_outer_ring(above, outer):
    """Whether a counted pixel touches, side by side, an outer pixel of the map P_OUTER_MOST (section 8.4)."""
    for pixel in range(1, 9):
        if not above[pixel] or pixel in CORNERS and not all(above[e] for e in CORNERS[pixel]):
            continue
        if any(outer >> (ring - 9) & 1 for ring in OUTER[pixel]):
            return True
    return False


def grade(pixels, threshold, patterns, outer):
    """(PHA, grade) of nine corrected pulse heights at one threshold (section 8.5).

    `patterns` maps tuples of nine values 1 (at or above) and 2 (below) to grades; a missing one is grade 0.
    """
    above = [p >= threshold for p in pixels]
    first = patterns.get(tuple(1 if a else 2 for a in above), 0)
    if first in (0, 1):
        return _clamp(pixels[0]), first
    if first == 7:
        final = 7 if reaches_outer_ring(above, outer) else 9
        pha = pixels[0]
        for pixel in range(1, 9):
            if above[pixel]:
                pha += pixels[pixel]
        return _clamp(pha), final
    final = first
    if first == 6 and _corner_wins(pixels, above):
        final = 11
    elif reaches_outer_ring(above, outer):
        final = 10
    return _clamp(_split_sum(pixels, above)), 6 if final == 8 else final


def _corner_wins(pixels, above):
    return any(above[c] and above[a] and above[b] and pixels[c] > pixels[a] and pixels[c] > pixels[b]
               for c, (a, b) in CORNERS.items())


def _split_sum(v, above):
    for corner, (a, b) in CORNERS.items():
        if above[a] and above[b]:
            return v[0] + v[a] + v[b] + v[corner]
    for edge in (2, 4, 5):
        if above[edge]:
            return v[0] + v[edge]
    return v[0] + v[7]


def _clamp(pha):
    return pha if math.isnan(pha) else max(0.0, min(HIGHEST, pha))
