# The public checks of multihead, as `autograder check` runs them.
# Les vérifications publiques de multihead, telles que les exécute `autograder check`.

# %% group="split-heads"
# Cutting into heads — 3 points
# Découper en têtes — 3 points
# The drawing above, for a batch of two: the second sequence holds the numbers 12 to 23.
both = split_heads(torch.arange(24.0).reshape(2, 3, 4), 2)
shape(both, (2, 2, 3, 2), en="split_heads", fr="split_heads")
close(
    both[0],
    torch.tensor([[[0.0, 1.0], [4.0, 5.0], [8.0, 9.0]], [[2.0, 3.0], [6.0, 7.0], [10.0, 11.0]]]),
    en="the two heads of the first sequence",
    fr="les deux têtes de la première séquence",
)
close(
    both[1, 0],
    torch.tensor([[12.0, 13.0], [16.0, 17.0], [20.0, 21.0]]),
    en="the first head of the second sequence",
    fr="la première tête de la seconde séquence",
)

# %% group="merge-heads"
# Putting heads back together — 2 points
# Recoller les têtes — 2 points
apart = torch.tensor([[[[0.0, 1.0], [4.0, 5.0], [8.0, 9.0]], [[2.0, 3.0], [6.0, 7.0], [10.0, 11.0]]]])
close(
    merge_heads(apart),
    torch.arange(12.0).reshape(1, 3, 4),
    en="two heads of three tokens, back together",
    fr="deux têtes de trois tokens, recollées",
)
shape(merge_heads(torch.zeros(2, 3, 4, 5)), (2, 4, 15), en="merge_heads", fr="merge_heads")

# %% group="projections"
# Projections: who is multiplied by what — 4 points
# Projections : qui est multiplié par quoi — 4 points
# A single key takes all the weight, whatever the query: out is x_kv W_v W_o. (1, 2) W_v = (1, 2, 3), times W_o = (4, 5).
W_v = torch.tensor([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]])
W_o = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
asking, seen = torch.ones(1, 2, 4), torch.tensor([[[1.0, 2.0]]])
out = multi_head_attention(asking, seen, torch.ones(4, 5), torch.ones(2, 5), W_v, W_o, 1)
close(
    out,
    torch.tensor([[[4.0, 5.0], [4.0, 5.0]]]),
    FLOAT32,
    en="out for two queries and a single key",
    fr="out pour deux requêtes et une clé unique",
)

# %% group="heads"
# Each head on its own — 4 points
# Chaque tête de son côté — 4 points
# The example by hand: the first two features of a token make its key, the last two its value.
tokens = torch.tensor([[[math.log(3.0), 0.0, 4.0, 4.0], [0.0, math.log(3.0), 8.0, 8.0]]])
first_half, second_half = torch.eye(4)[:, :2], torch.eye(4)[:, 2:]
out = multi_head_attention(torch.ones(1, 1, 2), tokens, torch.eye(2), first_half, second_half, torch.eye(2), 2)
close(out, torch.tensor([[[5.0, 7.0]]]), FLOAT32, en="out with two heads", fr="out avec deux têtes")
W_o = torch.tensor([[1.0, 1.0], [0.0, 1.0]])
out = multi_head_attention(torch.ones(1, 1, 2), tokens, torch.eye(2), first_half, second_half, W_o, 2)
close(out, torch.tensor([[[5.0, 12.0]]]), FLOAT32, en="out with two heads and W_o", fr="out avec deux têtes et W_o")
out = multi_head_attention(torch.ones(1, 1, 2), tokens, torch.eye(2), first_half, second_half, torch.eye(2), 1)
close(out, torch.tensor([[[6.0, 6.0]]]), FLOAT32, en="out with a single head", fr="out avec une seule tête")

# %% group="masks"
# Masks — 3 points
# Masques — 3 points
# The two sentences by hand.
keep = torch.tensor([[True, True], [True, False]])
allowed = torch.tensor([[True, False], [True, True]])
both = torch.tensor([[[[True, False], [True, True]]], [[[True, False], [True, False]]]])
same(combine_masks(keep, allowed), both, en="combine_masks(keep, allowed)", fr="combine_masks(keep, allowed)")
same(combine_masks(keep), keep.reshape(2, 1, 1, 2), en="combine_masks(keep)", fr="combine_masks(keep)")
expect(combine_masks() is None, en="no mask at all makes None", fr="sans aucun masque, le résultat est None")
# Equal scores: each query averages the values 4 and 8 that it may see.
x = torch.tensor([[[4.0, 4.0], [8.0, 8.0]]]).repeat(2, 1, 1)
zero, one = torch.zeros(2, 2), torch.eye(2)
close(
    multi_head_attention(x, x, zero, zero, one, one, 2, both)[:, :, 0],
    torch.tensor([[4.0, 6.0], [4.0, 4.0]]),
    FLOAT32,
    en="out under a mask",
    fr="out sous un masque",
)

# %% group="edges"
# One head, as many as columns, and heads that do not fit — 2 points
# Une tête, autant que de colonnes, et des têtes qui ne tombent pas juste — 2 points
for n_heads in (4, 0):
    raises("ValueError", split_heads, torch.ones(2, 3, 6), n_heads, en=f"6 by {n_heads}", fr=f"6 par {n_heads}")
# Three heads share 6 columns of queries and keys, but not 4 of values.
one = torch.ones(6, 6)
raises(
    "ValueError",
    multi_head_attention,
    torch.ones(2, 3, 6),
    torch.ones(2, 3, 6),
    one,
    one,
    torch.ones(6, 4),
    torch.ones(4, 6),
    3,
    en="values that the heads cannot share",
    fr="des valeurs que les têtes ne peuvent se partager",
)

# %% group="invariants"
# Invariants and gradients — 2 points
# Invariants et gradients — 2 points
# A single key: out is x_kv W_v W_o, so the gradient of sum(out) with respect to W_o holds x_kv W_v in each column.
inputs = torch.ones(1, 1, 2), torch.tensor([[[4.0, 8.0]]]), torch.eye(2), torch.eye(2), torch.eye(2), torch.eye(2), 2
unchanged(multi_head_attention, *inputs, en="multi_head_attention", fr="multi_head_attention")
(to_mixer,) = gradients(multi_head_attention, *inputs, wrt=(5,))
close(
    to_mixer,
    torch.tensor([[4.0, 4.0], [8.0, 8.0]]),
    FLOAT32,
    en="gradient with respect to W_o",
    fr="le gradient par rapport à W_o",
)
