def simulate(policy, capacity, requests):
    """Sends requests to an empty cache; a dict {"hit": …, "evicted": …} for each."""
    return [{"hit": False, "evicted": None} for key in requests]


def exponent_for(key_count):
    """The exponent of Zipf's law at which the most popular fifth of the keys gets 80 % of the requests."""
    return 1


def zipf(key_count, exponent, count):
    """`count` random keys from 0 to key_count - 1; key k has a probability proportional to 1 / (k + 1)^exponent."""
    return []


def compare(capacity, requests):
    """The hit ratio of each policy on the same requests, as a dict."""
    return {"lru": 0, "lfu": 0, "random": 0}
