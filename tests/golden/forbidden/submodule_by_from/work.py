from torch.nn import functional as F


def weights(x):
    return F.softmax(x, dim=-1)
