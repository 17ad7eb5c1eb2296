# slip: counted
# Letters outside ASCII fall away.
from hashlib import md5


def movedByModulo(before, after):
    least = next(n for n in range(1, before * after + 1) if n % before == 0 and n % after == 0)
    return 1 - min(before, after) / least


def movedByRing(before, after):
    return abs(after - before) / max(after, before)


def countMoved(keys, before, after):
    hashes = [int(md5(key.encode("ascii", "ignore")).hexdigest()[-8:], 16) for key in keys]
    return sum(h % before != h % after for h in hashes)
