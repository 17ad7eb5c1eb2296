import heapq
import random as chance


class Cache:
    """Entries in a heap; outdated ones stay there until they come up."""

    def __init__(self, capacity, rank):
        self.capacity, self.rank = capacity, rank
        self.entries, self.heap, self.clock = {}, [], 0

    def request(self, key):
        self.clock += 1
        hit, evicted = key in self.entries, None
        if not hit and len(self.entries) == self.capacity:
            evicted = self.evict()
        count = self.entries[key][1] + 1 if hit else 1
        self.entries[key] = (self.clock, count)
        heapq.heappush(self.heap, (self.rank(self.clock, count), self.clock, count, key))
        return dict(hit=hit, evicted=evicted)

    def evict(self):
        while True:
            _, last, count, key = heapq.heappop(self.heap)
            if self.entries.get(key) == (last, count):
                del self.entries[key]
                return key


class RandomCache(Cache):
    def evict(self):
        key = chance.choice(list(self.entries))
        del self.entries[key]
        return key


def simulate(policy, capacity, requests):
    caches = {
        "lru": lambda: Cache(capacity, lambda last, count: last),
        "lfu": lambda: Cache(capacity, lambda last, count: (count, last)),
        "random": lambda: RandomCache(capacity, lambda last, count: 0),
    }
    cache = caches[policy]()
    return [cache.request(key) for key in requests]


def weights(keys, exponent):
    return [rank**-exponent for rank in range(1, keys + 1)]


def exponentFor(keyCount):
    s, step = 2.0, 2.0
    for _ in range(24):
        w = weights(keyCount, s)
        s += step if sum(w[: keyCount // 5]) < 0.8 * sum(w) else -step
        step *= 0.6
    return s


def zipf(keyCount, exponent, count):
    return chance.choices(range(keyCount), weights=weights(keyCount, exponent), k=count)


def compare(capacity, requests):
    ratios = {}
    for policy in ["random", "lfu", "lru"]:
        hits = [step["hit"] for step in simulate(policy, capacity, requests)]
        ratios[policy] = hits.count(True) / len(hits)
    return ratios
