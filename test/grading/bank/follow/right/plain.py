def following_key(name):
    return f"user:{name}:following"


def followers_key(name):
    return f"user:{name}:followers"


def follow(a, b):
    return [["SADD", following_key(a), b], ["SADD", followers_key(b), a]]


def unfollow(a, b):
    return [["SREM", following_key(a), b], ["SREM", followers_key(b), a]]


def following(a):
    return [["SMEMBERS", following_key(a)]]


def followers(b):
    return [["SMEMBERS", followers_key(b)]]


def common(a, b):
    return [["SINTER", following_key(a), following_key(b)]]


def isFollowing(a, b):
    return [["SISMEMBER", following_key(a), b]]


def followerCount(b):
    return [["SCARD", followers_key(b)]]
