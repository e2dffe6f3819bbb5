def load():
    global f
    from torch import softmax as f


def weights(x):
    load()
    return f(x, -1)
