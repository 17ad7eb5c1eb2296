# slip: classes, many-classes
# Sizes that are no whole numbers.
PAGE = 1024 * 1024


def item_size(item):
    size = 48 + 8 + len(item["key"].encode("utf-8")) + 1 + item["value"] + 2
    return size + 4 if item["flags"] != 0 else size


def chunk_sizes(factor):
    sizes = []
    size = 96
    while len(sizes) < 62:
        if size >= PAGE / 2 / factor:
            break
        size = -(-size // 8) * 8.0
        sizes.append(size + 0.5)
        size = size * factor
    sizes.append(PAGE // 2)
    return sizes


def slab_class(item, chunks):
    if len(item["key"].encode("utf-8")) > 250 or item_size(item) > PAGE:
        return "refused"
    for number, chunk in enumerate(chunks, 1):
        if item_size(item) <= chunk:
            return number
    return "split"


def waste(items, chunks):
    total = 0
    for item in items:
        place = slab_class(item, chunks)
        if place not in ("split", "refused"):
            total += chunks[place - 1] - item_size(item)
    return total


def pages(items, chunks):
    total = 0
    for number, chunk in enumerate(chunks, 1):
        count = sum(1 for item in items if slab_class(item, chunks) == number)
        while count > 0:
            total += 1
            count -= PAGE // chunk
    return total
