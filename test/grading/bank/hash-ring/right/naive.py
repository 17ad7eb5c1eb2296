"""As somebody writes it who looks through everything for each key."""
import hashlib
import math


def place(text):
    return int(hashlib.md5(text.encode("utf8")).hexdigest()[24:], 16)


def locate(nodes, vnodes, keys):
    owners = []
    points = []
    for node in nodes:
        for i in range(math.floor(node["weight"] * vnodes + 0.5)):
            points.append((place(node["name"] + "#v" + str(i)), node["name"]))
    for key in keys:
        at = place(key)
        best = None
        for point in points:
            if point[0] > at and (best is None or point[0] < best[0]):
                best = point
        owners.append((best or min(points))[1])
    return owners


def moved(before, after, vnodes, keys):
    result = []
    for key in keys:
        if locate(before, vnodes, [key]) != locate(after, vnodes, [key]):
            result.append(key)
    return result


def rolling(nodes, joining, vnodes, keys):
    total = 0
    sums = []
    for i in range(len(joining)):
        total += len(moved(nodes + joining[:i], nodes + joining[: i + 1], vnodes, keys))
        sums.append(total)
    return sums


def minimum_virtual_nodes(nodes, keys, tolerance, limit):
    fair = len(keys) / len(nodes)
    for vnodes in range(1, limit + 1):
        owners = locate(nodes, vnodes, keys)
        if all(fair - tolerance * fair <= owners.count(node["name"]) <= fair + tolerance * fair for node in nodes):
            return vnodes
    return None
