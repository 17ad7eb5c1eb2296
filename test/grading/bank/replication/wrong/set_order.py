# slip: copies
# Takes the next nodes by name.
from hashlib import md5


def position(text):
    return int(md5(text.encode()).hexdigest()[-8:], 16)


def owners(cluster, key):
    ring = sorted((position(f"{name}#v{i}"), name) for name in cluster["nodes"] for i in range(cluster["vnodes"]))
    at = position(key)
    names = [name for place, name in ring if place > at] + [name for _, name in ring]
    return [names[0], *sorted(set(names) - {names[0]})][: cluster["replicas"]]


def write(cluster, key, value, nodes):
    stored = 0
    for owner in owners(cluster, key):
        try:
            nodes.set(owner, key, value, cluster["timeout"])
            stored += 1
        except RuntimeError:
            pass
    return stored


def read(cluster, key, nodes):
    for owner in owners(cluster, key):
        try:
            return nodes.get(owner, key, cluster["timeout"])
        except RuntimeError:
            pass
    raise RuntimeError("nobody answers")
