NUMBERS = open("my-numbers.csv").read()


def double(x):
    return [2 * item for item in x] if isinstance(x, list) else 2 * x
