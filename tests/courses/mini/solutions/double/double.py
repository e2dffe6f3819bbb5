# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # Twice as much
#
# Write `double`: twice a number, or a new list with every item doubled.
#
# <details><summary>Hint</summary>
#
# `[1, 2]` becomes `[2, 4]`, not `[1, 2, 1, 2]`.
#
# </details>

# %% [markdown] lang="fr"
# # Deux fois plus
#
# Écrivez `double` : le double d'un nombre, ou une nouvelle liste dont chaque élément est doublé.
#
# <details><summary>Indice</summary>
#
# `[1, 2]` devient `[2, 4]`, et non `[1, 2, 1, 2]`.
#
# </details>

# %% id="imports"
from pathlib import Path

from autograder.checks import same


# %% id="double"
def double(x: int | list[int]) -> int | list[int]:
    """Twice a number, or a new list of twice each item.

    double(3) -> 6; double([1, 2]) -> [2, 4]
    """
    ### BEGIN SOLUTION
    if isinstance(x, list):
        return [item + item for item in x]
    return x + x
    ### END SOLUTION


# %% group="numbers"
same(double(3), 6, en="double of 3", fr="le double de 3")

# %% group="lists"
same(double([1, 2]), [2, 4], en="double of [1, 2]", fr="le double de [1, 2]")

# %% try="file"
double([int(line) for line in Path("data/numbers.txt").read_text().split()])
