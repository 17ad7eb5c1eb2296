# slip: popular
# A follower is looked for in the whole list.
def follow(a, b):
    return [["SADD", "out:" + a, b], ["SADD", "in:" + b, a]]


def unfollow(a, b):
    return [["SMEMBERS", "in:" + b], ["SREM", "out:" + a, b], ["SREM", "in:" + b, a]]


def following(a):
    return [["SMEMBERS", "out:" + a]]


def followers(b):
    return [["SMEMBERS", "in:" + b]]


def common(a, b):
    return [["SINTER", "out:" + a, "out:" + b]]


def is_following(a, b):
    return [["SMEMBERS", "in:" + b], ["SISMEMBER", "in:" + b, a]]


def follower_count(b):
    return [["SCARD", "in:" + b]]
