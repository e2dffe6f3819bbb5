"""
about: announces a message of 4 GB
ends: {code: crashed}
"""

def code(number):
    _worker()[0]._channel.sendall(b"\xff\xff\xff\xff" + bytes(1000))
    return 3
