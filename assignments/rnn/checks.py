# The public checks of rnn, as `autograder check` runs them.
# Les vérifications publiques de rnn, telles que les exécute `autograder check`.

# %% group="cell"
# One step of one layer — 3 points
# Un pas d'une couche — 3 points
# D = 3, H = 2; the sums before tanh are 1 + 0.5 - 0.5 = 1 and 2 + 0 + 0 = 2.
state = rnn_cell(
    torch.tensor([[1.0, 0.0, 2.0]]),
    torch.tensor([[0.0, 0.5]]),
    torch.tensor([[1.0, 0.0], [9.0, 9.0], [0.0, 1.0]]),
    torch.tensor([[9.0, 9.0], [1.0, 0.0]]),
    torch.tensor([-0.5, 0.0]),
)
shape(state, (1, 2), en="the new state", fr="le nouvel état")
close(state, torch.tensor([[0.761594, 0.964028]]), FLOAT32, en="the new state", fr="le nouvel état")

# %% group="steps"
# One layer over time — 4 points
# Une couche dans le temps — 4 points
# The steps worked by hand in section 1: reading 1, 0, 0 from a state of zero.
one = torch.ones(1, 1)
out, h_n = parts(
    rnn_forward(torch.tensor([[[1.0], [0.0], [0.0]]]), [{"W": one, "U": one, "b": torch.zeros(1)}]),
    2,
    en="(out, h_n)",
    fr="(out, h_n)",
)
shape(out, (1, 3, 1), en="out", fr="out")
close(
    out,
    torch.tensor([[[0.761594], [0.642015], [0.566270]]]),
    FLOAT32,
    en="the state after each of three steps",
    fr="l'état après chacun des trois pas",
)

# %% group="layers"
# Several layers and their last states — 4 points
# Plusieurs couches et leurs derniers états — 4 points
# U = 0: a layer only passes on tanh of what it reads, the upper one the opposite. The last step reads 0.5.
zero, plus, minus = torch.zeros(1, 1), torch.tensor([[1.0]]), torch.tensor([[-1.0]])
layers = [{"W": plus, "U": zero, "b": torch.zeros(1)}, {"W": minus, "U": zero, "b": torch.zeros(1)}]
out, h_n = parts(
    rnn_forward(torch.tensor([[[1.0], [0.5]]]), layers, torch.zeros(2, 1, 1)), 2, en="(out, h_n)", fr="(out, h_n)"
)
shape(h_n, (2, 1, 1), en="h_n of two layers", fr="h_n de deux couches")
close(
    h_n,
    torch.tensor([[[0.462117]], [[-0.431808]]]),
    FLOAT32,
    en="h_n: the last state of each layer",
    fr="h_n : le dernier état de chaque couche",
)
close(out[:, -1], torch.tensor([[-0.431808]]), FLOAT32, en="the last step of out", fr="le dernier pas de out")

# %% group="loss"
# Loss of every prediction — 3 points
# La perte de chaque prédiction — 3 points
# A model without memory: whatever it has read, tokens 0, 1, 2 come with probabilities 1/2, 1/4, 1/4.
nothing = {"W": torch.zeros(2, 2), "U": torch.zeros(2, 2), "b": torch.zeros(2)}
forgetful = {
    "embedding": torch.zeros(3, 2),
    "layers": [nothing],
    "W_out": torch.zeros(2, 3),
    "b_out": torch.tensor([0.5, 0.25, 0.25]).log(),
}
losses, h_n = parts(
    next_token_losses(torch.tensor([[0, 1, 2, 0]]), forgetful), 2, en="(losses, h_n)", fr="(losses, h_n)"
)
close(
    losses,
    torch.tensor([[2.0, 2.0, 1.0]]) * math.log(2),
    FLOAT32,
    en="the losses of predicting 1, 2 and 0",
    fr="les pertes des prédictions de 1, 2 et 0",
)
shape(h_n, (1, 1, 2), en="h_n", fr="h_n")

