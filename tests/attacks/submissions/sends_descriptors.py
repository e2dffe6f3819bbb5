"""
about: sends open files along with its answers, and tries to receive some
ends: {code: failed}
"""

import socket


def _passes():
    channel = _worker()[0]._channel
    try:
        socket.send_fds(channel, [b"x"], [0, 1, 2])
        return True
    except OSError:
        pass
    try:
        return bool(socket.recv_fds(channel, 1, 8, socket.MSG_DONTWAIT)[1])
    except OSError:
        return False


def code(number):
    return _honest["code"](number) if _passes() else None
