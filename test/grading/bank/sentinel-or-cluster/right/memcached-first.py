def servers(scenario):
    # A server is full at three quarters, as the rest is for what is copied while it saves.
    by_size = scenario["dataGb"] / (0.75 * scenario["memoryPerServerGb"])
    return max(by_size, scenario["requestsPerSecond"] / 1e5)


def choose(scenario):
    needs = ("persistence", "highAvailability", "multiKeyTransactions")
    if not any(scenario.get(need) for need in needs) and scenario["largestValueKb"] / 1024 < 1:
        return "memcached"
    if scenario["multiKeyTransactions"] or servers(scenario) <= 1:
        return "sentinel"
    return "cluster"
