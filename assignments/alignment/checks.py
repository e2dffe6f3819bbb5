# The public checks of alignment, as `autograder check` runs them.
# Les vérifications publiques de alignment, telles que les exécute `autograder check`.

# %% group="reward"
# Loss of a reward model — 3 points
# La perte d'un modèle de récompense — 3 points
close(
    reward_loss(torch.tensor([2.0, 0.0]), torch.tensor([1.0, 0.0])),
    torch.tensor((math.log(1 + math.exp(-1.0)) + math.log(2.0)) / 2),
    FLOAT32,
    en="loss of two pairs",
    fr="la perte de deux paires",
)
close(
    reward_loss(torch.tensor([11.0]), torch.tensor([12.0])),
    torch.tensor(math.log(1 + math.exp(1.0))),
    FLOAT32,
    en="loss of a pair in the wrong order",
    fr="la perte d'une paire dans le mauvais ordre",
)

# %% group="logps"
# Log-probability of an answer — 4 points
# La log-probabilité d'une réponse — 4 points
# Two answers of two tokens: 3/4 then 1/2, and 1/4 then 1/2. The last row of logits is asked for nothing.
close(
    sequence_logps(
        torch.tensor([[[0.0, math.log(3.0)], [0.0, 0.0], [9.0, -9.0]]]).expand(2, 3, 2),
        torch.tensor([[0, 1, 0], [1, 0, 1]]),
    ),
    torch.tensor([math.log(3 / 8), math.log(1 / 8)]),
    FLOAT32,
    en="log-probabilities of two answers",
    fr="les log-probabilités de deux réponses",
)

# %% group="ignore"
# Prompt and padding do not count — 3 points
# Prompt et remplissage ne comptent pas — 3 points
# Every token costs ln 2: only their number matters. A prompt, padding, both, nothing but -100.
close(
    sequence_logps(
        torch.zeros(4, 4, 2),
        torch.tensor([[-100, -100, 1, 0], [1, 1, 0, -100], [-100, 0, -100, -100], [-100, -100, -100, -100]]),
    ),
    torch.tensor([-2.0, -2.0, -1.0, 0.0]) * math.log(2.0),
    FLOAT32,
    en="log-probabilities of answers with a prompt and padding",
    fr="les log-probabilités de réponses avec un prompt et du remplissage",
)

# %% group="dpo"
# Implicit rewards and DPO — 3 points
# Récompenses implicites et DPO — 3 points
pair = [torch.tensor([log_probability]) for log_probability in (-5.0, -9.0, -8.0, -7.0)]
close(
    implicit_rewards(pair[0], pair[2], 0.1),
    torch.tensor([0.3]),
    FLOAT32,
    en="implicit reward of a chosen answer",
    fr="la récompense implicite d'une réponse préférée",
)
close(
    dpo_loss(*pair, 0.1),
    torch.tensor(math.log(1 + math.exp(-0.5))),
    FLOAT32,
    en="dpo_loss of one pair",
    fr="dpo_loss d'une paire",
)
close(
    dpo_loss(pair[2], pair[3], pair[2], pair[3], 0.1),
    torch.tensor(math.log(2.0)),
    FLOAT32,
    en="dpo_loss before the first step, when policy and reference are equal",
    fr="dpo_loss avant le premier pas, quand politique et référence sont égales",
)

# %% group="shapes"
# Shapes and dtypes — 3 points
# Formes et dtypes — 3 points
zeros = torch.zeros(3)
shape(reward_loss(zeros, zeros), (), en="reward_loss", fr="reward_loss")
shape(implicit_rewards(zeros, zeros, 0.1), (3,), en="implicit_rewards", fr="implicit_rewards")
shape(dpo_loss(zeros, zeros, zeros, zeros, 0.1), (), en="dpo_loss", fr="dpo_loss")
for kind, expected in ((torch.bfloat16, torch.float32), (torch.float64, torch.float64)):
    logps = sequence_logps(torch.zeros(3, 1, 7, dtype=kind), torch.ones(3, 1, dtype=torch.int64))
    shape(logps, (3,), en="sequence_logps for T = 1", fr="sequence_logps pour T = 1")
    dtype(logps, expected, en="sequence_logps", fr="sequence_logps")

# %% group="large"
# Large rewards, large logits, long answers — 2 points
# Grandes récompenses, grands logits, longues réponses — 2 points
close(
    reward_loss(torch.tensor([-1000.0]), torch.tensor([1000.0])),
    torch.tensor(2000.0),
    FLOAT32,
    en="loss of a pair whose rewards are -1000 and 1000",
    fr="la perte d'une paire de récompenses -1000 et 1000",
)
close(
    sequence_logps(torch.full((1, 3, 4), 10_000.0), torch.tensor([[-100, 2, 3]])),
    torch.tensor([-2 * math.log(4.0)]),
    FLOAT32,
    en="log-probability for very large logits",
    fr="la log-probabilité pour de très grands logits",
)
close(
    sequence_logps(torch.zeros(1, 301, 4), torch.ones(1, 301, dtype=torch.int64)),
    torch.tensor([-300 * math.log(4.0)]),
    Tolerance(1e-5, 0.0, "float32: a sum of 300 terms"),
    en="log-probability of an answer of 300 tokens",
    fr="la log-probabilité d'une réponse de 300 tokens",
)

# %% group="gradients"
# Gradients, a frozen reference, inputs — 2 points
# Gradients, référence figée, entrées — 2 points
(slope,) = gradients(sequence_logps, torch.zeros(1, 3, 2), torch.tensor([[-100, 1, 0]]), wrt=(0,))
finite(slope, en="gradient of sequence_logps", fr="le gradient de sequence_logps")
unchanged(
    sequence_logps, torch.zeros(1, 3, 2), torch.tensor([[-100, 1, -100]]), en="sequence_logps", fr="sequence_logps"
)
up, down, *frozen = gradients(dpo_loss, *torch.zeros(4, 1), 0.1, wrt=(0, 1, 2, 3))
expect(
    bool(up < 0) and bool(down > 0),
    en="descending the loss must make the chosen answer more probable and the rejected one less",
    fr="descendre la perte doit rendre la réponse préférée plus probable et la réponse rejetée moins probable",
)
expect(
    not any(gradient is not None and bool(gradient != 0) for gradient in frozen),
    en="a gradient flows to the reference, which is frozen",
    fr="un gradient remonte à la référence, qui est figée",
)
