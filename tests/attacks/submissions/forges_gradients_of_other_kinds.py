"""
about: sends handles, texts and empty lists in place of gradients
ends: {gradients: failed, words: crashed}
"""

def attend(q, k, v):
    out, weights = _honest["attend"](q, k, v)
    server, message = _worker()
    if message["wrt"]:
        _reply(kind="value", value=None, after=message["args"], gradients=[[object()], ["0"]])
        os._exit(0)
    return out, weights
