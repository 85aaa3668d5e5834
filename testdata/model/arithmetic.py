# SPDX-License-Identifier: Apache-2.0
"""IEEE 754 results where Python would raise an error: powers, exponentials and quotients of C."""
import math


def power(base, exponent):
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return math.inf if base > 0 or math.fmod(exponent, 2) == 0 else -math.inf
    except ValueError:
        return math.inf if base == 0 and exponent < 0 else math.nan


def exponential(x):
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def quotient(a, b):
    if b != 0:
        return a / b
    return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1.0, b)


def truncated(x, low, high):
    """C's int of a double clamped to [low, high]; what int32 cannot hold becomes its least value first."""
    n = int(x) if abs(x) < 2147483648.0 else -2147483648
    return max(low, min(high, n))
