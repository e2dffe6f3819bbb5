def weights(x):
    return getattr(x, "softmax")(-1)
