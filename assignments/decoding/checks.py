# The public checks of decoding, as `autograder check` runs them.
# Les vérifications publiques de decoding, telles que les exécute `autograder check`.

# %% group="temperature"
# The best token and the temperature — 3 points
# Le meilleur token et la température — 3 points
# Two rows; in the second, tokens 1 and 2 are equal.
inf = math.inf
two = torch.tensor([[math.log(4.0), 0.0, -inf], [1.0, 3.0, 3.0]])
same(greedy(two), torch.tensor([0, 1]), en="greedy", fr="greedy")
close(
    apply_temperature(two, 2.0),
    torch.tensor([[math.log(2.0), 0.0, -inf], [0.5, 1.5, 1.5]]),
    FLOAT32,
    en="the logits at temperature 2",
    fr="les logits à la température 2",
)
close(
    apply_temperature(two, 0.0),
    torch.tensor([[math.log(4.0), -inf, -inf], [-inf, 3.0, -inf]]),
    FLOAT32,
    en="the logits at temperature 0",
    fr="les logits à la température 0",
)
raises("ValueError", apply_temperature, two, -1.0, en="a negative temperature", fr="une température négative")

# %% group="top-k"
# Top-k — 3 points
# Top-k — 3 points
inf = math.inf
rows = torch.tensor([[2.0, 5.0, 3.0, 3.0, 1.0], [0.0, -1.0, -2.0, 9.0, 8.0]])
close(
    top_k_filter(rows, 2),
    torch.tensor([[-inf, 5.0, 3.0, 3.0, -inf], [-inf, -inf, -inf, 9.0, 8.0]]),
    FLOAT32,
    en="what top-k leaves for k = 2",
    fr="ce que laisse le top-k pour k = 2",
)
close(top_k_filter(rows, 50), rows, FLOAT32, en="what top-k leaves for k = 50", fr="ce que laisse le top-k pour k = 50")
raises("ValueError", top_k_filter, rows, 0, en="k = 0", fr="k = 0")

# %% group="top-p"
# Top-p (nucleus) — 4 points
# Top-p (nucleus) — 4 points
inf = math.inf
logs = torch.tensor([[0.10, 0.50, 0.15, 0.25], [0.20, 0.20, 0.40, 0.20]]).log()
left = top_p_filter(logs, 0.7)
close(
    left,
    torch.tensor([[-inf, logs[0, 1], -inf, logs[0, 3]], logs[1].tolist()]),
    FLOAT32,
    en="what top-p leaves for p = 0.7",
    fr="ce que laisse le top-p pour p = 0,7",
)
close(
    top_p_filter(logs, 0.3),
    torch.tensor([[-inf, logs[0, 1], -inf, -inf], [-inf, -inf, logs[1, 2], -inf]]),
    FLOAT32,
    en="what top-p leaves for p = 0.3",
    fr="ce que laisse le top-p pour p = 0,3",
)
close(top_p_filter(logs, 1.0), logs, FLOAT32, en="what top-p leaves for p = 1", fr="ce que laisse le top-p pour p = 1")
raises("ValueError", top_p_filter, logs, 1.5, en="p = 1.5", fr="p = 1,5")

# %% group="distribution"
# The distribution that is drawn from — 3 points
# La distribution dont on tire — 3 points
# The example by hand: at temperature 2, the probabilities are 6/11, 3/11 and 2/11.
three = torch.tensor([[36.0, 9.0, 4.0]]).log()
for p, wanted, en, fr in (
    (0.9, [6 / 11, 3 / 11, 2 / 11], "temperature 2 and top-p 0.9", "température 2 et top-p 0,9"),
    (0.7, [2 / 3, 1 / 3, 0.0], "temperature 2 and top-p 0.7", "température 2 et top-p 0,7"),
):
    close(
        next_token_probs(three, temperature=2.0, top_p=p),
        torch.tensor([wanted]),
        FLOAT32,
        en=f"probabilities at {en}",
        fr=f"les probabilités à {fr}",
    )
close(
    next_token_probs(three, top_k=2),
    torch.tensor([[0.8, 0.2, 0.0]]),
    FLOAT32,
    en="probabilities with top-k 2",
    fr="les probabilités avec top-k 2",
)

# %% group="sample"
# Throwing the dice — 2 points
# Jeter les dés — 2 points
drawing = torch.tensor([[0.0, 0.5, 0.25, 0.25]])
for number, token in ((0.0, 1), (0.49, 1), (0.5, 2), (0.74, 2), (0.76, 3)):
    same(
        sample(drawing, torch.tensor([number])),
        torch.tensor([token]),
        en=f"the token on which {number} falls",
        fr=f"le token sur lequel tombe {str(number).replace('.', ',')}",
    )

# %% group="generate"
# Writing until the end — 3 points
# Écrire jusqu'à la fin — 3 points
# A model that counts down: after token i comes i - 1, or i - 2 with half that chance; 0 is the end.
def countdown(ids):
    logits = torch.full((len(ids), 6), -math.inf)
    for row, last in enumerate(ids[:, -1].tolist()):
        logits[row, max(last - 1, 0)] = math.log(2.0)
        logits[row, max(last - 2, 0)] = 0.0 if last > 1 else math.log(2.0)
    return logits


prompts = torch.tensor([[0, 5], [0, 2]])
same(
    generate(countdown, prompts, torch.full((2, 9), 0.99), 0, top_k=1),
    torch.tensor([[4, 3, 2, 1, 0], [1, 0, 0, 0, 0]]),
    en="the countdown with top-k 1",
    fr="le compte à rebours avec top-k 1",
)
# The smaller id comes first on the line: 1/3 of it belongs to i - 2.
numbers = torch.tensor([[0.1, 0.9, 0.1, 0.5], [0.1, 0.9, 0.9, 0.9]])
same(
    generate(countdown, prompts, numbers, 0),
    torch.tensor([[3, 2, 0], [0, 0, 0]]),
    en="the countdown with other dice",
    fr="le compte à rebours avec d'autres dés",
)
same(
    generate(countdown, prompts, numbers[:, :1], 0),
    torch.tensor([[3], [0]]),
    en="the countdown when one token may be written",
    fr="le compte à rebours quand on peut écrire un token",
)

# %% group="invariants"
# Inputs left alone and gradients — 2 points
# Entrées intactes et gradients — 2 points
logits = torch.tensor([[1.0, 3.0, 2.0]])
for function, setting in ((apply_temperature, 2.0), (apply_temperature, 0.0), (top_k_filter, 1), (top_p_filter, 0.5)):
    unchanged(function, logits, setting, en="the logits of the caller", fr="les logits de l'appelant")
# Two tokens of probability 1/2 are left; the slope of one with respect to its own logit is 1/2 · 1/2.
(to_logits,) = gradients(
    next_token_probs, torch.tensor([[2.0, 0.0, 2.0]]), 1.0, 2, wrt=(0,), weights=torch.tensor([[1.0, 0.0, 0.0]])
)
close(
    to_logits,
    torch.tensor([[0.25, 0.0, -0.25]]),
    FLOAT32,
    en="gradient of the probability of token 0 with respect to the logits",
    fr="le gradient de la probabilité du token 0 par rapport aux logits",
)
shape(to_logits, (1, 3), en="the gradient", fr="le gradient")
