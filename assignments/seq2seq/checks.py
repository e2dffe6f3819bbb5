# The public checks of seq2seq, as `autograder check` runs them.
# Les vérifications publiques de seq2seq, telles que les exécute `autograder check`.

# %% group="encoder"
# The encoder and its last state — 3 points
# L'encodeur et son dernier état — 3 points
# D = H = 1. Both sentences start with token 1 (embedding 1); the second one stops there.
weights = {
    "E_src": torch.tensor([[0.0], [1.0], [2.0]]),
    "W_enc": torch.tensor([[0.5]]),
    "U_enc": torch.tensor([[1.0]]),
    "b_enc": torch.tensor([0.0]),
}
enc, s0 = parts(
    encode(torch.tensor([[1, 2], [1, 0]]), torch.tensor([[True, True], [True, False]]), weights),
    2,
    en="(enc, s0)",
    fr="(enc, s0)",
)
first = math.tanh(0.5)
second = math.tanh(1.0 + first)
close(
    enc,
    torch.tensor([[[first], [second]], [[first], [0.0]]]),
    en="states of the encoder",
    fr="les états de l'encodeur",
)
close(s0, torch.tensor([[second], [first]]), en="the last state (s0)", fr="le dernier état (s0)")

# %% group="attention"
# Additive attention: scores, weights, context — 4 points
# Attention additive : scores, poids, contexte — 4 points
# H = 1, A = 1: the scores are 2 tanh(h_j), whatever s is; h = 0 and h = artanh(ln(3) / 2) give 0 and ln 3.
state = math.atanh(math.log(3.0) / 2)
context, weights = parts(
    additive_attention(
        torch.tensor([[5.0]]),
        torch.tensor([[[0.0], [state]]]),
        torch.tensor([[True, True]]),
        torch.tensor([[0.0, 1.0]]),
        torch.tensor([2.0]),
    ),
    2,
    en="(context, weights)",
    fr="(context, weights)",
)
shape(weights, (1, 2), en="weights", fr="les poids")
close(weights, torch.tensor([[0.25, 0.75]]), en="weights of two positions", fr="les poids de deux positions")
close(context, torch.tensor([[0.75 * state]]), en="context", fr="le contexte")

# %% group="padding"
# Padding and edges of attention — 3 points
# Padding et cas limites de l'attention — 3 points
# Equal states: equal scores. Two real positions share 1; in the last sentence nothing is left to look at.
context, weights = additive_attention(
    torch.zeros(3, 1),
    torch.ones(3, 3, 1),
    torch.tensor([[True, True, True], [True, True, False], [False, False, False]]),
    torch.ones(1, 2),
    torch.ones(1),
)
close(
    weights,
    torch.tensor([[1 / 3, 1 / 3, 1 / 3], [0.5, 0.5, 0.0], [0.0, 0.0, 0.0]]),
    en="weights under a mask",
    fr="les poids sous un masque",
)
close(context, torch.tensor([[1.0], [1.0], [0.0]]), en="context under a mask", fr="le contexte sous un masque")

# %% group="step"
# One step of the decoder — 3 points
# Un pas du décodeur — 3 points
# One source position, so that the context is its state, 2. D = H = 1, V = 2; token 1 has the embedding 3.
weights = {
    "E_tgt": torch.tensor([[0.0], [3.0]]),
    "W_a": torch.zeros(1, 2),
    "v_a": torch.zeros(1),
    "W_dec": torch.tensor([[0.1, 0.2]]),
    "U_dec": torch.tensor([[0.5]]),
    "b_dec": torch.tensor([0.1]),
    "W_out": torch.tensor([[1.0], [-2.0]]),
    "b_out": torch.tensor([0.0, 1.0]),
}
logits, s_new, _ = parts(
    decoder_step(torch.tensor([1]), torch.tensor([[-1.0]]), torch.tensor([[[2.0]]]), torch.tensor([[True]]), weights),
    3,
    en="(logits, s_new, weights)",
    fr="(logits, s_new, weights)",
)
# 0.1 * 3 + 0.2 * 2 + 0.5 * (-1) + 0.1 = 0.3
new = math.tanh(0.3)
close(s_new, torch.tensor([[new]]), en="the new state", fr="le nouvel état")
close(logits, torch.tensor([[new, 1.0 - 2.0 * new]]), en="logits", fr="les logits")

