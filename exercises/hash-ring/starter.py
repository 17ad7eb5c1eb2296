def locate(nodes, vnodes, keys):
    """The names of the nodes that the keys belong to, one for each key. A node is {"name": …, "weight": …}."""
    return [nodes[0]["name"] for key in keys]


def moved(before, after, vnodes, keys):
    """The keys whose node is another one when the nodes `before` become `after`."""
    return []


def rolling(nodes, joining, vnodes, keys):
    """How many moves there were so far after each of the joining nodes, added up."""
    return [0 for node in joining]


def minimum_virtual_nodes(nodes, keys, tolerance, limit):
    """The smallest number of virtual nodes with which every node is within `tolerance` of its fair share."""
    return None
