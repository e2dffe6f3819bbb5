# The public checks of transformer-block, as `autograder check` runs them.
# Les vérifications publiques de transformer-block, telles que les exécute `autograder check`.

# %% group="sinusoidal"
# Table of positions — 3 points
# Table des positions — 3 points
_table = sinusoidal(2, 4)
shape(_table, (2, 4), en="the table for T = 2, d = 4", fr="la table pour T = 2, d = 4")
close(
    _table[0],
    torch.tensor([0.0, 1.0, 0.0, 1.0]),
    FLOAT32,
    en="position 0: sin 0, cos 0, sin 0, cos 0",
    fr="position 0 : sin 0, cos 0, sin 0, cos 0",
)
# Pair 0 turns by 1 radian per position; pair 1 by 1 / 10000 ** (2/4) = 0.01.
close(
    _table[1],
    torch.tensor([0.841471, 0.540302, 0.010000, 0.999950]),
    FLOAT32,
    en="position 1: sin 1, cos 1, sin 0.01, cos 0.01",
    fr="position 1 : sin 1, cos 1, sin 0,01, cos 0,01",
)

# %% group="positions"
# Odd widths and adding the positions — 3 points
# Largeurs impaires et ajout des positions — 3 points
_odd = sinusoidal(2, 3)
shape(_odd, (2, 3), en="the table for T = 2, d = 3", fr="la table pour T = 2, d = 3")
# d = 3 has columns sin, cos, sin; the last one turns by 1 / 10000 ** (2/3) = 0.00215443 per position.
close(
    _odd[:, 2],
    torch.tensor([0.0, 0.002154]),
    FLOAT32,
    en="the last column for d = 3",
    fr="la dernière colonne pour d = 3",
)
_placed = add_positions(torch.tensor([[[1.0, 1.0], [1.0, 1.0]], [[5.0, 5.0], [5.0, 5.0]]]))
shape(_placed, (2, 2, 2), en="embeddings with positions", fr="les embeddings avec positions")
close(
    _placed[0],
    torch.tensor([[1.0, 2.0], [1.841471, 1.540302]]),
    FLOAT32,
    en="the first sequence with positions",
    fr="la première séquence avec positions",
)
close(
    _placed[1],
    torch.tensor([[5.0, 6.0], [5.841471, 5.540302]]),
    FLOAT32,
    en="the second sequence with positions",
    fr="la seconde séquence avec positions",
)

# %% group="layer-norm"
# Layer normalisation — 4 points
# Normalisation de couche — 4 points
_one, _zero = torch.ones(4), torch.zeros(4)
# Mean 4 and variance (9 + 1 + 1 + 9) / 4 = 5 in the first row; the second row is ten times the first.
_x = torch.tensor([[1.0, 3.0, 5.0, 7.0], [10.0, 30.0, 50.0, 70.0]])
_row = torch.tensor([-3.0, -1.0, 1.0, 3.0]) / 5**0.5
close(
    layer_norm(_x, _one, _zero),
    torch.stack([_row, _row]),
    FLOAT32,
    en="layer_norm of two tokens, gamma = 1 and beta = 0",
    fr="layer_norm de deux tokens, gamma = 1 et beta = 0",
)
_gamma, _beta = torch.tensor([1.0, 2.0, 3.0, 4.0]), torch.tensor([0.0, 0.0, 10.0, 10.0])
close(
    layer_norm(_x, _gamma, _beta),
    torch.stack([_gamma * _row + _beta] * 2),
    FLOAT32,
    en="layer_norm with gamma = 1, 2, 3, 4 and beta = 0, 0, 10, 10",
    fr="layer_norm avec gamma = 1, 2, 3, 4 et beta = 0, 0, 10, 10",
)

