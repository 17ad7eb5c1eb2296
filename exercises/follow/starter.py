def follow(a, b):
    """Commands by which a follows b."""
    return [["PING"]]


def unfollow(a, b):
    """Commands by which a no longer follows b."""
    return [["PING"]]


def following(a):
    """Commands whose last reply is the names that a follows."""
    return [["PING"]]


def followers(b):
    """Commands whose last reply is the names that follow b."""
    return [["PING"]]


def common(a, b):
    """Commands whose last reply is the names that both follow."""
    return [["PING"]]


def isFollowing(a, b):
    """Commands whose last reply says whether a follows b."""
    return [["PING"]]


def followerCount(b):
    """Commands whose last reply is how many follow b."""
    return [["PING"]]
