import bisect
import hashlib


def at(text):
    return int.from_bytes(hashlib.md5(text.encode("utf-8")).digest(), "big") % 2**32


def ring(nodes, vnodes):
    """Positions in clockwise order, and the nodes that stand there."""
    places = {}
    for node in nodes:
        i = 0
        while i < round(node["weight"] * vnodes):
            places[at("%s#v%d" % (node["name"], i))] = node["name"]
            i += 1
    positions = sorted(places)
    return positions, [places[position] for position in positions]


def find(places, key):
    positions, names = places
    return names[bisect.bisect_right(positions, at(key)) % len(names)]


def locate(nodes, vnodes, keys):
    places = ring(nodes, vnodes)
    return [find(places, key) for key in keys]


def moved(before, after, vnodes, keys):
    old, new = ring(before, vnodes), ring(after, vnodes)
    return [key for key in keys if find(old, key) != find(new, key)]


def rolling(nodes, joining, vnodes, keys):
    steps = [nodes + joining[:i] for i in range(len(joining) + 1)]
    moves = [len(moved(a, b, vnodes, keys)) for a, b in zip(steps, steps[1:])]
    return [sum(moves[: i + 1]) for i in range(len(moves))]


def minimumVirtualNodes(nodes, keys, tolerance, limit):
    ideal = len(keys) / len(nodes)

    def enough(vnodes):
        owners = locate(nodes, vnodes, keys)
        return max(abs(owners.count(node["name"]) / ideal - 1) for node in nodes) <= tolerance

    return next(filter(enough, range(1, limit + 1)), None)
