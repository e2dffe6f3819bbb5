"""
about: a set and a dict of a hundred thousand numbers that share one hash
ends: {code: crashed, words: crashed}
"""

class _Set(set):
    def __iter__(self):
        return iter([(2**61 - 1) * at for at in range(1, 100_000)])


def code(number):
    return _Set()


def words(text):
    array = lambda count: b"\xdd" + count.to_bytes(4, "big")
    keys = [(2**61 - 1) * at * 9 for at in range(1, 100_000)]
    payload = array(1 + 2 * len(keys)) + b"\x02"
    payload += b"".join(b"\x92\x05\xc4\x10" + key.to_bytes(16, "big") + b"\x01" for key in keys)
    _worker()[0]._channel.sendall(len(payload).to_bytes(4, "big") + payload)
