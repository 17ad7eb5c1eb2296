def saveSession(id, fields):
    return [["HSET", f"session:{id}", *[word for pair in fields.items() for word in pair]]]


def changeField(id, field, value):
    return [["HSET", f"session:{id}", field, value]]


def readField(id, field):
    return [["HGET", f"session:{id}", field]]


def addPoints(player, points):
    return [["ZINCRBY", "leaderboard", points, player]]


def best(count):
    return [["ZREVRANGE", "leaderboard", 0, count - 1]]


def place(player):
    return [["ZREVRANK", "leaderboard", player]]


def view(user, product):
    key = f"user:{user}:recent"
    return [["LPUSH", key, product], ["LTRIM", key, 0, 9]]


def recent(user):
    return [["LRANGE", f"user:{user}:recent", 0, -1]]


def like(user, post):
    return [["SADD", f"user:{user}:likes", post]]


def likes(user):
    return [["SMEMBERS", f"user:{user}:likes"]]


def hasLiked(user, post):
    return [["SISMEMBER", f"user:{user}:likes", post]]


def send(room, message):
    return [["RPUSH", f"chat:{room}", message]]


def receive(room):
    return [["LPOP", f"chat:{room}"]]
