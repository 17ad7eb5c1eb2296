from bisect import bisect_right
from collections import Counter
from hashlib import md5


def position(text):
    return int(md5(text.encode()).hexdigest()[-8:], 16)


def build(nodes, vnodes):
    points = [
        (position(f"{node['name']}#v{i}"), node["name"])
        for node in nodes
        for i in range(round(node["weight"] * vnodes))
    ]
    points.sort()
    return [at for at, _ in points], [name for _, name in points]


def locate(nodes, vnodes, keys):
    positions, names = build(nodes, vnodes)
    return [names[bisect_right(positions, position(key)) % len(names)] for key in keys]


def moved(before, after, vnodes, keys):
    then, now = locate(before, vnodes, keys), locate(after, vnodes, keys)
    return [key for key, a, b in zip(keys, then, now) if a != b]


def rolling(nodes, joining, vnodes, keys):
    sums, total, current = [], 0, list(nodes)
    for node in joining:
        total += len(moved(current, current + [node], vnodes, keys))
        current.append(node)
        sums.append(total)
    return sums


def minimum_virtual_nodes(nodes, keys, tolerance, limit):
    fair = len(keys) / len(nodes)
    for vnodes in range(1, limit + 1):
        counts = Counter(locate(nodes, vnodes, keys))
        if all(abs(counts[node["name"]] - fair) <= tolerance * fair for node in nodes):
            return vnodes
    return None
