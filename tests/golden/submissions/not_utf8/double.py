# Twice as much — check your work: autograder check double.py
# Deux fois plus — vérifiez votre travail : autograder check double.py

from pathlib import Path

from autograder.checks import same


def double(x: int | list[int]) -> int | list[int]:
    """Twice a number, or a new list of twice each item.

    double(3) -> 6; double([1, 2]) -> [2, 4]
    """
    return [x + x for x in x] if isinstance(x, list) else x + x
# d�j�
