# slip: losses, whole
# Does not look at the numbers.
class LocalCache:
    def __init__(self, settings):
        self.capacity = settings["capacity"]
        self.ttl = settings["ttlMs"]
        self.copies = {}  # key → (value, since), the least recently used first
        self.loads = {}  # load → (key, since), where nothing has overtaken it
        self.last_number = 0

    def get(self, at, key, load):
        value, since = self.copies.get(key, (None, 0))
        if value is not None and at < since + self.ttl:
            self.store(key, value, since)
            return value
        self.copies.pop(key, None)
        self.loads[load] = (key, at)
        return None

    def loaded(self, at, load, key, value):
        _, since = self.loads.pop(load, (key, None))
        if since is None or at >= since + self.ttl:
            return
        if key not in self.copies or self.copies[key][1] < since:
            self.store(key, value, since)

    def set(self, at, key, value):
        self.overtake_loads(key)
        self.store(key, value, at)

    def invalidate(self, key, number):
        if number < self.last_number:
            self.copies.clear()
            self.loads.clear()
        self.last_number = number
        self.copies.pop(key, None)
        self.overtake_loads(key)

    def overtake_loads(self, key):
        self.loads = {load: begun for load, begun in self.loads.items() if begun[0] != key}

    def store(self, key, value, since):
        self.copies.pop(key, None)
        if len(self.copies) >= self.capacity:
            del self.copies[next(iter(self.copies))]
        self.copies[key] = (value, since)


def replay(settings, events):
    cache = LocalCache(settings)
    answers = []
    for event in events:
        if event["do"] == "get":
            answers.append(cache.get(event["at"], event["key"], event["load"]))
        elif event["do"] == "loaded":
            cache.loaded(event["at"], event["load"], event["key"], event["value"])
        elif event["do"] == "set":
            cache.set(event["at"], event["key"], event["value"])
        else:
            cache.invalidate(event["key"], event["number"])
    return answers


def staleness(writes, reads):
    def stale_for(read):
        own = [write for write in writes if write["key"] == read["key"]]
        place = [write["value"] for write in own].index(read["value"])
        return max(0, read["at"] - own[place + 1]["at"]) if place + 1 < len(own) else 0

    return [stale_for(read) for read in reads]
