from binascii import crc_hqx

ALL = ("MGET", "DEL", "EXISTS", "SINTER", "RENAME")
NONE = ("PING", "TIME")
MAX_REDIRECTIONS = 5


def slot(key):
    _, _, rest = key.partition("{")
    tag, closed, _ = rest.partition("}")
    return crc_hqx((tag if closed and tag else key).encode(), 0) % 16384


def keys_of(command):
    name, *words = command
    name = name.upper()
    if name in NONE:
        return []
    if name == "MSET":
        return words[::2]
    return words if name in ALL else words[:1]


def together(commands):
    return len({slot(key) for command in commands for key in keys_of(command)}) <= 1


def run(slots, commands, nodes):
    moved = {}  # What the client has learnt besides the map.

    def reply_to(command):
        place = slot(command[1])
        node = moved.get(place) or next(r["node"] for r in slots if r["from"] <= place <= r["to"])
        for redirections in range(MAX_REDIRECTIONS + 1):
            try:
                return nodes.send(node, command)
            except RuntimeError as error:
                text = str(error)
                kind = text.split()[0]
                if kind not in ("MOVED", "ASK"):
                    return text
                node = text.split()[2]
                if kind == "MOVED":
                    moved[place] = node
                elif redirections < MAX_REDIRECTIONS:
                    nodes.send(node, ["ASKING"])
        return text

    return [reply_to(command) for command in commands]
