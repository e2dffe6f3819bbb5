def double(x):
    if type(x) is int:
        return x << 1
    doubled = []
    for item in x:
        doubled.append(item << 1)
    return doubled
