import torch as t


def weights(x):
    return t.softmax(x, -1)
