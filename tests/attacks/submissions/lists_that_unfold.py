"""
about: a message of a few megabytes that holds millions of small lists
ends: {code: crashed}
"""

def code(number):
    array = lambda count: b"\xdd" + count.to_bytes(4, "big")
    row = array(2**20) + b"\x00" + b"\x91\x00" * (2**20 - 1)
    payload = b"\x9f\x00" + row * 14
    _worker()[0]._channel.sendall(len(payload).to_bytes(4, "big") + payload)
    return 3
