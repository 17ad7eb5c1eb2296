def acquire(name, owner, ttl_ms, redis):
    """Takes the lock for ttl_ms, and returns a token that is higher than those of all holders before; None if it is held.

    redis.call("SET", "key", "value") sends a command.
    """
    return None


def release(name, owner, redis):
    """Frees the lock if it is the owner's, and returns whether it did."""
    return False


def write(record, token, value):
    """What the storage does with a write: whether it accepts it, and what it keeps then.

    record is its last write, {"token": 3, "value": "…"}, or None.
    """
    return {"accepted": False, "record": record}


def acquire_within(name, owner, ttl_ms, wait_ms, redis):
    """Tries to take the lock until wait_ms have passed; redis.sleep(ms) sleeps."""
    return None
