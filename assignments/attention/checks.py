# The public checks of attention, as `autograder check` runs them.
# Les vérifications publiques de attention, telles que les exécute `autograder check`.

# %% group="softmax"
# Softmax — 3 points
# Softmax — 3 points
# 0 and ln 3: exponentials 1 and 3, hence 1/4 and 3/4.
scores = torch.tensor([[0.0, math.log(3.0)], [0.0, 0.0]])
close(
    softmax(scores),
    torch.tensor([[0.25, 0.75], [0.5, 0.5]]),
    en="softmax of each row",
    fr="le softmax de chaque ligne",
)
# Along the columns: (0, 0) -> 1/2, 1/2 and (ln 3, 0) -> 3/4, 1/4.
close(
    softmax(scores, dim=0),
    torch.tensor([[0.5, 0.75], [0.5, 0.25]]),
    en="softmax of each column (dim=0)",
    fr="le softmax de chaque colonne (dim=0)",
)

# %% group="shapes"
# Shapes: any number of leading dimensions — 3 points
# Formes : autant de dimensions initiales que l'on veut — 3 points
for lead in ((), (2,), (2, 3)):
    out, weights = parts(
        scaled_dot_product_attention(torch.ones(*lead, 4, 6), torch.ones(*lead, 5, 6), torch.ones(*lead, 5, 7)),
        2,
        en="(out, weights)",
        fr="(out, weights)",
    )
    shape(out, (*lead, 4, 7), en="out", fr="out")
    shape(weights, (*lead, 4, 5), en="weights", fr="weights")

# %% group="values"
# Weights and weighted average — 4 points
# Poids et moyenne pondérée — 4 points
# With scale 1, the scores of the first query are 0 and ln 3, those of the second 0 and 0.
out, weights = scaled_dot_product_attention(
    torch.tensor([[math.log(3.0), 0.0], [0.0, 1.0]]),
    torch.tensor([[0.0, 0.0], [1.0, 0.0]]),
    torch.tensor([[0.0, 4.0, 8.0], [4.0, 8.0, 0.0]]),
    scale=1.0,
)
close(weights, torch.tensor([[0.25, 0.75], [0.5, 0.5]]), en="weights of two queries", fr="les poids de deux requêtes")
close(
    out,
    torch.tensor([[3.0, 7.0, 2.0], [2.0, 6.0, 4.0]]),
    en="out: averages of the values",
    fr="out : les moyennes des valeurs",
)

# %% group="scale"
# Scale — 2 points
# Facteur d'échelle — 2 points
# d_k = 4: the dot product 2 ln 3 becomes a score of ln 3, against 0 for the other key.
query = torch.tensor([[math.log(3.0), math.log(3.0), 0.0, 0.0]])
keys = torch.tensor([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]])
_, weights = scaled_dot_product_attention(query, keys, torch.ones(2, 3))
close(
    weights, torch.tensor([[0.75, 0.25]]), en="weights with the default scale", fr="les poids avec l'échelle par défaut"
)
_, weights = scaled_dot_product_attention(query, keys, torch.ones(2, 3), scale=1.0)
close(weights, torch.tensor([[0.9, 0.1]]), en="weights with scale=1", fr="les poids avec scale=1")

# %% group="mask"
# Mask — 3 points
# Masque — 3 points
values = torch.tensor([[3.0], [6.0], [12.0]])
mask = torch.tensor([[True, False, True], [False, True, False], [False, False, False]])
out, weights = scaled_dot_product_attention(torch.zeros(3, 2), torch.ones(3, 2), values, mask=mask)
expect(
    bool((weights[~mask] == 0).all()),
    en="a masked key (False) weighs exactly 0",
    fr="une clé masquée (False) pèse exactement 0",
)
# Keys 0 and 2 share the first query, key 1 takes the second, nobody is left for the third.
close(out, torch.tensor([[7.5], [6.0], [0.0]]), en="out under a mask", fr="out sous un masque")

# %% group="stability"
# Numerical stability — 3 points
# Stabilité numérique — 3 points
close(
    softmax(torch.tensor([10_000.0, 10_000.0])),
    torch.tensor([0.5, 0.5]),
    en="softmax of two equal scores, both very large",
    fr="le softmax de deux scores égaux et très grands",
)
close(
    softmax(torch.tensor([0.0, -math.inf, 0.0])),
    torch.tensor([0.5, 0.0, 0.5]),
    en="softmax when a score is -inf",
    fr="le softmax quand un score vaut -inf",
)
close(
    softmax(torch.tensor([-math.inf, -math.inf])),
    torch.zeros(2),
    en="softmax when every score is -inf",
    fr="le softmax quand tous les scores valent -inf",
)

# %% group="invariants"
# Invariants and gradients — 2 points
# Invariants et gradients — 2 points
# The first query weighs its keys 1/2 and 1/2, so the gradient of sum(out) with respect to each value is 1/2.
keys, values = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[5.0], [6.0]])
unchanged(
    scaled_dot_product_attention,
    torch.zeros(1, 2),
    keys,
    values,
    en="scaled_dot_product_attention",
    fr="scaled_dot_product_attention",
)
to_query, to_values = gradients(scaled_dot_product_attention, torch.zeros(1, 2), keys, values, wrt=(0, 2))
finite(to_query, en="gradient with respect to q", fr="le gradient par rapport à q")
close(
    to_values,
    torch.tensor([[0.5], [0.5]]),
    FLOAT32,
    en="gradient with respect to v",
    fr="le gradient par rapport à v",
)
