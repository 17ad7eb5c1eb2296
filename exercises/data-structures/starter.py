def saveSession(id, fields):
    """Commands that keep a session with these fields."""
    return [["PING"]]


def changeField(id, field, value):
    """Commands that give one field of a session another value."""
    return [["PING"]]


def readField(id, field):
    """Commands whose last reply is the value of a field."""
    return [["PING"]]


def addPoints(player, points):
    """Commands that add points to what a player has."""
    return [["PING"]]


def best(count):
    """Commands whose last reply is the best players, the best first."""
    return [["PING"]]


def place(player):
    """Commands whose last reply is how many players are better."""
    return [["PING"]]


def view(user, product):
    """Commands for a product that a user looks at."""
    return [["PING"]]


def recent(user):
    """Commands whose last reply is the ten products viewed last, the newest first."""
    return [["PING"]]


def like(user, post):
    """Commands by which a user likes a post."""
    return [["PING"]]


def likes(user):
    """Commands whose last reply is the posts that a user liked."""
    return [["PING"]]


def hasLiked(user, post):
    """Commands whose last reply says whether a user liked a post."""
    return [["PING"]]


def send(room, message):
    """Commands that put a message into the queue of a room."""
    return [["PING"]]


def receive(room):
    """Commands whose last reply is the oldest message, which leaves the queue."""
    return [["PING"]]