# %% group="teacher-forcing"
# Teacher forcing — 3 points
# Le forçage (teacher forcing) — 3 points
# A decoder that copies: the state is the embedding of the token just read, and so are the logits, times 10.
copier = {
    "E_tgt": torch.eye(3),
    "W_a": torch.zeros(1, 6),
    "v_a": torch.zeros(1),
    "W_dec": torch.cat([5 * torch.eye(3), torch.zeros(3, 3)], dim=1),
    "U_dec": torch.zeros(3, 3),
    "b_dec": torch.zeros(3),
    "W_out": 10 * torch.eye(3),
    "b_out": torch.zeros(3),
}
logits, weights = parts(
    teacher_forced(torch.tensor([[0, 2, 1]]), torch.zeros(1, 3), torch.zeros(1, 2, 3), torch.ones(1, 2).bool(), copier),
    2,
    en="(logits, weights)",
    fr="(logits, weights)",
)
shape(
    logits,
    (1, 2, 3),
    en="logits: one step less than the target has tokens",
    fr="logits : un pas de moins que de tokens",
)
shape(weights, (1, 2, 2), en="weights", fr="les poids")
expect(
    logits.argmax(-1).tolist() == [[0, 2]],
    en="step t reads the token t of the target",
    fr="le pas t lit le token t de la cible",
)

# %% group="generation"
# Greedy generation — 3 points
# Génération gloutonne — 3 points
# Token k leads to token k + 1: the next embedding is the state. From 0: 1, 2, 3, and 3 is the end.
chain = {
    "E_tgt": torch.eye(4),
    "W_a": torch.zeros(1, 8),
    "v_a": torch.zeros(1),
    "W_dec": torch.cat([5 * torch.eye(4).roll(1, 0), torch.zeros(4, 4)], dim=1),
    "U_dec": torch.zeros(4, 4),
    "b_dec": torch.zeros(4),
    "W_out": 10 * torch.eye(4),
    "b_out": torch.zeros(4),
}
start, enc, mask = torch.zeros(2, 4), torch.zeros(2, 1, 4), torch.ones(2, 1).bool()
same(
    greedy_generate(start, enc, mask, chain, bos=0, eos=3, max_len=9),
    [[1, 2], [1, 2]],
    en="tokens written until </s>",
    fr="les tokens écrits jusqu'à </s>",
)
same(
    greedy_generate(start, enc, mask, chain, bos=0, eos=3, max_len=1),
    [[1], [1]],
    en="tokens written when max_len is 1",
    fr="les tokens écrits quand max_len vaut 1",
)

# %% group="invariants"
# Inputs and gradients — 1 point
# Entrées et gradients — 1 point
states = torch.tensor([[[1.0], [2.0]]])
unchanged(
    additive_attention,
    torch.zeros(1, 1),
    states,
    torch.tensor([[True, False]]),
    torch.ones(1, 2),
    torch.ones(1),
    en="additive_attention",
    fr="additive_attention",
)
# Equal weights: the gradient of the context with respect to each state is 1/2, plus nothing when v_a is 0.
(to_states,) = gradients(
    additive_attention,
    torch.zeros(1, 1),
    states,
    torch.tensor([[True, True]]),
    torch.ones(1, 2),
    torch.zeros(1),
    wrt=(1,),
)
finite(to_states, en="gradient with respect to enc", fr="le gradient par rapport à enc")
close(
    to_states,
    torch.tensor([[[0.5], [0.5]]]),
    FLOAT32,
    en="gradient with respect to enc",
    fr="le gradient par rapport à enc",
)
