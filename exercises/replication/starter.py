def write(cluster, key, value, nodes):
    """Sends the value to each owner of the key, and returns how many of them stored it.

    nodes.set(node, key, value, timeout) raises RuntimeError for a node that fails.
    """
    return 0


def read(cluster, key, nodes):
    """Asks the owners one after the other, the primary first, and returns the first answer.

    nodes.get(node, key, timeout) returns the value or None, and raises RuntimeError for a node that fails.
    """
    return None
