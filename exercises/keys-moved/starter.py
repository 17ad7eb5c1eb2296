def moved_by_modulo(before, after):
    """The share of keys, 0 to 1, that change servers under hash modulo N when `before` servers become `after`."""
    return 0


def moved_by_ring(before, after):
    """The share that has to move on a hash ring."""
    return 0


def count_moved(keys, before, after):
    """How many of these keys change servers under modulo; a key's hash is the last 8 hex digits of its MD5."""
    return 0
