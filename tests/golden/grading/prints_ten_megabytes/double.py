def double(x):
    for _ in range(2):
        print("." * 1_000_000)
    return [2 * item for item in x] if isinstance(x, list) else 2 * x


print("." * 1_000_000)
