import torch


def weights(x, f=torch.softmax):
    return f(x, -1)
