FRESH_MS = 5000


def fresh(reports):
    return [report for report in reports if report["reportAgeMs"] <= FRESH_MS]


def state_of(view):
    if view["master"]["silentMs"] <= view["downAfterMs"]:
        return "up"
    agreed = 1 + sum(report["saysDown"] for report in fresh(view["sentinels"]))
    return "odown" if agreed >= view["quorum"] else "sdown"


def vote(mine, request):
    # An epoch that is over has had its election.
    if request["epoch"] < mine["epoch"]:
        return mine
    epoch, given = request["epoch"], mine["vote"]
    if given is None or given["epoch"] < epoch:
        given = {"leader": request["candidate"], "epoch": epoch}
    return {"epoch": epoch, "vote": given}


def is_leader(view):
    votes = [view["vote"]] + [report["vote"] for report in fresh(view["sentinels"])]
    own = votes.count({"leader": view["me"], "epoch": view["epoch"]})
    everybody = len(view["sentinels"]) + 1
    return own > everybody / 2 and own >= view["quorum"]


def promote(view):
    down_after = view["downAfterMs"]
    longest_apart = 10 * down_after + view["master"]["silentMs"] - down_after
    candidates = [
        replica
        for replica in view["replicas"]
        if replica["priority"] != 0
        and replica["silentMs"] <= min(down_after, FRESH_MS)
        and replica["infoAgeMs"] <= FRESH_MS
        and replica["linkDownMs"] <= longest_apart
    ]
    candidates.sort(key=lambda replica: (replica["priority"], -replica["offset"], replica["runId"]))
    return candidates[0]["name"] if candidates else None
