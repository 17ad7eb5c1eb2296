def item_size(item):
    """How many bytes an item needs in a chunk. An item is a dict with key, value (a number of bytes) and flags."""
    return 0


def chunk_sizes(factor):
    """The sizes of the chunks of all slab classes, the smallest first."""
    return []


def slab_class(item, chunks):
    """The number of the class that an item goes to, from 1, or "split" or "refused"."""
    return "refused"


def waste(items, chunks):
    """The bytes that stay empty in the chunks of all items together."""
    return 0


def pages(items, chunks):
    """How many pages of 1 MiB the items need; a page has chunks of one class."""
    return 0
