import random
from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate


def simulate(policy, capacity, requests):
    inside = OrderedDict()  # Counts by key, the least recently used first.
    steps = []
    for key in requests:
        hit = key in inside
        evicted = None
        if not hit and len(inside) == capacity:
            evicted = victim(policy, inside)
            del inside[evicted]
        inside[key] = inside.get(key, 0) + 1
        inside.move_to_end(key)
        steps.append({"hit": hit, "evicted": evicted})
    return steps


def victim(policy, inside):
    if policy == "random":
        return random.choice(list(inside))
    if policy == "lfu":
        return min(inside, key=inside.get)  # The first of several, which is the least recently used.
    return next(iter(inside))


def running_sums(key_count, exponent):
    return list(accumulate((k + 1) ** -exponent for k in range(key_count)))


def exponent_for(key_count):
    low, high = 0.0, 8.0
    for _ in range(40):
        exponent = (low + high) / 2
        sums = running_sums(key_count, exponent)
        if sums[key_count // 5 - 1] / sums[-1] < 0.8:
            low = exponent
        else:
            high = exponent
    return high


def zipf(key_count, exponent, count):
    sums = running_sums(key_count, exponent)
    return [min(bisect_right(sums, random.random() * sums[-1]), key_count - 1) for _ in range(count)]


def compare(capacity, requests):
    def ratio(policy):
        return sum(step["hit"] for step in simulate(policy, capacity, requests)) / len(requests)

    return {policy: ratio(policy) for policy in ("lru", "lfu", "random")}
