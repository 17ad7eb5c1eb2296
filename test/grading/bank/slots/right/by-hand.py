# A CRC by hand, and a client without exceptions that leave a function.
def crc16(data):
    crc = 0
    for byte in data:
        for bit in range(7, -1, -1):
            top = (crc >> 15) ^ ((byte >> bit) & 1)
            crc = (crc << 1) & 0xFFFF
            if top:
                crc ^= 0x1021
    return crc


def slot(key):
    start = key.find("{")
    if start >= 0:
        end = key.find("}", start + 1)
        if end > start + 1:
            key = key[start + 1 : end]
    return crc16(key.encode("utf-8")) % 16384


def together(commands):
    slots = set()
    for name, *words in commands:
        name = name.upper()
        step = 2 if name == "MSET" else 1
        if name in ("GET", "SET", "INCR", "HSET", "SADD"):
            words = words[:1]
        slots.update(slot(key) for key in words[::step])
    return len(slots) < 2


def attempt(nodes, node, command):
    try:
        return nodes.send(node, command), None
    except RuntimeError as error:
        return None, str(error)


def run(slots, commands, nodes):
    owner = [None] * 16384
    for part in slots:
        for i in range(part["from"], part["to"] + 1):
            owner[i] = part["node"]
    replies = []
    for command in commands:
        at = slot(command[1])
        node = owner[at]
        reply, error = attempt(nodes, node, command)
        left = 5
        while error and error.split()[0] in ("MOVED", "ASK") and left:
            left -= 1
            kind, _, node = error.split()
            if kind == "ASK":
                attempt(nodes, node, ["ASKING"])
            else:
                owner[at] = node
            reply, error = attempt(nodes, node, command)
        replies.append(error or reply)
    return replies
