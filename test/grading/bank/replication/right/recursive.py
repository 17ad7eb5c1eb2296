import hashlib


def hashed(text):
    return int(hashlib.md5(text.encode()).hexdigest()[24:], 16)


def owners(cluster, key):
    """Each node by how far clockwise its nearest virtual node is from the key."""

    def distance(node):
        gaps = [(hashed(f"{node}#v{i}") - hashed(key) - 1) % 2**32 for i in range(cluster["vnodes"])]
        return min(gaps)

    return sorted(cluster["nodes"], key=distance)[: cluster["replicas"]]


def attempt(call, *arguments):
    try:
        return True, call(*arguments)
    except RuntimeError:
        return False, None


def write(cluster, key, value, nodes):
    return sum(attempt(nodes.set, owner, key, value, cluster["timeout"])[0] for owner in owners(cluster, key))


def read(cluster, key, nodes, left=None):
    first, *others = owners(cluster, key) if left is None else left
    answered, value = attempt(nodes.get, first, key, cluster["timeout"])
    if answered:
        return value
    if not others:
        raise LookupError("nobody answers")
    return read(cluster, key, nodes, others)