# %% group="perplexity"
# Perplexity in blocks — 2 points
# La perplexité par blocs — 2 points
# Losses 2 ln 2, 2 ln 2, ln 2: their mean is 5/3 ln 2, hence 2 to the power 5/3, however the text is cut.
nothing = {"W": torch.zeros(2, 2), "U": torch.zeros(2, 2), "b": torch.zeros(2)}
forgetful = {
    "embedding": torch.zeros(3, 2),
    "layers": [nothing],
    "W_out": torch.zeros(2, 3),
    "b_out": torch.tensor([0.5, 0.25, 0.25]).log(),
}
for k in (1, 2, 3):
    close(
        perplexity_by_blocks(torch.tensor([[0, 1, 2, 0]]), forgetful, k),
        2 ** (5 / 3),
        FLOAT32,
        en=f"perplexity of four tokens in blocks of {k}",
        fr=f"la perplexité de quatre tokens par blocs de {k}",
    )
# A clock: its state is 1, -1, 1, … whatever it reads, and gives token 0 the probability 3/4, 1/4, 3/4, …
clock = {
    "embedding": torch.zeros(2, 2),
    "layers": [{"W": torch.zeros(2, 1), "U": torch.tensor([[-20.0]]), "b": torch.tensor([10.0])}],
    "W_out": torch.tensor([[math.log(3.0), 0.0]]),
    "b_out": torch.zeros(2),
}
# Each of these four predictions has the probability 3/4.
for k in (1, 3, 4):
    close(
        perplexity_by_blocks(torch.tensor([[0, 0, 1, 0, 1]]), clock, k),
        4 / 3,
        FLOAT32,
        en=f"perplexity, in blocks of {k}, of a model whose state alone knows what comes next",
        fr=f"la perplexité, par blocs de {k}, d'un modèle dont l'état seul sait ce qui vient ensuite",
    )

# %% group="generate"
# Writing on — 2 points
# Écrire la suite — 2 points
# A model that counts modulo 3: each token leaves its mark in the state, and the output row of the mark votes for
# the next token.
counter = {
    "embedding": torch.eye(3),
    "layers": [{"W": 5 * torch.eye(3), "U": torch.zeros(3, 3), "b": torch.zeros(3)}],
    "W_out": torch.eye(3).roll(1, dims=1),
    "b_out": torch.zeros(3),
}
same(
    generate(torch.tensor([[2, 0], [0, 1]]), counter, 4),
    torch.tensor([[1, 2, 0, 1], [2, 0, 1, 2]]),
    en="what a model that counts writes after 0 and after 1",
    fr="ce qu'un modèle qui compte écrit après 0 et après 1",
)
# A clock: its state is 1, -1, 1, … whatever it reads, and writes 0 after 1, 1 after -1.
clock = {
    "embedding": torch.zeros(2, 2),
    "layers": [{"W": torch.zeros(2, 1), "U": torch.tensor([[-20.0]]), "b": torch.tensor([10.0])}],
    "W_out": torch.tensor([[1.0, -1.0]]),
    "b_out": torch.zeros(2),
}
for tokens, wanted in (([0], [0, 1, 0, 1]), ([0, 0], [1, 0, 1, 0])):
    same(
        generate(torch.tensor([tokens]), clock, 4),
        torch.tensor([wanted]),
        en=f"what a model whose state alone decides writes after {len(tokens)} token(s)",
        fr=f"ce qu'écrit, après {len(tokens)} token(s), un modèle dont l'état seul décide",
    )

# %% group="invariants"
# Inputs left alone and gradients through time — 2 points
# Entrées intactes et gradients à travers le temps — 2 points
one, start = torch.ones(1, 1), torch.tensor([[[0.5]]])
weights = [{"W": one, "U": one, "b": torch.zeros(1)}]
unchanged(rnn_forward, torch.zeros(1, 3, 1), weights, start, en="rnn_forward", fr="rnn_forward")
# From a state of zero, reading zeros, every state is 0, where tanh has slope 1: the last state hands its gradient
# back whole, the second gets its own and the last one's, the first those of all three.
(to_x,) = gradients(rnn_forward, torch.zeros(1, 3, 1), weights, torch.zeros(1, 1, 1), wrt=(0,))
close(
    to_x,
    torch.tensor([[[3.0], [2.0], [1.0]]]),
    FLOAT32,
    en="gradient of the sum of out with respect to each x_t",
    fr="le gradient de la somme de out par rapport à chaque x_t",
)
