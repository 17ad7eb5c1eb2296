# slip: one-server
# A cluster meets everything but transactions.
def choose(scenario):
    return "sentinel" if scenario["multiKeyTransactions"] else "cluster"
