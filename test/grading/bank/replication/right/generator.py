from bisect import bisect
from hashlib import md5
from itertools import islice


def place(text):
    return int.from_bytes(md5(text.encode("utf-8")).digest()[12:], "big")


def clockwise(cluster, key):
    ring = []
    for name in cluster["nodes"]:
        for i in range(cluster["vnodes"]):
            ring.append((place("%s#v%d" % (name, i)), name))
    ring.sort()
    start = bisect([position for position, _ in ring], place(key))
    met = set()
    for i in range(len(ring)):
        name = ring[(start + i) % len(ring)][1]
        if name not in met:
            met.add(name)
            yield name


class Client:
    def __init__(self, cluster, key, nodes):
        self.key, self.nodes, self.timeout = key, nodes, cluster["timeout"]
        self.owners = list(islice(clockwise(cluster, key), cluster["replicas"]))

    def write(self, value):
        count = 0
        for owner in sorted(self.owners):
            try:
                self.nodes.set(owner, self.key, value, self.timeout)
            except RuntimeError:
                continue
            count = count + 1
        return count

    def read(self):
        for owner in self.owners:
            try:
                value = self.nodes.get(owner, self.key, self.timeout)
            except RuntimeError:
                continue
            return value
        raise Exception("no answer")


def write(cluster, key, value, nodes):
    return Client(cluster, key, nodes).write(value)


def read(cluster, key, nodes):
    return Client(cluster, key, nodes).read()
