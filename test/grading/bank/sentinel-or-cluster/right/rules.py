CANNOT = {
    "memcached": [
        lambda s: s["persistence"],
        lambda s: s["highAvailability"],
        lambda s: s["multiKeyTransactions"],
        lambda s: s["largestValueKb"] > 1000,
    ],
    "sentinel": [
        lambda s: s["dataGb"] >= s["memoryPerServerGb"],
        lambda s: s["requestsPerSecond"] >= 100_000,
    ],
    "cluster": [lambda s: s["multiKeyTransactions"]],
}


def choose(scenario):
    for choice in ("sentinel", "memcached", "cluster"):
        if not any(rule(scenario) for rule in CANNOT[choice]):
            return choice
    # Transactions decide.
    return "sentinel"
