"""
about: headers of the largest list, each within the last, so that memory is taken before anything came
ends: {code: crashed}
"""

def code(number):
    payload = (b"\xdd" + (2**20).to_bytes(4, "big")) * 900
    _worker()[0]._channel.sendall(len(payload).to_bytes(4, "big") + payload)
    return 3
