"""
about: internet, unix, abstract, netlink and packet sockets, and connections by every name
ends: {code: failed}
"""

import socket

OPENED = []
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET, 38, 40):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            OPENED.append(socket.socket(family, kind))
        except (OSError, PermissionError):
            pass
for make in (lambda: socket.create_connection(("127.0.0.1", 22), 1), socket.socketpair,
             lambda: socket.getaddrinfo("example.org", 80), lambda: socket.create_server(("", 0))):
    try:
        OPENED.append(make())
    except OSError:
        pass
code = _code_if(OPENED)
