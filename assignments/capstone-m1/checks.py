# The public checks of capstone-m1, as `autograder check` runs them.
# Les vérifications publiques de capstone-m1, telles que les exécute `autograder check`.

# %% group="plain"
# The plain encoder-decoder — 3 points
# L'encodeur-décodeur simple — 3 points
# H = D = 1, tanh(0.5) = 0.4621 enters the decoder, whatever the padding; the decoder hands it on through tanh.
_p = {"E_src": torch.tensor([[9.0], [0.5], [0.0]]), "W_enc": torch.ones(1, 1), "U_enc": torch.zeros(1, 1)}
_p |= {"b_enc": torch.zeros(1), "E_tgt": torch.zeros(2, 1), "W_dec": torch.ones(1, 1), "U_dec": torch.ones(1, 1)}
_p |= {"b_dec": torch.zeros(1), "W_out": torch.tensor([[1.0], [0.0]]), "b_out": torch.tensor([0.0, 5.0])}
_logits = plain_logits(torch.tensor([[2, 1], [1, 0]]), torch.tensor([[1, 1], [1, 1]]), _p)
shape(_logits, (2, 2, 2), en="logits of two sentences", fr="les logits de deux phrases")
_s = torch.tensor(0.5).tanh().tanh()
close(
    _logits,
    torch.stack([torch.stack([_s, _s.tanh()]), torch.full((2,), 5.0)], dim=1).expand(2, 2, 2),
    FLOAT32,
    en="logits of two sentences",
    fr="les logits de deux phrases",
)

# %% group="additive"
# With additive attention — 3 points
# Avec l'attention additive — 3 points
# v_a = 0: every real token weighs the same. The states of the encoder are tanh(1) and tanh(3); the context is their mean.
_p = {"E_src": torch.tensor([[9.0], [1.0], [3.0]]), "W_enc": torch.ones(1, 1), "U_enc": torch.zeros(1, 1)}
_p |= {"b_enc": torch.zeros(1), "W_a": torch.ones(1, 2), "v_a": torch.zeros(1), "E_tgt": torch.tensor([[0.0], [2.0]])}
_p |= {"W_dec": torch.tensor([[0.1, 1.0]]), "U_dec": torch.zeros(1, 1), "b_dec": torch.zeros(1)}
_p |= {"W_out": torch.ones(1, 1), "b_out": torch.zeros(1)}
_logits, _weights = parts(
    additive_logits(torch.tensor([[1, 2, 0]]), torch.tensor([[1, 0]]), _p),
    2,
    en="(logits, weights)",
    fr="(logits, weights)",
)
close(
    _weights,
    torch.tensor([[[0.5, 0.5, 0.0], [0.5, 0.5, 0.0]]]),
    FLOAT32,
    en="weights when all scores are equal",
    fr="les poids quand tous les scores sont égaux",
)
_c = torch.tensor([1.0, 3.0]).tanh().mean()
close(_logits, torch.stack([0.2 + _c, _c]).tanh().reshape(1, 2, 1), FLOAT32, en="logits", fr="les logits")

# %% group="transformer"
# The Transformer — 4 points
# Le Transformer — 4 points
_p = fresh_params("transformer", 5, 6, d=8, d_ff=4)
_src, _read = torch.tensor([[3, 4, 0], [4, 3, 3]]), torch.tensor([[1, 3, 4, 5], [1, 5, 5, 3]])
_logits, _weights = parts(transformer_logits(_src, _read, _p), 2, en="(logits, weights)", fr="(logits, weights)")
shape(_logits, (2, 4, 6), en="logits", fr="les logits")
shape(_weights, (2, 4, 3), en="weights", fr="les poids")
close(_weights.sum(dim=2), torch.ones(2, 4), FLOAT32, en="sums of the weights", fr="les sommes des poids")
close(
    transformer_logits(_src, _read[:, :2], _p)[0],
    _logits[:, :2],
    FLOAT32,
    en="logits once the future of `read` was cut off",
    fr="les logits une fois le futur de `read` coupé",
)
close(
    transformer_logits(_src[:1, :2], _read[:1], _p)[0],
    _logits[:1],
    FLOAT32,
    en="logits of a source without its padding",
    fr="les logits d'une source sans son padding",
)
# C_q = 0: every real token of the source weighs the same.
_even = _p | {"decoder": [_p["decoder"][0] | {"C_q": torch.zeros(8, 8)}]}
close(
    transformer_logits(_src, _read, _even)[1][0, 0],
    torch.tensor([0.5, 0.5, 0.0]),
    FLOAT32,
    en="weights when all scores are equal",
    fr="les poids quand tous les scores sont égaux",
)

