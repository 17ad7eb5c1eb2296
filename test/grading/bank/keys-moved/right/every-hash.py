"""As somebody writes it who doesn't look for a formula."""
import hashlib


def movedByModulo(before, after):
    moved = 0
    for number in range(before * after):
        if number % before != number % after:
            moved += 1
    return moved / (before * after)


def movedByRing(before, after):
    if after > before:
        return (after - before) / after
    return (before - after) / before


def position(key):
    value = 0
    for digit in hashlib.md5(bytes(key, "utf-8")).hexdigest()[24:]:
        value = value * 16 + "0123456789abcdef".index(digit)
    return value


def countMoved(keys, before, after):
    return len([key for key in keys if position(key) % before != position(key) % after])
