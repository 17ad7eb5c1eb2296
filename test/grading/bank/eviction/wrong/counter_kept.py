# slip: lfu-anew
# Forgets to forget counts.
import random
from collections import Counter, OrderedDict


def simulate(policy, capacity, requests):
    inside, counts, steps = OrderedDict(), Counter(), []
    for key in requests:
        hit, evicted = key in inside, None
        if hit:
            inside.move_to_end(key)
        elif len(inside) == capacity:
            if policy == "lru":
                evicted = inside.popitem(last=False)[0]
            else:
                keys = list(inside)
                evicted = random.choice(keys) if policy == "random" else min(keys, key=lambda one: counts[one])
                del inside[evicted]
        inside[key] = True
        counts[key] += 1
        steps.append({"hit": hit, "evicted": evicted})
    return steps


def weights(key_count, exponent):
    return [1 / rank**exponent for rank in range(1, key_count + 1)]


def exponent_for(key_count):
    low, high = 0, 5
    while high - low > 1e-6:
        middle = (low + high) / 2
        all_keys = weights(key_count, middle)
        if sum(all_keys[: key_count // 5]) / sum(all_keys) < 0.8:
            low = middle
        else:
            high = middle
    return low


def zipf(key_count, exponent, count):
    return random.choices(range(key_count), weights(key_count, exponent), k=count)


def compare(capacity, requests):
    def ratio(policy):
        return sum(step["hit"] for step in simulate(policy, capacity, requests)) / len(requests)

    return {policy: ratio(policy) for policy in ("lru", "lfu", "random")}
