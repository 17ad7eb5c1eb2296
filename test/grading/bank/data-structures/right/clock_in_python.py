# Times in seconds with a fraction, snake_case, and a session that is told to stay.
import time


def save_session(id, fields):
    key = f"session/{id}"
    return [["MULTI"], *[["HSET", key, name, value] for name, value in fields.items()], ["PERSIST", key], ["EXEC"]]


def change_field(id, field, value):
    return [["HSET", f"session/{id}", field, value]]


def read_field(id, field):
    return [["PERSIST", f"session/{id}"], ["HGET", f"session/{id}", field]]


def add_points(player, points):
    return [["ZADD", "board", "INCR", points, player]]


def best(count):
    return [["ZRANGE", "board", "+inf", "-inf", "BYSCORE", "REV", "LIMIT", 0, count]]


def place(player):
    return [["ZREVRANK", "board", player]]


def view(user, product):
    return [["ZADD", f"views/{user}", repr(time.time()), product], ["ZREMRANGEBYRANK", f"views/{user}", 0, -11]]


def recent(user):
    return [["ZREVRANGEBYSCORE", f"views/{user}", repr(time.time() + 1), "-inf"]]


def like(user, post):
    return [["HINCRBY", f"liked/{user}", post, 1]]


def likes(user):
    return [["HKEYS", f"liked/{user}"]]


def has_liked(user, post):
    return [["HGET", f"liked/{user}", post]]


def send(room, message):
    return [["RPUSH", f"messages/{room}", message]]


def receive(room):
    return [["LMPOP", 1, f"messages/{room}", "LEFT"]]
