PERIOD_MS = 50


def acquire(name, owner, ttl_ms, redis):
    # In one step: a client that pauses between the two would get a token that is too high.
    redis.call("MULTI")
    redis.call("SET", f"lock:{name}", owner, "NX", "PX", ttl_ms)
    redis.call("INCR", f"token:{name}")
    taken, token = redis.call("EXEC")
    return token if taken == "OK" else None


def release(name, owner, redis):
    return redis.call("DELIFEQ", f"lock:{name}", owner) == 1


def write(record, token, value):
    if record is not None and token < record["token"]:
        return {"accepted": False, "record": record}
    return {"accepted": True, "record": {"token": token, "value": value}}


def acquire_within(name, owner, ttl_ms, wait_ms, redis):
    waited = 0
    while True:
        token = acquire(name, owner, ttl_ms, redis)
        if token is not None or waited >= wait_ms:
            return token
        redis.sleep(PERIOD_MS)
        waited += PERIOD_MS
