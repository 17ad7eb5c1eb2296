def choose(scenario):
    # Only one primary runs transactions over any keys; it may need a larger server.
    if scenario["multiKeyTransactions"]:
        return "sentinel"
    large = scenario["dataGb"] > scenario["memoryPerServerGb"]
    busy = scenario["requestsPerSecond"] > 100_000
    return "cluster" if large or busy else "sentinel"
