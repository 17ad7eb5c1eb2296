# Lines with quotes instead of lists of words, and other commands for the same.
def quoted(text):
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def line(*words):
    return " ".join(quoted(word) for word in words)


def saveSession(id, fields):
    return [line("HMSET", "s:" + id, *[word for pair in fields.items() for word in pair])]


def changeField(id, field, value):
    return [line("HSET", "s:" + id, field, value)]


def readField(id, field):
    return [line("HMGET", "s:" + id, field)]


def addPoints(player, points):
    return [line("ZADD", "points", "INCR", points, player)]


def best(count):
    return [line("ZRANGE", "points", 0, count - 1, "REV")]


def place(player):
    return [line("ZREVRANK", "points", player)]


def view(user, product):
    return [line("LPUSH", "v:" + user, product), line("LTRIM", "v:" + user, 0, 9)]


def recent(user):
    return [line("LRANGE", "v:" + user, 0, 9)]


def like(user, post):
    return [line("HSETNX", "l:" + user, post, 1)]


def likes(user):
    return [line("HKEYS", "l:" + user)]


def hasLiked(user, post):
    return [line("HEXISTS", "l:" + user, post)]


def send(room, message):
    return [line("RPUSH", "r:" + room, message)]


def receive(room):
    return [line("BLPOP", "r:" + room, 0)]
