# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # The Transformer, encoder and decoder
#
# You have built every part: attention, its heads, the positions, the block. In this lab they become the machine of
# *Attention Is All You Need* (Vaswani et al., 2017), the one that was made to **translate**. It has the shape of every
# sequence-to-sequence model, an encoder that reads the source and a decoder that writes the target, without anything
# recurrent in it:
#
# ```text
#   source ids                            target ids, from <s> on
#       |                                         |
#     embed                                     embed
#       |                                         |
#  encoder layer  x N                       decoder layer  x N
#    self-attention                           masked self-attention
#    feed-forward                             cross-attention  <---- memory
#       |                                     feed-forward
#       '------------> memory                     |
#                                            logits of the next token
# ```
#
# Little is new, and all of it is a question of **who may look at whom**:
#
# | attention | queries from | keys and values from | what is hidden |
# |---|---|---|---|
# | of the encoder | source | source | padding of the source |
# | first one of the decoder | target | target | the **future**, and padding of the target |
# | second one of the decoder | target | **source** (`memory`) | padding of the source |
#
# A wrong mask rarely crashes. A decoder that sees the future even trains very well, down to a loss of almost 0, and then
# writes nonsense, for when it writes there is no future to copy from.
#
# Notation: `B` sentences in the batch, `S` tokens of source, `T` tokens of target, `d` values per token, `V` tokens in
# the target vocabulary. Masks are bool and **True means "may be attended to"** (the masks of `torch.nn.Transformer` mean
# the opposite). Linear maps are written `x @ W + b`. Padding stands **at the end** of a sentence, and every
# sentence has at least one real token (except for `pad_mask`, which takes any ids). One id, `pad`, serves source and
# target alike. No function may modify its arguments in place.
#
# All weights come in one dict, `weights`; your functions create no parameters.
#
# | name | shape | used by |
# |---|---|---|
# | `E_src`, `E_tgt` | `[V_src, d]`, `[V, d]` | the embeddings of source and target |
# | `encoder` | list of dicts | the encoder layers, from the first to the last |
# | `decoder` | list of dicts | the decoder layers, from the first to the last |
# | `W_out`, `b_out` | `[d, V]`, `[V]` | the logits |

# %% [markdown] lang="fr"
# # Le Transformer, encodeur et décodeur
#
# Vous avez construit toutes les pièces : l'attention, ses têtes, les positions, le bloc. Dans ce TP, elles deviennent la
# machine de *Attention Is All You Need* (Vaswani et al., 2017), celle qui fut conçue pour **traduire**. Elle a la forme de
# tout modèle de séquence à séquence, un encodeur qui lit la source et un décodeur qui écrit la cible, sans plus rien de
# récurrent :
#
# ```text
#   ids de la source                      ids de la cible, depuis <s>
#       |                                         |
#     embed                                     embed
#       |                                         |
#  couche d'encodeur  x N                   couche de décodeur  x N
#    auto-attention                           auto-attention masquée
#    feed-forward                             attention croisée  <---- memory
#       |                                     feed-forward
#       '------------> memory                     |
#                                            logits du token suivant
# ```
#
# Il y a peu de nouveau, et tout tient en une question : **qui peut regarder qui ?**
#
# | attention | requêtes tirées de | clés et valeurs tirées de | ce qui est caché |
# |---|---|---|---|
# | de l'encodeur | la source | la source | le padding de la source |
# | première du décodeur | la cible | la cible | le **futur**, et le padding de la cible |
# | seconde du décodeur | la cible | **la source** (`memory`) | le padding de la source |
#
# Un mauvais masque fait rarement planter. Un décodeur qui voit le futur s'entraîne même très bien, jusqu'à un coût
# presque nul, puis écrit n'importe quoi : quand il écrit, il n'y a plus de futur à recopier.
#
# Notations : `B` phrases dans le batch, `S` tokens de source, `T` tokens de cible, `d` valeurs par token, `V` tokens dans
# le vocabulaire cible. Les masques sont booléens et **True signifie « peut être regardé »** (ceux de
# `torch.nn.Transformer` signifient l'inverse). Les applications linéaires s'écrivent `x @ W + b`. Le padding se trouve
# **à la fin** des phrases, et toute phrase a au moins un vrai token (sauf pour `pad_mask`, qui accepte tous les ids). Un
# même id, `pad`, sert pour la source et pour la cible. Aucune fonction ne doit modifier ses arguments sur place.
#
# Tous les poids arrivent dans un seul dict, `weights` ; vos fonctions ne créent aucun paramètre.
#
# | nom | forme | utilisé par |
# |---|---|---|
# | `E_src`, `E_tgt` | `[V_src, d]`, `[V, d]` | les embeddings de la source et de la cible |
# | `encoder` | liste de dicts | les couches d'encodeur, de la première à la dernière |
# | `decoder` | liste de dicts | les couches de décodeur, de la première à la dernière |
# | `W_out`, `b_out` | `[d, V]`, `[V]` | les logits |

