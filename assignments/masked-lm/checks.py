# The public checks of masked-lm, as `autograder check` runs them.
# Les vérifications publiques de masked-lm, telles que les exécute `autograder check`.

# %% group="shapes"
# Masking: shapes, dtypes, draws — 3 points
# Masquage : formes, dtypes, tirages — 3 points
asked = []


def counted_numbers(*size):
    asked.append(size)
    return torch.zeros(*size)


read, guessed = parts(
    mask_tokens(torch.tensor([[5, 6, 7], [7, 6, 5]]), {"[MASK]": 0}, 8, counted_numbers),
    2,
    en="(inputs, labels)",
    fr="(inputs, labels)",
)
for given, what in ((read, "inputs"), (guessed, "labels")):
    shape(given, (2, 3), en=what, fr=what)
    dtype(given, torch.int64, en=what, fr=what)
same(asked, [(2, 3)] * 3, en="sizes asked of rng", fr="les tailles demandées à rng")
unchanged(
    mask_tokens, torch.tensor([[5, 6]]), {"[MASK]": 0}, 8, counted_numbers, 1.0, en="mask_tokens", fr="mask_tokens"
)

# %% group="chosen"
# Which tokens are to be guessed — 3 points
# Quels tokens sont à deviner — 3 points
# The example by hand, then the two extremes of p.
names = {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[MASK]": 3}
sentence = torch.tensor([[1, 7, 8, 9, 2]])
for share, expected in (
    (0.15, [[-100, 7, -100, 9, -100]]),
    (0.0, [[-100] * 5]),
    (1.0, [[-100, 7, 8, 9, -100]]),
):
    numbers = iter(
        [
            torch.tensor([[0.00, 0.10, 0.90, 0.05, 0.10]]),
            torch.tensor([[0.50, 0.30, 0.30, 0.85, 0.10]]),
            torch.tensor([[0.90, 0.00, 0.10, 0.42, 0.70]]),
        ]
    )
    _, guessed = mask_tokens(sentence, names, 10, lambda *_, numbers=numbers: next(numbers), share)
    same(guessed.tolist(), expected, en="labels of the example by hand", fr="les labels de l'exemple à la main")

# %% group="corruption"
# What the model reads instead — 4 points
# Ce que le modèle lit à la place — 4 points
names = {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[MASK]": 3}
numbers = iter(
    [
        torch.tensor([[0.00, 0.10, 0.90, 0.05, 0.10]]),
        torch.tensor([[0.50, 0.30, 0.30, 0.85, 0.10]]),
        torch.tensor([[0.90, 0.00, 0.10, 0.42, 0.70]]),
    ]
)
read, _ = mask_tokens(torch.tensor([[1, 7, 8, 9, 2]]), names, 10, lambda *_: next(numbers))
same(read.tolist(), [[1, 3, 8, 4, 2]], en="inputs of the example by hand", fr="les entrées de l'exemple à la main")

# %% group="spans"
# Spans and their sentinels — 3 points
# Les segments et leurs sentinelles — 3 points
# The crow held a cheese in his beak, with the ids 10 to 17; <X>, <Y>, <Z> are 99, 98, 97.
seen, written = span_corrupt(torch.arange(10, 18), [(5, 6), (1, 3)], 99)
same(seen.tolist(), [10, 99, 13, 14, 98, 16, 17], en="inputs of two spans", fr="les entrées pour deux segments")
same(written.tolist(), [99, 11, 12, 98, 15, 97], en="targets of two spans", fr="les cibles pour deux segments")

# %% group="span-edges"
# Spans at the edges — 2 points
# Les segments aux limites — 2 points
seen, written = span_corrupt(torch.tensor([5, 6, 7, 8]), [(1, 3), (3, 4)], 50)
same(seen.tolist(), [5, 50, 49], en="inputs when spans touch", fr="les entrées quand des segments se touchent")
same(written.tolist(), [50, 6, 7, 49, 8, 48], en="targets when spans touch", fr="les cibles quand ils se touchent")
seen, written = span_corrupt(torch.tensor([5, 6]), [], 50)
same([seen.tolist(), written.tolist()], [[5, 6], [50]], en="a text without spans", fr="un texte sans segment")
for impossible in ([(2, 2)], [(0, 2), (1, 3)], [(3, 5)]):
    raises(
        "ValueError",
        span_corrupt,
        torch.tensor([5, 6, 7, 8]),
        impossible,
        50,
        en="spans that make no sense",
        fr="des segments qui n'ont pas de sens",
    )

# %% group="pooling"
# The mean of the real tokens — 3 points
# La moyenne des vrais tokens — 3 points
vectors = torch.tensor([[[2.0, 0.0], [4.0, 6.0], [9.0, 9.0]], [[1.0, 5.0], [7.0, 7.0], [3.0, 1.0]]])
close(
    masked_mean_pool(vectors, torch.tensor([[True, True, False], [True, False, True]])),
    torch.tensor([[3.0, 3.0], [2.0, 3.0]]),
    FLOAT32,
    en="means of two texts",
    fr="les moyennes de deux textes",
)
hollow = torch.tensor([[[2.0, 4.0], [float("nan"), 1.0]], [[5.0, 5.0], [5.0, 5.0]]])
close(
    masked_mean_pool(hollow, torch.tensor([[True, False], [False, False]])),
    torch.tensor([[2.0, 4.0], [0.0, 0.0]]),
    FLOAT32,
    en="NaN in the padding, and a text without real tokens",
    fr="NaN dans le remplissage, et un texte sans vrai token",
)
(slope,) = gradients(masked_mean_pool, vectors, torch.tensor([[True, True, False], [False, False, False]]), wrt=(0,))
finite(slope, en="gradient with respect to hidden", fr="le gradient par rapport à hidden")

# %% group="classes"
# Classes: logits and macro-F1 — 2 points
# Les classes : logits et macro-F1 — 2 points
close(
    classification_logits(
        torch.tensor([[[2.0, 0.0], [4.0, 6.0], [9.0, 9.0]]]),
        torch.tensor([[True, True, False]]),
        torch.tensor([[1.0, 0.0], [0.0, -1.0], [1.0, 1.0]]),
        torch.tensor([0.0, 1.0, 2.0]),
    ),
    torch.tensor([[3.0, -2.0, 8.0]]),
    FLOAT32,
    en="logits of one text and three classes",
    fr="les logits d'un texte et trois classes",
)
close(
    macro_f1(torch.tensor([0, 0, 0, 0]), torch.tensor([0, 0, 0, 1])),
    3 / 7,
    FLOAT32,
    en="macro-F1 when a class is never predicted",
    fr="le macro-F1 quand une classe n'est jamais prédite",
)
none = torch.zeros(0, dtype=torch.int64)
raises("ValueError", macro_f1, none, none, en="macro-F1 of no text", fr="le macro-F1 d'aucun texte")