# %% group="training"
# The loss and the training step — 4 points
# Le coût et le pas d'entraînement — 4 points
# Two equal logits for the token that counts; the other one is padding.
close(
    batch_loss(
        torch.tensor([[[9.0, 0.0, 0.0], [1.0, 1.0, -50.0]], [[50.0, 2.0, 2.0], [0.0, 7.0, 9.0]]])[:, 1:],
        torch.tensor([[1, 1], [1, 0]]),
    ),
    torch.tensor(2.0).log(),
    FLOAT32,
    en="loss of one real token",
    fr="le coût d'un seul vrai token",
)
_src, _tgt = torch.tensor([[3, 4], [4, 0]]), torch.tensor([[1, 3, 4, 2], [1, 4, 2, 0]])
_start = fresh_params("plain", 5, 5, D=4, H=8)
_trained, _losses = parts(train("plain", _start, _src, _tgt, 40), 2, en="(params, losses)", fr="(params, losses)")
expect(len(_losses) == 40, en="there is one loss per step", fr="il y a un coût par pas")
expect(
    _losses[-1] < _losses[0] / 2,
    en="the loss of two sentences must halve within 40 steps",
    fr="le coût de deux phrases doit diminuer de moitié en 40 pas",
)
same(_start["b_out"], torch.zeros(5), en="b_out of the params given to train", fr="b_out des params donnés à train")

# %% group="translation"
# Greedy translation — 2 points
# La traduction gloutonne — 2 points
# The decoder's state is the embedding just read: 1 (<s>) leads to 3, 3 to 4, and 4 to 2 (</s>).
_p = {"E_src": torch.zeros(4, 5), "W_enc": torch.zeros(5, 5), "U_enc": torch.zeros(5, 5), "b_enc": torch.zeros(5)}
_p |= {"E_tgt": 5 * torch.eye(5), "W_dec": torch.eye(5), "U_dec": torch.zeros(5, 5), "b_dec": torch.zeros(5)}
_p |= {"W_out": torch.eye(5)[[0, 2, 4, 1, 3]], "b_out": torch.zeros(5)}
_src = torch.tensor([[3, 1], [2, 0]])
same(
    translate("plain", _src, _p, 9),
    [[3, 4], [3, 4]],
    en="tokens written until </s>",
    fr="les tokens écrits jusqu'à </s>",
)
same(translate("plain", _src, _p, 1), [[3], [3]], en="tokens when max_len is 1", fr="les tokens quand max_len vaut 1")

# %% group="learning"
# What your models learn — 4 points
# Ce qu'apprennent vos modèles — 4 points
# A small Transformer learns three sentences by heart, with your loss, your step and your translation.
_src = torch.tensor([[3, 4, 5], [5, 3, 0], [4, 0, 0]])
_tgt = torch.tensor([[1, 5, 4, 3, 2], [1, 3, 5, 2, 0], [1, 4, 2, 0, 0]])
_trained, _ = parts(
    train("transformer", fresh_params("transformer", 6, 6, d=16, d_ff=16), _src, _tgt, 60),
    2,
    en="(params, losses)",
    fr="(params, losses)",
)
same(
    translate("transformer", _src, _trained, 6),
    [[5, 4, 3], [3, 5], [4]],
    en="three sentences that were learned by heart",
    fr="trois phrases apprises par cœur",
)
