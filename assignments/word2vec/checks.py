# The public checks of word2vec, as `autograder check` runs them.
# Les vérifications publiques de word2vec, telles que les exécute `autograder check`.

# %% group="one-hot"
# One-hot vectors — 2 points
# Vecteurs one-hot — 2 points
two = one_hot(torch.tensor([2, 0]), 3)
shape(two, (2, 3), en="one_hot of two ids among 3", fr="one_hot de deux identifiants parmi 3")
expect(
    two.dtype == torch.float32,
    en=f"one_hot returns float32, yours is {two.dtype}: integers cannot be multiplied by a table of floats",
    fr=f"one_hot renvoie du float32, le vôtre est {two.dtype} : des entiers ne se multiplient pas par une table de flottants",
)
close(two, torch.tensor([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]), FLOAT32, en="one_hot of 2 and 0", fr="one_hot de 2 et 0")
shape(
    one_hot(torch.zeros(2, 4, dtype=torch.int64), 5),
    (2, 4, 5),
    en="one_hot of a [2, 4] batch of ids",
    fr="one_hot d'un lot d'identifiants [2, 4]",
)
raises("IndexError", one_hot, torch.tensor([3]), 3, en="id 3 among 3 words", fr="identifiant 3 parmi 3 mots")

# %% group="lookup"
# The lookup table — 2 points
# La table d'embeddings — 2 points
table = torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]], dtype=torch.float64)
rows = embedding_lookup(table, torch.tensor([[2, 0], [2, 2]]))
shape(rows, (2, 2, 2), en="rows looked up for [2, 2] ids", fr="lignes lues pour des identifiants [2, 2]")
close(
    rows,
    torch.tensor([[[4.0, 5.0], [0.0, 1.0]], [[4.0, 5.0], [4.0, 5.0]]]),
    FLOAT64,
    en="rows looked up for ids 2, 0, 2, 2",
    fr="lignes lues pour les identifiants 2, 0, 2, 2",
)
raises("IndexError", embedding_lookup, table, torch.tensor([-1]), en="id -1", fr="identifiant -1")

# %% group="pairs"
# Training pairs — 4 points
# Paires d'apprentissage — 4 points
same(
    pairs([[7, 8, 9], [4, 5]], 1),
    [(7, 8), (8, 7), (8, 9), (9, 8), (4, 5), (5, 4)],
    en="skip-gram pairs of two short sentences",
    fr="les paires skip-gram de deux phrases courtes",
)
same(
    pairs([[7, 8, 9], [4]], 2, "cbow"),
    [([8, 9], 7), ([7, 9], 8), ([7, 8], 9)],
    en="CBOW pairs of a sentence of three words and of a word alone",
    fr="les paires CBOW d'une phrase de trois mots et d'un mot seul",
)
same(pairs([[3, 3]], 5), [(3, 3), (3, 3)], en="pairs of a word said twice", fr="les paires d'un mot dit deux fois")
raises("ValueError", pairs, [[1, 2]], 1, "glove", en="an unknown mode", fr="un mode inconnu")

# %% group="cbow-forward"
# CBOW: mean and scores — 3 points
# CBOW : moyenne et scores — 3 points
given = torch.tensor([[0.0, 0.0], [2.0, 0.0], [0.0, 4.0], [9.0, 9.0]], dtype=torch.float64)
predicted = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]], dtype=torch.float64)
contexts = torch.tensor([[1, 2], [1, 3]])
real = torch.tensor([[True, True], [True, False]])
hidden, scores = cbow_forward(contexts, real, given, predicted)
close(
    hidden,
    torch.tensor([[1.0, 2.0], [2.0, 0.0]]),
    FLOAT64,
    en="the mean of words 1 and 2, and word 1 beside a padded place",
    fr="la moyenne des mots 1 et 2, et le mot 1 à côté d'une place de remplissage",
)
close(
    scores,
    torch.tensor([[1.0, 2.0, 3.0, 0.0], [2.0, 0.0, 2.0, 0.0]]),
    FLOAT64,
    en="the scores of these two contexts for the four words",
    fr="les scores de ces deux contextes pour les quatre mots",
)