# %% group="layer-norm-edges"
# Layer normalisation at the edges — 2 points
# Normalisation de couche aux limites — 2 points
_beta = torch.tensor([1.0, 2.0, 3.0])
close(
    layer_norm(torch.full((2, 3), 7.0), torch.ones(3), _beta),
    torch.stack([_beta, _beta]),
    FLOAT32,
    en="a token whose values are all equal gives beta",
    fr="un token dont toutes les valeurs sont égales donne beta",
)
# Variance 1 and eps 3: the root is 2.
close(
    layer_norm(torch.tensor([[-1.0, 1.0]]), torch.ones(2), torch.zeros(2), eps=3.0),
    torch.tensor([[-0.5, 0.5]]),
    FLOAT32,
    en="values -1 and 1 with eps = 3",
    fr="les valeurs -1 et 1 avec eps = 3",
)

# %% group="feed-forward"
# Feed-forward network — 2 points
# Réseau feed-forward — 2 points
# From [1, 2]: x @ W_1 + b_1 = [1, -1, 3]; ReLU gives [1, 0, 3]; times W_2: [1 + 9, 2 + 12] = [10, 14]; plus b_2: [-10, 15].
_W_1 = torch.tensor([[1.0, 0.0, -1.0], [0.0, -1.0, 1.0]])
_W_2 = torch.tensor([[1.0, 2.0], [5.0, 6.0], [3.0, 4.0]])
_b_1, _b_2 = torch.tensor([0.0, 1.0, 2.0]), torch.tensor([-20.0, 1.0])
close(
    feed_forward(torch.tensor([[1.0, 2.0]]), _W_1, _b_1, _W_2, _b_2),
    torch.tensor([[-10.0, 15.0]]),
    FLOAT32,
    en="feed_forward of [1, 2]",
    fr="feed_forward de [1, 2]",
)

# %% group="post-norm"
# Encoder layer of 2017 (post-norm) — 3 points
# Couche d'encodeur de 2017 (post-norm) — 3 points
# W_v = 0 silences the attention and W_2 = 0 leaves b_2. Step by step: [1, 3] -> norm 1, gamma 2 -> [-2, 2]
# -> plus b_2 = [4, 2] -> [2, 4] -> norm 2, beta [5, 6] -> [4, 7].
_w = {name: torch.eye(2) for name in ("W_q", "W_k", "W_o")} | {"W_v": torch.zeros(2, 2)}
_w |= {"W_1": torch.zeros(2, 3), "b_1": torch.zeros(3), "W_2": torch.zeros(3, 2), "b_2": torch.tensor([4.0, 2.0])}
_w |= {"gamma_1": torch.full((2,), 2.0), "beta_1": torch.zeros(2)}
_w |= {"gamma_2": torch.ones(2), "beta_2": torch.tensor([5.0, 6.0])}
_out = encoder_layer(torch.tensor([[[1.0, 3.0]]]), _w, n_heads=1)
close(_out, torch.tensor([[[4.0, 7.0]]]), FLOAT32, en="post-norm layer on [1, 3]", fr="couche post-norm sur [1, 3]")

# %% group="pre-norm"
# Encoder layer of GPT-2 (pre-norm) — 3 points
# Couche d'encodeur à la GPT-2 (pre-norm) — 3 points
# W_v = 0 silences the attention, W_2 = 0 leaves b_2: the layer adds [10, 20] to [1, 3] and nothing else.
_w = {name: torch.eye(2) for name in ("W_q", "W_k", "W_o")} | {"W_v": torch.zeros(2, 2)}
_w |= {"W_1": torch.zeros(2, 3), "b_1": torch.zeros(3), "W_2": torch.zeros(3, 2), "b_2": torch.tensor([10.0, 20.0])}
_w |= {"gamma_1": torch.ones(2), "beta_1": torch.zeros(2), "gamma_2": torch.ones(2), "beta_2": torch.zeros(2)}
_out = encoder_layer(torch.tensor([[[1.0, 3.0]]]), _w, n_heads=1, norm_first=True)
close(_out, torch.tensor([[[11.0, 23.0]]]), FLOAT32, en="pre-norm layer on [1, 3]", fr="couche pre-norm sur [1, 3]")
