def choose(scenario):
    # Only one primary runs transactions over any keys.
    if scenario["multiKeyTransactions"]:
        return "sentinel"
    large = scenario["dataGb"] > scenario["memoryPerServerGb"]
    busy = scenario["requestsPerSecond"] > 100_000
    return "cluster" if large or busy else "sentinel"