# %% id="imports"
import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import FLOAT32, close, gradients, same, shape, unchanged

# %% [markdown] lang="en"
# ## The parts you already have
#
# The functions of the previous labs are given, in a short form that leans on torch; you may put your own in their place.

# %% [markdown] lang="fr"
# ## Les pièces que vous avez déjà
#
# Les fonctions des TP précédents sont données, sous une forme courte qui s'appuie sur torch ; vous pouvez mettre les
# vôtres à la place.


# %% id="given-parts"
def multi_head_attention(
    x_q: Tensor,
    x_kv: Tensor,
    W_q: Tensor,
    W_k: Tensor,
    W_v: Tensor,
    W_o: Tensor,
    n_heads: int,
    mask: Tensor | None = None,
) -> Tensor:
    """Attention of x_q over x_kv with several heads, without biases.

    x_q: [B, T_q, d]; x_kv: [B, T_k, d]; W_q, W_k, W_v, W_o: [d, d], used as x @ W; n_heads divides d;
    mask: bool, broadcastable to [B, n_heads, T_q, T_k], True = attend, or None; returns [B, T_q, d].
    Source: Vaswani et al. 2017, section 3.2.2.
    """

    def heads(x: Tensor) -> Tensor:
        return x.unflatten(-1, (n_heads, -1)).transpose(1, 2)

    out = F.scaled_dot_product_attention(heads(x_q @ W_q), heads(x_kv @ W_k), heads(x_kv @ W_v), attn_mask=mask)
    return out.transpose(1, 2).flatten(-2) @ W_o


def layer_norm(x: Tensor, gamma: Tensor, beta: Tensor, eps: float = 1e-5) -> Tensor:
    """Each vector along the last axis brought to mean 0 and variance 1, then scaled by gamma and shifted by beta."""
    return F.layer_norm(x, gamma.shape, gamma, beta, eps)


def feed_forward(x: Tensor, W_1: Tensor, b_1: Tensor, W_2: Tensor, b_2: Tensor) -> Tensor:
    """Two linear maps with a ReLU between them, applied to every token alike. x: [..., d]; returns [..., d]."""
    return F.relu(x @ W_1 + b_1) @ W_2 + b_2


def add_positions(x: Tensor) -> Tensor:
    """Embeddings [B, T, d] with the sinusoidal encoding of their position added (Vaswani et al. 2017, section 3.5)."""
    place, column = torch.arange(x.shape[1]).unsqueeze(1), torch.arange(x.shape[2])
    angle = place / 10_000 ** ((column - column % 2) / x.shape[2])
    return x + torch.where(column % 2 == 0, angle.sin(), angle.cos())


def encoder_layer(x: Tensor, weights: dict[str, Tensor], n_heads: int, mask: Tensor | None = None) -> Tensor:
    """One encoder layer (post-norm): self-attention, then feed-forward, each with its residual connection and norm.

    x: [B, T, d]; weights: W_q, W_k, W_v, W_o [d, d], W_1 [d, d_ff], b_1 [d_ff], W_2 [d_ff, d], b_2 [d],
    gamma_1, beta_1, gamma_2, beta_2 [d]; mask: broadcastable to [B, n_heads, T, T]; returns [B, T, d].
    """
    attention = [weights[name] for name in ("W_q", "W_k", "W_v", "W_o")]
    network = [weights[name] for name in ("W_1", "b_1", "W_2", "b_2")]
    x = layer_norm(x + multi_head_attention(x, x, *attention, n_heads, mask), weights["gamma_1"], weights["beta_1"])
    return layer_norm(x + feed_forward(x, *network), weights["gamma_2"], weights["beta_2"])


