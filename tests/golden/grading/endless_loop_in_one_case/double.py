def double(x):
    if isinstance(x, list):
        while x:
            pass
        return []
    return 2 * x
