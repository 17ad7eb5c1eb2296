# Whom one follows in a sorted set by name, who follows in a hash; several commands at once.
def follow(a, b):
    return [["MULTI"], ["ZADD", "out/" + a, 0, b], ["HSET", "in/" + b, a, "1"], ["EXEC"]]


def unfollow(a, b):
    return [["ZREM", "out/" + a, b], ["HDEL", "in/" + b, a]]


def following(a):
    return [["ZRANGEBYLEX", "out/" + a, "-", "+"]]


def followers(b):
    return [["HKEYS", "in/" + b]]


def common(a, b):
    return [["ZINTERSTORE", "both", 2, "out/" + a, "out/" + b], ["ZRANGE", "both", 0, -1]]


def isFollowing(a, b):
    return [["HEXISTS", "in/" + b, a]]


def followerCount(b):
    return [["HLEN", "in/" + b]]