# %% [markdown] lang="en"
# ## 1. What goes in: two masks and the embeddings
#
# **`causal_mask(T)`** returns a bool `[T, T]`. Row $i$ belongs to the token that asks, column $j$ to the one that is
# looked at: $i$ may look at $j$ when $j \le i$, so **a token sees itself** and what came before it. For `T = 3`:
#
# ```text
#              looked at
#              0  1  2
#   asks  0    x  .  .
#         1    x  x  .
#         2    x  x  x
# ```
#
# **`pad_mask(ids, pad)`** returns a bool `[B, 1, 1, T]` for ids `[B, T]`: True where the token that is *looked at* is not
# `pad`. The two dimensions of size 1 stand where an attention has its heads and its queries, so that broadcasting
# repeats the same row for all of them. `pad` may be any id; 0 can be a real word.
#
# The two go together by broadcasting: `causal_mask(T) & pad_mask(ids, pad)` is `[B, 1, T, T]`.
#
# **`embed(ids, table)`** turns ids `[B, T]` into `[B, T, d]`: the rows of `table` (`[V, d]`), **multiplied by
# $\sqrt{d}$**, and then the positions are added (`add_positions`, above). With the usual initialisation of Transformers
# (standard deviation $1/\sqrt{d}$), the rows of the table start out small, of a length near 1; the factor brings them to
# the size of the encodings, which would drown them otherwise.
#
# <details><summary>Hint</summary>
#
# `torch.tril` keeps what is on the diagonal and below it. Indexing with `None` adds a dimension of size 1:
# `x[:, None]`.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# causal_mask: a square of True; keep the diagonal and what is below it
# pad_mask:    compare every id with pad; add two dimensions of size 1 between batch and tokens
# embed:       rows of the table for the ids; times the square root of d; add the positions
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Ce qui entre : deux masques et les embeddings
#
# **`causal_mask(T)`** renvoie un booléen `[T, T]`. La ligne $i$ est celle du token qui interroge, la colonne $j$ celle du
# token regardé : $i$ peut regarder $j$ quand $j \le i$ ; **un token se voit donc lui-même**, et ce qui le précède. Pour
# `T = 3` :
#
# ```text
#                   regardé
#                   0  1  2
#   interroge  0    x  .  .
#              1    x  x  .
#              2    x  x  x
# ```
#
# **`pad_mask(ids, pad)`** renvoie un booléen `[B, 1, 1, T]` pour des ids `[B, T]` : True là où le token *regardé* n'est
# pas `pad`. Les deux dimensions de taille 1 sont à la place des têtes et des requêtes de l'attention : le broadcasting
# répète la même ligne pour toutes. `pad` peut être n'importe quel id ; 0 peut être un vrai mot.
#
# Les deux se combinent par broadcasting : `causal_mask(T) & pad_mask(ids, pad)` est de forme `[B, 1, T, T]`.
#
# **`embed(ids, table)`** change des ids `[B, T]` en `[B, T, d]` : les lignes de `table` (`[V, d]`), **multipliées par
# $\sqrt{d}$**, auxquelles on ajoute ensuite les positions (`add_positions`, ci-dessus). Avec l'initialisation habituelle
# des Transformers (écart-type $1/\sqrt{d}$), les lignes de la table sont petites au départ, d'une longueur proche de 1 ; le
# facteur les met à l'échelle des encodages, qui les noieraient sinon.
#
# <details><summary>Indice</summary>
#
# `torch.tril` garde ce qui est sur la diagonale et en dessous. Indexer avec `None` ajoute une dimension de taille 1 :
# `x[:, None]`.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# causal_mask : un carré de True ; garder la diagonale et ce qui est en dessous
# pad_mask    : comparer chaque id à pad ; ajouter deux dimensions de taille 1 entre batch et tokens
# embed       : les lignes de la table pour ces ids ; fois la racine de d ; ajouter les positions
# ```
#
# </details>


# %% id="causal-mask"
def causal_mask(T: int) -> Tensor:
    """Which positions each position may look at: itself and those before it.

    T: at least 1; returns bool[T, T], True = may be attended to; row: who asks, column: who is looked at.
    causal_mask(2) -> tensor([[True, False], [True, True]])
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.3.
    """
    ### BEGIN SOLUTION
    return torch.ones(T, T, dtype=torch.bool).tril()
    ### END SOLUTION


# %% id="pad-mask"
def pad_mask(ids: Tensor, pad: int) -> Tensor:
    """Which tokens may be looked at: those that are not padding.

    ids: int64[B, T]; pad: the id of padding; returns bool[B, 1, 1, T], True = may be attended to.
    pad_mask(tensor([[5, 9]]), 9) -> tensor([[[[True, False]]]])
    """
    ### BEGIN SOLUTION
    return (ids != pad)[:, None, None]
    ### END SOLUTION


# %% id="embed"
def embed(ids: Tensor, table: Tensor) -> Tensor:
    """What enters the first layer: embeddings times the square root of d, plus the positions.

    ids: int64[B, T]; table: [V, d]; returns [B, T, d].
    Source: Vaswani et al. 2017, sections 3.4 and 3.5.
    """
    ### BEGIN SOLUTION
    return add_positions(table[ids] * table.shape[1] ** 0.5)
    ### END SOLUTION


# %% group="inputs"
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

