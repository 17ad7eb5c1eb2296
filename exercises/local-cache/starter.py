class LocalCache:
    """The cache of one server. Its four methods are for you to write."""

    def __init__(self, settings):
        self.capacity = settings["capacity"]
        self.ttl = settings["ttlMs"]

    def get(self, at, key, load):
        """Returns the copy of a key, or None: then this load of it begins."""
        return None

    def loaded(self, at, load, key, value):
        """The answer to a load."""

    def set(self, at, key, value):
        """This server has written the value."""

    def invalidate(self, key, number):
        """Another server has written the key."""


def replay(settings, events):
    """Plays the events on a new cache, and returns the answers to its gets."""
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
    """For each read: how many milliseconds ago its value had been overwritten; 0 if it was the newest."""
    return []
