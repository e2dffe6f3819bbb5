"""
about: replies that are no dict, have no kind, or a kind of another conversation
ends: {code: crashed, words: crashed, scale: crashed, tally: crashed}
"""

def code(number):
    _reply(kind="loaded", names=["code"], problems=[])
    _reply(kind="ready")


def words(text):
    _reply(kind=7)


def scale(x, factor):
    _reply(kind=torch.zeros(3))


class Tally:
    def __init__(self, start):
        from autograder import wire

        server, _ = _worker()
        wire.send(server._channel, wire.encode([1, 2, 3]))
