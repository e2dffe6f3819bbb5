# The public checks of transformer, as `autograder check` runs them.
# Les vérifications publiques de transformer, telles que les exécute `autograder check`.

# %% group="inputs"
# What goes in — 3 points
# Ce qui entre — 3 points
same(
    causal_mask(3),
    torch.tensor([[True, False, False], [True, True, False], [True, True, True]]),
    en="causal_mask(3)",
    fr="causal_mask(3)",
)
# The padding is 7 here, and 0 is a word like any other.
_kept = pad_mask(torch.tensor([[4, 0, 7], [7, 7, 7], [0, 4, 4]]), 7)
shape(_kept, (3, 1, 1, 3), en="pad_mask of three sentences", fr="pad_mask de trois phrases")
same(
    _kept[:, 0, 0],
    torch.tensor([[True, True, False], [False, False, False], [True, True, True]]),
    en="pad_mask of three sentences",
    fr="pad_mask de trois phrases",
)
# d = 4: the rows are doubled; position 0 adds [0, 1, 0, 1], position 1 adds [sin 1, cos 1, sin 0.01, cos 0.01].
_table = torch.tensor([[1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 40.0]])
close(
    embed(torch.tensor([[1, 0]]), _table),
    torch.tensor([[[20.0, 41.0, 60.0, 81.0], [2.841471, 4.540302, 6.01, 8.99995]]]),
    FLOAT32,
    en="embed of two tokens",
    fr="embed de deux tokens",
)

# %% group="decoder-layer"
# The decoder layer — 4 points
# La couche de décodeur — 4 points
# W_v = 0 silences the self-attention, W_2 = 0 the feed-forward. Queries and keys are 0: the cross-attention is the mean
# of memory, [2, 6]. Step by step: [1, 3] -> norm 1 -> [-1, 1] -> plus [2, 6] = [1, 7] -> norm 2 -> [-1, 1], gamma 5
# -> [-5, 5] -> norm 3, beta [10, 20] -> [9, 21].
_w = {name: torch.zeros(2, 2) for name in ("W_q", "W_k", "W_v", "W_o", "C_q", "C_k")}
_w |= {"C_v": torch.eye(2), "C_o": torch.eye(2)}
_w |= {"W_1": torch.zeros(2, 3), "b_1": torch.zeros(3), "W_2": torch.zeros(3, 2), "b_2": torch.zeros(2)}
_w |= {f"gamma_{i}": torch.ones(2) for i in (1, 2, 3)} | {f"beta_{i}": torch.zeros(2) for i in (1, 2, 3)}
_w |= {"gamma_2": torch.full((2,), 5.0), "beta_3": torch.tensor([10.0, 20.0])}
_memory = torch.tensor([[[1.0, 5.0], [3.0, 7.0], [2.0, 6.0]]])
close(
    decoder_layer(torch.tensor([[[1.0, 3.0]]]), _memory, _w, n_heads=1),
    torch.tensor([[[9.0, 21.0]]]),
    FLOAT32,
    en="decoder layer on [1, 3]",
    fr="la couche de décodeur sur [1, 3]",
)

# %% group="layer-masks"
# Two attentions and two masks — 2 points
# Deux attentions, deux masques — 2 points
# All scores are 0: the cross-attention is the mean of what may be looked at. Only the second place of memory may:
# [-1, 1] plus [30, 20] = [29, 21] -> norm 2 -> [1, -1]; the third place, [0, 99], would turn it round.
_w = {name: torch.zeros(2, 2) for name in ("W_q", "W_k", "W_v", "W_o", "C_q", "C_k")}
_w |= {"C_v": torch.eye(2), "C_o": torch.eye(2)}
_w |= {"W_1": torch.zeros(2, 3), "b_1": torch.zeros(3), "W_2": torch.zeros(3, 2), "b_2": torch.zeros(2)}
_w |= {f"gamma_{i}": torch.ones(2) for i in (1, 2, 3)} | {f"beta_{i}": torch.zeros(2) for i in (1, 2, 3)}
_memory = torch.tensor([[[0.0, 99.0], [30.0, 20.0], [0.0, 99.0]]])
close(
    decoder_layer(
        torch.tensor([[[1.0, 3.0]]]), _memory, _w, 1, torch.ones(1, 1).bool(), torch.tensor([[False, True, False]])
    ),
    torch.tensor([[[1.0, -1.0]]]),
    FLOAT32,
    en="decoder layer that may look at one place of memory",
    fr="la couche de décodeur qui peut regarder une seule place de memory",
)

