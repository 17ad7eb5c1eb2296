# fails: one-more, any-number, ring, counted
# The same whatever is asked.
def movedByModulo(before, after):
    return 0.5


movedByRing = movedByModulo


def countMoved(keys, before, after):
    return 2
