"""The message loop workers run in these tests: Python text comes in, what it left in `result` goes out.

Runs inside the sandbox instead of `autograder/worker/serve.py`, so that an attack is a few lines of a test.
"""

import json
import socket
import struct


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = channel.recv(size - len(data))
        if not piece:
            raise SystemExit
        data += piece
    return data


def rehearse() -> None:
    """Nothing to be made fast."""


def serve(channel: socket.socket) -> None:
    names: dict[str, object] = {}
    while True:
        (size,) = struct.unpack(">I", _exactly(channel, 4))
        try:
            exec(_exactly(channel, size).decode(), names)
            reply = {"result": names.get("result")}
        except BaseException as error:
            reply = {"error": type(error).__name__, "text": str(error)}
        raw = json.dumps(reply).encode()
        channel.sendall(struct.pack(">I", len(raw)) + raw)
