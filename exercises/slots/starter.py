def slot(key):
    """The slot of a key: CRC16 (XMODEM) of the key, or of its hash tag, modulo 16384."""
    return 0


def together(commands):
    """Whether a cluster accepts these commands as one transaction: all their keys are in one slot."""
    return False


def run(slots, commands, nodes):
    """Sends commands one after the other to the nodes of their slots, and returns the replies.

    nodes.send(node, command) returns the reply, and raises RuntimeError with the text of an error.
    """
    return []