# %% [markdown] lang="en"
# ## 2. The decoder layer
#
# The encoder layer has two sublayers; the decoder layer has **three**. Around each one stand, as before, its residual
# connection and its normalisation, in the order of 2017 (post-norm): $x \leftarrow \mathrm{LN}(x + \mathrm{sublayer}(x))$.
#
# 1. **Masked self-attention**: the target looks at itself, under `self_mask`.
# 2. **Cross-attention**: the queries come from the result of sublayer 1, the keys *and* the values from `memory`, the
#    encoder's answer, under `cross_mask`. This is where the source enters, and the only place.
# 3. **Feed-forward**, as in the encoder.
#
# `decoder_layer(y, memory, weights, n_heads, self_mask, cross_mask)`, with `y` `[B, T, d]` and `memory` `[B, S, d]`,
# returns `[B, T, d]`. `T` and `S` are different in general. The dict of one layer holds:
#
# | name | shape | used by |
# |---|---|---|
# | `W_q`, `W_k`, `W_v`, `W_o` | `[d, d]` | self-attention |
# | `C_q`, `C_k`, `C_v`, `C_o` | `[d, d]` | cross-attention |
# | `W_1`, `b_1`, `W_2`, `b_2` | `[d, d_ff]`, `[d_ff]`, `[d_ff, d]`, `[d]` | feed-forward |
# | `gamma_1`, `beta_1` to `gamma_3`, `beta_3` | `[d]` | the norms of sublayers 1 to 3 |
#
# - A mask is bool and broadcastable to `[B, H, T, T]` (`self_mask`) or `[B, H, T, S]` (`cross_mask`), or None: nothing is
#   hidden. Both go to the attention as they are.
# - `memory` is used as it comes: it is the same for every decoder layer, and no norm is applied to it here.
#
# <details><summary>Hint</summary>
#
# `multi_head_attention(x_q, x_kv, …)` takes who asks first and who is looked at second. In self-attention both are the
# same; in cross-attention, which is which?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# a <- attention of y over y, with W_q, W_k, W_v, W_o, under self_mask
# y <- norm 1 of (y plus a)
# c <- attention of y over memory, with C_q, C_k, C_v, C_o, under cross_mask
# y <- norm 2 of (y plus c)
# f <- feed-forward of y
# answer <- norm 3 of (y plus f)
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. La couche de décodeur
#
# La couche d'encodeur a deux sous-couches ; celle du décodeur en a **trois**. Chacune est entourée, comme avant, de sa
# connexion résiduelle et de sa normalisation, dans l'ordre de 2017 (post-norm) :
# $x \leftarrow \mathrm{LN}(x + \text{sous-couche}(x))$.
#
# 1. **Auto-attention masquée** : la cible se regarde elle-même, sous `self_mask`.
# 2. **Attention croisée** (*cross-attention*) : les requêtes viennent du résultat de la sous-couche 1, les clés *et* les
#    valeurs de `memory`, la réponse de l'encodeur, sous `cross_mask`. C'est là que la source entre, et là seulement.
# 3. **Feed-forward**, comme dans l'encodeur.
#
# `decoder_layer(y, memory, weights, n_heads, self_mask, cross_mask)`, avec `y` `[B, T, d]` et `memory` `[B, S, d]`,
# renvoie `[B, T, d]`. En général, `T` et `S` diffèrent. Le dict d'une couche contient :
#
# | nom | forme | utilisé par |
# |---|---|---|
# | `W_q`, `W_k`, `W_v`, `W_o` | `[d, d]` | l'auto-attention |
# | `C_q`, `C_k`, `C_v`, `C_o` | `[d, d]` | l'attention croisée |
# | `W_1`, `b_1`, `W_2`, `b_2` | `[d, d_ff]`, `[d_ff]`, `[d_ff, d]`, `[d]` | le feed-forward |
# | `gamma_1`, `beta_1` à `gamma_3`, `beta_3` | `[d]` | les normalisations des sous-couches 1 à 3 |
#
# - Un masque est booléen et compatible par broadcasting avec `[B, H, T, T]` (`self_mask`) ou `[B, H, T, S]`
#   (`cross_mask`), ou vaut None : rien n'est caché. Tous deux sont transmis tels quels à l'attention.
# - `memory` s'emploie telle quelle : elle est la même pour toutes les couches du décodeur, et on ne la normalise pas ici.
#
# <details><summary>Indice</summary>
#
# `multi_head_attention(x_q, x_kv, …)` prend d'abord qui interroge, puis qui est regardé. Dans l'auto-attention, c'est
# le même ; dans l'attention croisée, qui est qui ?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# a <- attention de y sur y, avec W_q, W_k, W_v, W_o, sous self_mask
# y <- norme 1 de (y plus a)
# c <- attention de y sur memory, avec C_q, C_k, C_v, C_o, sous cross_mask
# y <- norme 2 de (y plus c)
# f <- feed-forward de y
# réponse <- norme 3 de (y plus f)
# ```
#
# </details>


# %% id="decoder-layer"
def decoder_layer(
    y: Tensor,
    memory: Tensor,
    weights: dict[str, Tensor],
    n_heads: int,
    self_mask: Tensor | None = None,
    cross_mask: Tensor | None = None,
) -> Tensor:
    """One decoder layer (post-norm): masked self-attention, cross-attention over memory, feed-forward.

    y: [B, T, d]; memory: [B, S, d]; weights: W_q, W_k, W_v, W_o, C_q, C_k, C_v, C_o [d, d], W_1 [d, d_ff], b_1 [d_ff],
    W_2 [d_ff, d], b_2 [d], gamma_i, beta_i [d] for i = 1, 2, 3; n_heads divides d; self_mask: bool, broadcastable to
    [B, n_heads, T, T]; cross_mask: to [B, n_heads, T, S]; True = attend, None = nothing hidden; returns [B, T, d].
    Source: Vaswani et al. 2017, section 3.1 and figure 1.
    """
    ### BEGIN SOLUTION
    w = weights
    looked = multi_head_attention(y, y, w["W_q"], w["W_k"], w["W_v"], w["W_o"], n_heads, self_mask)
    y = layer_norm(y + looked, w["gamma_1"], w["beta_1"])
    found = multi_head_attention(y, memory, w["C_q"], w["C_k"], w["C_v"], w["C_o"], n_heads, cross_mask)
    y = layer_norm(y + found, w["gamma_2"], w["beta_2"])
    thought = feed_forward(y, w["W_1"], w["b_1"], w["W_2"], w["b_2"])
    return layer_norm(y + thought, w["gamma_3"], w["beta_3"])
    ### END SOLUTION


