def double(x):
    if isinstance(x, list):
        for index in range(len(x)):
            x[index] *= 2
        return x
    return 2 * x
