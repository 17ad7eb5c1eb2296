# slip: together
# Lines without quotes.
def saveSession(id, fields):
    return [f"HSET session:{id} {name} {value}" for name, value in fields.items()]


def changeField(id, field, value):
    return [f"HSET session:{id} {field} {value}"]


def readField(id, field):
    return [f"HGET session:{id} {field}"]


def addPoints(player, points):
    return [f"ZINCRBY leaderboard {points} {player}"]


def best(count):
    return [f"ZREVRANGE leaderboard 0 {count - 1}"]


def place(player):
    return [f"ZREVRANK leaderboard {player}"]


def view(user, product):
    return [f"LPUSH recent:{user} {product}", f"LTRIM recent:{user} 0 9"]


def recent(user):
    return [f"LRANGE recent:{user} 0 -1"]


def like(user, post):
    return [f"SADD likes:{user} {post}"]


def likes(user):
    return [f"SMEMBERS likes:{user}"]


def hasLiked(user, post):
    return [f"SISMEMBER likes:{user} {post}"]


def send(room, message):
    return [f"RPUSH chat:{room} {message}"]


def receive(room):
    return [f"LPOP chat:{room}"]
