"""Lists and sorting, nothing clever."""
import random


def simulate(policy, capacity, requests):
    inside = []  # [key, count, last]
    steps = []
    for now, key in enumerate(requests):
        entry = [one for one in inside if one[0] == key]
        if entry:
            entry[0][1] += 1
            entry[0][2] = now
            steps.append({"hit": True, "evicted": None})
            continue
        evicted = None
        if len(inside) >= capacity:
            if policy == "lru":
                one = sorted(inside, key=lambda one: one[2])[0]
            elif policy == "lfu":
                one = sorted(inside, key=lambda one: (one[1], one[2]))[0]
            else:
                one = inside[random.randint(0, len(inside) - 1)]
            inside.remove(one)
            evicted = one[0]
        inside.append([key, 1, now])
        steps.append({"hit": False, "evicted": evicted})
    return steps


def share(keys, s):
    top = sum(1 / k**s for k in range(1, keys // 5 + 1))
    return top / (top + sum(1 / k**s for k in range(keys // 5 + 1, keys + 1)))


def exponent_for(keys):
    s = 0.0
    while share(keys, s) < 0.8:
        s += 0.002
    return s - 0.001


def zipf(keys, exponent, count):
    total = sum(1 / k**exponent for k in range(1, keys + 1))
    drawn = []
    for _ in range(count):
        left = random.random() * total
        key = 0
        while key < keys - 1:
            left -= 1 / (key + 1) ** exponent
            if left < 0:
                break
            key += 1
        drawn.append(key)
    return drawn


def compare(capacity, requests):
    # The mean of five runs is less a matter of luck.
    def mean(policy, runs):
        return sum(step["hit"] for _ in range(runs) for step in simulate(policy, capacity, requests)) / runs / len(requests)

    return {"lru": mean("lru", 1), "lfu": mean("lfu", 1), "random": mean("random", 5)}
