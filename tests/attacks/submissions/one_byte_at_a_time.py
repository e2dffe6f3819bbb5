"""
about: sends its reply a byte every 0.3 seconds, so that something always comes
ends: {code: limit}
unusual: true
"""

import time


def code(number):
    for byte in (12).to_bytes(4, "big") + bytes(12):
        _worker()[0]._channel.sendall(bytes([byte]))
        time.sleep(0.3)
    time.sleep(60)