# %% group="cbow-gradients"
# CBOW: loss and gradients — 3 points
# CBOW : perte et gradients — 3 points
words = torch.tensor([[1, 2, 3], [2, 2, 3]])
real = torch.tensor([[True, True, False], [True, True, False]])
given = torch.zeros(4, 2, dtype=torch.float64)
predicted = torch.tensor([[4.0, 0.0], [0.0, 4.0], [0.0, 0.0], [0.0, 0.0]], dtype=torch.float64)

# All scores are 0, so p = 1/4 everywhere, and h receives mean(V_out) - V_out[0] = (1, 1) - (4, 0) = (-3, 1).
loss, grad_in, grad_out = unchanged(
    cbow_loss_grads,
    words[:1],
    real[:1],
    torch.tensor([0]),
    given,
    predicted,
    en="cbow_loss_grads",
    fr="cbow_loss_grads",
)
close(loss, math.log(4), FLOAT64, en="the loss with four equal scores", fr="la perte avec quatre scores égaux")
close(
    grad_in,
    torch.tensor([[0.0, 0.0], [-1.5, 0.5], [-1.5, 0.5], [0.0, 0.0]]),
    FLOAT64,
    en="grad_in: two words share what h receives, the padded place has none",
    fr="grad_in : deux mots se partagent ce que reçoit h, la place de remplissage n'a rien",
)
close(grad_out, torch.zeros(4, 2), FLOAT64, en="grad_out when h is zero", fr="grad_out quand h est nul")
grad_in = cbow_loss_grads(words[1:], real[1:], torch.tensor([0]), given, predicted)[1]
close(
    grad_in,
    torch.tensor([[0.0, 0.0], [0.0, 0.0], [-3.0, 1.0], [0.0, 0.0]]),
    FLOAT64,
    en="grad_in when one word fills the context",
    fr="grad_in quand un seul mot remplit le contexte",
)
grad_in = cbow_loss_grads(words, real, torch.tensor([0, 0]), given, predicted)[1]
close(
    grad_in,
    torch.tensor([[0.0, 0.0], [-0.75, 0.25], [-2.25, 0.75], [0.0, 0.0]]),
    FLOAT64,
    en="grad_in of these two examples in one batch (half of each)",
    fr="grad_in de ces deux exemples dans un même lot (la moitié de chacun)",
)

# h = (2, 4) and V_out = 0: row v of grad_out is (p - y)_v h, with p = 1/4.
given = torch.tensor([[2.0, 4.0]] * 4, dtype=torch.float64)
grad_out = cbow_loss_grads(words[:1], real[:1], torch.tensor([0]), given, torch.zeros_like(given))[2]
close(
    grad_out,
    torch.tensor([[-1.5, -3.0], [0.5, 1.0], [0.5, 1.0], [0.5, 1.0]]),
    FLOAT64,
    en="grad_out when h is (2, 4) and the scores are equal",
    fr="grad_out quand h vaut (2, 4) et que les scores sont égaux",
)

# %% group="sgns"
# Skip-gram with negative sampling — 4 points
# Skip-gram avec échantillonnage négatif — 4 points
centre, outside, negatives = torch.tensor([1]), torch.tensor([0]), torch.tensor([[2]])
zeros = torch.zeros(3, 2, dtype=torch.float64)
given = torch.tensor([[7.0, 7.0], [2.0, 4.0], [7.0, 7.0]], dtype=torch.float64)
predicted = torch.tensor([[2.0, 0.0], [7.0, 7.0], [0.0, 6.0]], dtype=torch.float64)