# %% group="decoder-layer"
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

# %% [markdown] lang="en"
# ## 3. The encoder
#
# `encode(src, weights, n_heads, pad)` returns `memory`, `[B, S, d]`: the source ids are embedded with `E_src`, then go
# through every layer of `weights["encoder"]`, **in order**, each one starting from the result of the one before. Padding
# of the source is hidden in each of them. The encoder is **bidirectional**: nothing else is hidden, every real token sees
# all the others.
#
# What stands at padding positions of `memory` is free: nobody will look at it. A stack without layers is
# legal; it returns what `embed` gives.
#
# <details><summary>Pseudocode</summary>
#
# ```text
# x    <- src embedded with E_src
# mask <- padding mask of src
# for each layer of the encoder: x <- encoder_layer of x with that layer's weights, under mask
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. L'encodeur
#
# `encode(src, weights, n_heads, pad)` renvoie `memory`, de forme `[B, S, d]` : les ids de la source reçoivent leurs
# embeddings (`E_src`), puis traversent toutes les couches de `weights["encoder"]`, **dans l'ordre**, chacune partant du
# résultat de la précédente. Le padding de la source est caché dans chacune. L'encodeur est **bidirectionnel** : rien
# d'autre n'est caché, chaque vrai token voit tous les autres.
#
# Ce qui se trouve aux positions de padding de `memory` est libre : personne ne le regardera. Une pile sans couche est
# permise ; elle renvoie ce que donne `embed`.
#
# <details><summary>Pseudocode</summary>
#
# ```text
# x    <- embeddings de src, avec E_src
# mask <- masque de padding de src
# pour chaque couche de l'encodeur : x <- encoder_layer de x avec les poids de cette couche, sous mask
# ```
#
# </details>


# %% id="encode"
def encode(src: Tensor, weights: dict[str, Tensor | list[dict[str, Tensor]]], n_heads: int, pad: int) -> Tensor:
    """Reads the source: one vector per token, made with all the others in view.

    src: int64[B, S], padded with pad at the end; weights: E_src [V_src, d], encoder (a list of dicts, one per layer);
    returns memory: [B, S, d], free at padding positions.
    Source: Vaswani et al. 2017, section 3.1.
    """
    ### BEGIN SOLUTION
    x = embed(src, weights["E_src"])
    mask = pad_mask(src, pad)
    for layer in weights["encoder"]:
        x = encoder_layer(x, layer, n_heads, mask)
    return x
    ### END SOLUTION


# %% group="encode"
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

