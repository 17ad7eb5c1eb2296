import hashlib
from fractions import Fraction
from math import gcd


def movedByModulo(n, m):
    return float(1 - Fraction(min(n, m) * gcd(n, m), n * m))


def movedByRing(n, m):
    low, high = sorted((n, m))
    return (high - low) / high


def countMoved(keys, n, m):
    total = 0
    for key in keys:
        h = int.from_bytes(hashlib.md5(key.encode("utf-8")).digest()[12:], "big")
        if h % n != h % m:
            total += 1
    return total