# V_out is zero: both scores are 0 and both sigmoids 1/2. The neighbour is pulled towards v = (2, 4), the negative pushed away.
loss, grad_in, grad_out = unchanged(
    sgns_loss_grads, centre, outside, negatives, given, zeros, en="sgns_loss_grads", fr="sgns_loss_grads"
)
close(
    loss, 2 * math.log(2), FLOAT64, en="the loss when both scores are 0", fr="la perte quand les deux scores valent 0"
)
close(grad_in, zeros, FLOAT64, en="grad_in when V_out is zero", fr="grad_in quand V_out est nulle")
close(
    grad_out,
    torch.tensor([[-1.0, -2.0], [0.0, 0.0], [1.0, 2.0]]),
    FLOAT64,
    en="grad_out when both scores are 0",
    fr="grad_out quand les deux scores valent 0",
)
loss = sgns_loss_grads(centre.repeat(2), outside.repeat(2), negatives.repeat(2, 1), given, zeros)[0]
close(
    loss,
    2 * math.log(2),
    FLOAT64,
    en="the loss of a batch that holds this example twice",
    fr="la perte d'un lot qui contient deux fois cet exemple",
)
# V_in is zero: the centre receives (u_negative - u_outside) / 2.
grad_in = sgns_loss_grads(centre, outside, negatives, zeros, predicted)[1]
close(
    grad_in,
    torch.tensor([[0.0, 0.0], [-1.0, 3.0], [0.0, 0.0]]),
    FLOAT64,
    en="grad_in when both scores are 0",
    fr="grad_in quand les deux scores valent 0",
)

# The slope of the loss, measured by moving one number of V_in a little to each side, is what grad_in must hold there.
SLOPE = Tolerance(0.0, 1e-6, "central differences with a step of 1e-4 are off by about the step squared")
given, predicted, step = given / 10, predicted / 10, torch.zeros(3, 2, dtype=torch.float64)
step[1, 0] = 1e-4
above = sgns_loss_grads(centre, outside, negatives, given + step, predicted)[0]
below = sgns_loss_grads(centre, outside, negatives, given - step, predicted)[0]
close(
    sgns_loss_grads(centre, outside, negatives, given, predicted)[1][1, 0],
    (above - below) / 2e-4,
    SLOPE,
    en="grad_in[1, 0] against the measured slope of your loss",
    fr="grad_in[1, 0] comparé à la pente mesurée de votre perte",
)

# %% group="sgns-edges"
# Repeated words and extreme scores — 2 points
# Mots répétés et scores extrêmes — 2 points
centre, outside = torch.tensor([1]), torch.tensor([0])
zeros = torch.zeros(3, 2, dtype=torch.float64)
given = torch.tensor([[7.0, 7.0], [2.0, 4.0], [7.0, 7.0]], dtype=torch.float64)
grad_out = sgns_loss_grads(centre, outside, torch.tensor([[2, 2]]), given, zeros)[2]
close(
    grad_out[2],
    torch.tensor([2.0, 4.0]),
    FLOAT64,
    en="grad_out of a negative drawn twice",
    fr="grad_out d'un négatif tiré deux fois",
)
grad_out = sgns_loss_grads(centre, outside, torch.tensor([[0]]), given, zeros)[2]
close(
    grad_out[0],
    torch.tensor([0.0, 0.0]),
    FLOAT64,
    en="grad_out of a true neighbour that is also a negative (pull and push cancel)",
    fr="grad_out d'un vrai voisin qui est aussi négatif (l'attraction et la répulsion s'annulent)",
)

# One number per word; the true neighbour scores -1000 and the negative +1000: each costs 1000.
given = torch.tensor([[1000.0], [0.0]], dtype=torch.float64)
predicted = torch.tensor([[-1.0], [1.0]], dtype=torch.float64)
loss, grad_in, _ = sgns_loss_grads(torch.tensor([0]), torch.tensor([0]), torch.tensor([[1]]), given, predicted)
close(
    loss, 2000.0, FLOAT64, en="the loss with scores of -1000 and 1000", fr="la perte avec des scores de -1000 et 1000"
)
close(
    grad_in,
    torch.tensor([[2.0], [0.0]]),
    FLOAT64,
    en="grad_in with scores of -1000 and 1000",
    fr="grad_in avec des scores de -1000 et 1000",
)
