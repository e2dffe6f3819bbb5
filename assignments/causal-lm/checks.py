# The public checks of causal-lm, as `autograder check` runs them.
# Les vérifications publiques de causal-lm, telles que les exécute `autograder check`.

# %% group="blocks"
# Blocks of k tokens — 3 points
# Des blocs de k tokens — 3 points
same(
    make_blocks(torch.tensor([5, 6, 7, 8, 9]), 2).tolist(),
    [[5, 6], [7, 8]],
    en="five tokens in blocks of two",
    fr="cinq tokens en blocs de deux",
)
shape(
    make_blocks(torch.tensor([5, 6, 7, 8, 9, 10]), 3),
    (2, 3),
    en="six tokens in blocks of three",
    fr="six tokens en blocs de trois",
)
shape(
    make_blocks(torch.tensor([5, 6]), 4), (0, 4), en="a text shorter than a block", fr="un texte plus court qu'un bloc"
)
raises("ValueError", make_blocks, torch.tensor([5, 6]), 0, en="blocks of 0 tokens", fr="des blocs de 0 token")

# %% group="shapes"
# Shapes and dtypes — 3 points
# Formes et dtypes — 3 points
for rows, length in ((2, 5), (3, 1)):
    losses, counted = parts(
        next_token_losses(torch.zeros(rows, length, 7), torch.ones(rows, length, dtype=torch.int64)),
        2,
        en="(losses, counted)",
        fr="(losses, counted)",
    )
    shape(losses, (rows, length - 1), en="losses", fr="losses")
    shape(counted, (rows, length - 1), en="counted", fr="counted")
    dtype(counted, torch.bool, en="counted", fr="counted")

# %% group="shift"
# Each position predicts the next token — 4 points
# Chaque position prédit le token suivant — 4 points
# Three positions over two tokens: 1/4 and 3/4, then 1/2 and 1/2, then a row that is asked for nothing.
table = torch.tensor([[[0.0, math.log(3.0)], [0.0, 0.0], [9.0, -9.0]]])
losses, _ = next_token_losses(table, torch.tensor([[0, 1, 0]]))
close(
    losses,
    torch.tensor([[math.log(4 / 3), math.log(2.0)]]),
    FLOAT32,
    en="losses of two predictions",
    fr="les pertes de deux prédictions",
)
losses, _ = next_token_losses(table, torch.tensor([[1, 0, 1]]))
close(
    losses,
    torch.tensor([[math.log(4.0), math.log(2.0)]]),
    FLOAT32,
    en="losses after other tokens",
    fr="les pertes pour d'autres tokens",
)

# %% group="ignore"
# Targets that do not count — 3 points
# Les cibles qui ne comptent pas — 3 points
# Padding on the right, then on the left: only the target decides.
for row, expected in (([1, 1, -100], [True, False]), ([-100, 1, 1], [True, True])):
    losses, counted = next_token_losses(torch.zeros(1, 3, 2), torch.tensor([row]))
    same(counted.tolist(), [expected], en="which predictions count", fr="quelles prédictions comptent")
    close(
        losses,
        torch.tensor([expected]).float() * math.log(2.0),
        FLOAT32,
        en="losses with padding",
        fr="les pertes avec du remplissage",
    )
_, counted = next_token_losses(torch.zeros(1, 3, 2), torch.tensor([[1, 1, 0]]), ignore=1)
same(
    counted.tolist(),
    [[False, True]],
    en="which predictions count, with ignore=1",
    fr="quelles prédictions comptent, avec ignore=1",
)

# %% group="mean"
# One mean over all predictions — 3 points
# Une seule moyenne sur toutes les prédictions — 3 points
# Row 0 predicts three times at ln 2; row 1 once, at ln 4: 5 ln 2 over 4 predictions.
table = torch.zeros(2, 4, 2)
table[1, 0] = torch.tensor([math.log(3.0), 0.0])
batch = torch.tensor([[0, 1, 0, 1], [0, 1, -100, -100]])
close(
    lm_loss(table, batch),
    torch.tensor(5 * math.log(2.0) / 4),
    FLOAT32,
    en="loss of two sequences of different lengths",
    fr="la perte de deux séquences de longueurs différentes",
)
close(
    lm_loss(table, torch.full((2, 4), -100)),
    torch.tensor(0.0),
    FLOAT32,
    en="loss when nothing counts",
    fr="la perte quand rien ne compte",
)

# %% group="perplexity"
# Perplexity of a corpus — 2 points
# Perplexité d'un corpus — 2 points
# Three predictions at ln 2, then one at ln 32: 8 ln 2 over 4 predictions, hence 2 to the power of 2.
first = (torch.zeros(1, 4, 2), torch.tensor([[0, 1, 1, 0]]))
second = (torch.tensor([[[0.0, math.log(31.0)], [0.0, 0.0]]]), torch.tensor([[1, 0]]))
close(
    perplexity([first, second]),
    4.0,
    FLOAT32,
    en="perplexity of two batches of different sizes",
    fr="la perplexité de deux lots de tailles différentes",
)
close(
    perplexity([(torch.zeros(2, 5, 7), torch.ones(2, 5, dtype=torch.int64))]),
    7.0,
    FLOAT32,
    en="perplexity of a model that knows nothing",
    fr="la perplexité d'un modèle qui ne sait rien",
)
raises(
    "ValueError",
    perplexity,
    [(torch.zeros(1, 1, 2), torch.tensor([[0]]))],
    en="perplexity without any prediction",
    fr="la perplexité sans aucune prédiction",
)

# %% group="invariants"
# Large logits, inputs, gradients — 2 points
# Grands logits, entrées, gradients — 2 points
raised = torch.tensor([[[10_000.0, 10_000.0], [-10_000.0, -10_000.0], [0.0, 0.0]]])
close(
    lm_loss(raised, torch.tensor([[0, 1, 1]])),
    torch.tensor(math.log(2.0)),
    FLOAT32,
    en="loss for very large logits",
    fr="la perte pour de très grands logits",
)
unchanged(lm_loss, torch.zeros(1, 3, 2), torch.tensor([[0, 1, -100]]), en="lm_loss", fr="lm_loss")
(slope,) = gradients(lm_loss, torch.zeros(1, 3, 2), torch.tensor([[0, 1, 1]]), wrt=(0,))
finite(slope, en="gradient with respect to the logits", fr="le gradient par rapport aux logits")
