def state_of(view):
    """Whether the master is "up", subjectively down ("sdown") or objectively down ("odown")."""
    return "up"


def vote(mine, request):
    """What a sentinel keeps after a candidate has asked for its vote.

    mine is {"epoch": 4, "vote": {"leader": "s1", "epoch": 4}}, request is {"candidate": "s2", "epoch": 5}.
    """
    return mine


def is_leader(view):
    """Whether this sentinel has the votes to lead the failover."""
    return False


def promote(view):
    """The name of the replica to promote, or None."""
    return None