# %% [markdown] lang="en"
# ## 4. The decoder
#
# `decode(tgt, memory, source_mask, weights, n_heads, pad)` returns the **logits**, `[B, T, V]`. `tgt` is what has been
# written so far, from `<s>` on; row $t$ of the logits scores the token that follows `tgt[:, t]`. All `T` answers are
# computed **at once**, where a recurrent network needs `T` steps: that is what made Transformers quick to train. It only
# works because the mask keeps answer $t$ from seeing `tgt[:, t + 1]`, the very token it must guess.
#
# - `tgt` is embedded with `E_tgt` (positions count from 0 here too) and goes through every layer of
#   `weights["decoder"]`, in order. Every layer gets the same `memory`.
# - The mask of the self-attention is the causal one **and** the padding mask of `tgt`: a token may be looked at if *both*
#   allow it. (With padding at the end, the causal mask alone already hides it from the real tokens.)
# - `source_mask` is the padding mask of the *source*, made by `pad_mask`; it goes to the cross-attention.
# - Logits are scores: `y @ W_out + b_out`, no softmax.
# - The logits at padding positions of `tgt` are free: the loss ignores them.
#
# <details><summary>Hint</summary>
#
# `T` is not an argument: read it off `tgt`. The two masks of a decoder layer have different widths, `T` and `S`: which one
# do you make here, and which one do you only pass on?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# y    <- tgt embedded with E_tgt
# mask <- causal mask of T, and padding mask of tgt
# for each layer of the decoder: y <- decoder_layer of y and memory with that layer's weights, under mask and source_mask
# answer <- y through W_out, plus b_out
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Le décodeur
#
# `decode(tgt, memory, source_mask, weights, n_heads, pad)` renvoie les **logits**, `[B, T, V]`. `tgt` est ce qui est
# déjà écrit, à partir de `<s>` ; la ligne $t$ des logits note le token qui suit `tgt[:, t]`. Les `T` réponses se
# calculent **d'un coup**, là où un réseau récurrent a besoin de `T` pas : c'est ce qui a rendu les Transformers rapides à
# entraîner. Cela ne marche que parce que le masque empêche la réponse $t$ de voir `tgt[:, t + 1]`, le token même
# qu'elle doit deviner.
#
# - `tgt` reçoit ses embeddings de `E_tgt` (là aussi, les positions se comptent à partir de 0) et traverse toutes les
#   couches de `weights["decoder"]`, dans l'ordre. Toutes les couches reçoivent la même `memory`.
# - Le masque de l'auto-attention est le masque causal **et** le masque de padding de `tgt` : un token peut être regardé si
#   *tous deux* le permettent. (Avec un padding à la fin, le masque causal suffit déjà à le cacher aux vrais tokens.)
# - `source_mask` est le masque de padding de la *source*, fait par `pad_mask` ; il va à l'attention croisée.
# - Les logits sont des scores : `y @ W_out + b_out`, sans softmax.
# - Les logits aux positions de padding de `tgt` sont libres : la fonction de coût les ignore.
#
# <details><summary>Indice</summary>
#
# `T` n'est pas un argument : lisez-le sur `tgt`. Les deux masques d'une couche de décodeur n'ont pas la même largeur, `T`
# et `S` : lequel faites-vous ici, et lequel ne faites-vous que transmettre ?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# y    <- embeddings de tgt, avec E_tgt
# mask <- masque causal de T, et masque de padding de tgt
# pour chaque couche du décodeur : y <- decoder_layer de y et memory avec les poids de cette couche, sous mask et source_mask
# réponse <- y par W_out, plus b_out
# ```
#
# </details>


# %% id="decode"
def decode(
    tgt: Tensor,
    memory: Tensor,
    source_mask: Tensor,
    weights: dict[str, Tensor | list[dict[str, Tensor]]],
    n_heads: int,
    pad: int,
) -> Tensor:
    """Scores of the token that follows each token of the target, all computed at once.

    tgt: int64[B, T], from <s> on, padded with pad at the end; memory: [B, S, d]; source_mask: bool[B, 1, 1, S];
    weights: E_tgt [V, d], decoder (a list of dicts, one per layer), W_out [d, V], b_out [V];
    returns logits: [B, T, V]; logits[:, t] is about the token after tgt[:, t]; free at padding positions.
    Source: Vaswani et al. 2017, sections 3.1, 3.2.3 and 3.4.
    """
    ### BEGIN SOLUTION
    y = embed(tgt, weights["E_tgt"])
    mask = causal_mask(tgt.shape[1]) & pad_mask(tgt, pad)
    for layer in weights["decoder"]:
        y = decoder_layer(y, memory, layer, n_heads, mask, source_mask)
    return y @ weights["W_out"] + weights["b_out"]
    ### END SOLUTION


# %% group="decode"
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

