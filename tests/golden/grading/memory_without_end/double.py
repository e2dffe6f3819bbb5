def double(x):
    if not isinstance(x, list):
        return 2 * x
    pieces = []
    while x:
        pieces.append(bytearray(16_000_000))
    return pieces
