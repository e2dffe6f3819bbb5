def double(x: int | list[int]) -> int | list[int]:
    return [2 * item for item in x] if isinstance(x, list) else 2 * x