# %% group="encode"
# The encoder — 3 points
# L'encodeur — 3 points
_ids = torch.tensor([[1, 0, 2], [0, 2, 2]])
_table = torch.tensor([[1.0, 2.0], [3.0, 5.0], [8.0, 8.0]])
close(
    encode(_ids, {"E_src": _table, "encoder": []}, 1, pad=2)[0, :2],
    embed(_ids, _table)[0, :2],
    FLOAT32,
    en="memory without any layer",
    fr="memory sans aucune couche",
)
# Each layer ends with its own beta_2, here [0, 10] then [100, 0]; gamma_2 = 0 erases the rest.
_silent = {name: torch.zeros(2, 2) for name in ("W_q", "W_k", "W_v", "W_o", "W_1", "W_2")}
_silent |= {name: torch.zeros(2) for name in ("b_1", "b_2", "gamma_1", "beta_1", "gamma_2")}
_layers = [_silent | {"beta_2": torch.tensor([0.0, 10.0])}, _silent | {"beta_2": torch.tensor([100.0, 0.0])}]
close(
    encode(_ids, {"E_src": _table, "encoder": _layers}, 1, pad=2)[1, 0],
    torch.tensor([100.0, 0.0]),
    FLOAT32,
    en="memory after two layers",
    fr="memory après deux couches",
)

# %% group="decode"
# The decoder and its logits — 3 points
# Le décodeur et ses logits — 3 points
# Without any layer, the logits are those of the embedding: with d = 1, 2 * 1 + sin 0 = 2, then 3 * 1 + sin 1 = 3.841471.
_weights = {"E_tgt": torch.tensor([[2.0], [3.0]]), "decoder": []}
_weights |= {"W_out": torch.tensor([[1.0, 10.0, 0.0]]), "b_out": torch.tensor([0.0, 1.0, 5.0])}
_seen = torch.ones(1, 1, 1, 1, dtype=torch.bool)
close(
    decode(torch.tensor([[0, 1]]), torch.zeros(1, 1, 1), _seen, _weights, 1, pad=9),
    torch.tensor([[[2.0, 21.0, 5.0], [3.841471, 39.414710, 5.0]]]),
    FLOAT32,
    en="logits without any layer",
    fr="les logits sans aucune couche",
)

# %% group="generation"
# Greedy generation — 3 points
# Génération gloutonne — 3 points
# Without any layer, token k leads to k + 1 (its embedding is far longer than the positions): 0 -> 1 -> 2 -> 3.
_chain = {"E_src": torch.zeros(5, 4), "encoder": [], "E_tgt": 100 * torch.eye(4), "decoder": []}
_chain |= {"W_out": torch.eye(4).roll(1, 1), "b_out": torch.zeros(4)}
_source = torch.tensor([[1, 2], [2, 4]])
same(
    generate(_source, _chain, 1, bos=0, eos=3, pad=4, max_len=9),
    [[1, 2], [1, 2]],
    en="tokens written until </s>",
    fr="les tokens écrits jusqu'à </s>",
)
same(
    generate(_source, _chain, 1, bos=2, eos=2, pad=4, max_len=3),
    [[3, 0, 1], [3, 0, 1]],
    en="tokens written when max_len is 3",
    fr="les tokens écrits quand max_len vaut 3",
)

# %% group="invariants"
# Inputs and gradients — 2 points
# Entrées et gradients — 2 points
_w = {name: torch.zeros(2, 2) for name in ("W_q", "W_k", "W_v", "W_o", "C_q", "C_k")}
_w |= {"C_v": torch.eye(2), "C_o": torch.eye(2)}
_w |= {"W_1": torch.zeros(2, 3), "b_1": torch.zeros(3), "W_2": torch.zeros(3, 2), "b_2": torch.zeros(2)}
_w |= {f"gamma_{i}": torch.ones(2) for i in (1, 2, 3)} | {f"beta_{i}": torch.zeros(2) for i in (1, 2, 3)}
_y, _memory = torch.tensor([[[1.0, 3.0]]]), torch.tensor([[[1.0, 5.0], [3.0, 7.0]]])
unchanged(decoder_layer, _y, _memory, _w, 1, en="decoder_layer", fr="decoder_layer")
# Whatever reaches the last norm, the values that leave it sum to 0: their sum grows with beta_3 alone.
(_slopes,) = gradients(decoder_layer, _y, _memory, _w, 1, wrt=(2,))
close(
    _slopes["beta_3"],
    torch.ones(2),
    FLOAT32,
    en="gradient of decoder_layer with respect to beta_3",
    fr="le gradient de decoder_layer par rapport à beta_3",
)
