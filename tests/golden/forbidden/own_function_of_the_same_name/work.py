def softmax(x):
    return x


def weights(x):
    return softmax(x)