# %% [markdown] lang="en"
# ## 5. Greedy generation
#
# To write, the decoder reads what it has written itself. `generate(src, weights, n_heads, bos, eos, pad, max_len)`:
#
# - encodes the source **once**;
# - starts each target with `bos` (`<s>`); at each step the decoder reads **everything written so far**, and the logits of
#   the **last** position choose the next token: the one with the greatest logit, the **smallest id** if several have it;
# - a sentence ends when it writes `eos` (`</s>`), or after `max_len` tokens (0 or more);
# - returns a **list of lists of ints**, one per sentence, with neither `bos` at the start nor `eos` at the end.
#
# Sentences of a batch end at different steps; one that has ended gets nothing more, and stop once all have ended. Some
# models start with the token that also ends their sentences (`bos` equal to `eos`): the one at the start ends nothing.
# If the model writes `bos` later on, that is a token like any other.
#
# `pad` is another id than `bos`. Should the model write `pad`, it ends nothing and stays in the answer; but the decoder,
# which reads it at the next step, hides it like any padding.
#
# The decoder computes its answers for all positions again at each step, though only the last one is new. Real libraries
# keep the keys and values of the positions before it, in a *KV cache*; the result is the same.
#
# <details><summary>Hint</summary>
#
# Let the batch grow to the right, one column per step, whatever the sentences that have ended write; cut each row at its
# first `eos` afterwards.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# memory, source_mask <- encode src, padding mask of src
# tgt <- a column of bos
# max_len times, or until every row has an eos after its bos:
#     logits <- decode tgt
#     append to tgt, as a new column, the argmax of the logits at the last position
# answer <- each row without its bos, up to its first eos if there is one
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 5. Génération gloutonne
#
# Pour écrire, le décodeur lit ce qu'il a écrit lui-même. `generate(src, weights, n_heads, bos, eos, pad, max_len)` :
#
# - encode la source **une seule fois** ;
# - commence chaque cible par `bos` (`<s>`) ; à chaque pas, le décodeur lit **tout ce qui est déjà écrit**, et les logits de
#   la **dernière** position choisissent le token suivant : celui de plus grand logit, le **plus petit id** s'ils sont
#   plusieurs ;
# - une phrase finit quand elle écrit `eos` (`</s>`), ou après `max_len` tokens (0 ou plus) ;
# - renvoie une **liste de listes d'int**, une par phrase, sans `bos` au début ni `eos` à la fin.
#
# Les phrases d'un batch finissent à des pas différents ; une phrase finie ne reçoit plus rien, et l'on s'arrête quand
# toutes le sont. Certains modèles commencent par le token même qui finit leurs phrases (`bos` égal à `eos`) : celui du
# début ne finit rien. Si le modèle écrit `bos` plus loin, c'est un token comme un autre.
#
# `pad` est un autre id que `bos`. Si le modèle écrit `pad`, cela ne finit rien et reste dans la réponse ; mais le décodeur,
# qui le lit au pas suivant, le cache comme tout padding.
#
# À chaque pas, le décodeur recalcule ses réponses pour toutes les positions, alors que seule la dernière est nouvelle.
# Les vraies bibliothèques gardent les clés et les valeurs des positions précédentes, dans un *KV cache* ; le résultat
# est le même.
#
# <details><summary>Indice</summary>
#
# Laissez le batch grandir vers la droite, d'une colonne par pas, quoi qu'écrivent les phrases déjà finies ; coupez
# ensuite chaque ligne à son premier `eos`.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# memory, source_mask <- encoder src, masque de padding de src
# tgt <- une colonne de bos
# max_len fois, ou jusqu'à ce que chaque ligne ait un eos après son bos :
#     logits <- décoder tgt
#     ajouter à tgt, comme nouvelle colonne, l'argmax des logits à la dernière position
# réponse <- chaque ligne sans son bos, jusqu'à son premier eos s'il y en a un
# ```
#
# </details>


# %% id="generate"
def generate(
    src: Tensor,
    weights: dict[str, Tensor | list[dict[str, Tensor]]],
    n_heads: int,
    bos: int,
    eos: int,
    pad: int,
    max_len: int,
) -> list[list[int]]:
    """The most likely next token, over and over: ids from after <s> to before </s>.

    src: int64[B, S], padded with pad at the end; weights: all of the model's; max_len >= 0: tokens written at most.
    Returns B lists of ints, without bos at the start and eos at the end; of equal logits the smallest id wins.
    Source: Vaswani et al. 2017, section 3.1 ("auto-regressive"); they keep several candidates (a beam), this keeps one.
    """
    ### BEGIN SOLUTION
    memory, source_mask = encode(src, weights, n_heads, pad), pad_mask(src, pad)
    tgt = torch.full((len(src), 1), bos)
    for _ in range(max_len):
        logits = decode(tgt, memory, source_mask, weights, n_heads, pad)
        tgt = torch.cat([tgt, logits[:, -1:].argmax(dim=-1)], dim=1)
        if (tgt[:, 1:] == eos).any(dim=1).all():
            break
    rows = tgt[:, 1:].tolist()
    return [row[: row.index(eos)] if eos in row else row for row in rows]
    ### END SOLUTION


# %% group="generation"
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

# %% [markdown] lang="en"
# ## 6. To try: the masks, and a Transformer that learns to read backwards
#
# First, the mask of a batch of two targets, as the attention gets it: bright squares may be looked at. Then your model
# trains for about ten seconds on a toy task, writing the source backwards. The loop shows how a real one trains: the
# decoder reads the target without its last token, and is asked for the target without its first.
#
# Then try to break it. Let `causal_mask` return `torch.ones(T, T, dtype=torch.bool)` and train again: the loss falls faster
# and lower. Now count the sequences the model writes right. Why does the better loss not help it?

# %% [markdown] lang="fr"
# ## 6. À essayer : les masques, et un Transformer qui apprend à lire à l'envers
#
# D'abord, le masque d'un batch de deux cibles, tel que l'attention le reçoit : les cases claires peuvent être regardées.
# Puis votre modèle s'entraîne une dizaine de secondes sur une tâche simple, écrire la source à l'envers. La boucle
# montre comment un vrai modèle s'entraîne : le décodeur lit la cible sans son dernier token, et on lui demande la cible
# sans son premier.
#
# Essayez ensuite de le casser. Faites renvoyer `torch.ones(T, T, dtype=torch.bool)` à `causal_mask` et réentraînez : le coût
# descend plus vite et plus bas. Comptez maintenant les séquences que le modèle écrit sans faute. Pourquoi ce meilleur coût
# ne lui sert-il à rien ?

# %% try="masks"
import matplotlib.pyplot as plt

