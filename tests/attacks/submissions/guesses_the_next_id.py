"""
about: answers questions that have not been asked, with ids near the one it knows
ends: {code: crashed}
"""

def code(number):
    from autograder import wire

    server, message = _worker()
    for id in (bytes(8), message["id"][:-1] + b"\0", message["id"] + b"\0", int.from_bytes(message["id"], "big"), None, True):
        wire.send(server._channel, wire.encode({"id": id, "kind": "value", "value": 3}))
    return 3
