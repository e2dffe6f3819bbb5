# The public checks of double, as `autograder check` runs them.
# Les vérifications publiques de double, telles que les exécute `autograder check`.

# %% group="numbers"
# Numbers — 3 points
# Les nombres — 3 points
same(double(3), 6, en="double of 3", fr="le double de 3")

# %% group="lists"
# Lists — 2 points
# Les listes — 2 points
same(double([1, 2]), [2, 4], en="double of [1, 2]", fr="le double de [1, 2]")