targets = torch.tensor([[1, 5, 6, 7, 8], [1, 5, 6, 0, 0]])
both = causal_mask(5) & pad_mask(targets, 0)
figure, axes = plt.subplots(1, 2, figsize=(7, 3.4), layout="constrained")
for axis, row, mask in zip(axes, targets, both[:, 0], strict=True):
    names = ["<s>" if each == 1 else "<pad>" if each == 0 else f"w{int(each)}" for each in row]
    axis.imshow(mask, cmap="viridis", vmin=0, vmax=1)
    axis.set(xticks=range(5), xticklabels=names, yticks=range(5), yticklabels=names, xlabel="looked at", ylabel="asks")
plt.show()

# %% try="reverse"
import matplotlib.pyplot as plt

torch.manual_seed(0)
d, d_ff, n_heads, symbols, length = 32, 64, 4, 8, 6
bos, eos, pad, vocabulary = symbols, symbols + 1, symbols + 2, symbols + 3


def fresh(*size):
    """A trainable matrix of random weights, or a vector of zeros."""
    start = torch.randn(size) / size[0] ** 0.5 if len(size) == 2 else torch.zeros(size)
    return start.requires_grad_()


def fresh_layer(attentions, norms):
    """The weights of one layer: `W` for self-attention, `C` for cross-attention."""
    layer = {f"{name}_{role}": fresh(d, d) for name in attentions for role in "qkvo"}
    layer |= {"W_1": fresh(d, d_ff), "b_1": fresh(d_ff), "W_2": fresh(d_ff, d), "b_2": fresh(d)}
    for number in range(1, norms + 1):
        layer |= {f"gamma_{number}": torch.ones(d).requires_grad_(), f"beta_{number}": fresh(d)}
    return layer


weights = {"E_src": fresh(vocabulary, d), "E_tgt": fresh(vocabulary, d), "W_out": fresh(d, vocabulary)}
weights |= {"b_out": fresh(vocabulary), "encoder": [fresh_layer("W", 2)], "decoder": [fresh_layer("WC", 3)]}
leaves = [value for value in weights.values() if isinstance(value, Tensor)]
leaves += [value for stack in ("encoder", "decoder") for layer in weights[stack] for value in layer.values()]
optimiser = torch.optim.Adam(leaves, lr=0.004)


def batch(count):
    """Sources of 3 to 6 symbols, padded, and the same backwards between <s> and </s>."""
    place, lengths = torch.arange(length + 2), torch.randint(3, length + 1, (count, 1))
    source = torch.where(place[:length] < lengths, torch.randint(symbols, (count, length)), pad)
    backwards = source.gather(1, (lengths - place).clamp(0, length - 1))
    target = torch.where(place <= lengths, backwards, torch.where(place == lengths + 1, eos, pad))
    target[:, 0] = bos
    return source, target


losses = []
for _ in range(500):
    source, target = batch(64)
    seen = pad_mask(source, pad)
    scores = decode(target[:, :-1], encode(source, weights, n_heads, pad), seen, weights, n_heads, pad)
    loss = F.cross_entropy(scores.flatten(0, 1), target[:, 1:].flatten(), ignore_index=pad)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    losses.append(loss.item())

with torch.no_grad():
    source, target = batch(200)
    answers = generate(source, weights, n_heads, bos, eos, pad, max_len=2 * length)
wanted = [[token for token in row if token < symbols] for row in target.tolist()]
print(f"{sum(got == want for got, want in zip(answers, wanted, strict=True))} of 200 new sequences without a fault")
print("source", source[0].tolist(), "->", answers[0])  # 10 is padding

figure, curve = plt.subplots(figsize=(6, 3.2), layout="constrained")
curve.plot(losses)
curve.set(xlabel="step", ylabel="cross-entropy", ylim=(0, None))
plt.show()

# %% [markdown] lang="en"
# ## Where this stands today
#
# `torch.nn.Transformer` holds what you wrote, with dropout, biases in its attentions, and one more norm after each stack.
# T5, BART, Whisper and NLLB (200 languages) are encoder-decoders like yours. BERT kept the left half, the encoder; GPT,
# Llama and the other chat models kept the right half without its cross-attention: next labs. Today's models put the
# norms before the sublayers, rotate queries and keys in place of adding positions, and generate with a KV cache.

# %% [markdown] lang="fr"
# ## Et aujourd'hui ?
#
# `torch.nn.Transformer` contient ce que vous avez écrit, avec du dropout, des biais dans ses attentions et une
# normalisation de plus après chaque pile. T5, BART, Whisper et NLLB (200 langues) sont des encodeurs-décodeurs comme le
# vôtre. BERT a gardé la moitié gauche, l'encodeur ; GPT, Llama et les autres modèles de conversation ont gardé la moitié
# droite, sans son attention croisée : ce sera l'objet des prochains TP. Les modèles d'aujourd'hui placent les
# normalisations avant les sous-couches, font tourner requêtes et clés au lieu d'ajouter les positions, et génèrent avec
# un KV cache.
