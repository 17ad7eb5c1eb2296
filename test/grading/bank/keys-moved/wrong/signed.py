# slip: counted
# A signed number, with the remainders of Python, which are never negative.
from hashlib import md5
from math import lcm


def movedByModulo(before, after):
    return 1 - min(before, after) / lcm(before, after)


def movedByRing(before, after):
    return 1 - min(before, after) / max(before, after)


def countMoved(keys, before, after):
    hashes = [int.from_bytes(md5(key.encode()).digest()[-4:], "big", signed=True) for key in keys]
    return sum(h % before != h % after for h in hashes)
