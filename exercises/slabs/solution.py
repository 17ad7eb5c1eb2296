from bisect import bisect_left
from collections import Counter

PAGE = 1 << 20
LARGEST_CHUNK = PAGE // 2
MAX_CLASSES = 63
MAX_KEY = 250


def item_size(item):
    return 48 + 8 + len(item["key"].encode()) + 1 + (4 if item["flags"] else 0) + item["value"] + 2


def chunk_sizes(factor):
    sizes, size = [], 96
    while size < LARGEST_CHUNK / factor and len(sizes) < MAX_CLASSES - 1:
        sizes.append(-(-size // 8) * 8)
        size = int(sizes[-1] * factor)
    return sizes + [LARGEST_CHUNK]


def slab_class(item, chunks):
    size = item_size(item)
    if len(item["key"].encode()) > MAX_KEY or size > PAGE:
        return "refused"
    at = bisect_left(chunks, size)
    return "split" if at == len(chunks) else at + 1


def stored(items, chunks):
    """The items that have a chunk, each with its size."""
    places = [(item, slab_class(item, chunks)) for item in items]
    return [(item, chunks[at - 1]) for item, at in places if isinstance(at, int)]


def waste(items, chunks):
    return sum(chunk - item_size(item) for item, chunk in stored(items, chunks))


def pages(items, chunks):
    counts = Counter(chunk for _, chunk in stored(items, chunks))
    return sum(-(-count // (PAGE // chunk)) for chunk, count in counts.items())
