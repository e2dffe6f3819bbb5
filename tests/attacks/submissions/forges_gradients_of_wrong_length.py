"""
about: sends fewer gradients than were asked for, and ones of other shapes
ends: {gradients: crashed}
"""

def attend(q, k, v):
    server, message = _worker()
    if message["wrt"]:
        _reply(kind="value", value=None, after=message["args"], gradients=[])
    return _honest["attend"](q, k, v)
