# slip: one-hop, fallback
# What is falsy is no answer.
from hashlib import md5


def position(text):
    return int(md5(text.encode()).hexdigest()[-8:], 16)


def owners(cluster, key):
    ring = sorted((position(f"{name}#v{i}"), name) for name in cluster["nodes"] for i in range(cluster["vnodes"]))
    at = position(key)
    names = [name for place, name in ring if place > at] + [name for _, name in ring]
    return list(dict.fromkeys(names))[: cluster["replicas"]]


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
            value = nodes.get(owner, key, cluster["timeout"])
            if value or owner == owners(cluster, key)[-1]:
                return value
        except RuntimeError:
            pass
    raise RuntimeError("nobody answers")
