def order(x):
    return sorted(x)
