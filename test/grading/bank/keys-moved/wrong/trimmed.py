# slip: counted
# Keys without the blanks around them.
from hashlib import md5
from math import gcd


def movedByModulo(before, after):
    return 1 - gcd(before, after) / max(before, after)


def movedByRing(before, after):
    return abs(before - after) / max(before, after)


def countMoved(keys, before, after):
    hashes = [int(md5(key.strip().encode()).hexdigest()[-8:], 16) for key in keys]
    return sum(h % before != h % after for h in hashes)
