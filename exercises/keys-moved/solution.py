from hashlib import md5
from math import gcd


def moved_by_modulo(before, after):
    together = before * after // gcd(before, after)
    return 1 - min(before, after) / together


def moved_by_ring(before, after):
    return abs(after - before) / max(before, after)


def count_moved(keys, before, after):
    hashes = [int(md5(key.encode()).hexdigest()[-8:], 16) for key in keys]
    return sum(h % before != h % after for h in hashes)
