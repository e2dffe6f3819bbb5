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
# # Multi-head attention
#
# In the previous lab, a query shared 1 among the keys: **one** row of weights per token, hence **one** way of looking at
# the sentence. Yet a verb would like to look at its subject *and* at the word before it, and each for its own reason. If
# both share a single softmax, each gets half, and the answer is an average of two things that had no business being
# mixed.
#
# Multi-head attention (Vaswani et al., 2017, section 3.2.2) gives each token $H$ looks instead of one. Each **head** has
# its own small queries, keys and values, and runs attention on its own; the answers are put side by side, and one last
# matrix mixes them:
#
# $$\mathrm{head}_h = \mathrm{Attention}(x_q W_q^{(h)},\; x_{kv} W_k^{(h)},\; x_{kv} W_v^{(h)}) \qquad
# \mathrm{out} = [\mathrm{head}_0, \dots, \mathrm{head}_{H-1}]\, W_o$$
#
# No library loops over the heads. The matrices of all heads stand side by side in one wide matrix, **one** product
# computes everything, and the heads are told apart afterwards by cutting the result into slices: head 0 owns the first
# $d_k$ columns, head 1 the next $d_k$, and so on. That cutting is where nearly every bug of multi-head attention lives,
# and most of those bugs raise no error at all.
#
# | name | shape | role |
# |---|---|---|
# | `x_q` | `[B, T_q, d_q]` | the tokens that ask |
# | `x_kv` | `[B, T_k, d_kv]` | the tokens that are looked at |
# | `W_q`, `W_k` | `[d_q, H*d_k]`, `[d_kv, H*d_k]` | queries and keys of all heads, side by side |
# | `W_v` | `[d_kv, H*d_v]` | values of all heads, side by side |
# | `W_o` | `[H*d_v, d_out]` | mixes the answers of the heads |
# | `out` | `[B, T_q, d_out]` | one answer per asking token |
#
# In **self-attention**, `x_q` and `x_kv` are the same tensor. In **cross-attention**, they are not: in a translation
# model, the decoder asks and the encoder's states are looked at. Most models take all widths equal to one $d$ and
# $d_k = d_v = d / H$; your functions must not count on it.
#
# You write four functions: `split_heads`, `merge_heads`, `combine_masks` and `multi_head_attention`. You have already
# written the attention itself: this time you may use torch's, `F.scaled_dot_product_attention`. What is forbidden is
# multi-head attention ready-made: `nn.MultiheadAttention`, `F.multi_head_attention_forward`, and the Transformer layers
# of `torch.nn` that contain it.

# %% [markdown] lang="fr"
# # L'attention multi-têtes
#
# Dans le TP précédent, une requête partageait 1 entre les clés : **une** ligne de poids par token, donc **une** seule
# façon de regarder la phrase. Or un verbe aimerait regarder son sujet *et* le mot qui le précède, chacun pour une raison
# différente. S'ils partagent un même softmax, chacun reçoit la moitié, et la réponse est la moyenne de deux choses qui
# n'avaient rien à faire ensemble.
#
# L'attention multi-têtes (Vaswani et al., 2017, section 3.2.2) donne à chaque token $H$ regards au lieu d'un. Chaque
# **tête** a ses propres requêtes, clés et valeurs, plus petites, et fait son attention de son côté ; les réponses sont
# mises côte à côte, et une dernière matrice les mélange :
#
# $$\mathrm{tête}_h = \mathrm{Attention}(x_q W_q^{(h)},\; x_{kv} W_k^{(h)},\; x_{kv} W_v^{(h)}) \qquad
# \mathrm{out} = [\mathrm{tête}_0, \dots, \mathrm{tête}_{H-1}]\, W_o$$
#
# Aucune bibliothèque ne fait de boucle sur les têtes. Les matrices de toutes les têtes sont rangées côte à côte dans une
# seule matrice large, **un** produit calcule tout, et l'on sépare ensuite les têtes en découpant le résultat en
# tranches : à la tête 0 les $d_k$ premières colonnes, à la tête 1 les $d_k$ suivantes, et ainsi de suite. C'est dans ce
# découpage que se nichent presque tous les bugs de l'attention multi-têtes, et la plupart ne lèvent aucune erreur.
#
# | nom | forme | rôle |
# |---|---|---|
# | `x_q` | `[B, T_q, d_q]` | les tokens qui interrogent |
# | `x_kv` | `[B, T_k, d_kv]` | les tokens qui sont regardés |
# | `W_q`, `W_k` | `[d_q, H*d_k]`, `[d_kv, H*d_k]` | requêtes et clés de toutes les têtes, côte à côte |
# | `W_v` | `[d_kv, H*d_v]` | valeurs de toutes les têtes, côte à côte |
# | `W_o` | `[H*d_v, d_out]` | mélange les réponses des têtes |
# | `out` | `[B, T_q, d_out]` | une réponse par token qui interroge |
#
# En **auto-attention** (*self-attention*), `x_q` et `x_kv` sont le même tenseur. En **attention croisée**
# (*cross-attention*), non : dans un modèle de traduction, le décodeur interroge et ce sont les états de l'encodeur qui
# sont regardés. La plupart des modèles prennent toutes les largeurs égales à un même $d$, et $d_k = d_v = d / H$ ; vos
# fonctions ne doivent pas compter là-dessus.
#
# Vous écrivez quatre fonctions : `split_heads`, `merge_heads`, `combine_masks` et `multi_head_attention`. L'attention
# elle-même, vous l'avez déjà écrite : cette fois, celle de torch, `F.scaled_dot_product_attention`, est permise. Ce qui
# est interdit, c'est l'attention multi-têtes toute faite : `nn.MultiheadAttention`, `F.multi_head_attention_forward`, et
# les couches Transformer de `torch.nn` qui la contiennent.

# %% id="imports"
import math

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, gradients, raises, same, shape, unchanged

# %% [markdown] lang="en"
# ## 1. Cutting: `split_heads`
#
# `split_heads(x, n_heads)` turns `[B, T, d]` into `[B, H, T, d/H]`, where $H$ is `n_heads`. Head $h$ keeps **every
# token**, and of each token the columns $h \cdot d/H$ to $(h+1) \cdot d/H - 1$. With three tokens of width 4 and two
# heads:
#
# ```text
#         x                 head 0        head 1
#  0  1 |  2  3             0  1          2  3
#  4  5 |  6  7      ->     4  5          6  7
#  8  9 | 10 11             8  9         10 11
# ```
#
# **Rules.**
#
# - The heads come before the tokens, so that `F.scaled_dot_product_attention`, which only looks at the last two
#   dimensions, takes each head for a sequence of its own.
# - `n_heads` must be a positive divisor of `d`: for any other integer (too large, zero, negative, or with a remainder),
#   raise a `ValueError` that says what is wrong.
# - `n_heads = 1` and `n_heads = d` are legal, and so is a single token.
#
# Beware: many ways of cutting give the right *shape* and the wrong *numbers*. Try yours on `torch.arange(12.0)`, as
# above.
#
# <details><summary>Hint</summary>
#
# `view` and `reshape` never move a number: they only read the same list of numbers with other line breaks. Write down the
# list 0 to 11 above, then the order in which the result lists it. Which of the two steps, cutting or swapping, changes
# the order? And does a shape of `[B, H, T, d/H]` straight away say which of the two you meant?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# refuse the number of heads if it is below 1 or leaves a remainder
# cut the last dimension, d, in two: which head, then which column of that head      [B, T, H, d/H]
# swap the dimension of the tokens and that of the heads                             [B, H, T, d/H]
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Découper : `split_heads`
#
# `split_heads(x, n_heads)` transforme `[B, T, d]` en `[B, H, T, d/H]`, où $H$ est `n_heads`. La tête $h$ garde **tous
# les tokens**, et de chaque token les colonnes $h \cdot d/H$ à $(h+1) \cdot d/H - 1$. Avec trois tokens de largeur 4 et
# deux têtes :
#
# ```text
#         x                 tête 0        tête 1
#  0  1 |  2  3             0  1          2  3
#  4  5 |  6  7      ->     4  5          6  7
#  8  9 | 10 11             8  9         10 11
# ```
#
# **Règles.**
#
# - Les têtes viennent avant les tokens : `F.scaled_dot_product_attention`, qui ne regarde que les deux dernières
#   dimensions, prend alors chaque tête pour une séquence à part.
# - `n_heads` doit être un diviseur strictement positif de `d` : pour tout autre entier (trop grand, nul, négatif, ou qui
#   laisse un reste), levez une `ValueError` qui dit ce qui ne va pas.
# - `n_heads = 1` et `n_heads = d` sont permis, et un token unique aussi.
#
# Attention : bien des découpages donnent la bonne *forme* et les mauvais *nombres*. Essayez le vôtre sur
# `torch.arange(12.0)`, comme ci-dessus.
#
# <details><summary>Indice</summary>
#
# `view` et `reshape` ne déplacent jamais un nombre : ils relisent la même liste avec d'autres retours à la ligne. Écrivez
# la liste de 0 à 11 ci-dessus, puis l'ordre dans lequel le résultat les énumère. Laquelle des deux étapes, couper ou
# échanger, change cet ordre ? Et demander tout de suite la forme `[B, H, T, d/H]` dit-il laquelle vous vouliez ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# refuser le nombre de têtes s'il est inférieur à 1 ou laisse un reste
# couper la dernière dimension, d, en deux : quelle tête, puis quelle colonne de cette tête    [B, T, H, d/H]
# échanger la dimension des tokens et celle des têtes                                          [B, H, T, d/H]
# ```
#
# </details>


# %% id="split-heads"
def split_heads(x: Tensor, n_heads: int) -> Tensor:
    """The columns of each head, as a sequence of its own: head h gets the h-th slice of every token.

    x: [B, T, d], left unmodified; returns [B, n_heads, T, d / n_heads] in the dtype of x.
    Raises ValueError unless n_heads is a positive divisor of d.
    [[[0, 1, 2, 3], [4, 5, 6, 7]]], n_heads=2 -> [[[[0, 1], [4, 5]], [[2, 3], [6, 7]]]]
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.2.
    """
    ### BEGIN SOLUTION
    if n_heads < 1 or x.shape[-1] % n_heads != 0:
        raise ValueError(f"a width of {x.shape[-1]} cannot be cut into {n_heads} equal heads")
    cut = x.unflatten(-1, (n_heads, -1))
    return cut.transpose(1, 2)
    ### END SOLUTION


# %% group="split-heads"
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

# %% [markdown] lang="en"
# ## 2. Back together: `merge_heads`
#
# `merge_heads(x)` is the way back, `[B, H, T, d_h]` to `[B, T, H*d_h]`: for each token, the slices of head 0, head 1, …
# side by side. It undoes `split_heads` exactly, whatever the shapes. It is also where the second classical slip happens:
# here too, there is a wrong result of the right shape.
#
# <details><summary>Hint</summary>
#
# To undo two steps, undo the last one first. `view` refuses a tensor whose numbers no longer lie in order in memory:
# that is a protection, not a nuisance, and `reshape` or `flatten` copy when they must.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# swap the dimension of the heads and that of the tokens                  [B, T, H, d_h]
# melt the last two dimensions into one                                   [B, T, H*d_h]
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Recoller : `merge_heads`
#
# `merge_heads(x)` fait le chemin inverse, de `[B, H, T, d_h]` à `[B, T, H*d_h]` : pour chaque token, les tranches de la
# tête 0, de la tête 1, … côte à côte. Elle défait exactement `split_heads`, quelles que soient les formes. C'est là que
# se produit la deuxième erreur classique : ici aussi, il existe un résultat faux qui a la bonne forme.
#
# <details><summary>Indice</summary>
#
# Pour défaire deux étapes, on commence par la dernière. `view` refuse un tenseur dont les nombres ne se suivent plus en
# mémoire : c'est une protection, pas un caprice ; `reshape` ou `flatten` copient quand il le faut.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# échanger la dimension des têtes et celle des tokens                     [B, T, H, d_h]
# fondre les deux dernières dimensions en une seule                       [B, T, H*d_h]
# ```
#
# </details>


# %% id="merge-heads"
def merge_heads(x: Tensor) -> Tensor:
    """The slices of all heads side by side, token by token: undoes split_heads.

    x: [B, H, T, d_h], left unmodified; returns [B, T, H * d_h] in the dtype of x.
    [[[[0, 1], [4, 5]], [[2, 3], [6, 7]]]] -> [[[0, 1, 2, 3], [4, 5, 6, 7]]]
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.2.
    """
    ### BEGIN SOLUTION
    return x.transpose(1, 2).flatten(2)
    ### END SOLUTION


# %% group="merge-heads"
apart = torch.tensor([[[[0.0, 1.0], [4.0, 5.0], [8.0, 9.0]], [[2.0, 3.0], [6.0, 7.0], [10.0, 11.0]]]])
close(
    merge_heads(apart),
    torch.arange(12.0).reshape(1, 3, 4),
    en="two heads of three tokens, back together",
    fr="deux têtes de trois tokens, recollées",
)
shape(merge_heads(torch.zeros(2, 3, 4, 5)), (2, 4, 15), en="merge_heads", fr="merge_heads")

# %% [markdown] lang="en"
# ## 3. Who may look at whom: `combine_masks`
#
# The scores now have four dimensions, `[B, H, T_q, T_k]`, and a mask must line up with them. In practice a mask comes
# from two sources, as everywhere in this course with **`True` = may attend**:
#
# - `keep`, `[B, T_k]`: the sentences of a batch have different lengths; `keep[b, j]` is `True` where token $j$ of
#   sentence $b$ is a real one, `False` where it is padding;
# - `allowed`, `[T_q, T_k]`: which query may look at which key, the same for every sentence; a language model, for
#   instance, forbids looking at the words to come.
#
# `combine_masks(keep, allowed)` makes of them one bool mask of **four dimensions**, whose size is **1 wherever nothing
# depends on that dimension**:
#
# | `keep` | `allowed` | result | `True` where |
# |---|---|---|---|
# | given | `None` | `[B, 1, 1, T_k]` | the key is a real token |
# | `None` | given | `[1, 1, T_q, T_k]` | the query may look at the key |
# | given | given | `[B, 1, T_q, T_k]` | both hold |
# | `None` | `None` | `None` | |
#
# Sizes of 1 cost nothing: broadcasting repeats them at no expense of memory. But broadcasting lines dimensions up **from the
# right**, and has no idea what they mean. A mask of shape `[B, T_k]` applied to scores `[B, H, T_q, T_k]` is read as
# `[T_q, T_k]`; one of shape `[B, T_q, T_k]` as `[H, T_q, T_k]`. If the sizes differ you get an error, and that is the
# lucky case. If `B` happens to equal `T_q` or `H`, sentence 0 is masked like sentence 1, and nobody tells you.
#
# By hand: two sentences, the second with one real token out of two; a query looks at itself and at what comes before.
#
# ```text
# keep       allowed          result, sentence 0      result, sentence 1
# 1 1        1 0              1 0                     1 0
# 1 0        1 1              1 1                     1 0
# ```
#
# <details><summary>Hint</summary>
#
# Which dimension of `keep` is which in `[B, H, T_q, T_k]`? Indexing with `None` adds a dimension of size 1 where you
# put it. Two masks that line up combine in a single operator.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# keep     <- a size of 1 for the heads and one for the queries, between its two dimensions
# allowed  <- two sizes of 1 in front
# answer   <- the only one given, or both together, or None
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Qui peut regarder qui : `combine_masks`
#
# Les scores ont maintenant quatre dimensions, `[B, H, T_q, T_k]`, et le masque doit s'aligner sur elles. En pratique, un
# masque vient de deux sources, comme partout dans ce cours avec **`True` = peut être regardé** :
#
# - `keep`, `[B, T_k]` : les phrases d'un lot n'ont pas la même longueur ; `keep[b, j]` vaut `True` là où le token $j$ de
#   la phrase $b$ est un vrai token, `False` là où c'est du padding ;
# - `allowed`, `[T_q, T_k]` : quelle requête peut regarder quelle clé, la même règle pour toutes les phrases ; un modèle
#   de langue, par exemple, interdit de regarder les mots à venir.
#
# `combine_masks(keep, allowed)` en fait un seul masque booléen à **quatre dimensions**, de taille **1 partout où rien ne
# dépend de la dimension** :
#
# | `keep` | `allowed` | résultat | `True` là où |
# |---|---|---|---|
# | donné | `None` | `[B, 1, 1, T_k]` | la clé est un vrai token |
# | `None` | donné | `[1, 1, T_q, T_k]` | la requête peut regarder la clé |
# | donné | donné | `[B, 1, T_q, T_k]` | les deux à la fois |
# | `None` | `None` | `None` | |
#
# Les tailles 1 ne coûtent rien : la diffusion (*broadcasting*) les répète sans occuper de mémoire. Mais elle aligne les
# dimensions **par la droite**, sans savoir ce qu'elles veulent dire. Un masque de forme `[B, T_k]` appliqué à des scores
# `[B, H, T_q, T_k]` est lu comme `[T_q, T_k]` ; un masque `[B, T_q, T_k]`, comme `[H, T_q, T_k]`. Si les tailles
# diffèrent, une erreur est levée, et c'est le cas heureux. Si `B` est par hasard égal à `T_q` ou à `H`, la phrase 0 est
# masquée comme la phrase 1, et personne ne vous prévient.
#
# À la main : deux phrases, dont la seconde n'a qu'un vrai token sur deux ; une requête se regarde elle-même et regarde ce
# qui précède.
#
# ```text
# keep       allowed          résultat, phrase 0      résultat, phrase 1
# 1 1        1 0              1 0                     1 0
# 1 0        1 1              1 1                     1 0
# ```
#
# <details><summary>Indice</summary>
#
# Laquelle des dimensions de `[B, H, T_q, T_k]` est chacune de celles de `keep` ? Indexer avec `None` ajoute une
# dimension de taille 1 à l'endroit voulu. Deux masques bien alignés se combinent en un seul opérateur.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# keep     <- une taille 1 pour les têtes et une pour les requêtes, entre ses deux dimensions
# allowed  <- deux tailles 1 devant
# réponse  <- le seul donné, ou les deux ensemble, ou None
# ```
#
# </details>


# %% id="combine-masks"
def combine_masks(keep: Tensor | None = None, allowed: Tensor | None = None) -> Tensor | None:
    """One mask, lined up with scores of shape [B, H, T_q, T_k], from a padding mask and a rule for all sequences.

    keep: bool [B, T_k], True = a real token; allowed: bool [T_q, T_k], True = this query may attend to this key;
    either may be None; both left unmodified. Returns bool, True = attend: [B, 1, 1, T_k] from keep alone,
    [1, 1, T_q, T_k] from allowed alone, [B, 1, T_q, T_k] from both, None from neither.
    keep = [[True, False]], allowed = [[True, True], [False, True]] -> [[[[True, False], [False, False]]]]
    """
    ### BEGIN SOLUTION
    padding = None if keep is None else keep[:, None, None, :]
    rule = None if allowed is None else allowed[None, None]
    if padding is None or rule is None:
        return rule if padding is None else padding
    return padding & rule
    ### END SOLUTION


# %% [markdown] lang="en"
# ## 4. All of it: `multi_head_attention`
#
# Write `multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask)`, which returns `out` of shape
# `[B, T_q, d_out]`.
#
# **Projections.** Every matrix multiplies from the right, `x @ W`, and there are no biases. Queries come from `x_q`, keys
# **and** values from `x_kv`.
#
# **Heads.** Head $h$ takes the $h$-th slice of the columns of `W_q`, `W_k` and `W_v`. Its dot products are divided by
# $\sqrt{d_k}$, where $d_k$ is the width of **one** head, not that of the model. The answers side by side, head 0 first,
# are multiplied by `W_o`.
#
# **Mask.** A bool tensor, `True` = this query may attend to this key, of shape `[T_q, T_k]` or `[B, H, T_q, T_k]`, in
# which any size but the last may be 1; `None` masks nothing. (A mask with a row per head is rare but legal.) A query that
# has no key left gets zeros, hence an `out` of zeros: this is what `F.scaled_dot_product_attention` does.
#
# **Edges.** `n_heads` must be a positive divisor both of the width of the queries and keys, and of that of the values:
# otherwise `ValueError`. `n_heads = 1` is ordinary attention between projections; `n_heads` equal to the width gives heads
# of width 1. The result has the dtype of the inputs, the inputs are never modified, and gradients reach `x_q`, `x_kv` and
# the four matrices.
#
# Torch's attention is called as `F.scaled_dot_product_attention(q, k, v, attn_mask=mask)`: `q` `[B, H, T_q, d_k]`, `k`
# `[B, H, T_k, d_k]`, `v` `[B, H, T_k, d_v]`; its bool mask means `True` = attend, like ours. It returns
# `[B, H, T_q, d_v]`. Your own from the previous lab does as well.
#
# **By hand**: one token asks, two are looked at; two heads of width 1, so that $\sqrt{d_k} = 1$. The queries of the two
# heads are $(1, 1)$. The keys are $(\ln 3, 0)$ for the first token and $(0, \ln 3)$ for the second; the values $(4, 4)$
# and $(8, 8)$.
#
# - Head 0 compares 1 with $\ln 3$ and with 0: weights $\frac34, \frac14$, answer $\frac34 \cdot 4 + \frac14 \cdot 8 = 5$.
# - Head 1 compares 1 with 0 and with $\ln 3$: weights $\frac14, \frac34$, answer $7$.
# - Side by side: $(5, 7)$. With $W_o = \begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}$, out is $(5, 12)$.
# - *A single head* with the same numbers sees the scores $\ln 3 / \sqrt2$ and $\ln 3 / \sqrt2$: weights
#   $\frac12, \frac12$, and $(6, 6)$. The two looks have cancelled out.
#
# <details><summary>Hint</summary>
#
# Write the shape of every intermediate result in a comment, and read the three functions above again: what remains is to
# choose what is projected by what, and to call them in the right order. Which widths are to be cut: those of the inputs,
# or those of the projections?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# queries        <- x_q projected, cut into heads                  [B, H, T_q, d_k]
# keys, values   <- x_kv projected twice, each cut into heads      [B, H, T_k, d_k], [B, H, T_k, d_v]
# answers        <- attention under the mask                       [B, H, T_q, d_v]
# result         <- the answers put back together, times W_o       [B, T_q, d_out]
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Le tout : `multi_head_attention`
#
# Écrivez `multi_head_attention(x_q, x_kv, W_q, W_k, W_v, W_o, n_heads, mask)`, qui renvoie `out`, de forme
# `[B, T_q, d_out]`.
#
# **Projections.** Chaque matrice multiplie par la droite, `x @ W`, et il n'y a pas de biais. Les requêtes viennent de
# `x_q`, les clés **et** les valeurs de `x_kv`.
#
# **Têtes.** La tête $h$ prend la $h$-ième tranche des colonnes de `W_q`, `W_k` et `W_v`. Ses produits scalaires sont
# divisés par $\sqrt{d_k}$, où $d_k$ est la largeur d'**une** tête, et non celle du modèle. Les réponses côte à côte, tête
# 0 d'abord, sont multipliées par `W_o`.
#
# **Masque.** Un tenseur de bool, `True` = cette requête peut regarder cette clé, de forme `[T_q, T_k]` ou
# `[B, H, T_q, T_k]`, où toute taille sauf la dernière peut valoir 1 ; `None` ne masque rien. (Un masque différent selon
# la tête est rare, mais permis.) Une requête à qui il ne reste aucune clé reçoit des zéros, d'où un `out` nul : c'est ce
# que fait `F.scaled_dot_product_attention`.
#
# **Cas limites.** `n_heads` doit être un diviseur strictement positif de la largeur des requêtes et des clés, et aussi de
# celle des valeurs : sinon, `ValueError`. `n_heads = 1` donne l'attention ordinaire entre des projections ; `n_heads`
# égal à la largeur, des têtes de largeur 1. Le résultat a le dtype des entrées, les entrées ne sont jamais modifiées, et
# les gradients atteignent `x_q`, `x_kv` et les quatre matrices.
#
# L'attention de torch s'appelle ainsi : `F.scaled_dot_product_attention(q, k, v, attn_mask=mask)`, avec `q`
# `[B, H, T_q, d_k]`, `k` `[B, H, T_k, d_k]`, `v` `[B, H, T_k, d_v]` ; dans son masque booléen, `True` = peut être regardé,
# comme dans le nôtre. Elle renvoie `[B, H, T_q, d_v]`. La vôtre, du TP précédent, convient aussi.
#
# **À la main** : un token interroge, deux sont regardés ; deux têtes de largeur 1, si bien que $\sqrt{d_k} = 1$. Les
# requêtes des deux têtes sont $(1, 1)$. Les clés sont $(\ln 3, 0)$ pour le premier token et $(0, \ln 3)$ pour le second ;
# les valeurs, $(4, 4)$ et $(8, 8)$.
#
# - La tête 0 compare 1 à $\ln 3$ et à 0 : poids $\frac34, \frac14$, réponse $\frac34 \cdot 4 + \frac14 \cdot 8 = 5$.
# - La tête 1 compare 1 à 0 et à $\ln 3$ : poids $\frac14, \frac34$, réponse $7$.
# - Côte à côte : $(5, 7)$. Avec $W_o = \begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}$, out vaut $(5, 12)$.
# - *Une seule tête*, avec les mêmes nombres, voit les scores $\ln 3 / \sqrt2$ et $\ln 3 / \sqrt2$ : poids
#   $\frac12, \frac12$, et $(6, 6)$. Les deux regards se sont annulés.
#
# <details><summary>Indice</summary>
#
# Écrivez en commentaire la forme de chaque résultat intermédiaire, et relisez les trois fonctions ci-dessus : il ne reste
# qu'à choisir ce qui est projeté par quoi, et à les appeler dans le bon ordre. Quelles largeurs faut-il découper : celles
# des entrées, ou celles des projections ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# requêtes         <- x_q projeté, découpé en têtes                     [B, H, T_q, d_k]
# clés, valeurs    <- x_kv projeté deux fois, chacun découpé en têtes   [B, H, T_k, d_k], [B, H, T_k, d_v]
# réponses         <- l'attention sous le masque                        [B, H, T_q, d_v]
# résultat         <- les réponses recollées, fois W_o                  [B, T_q, d_out]
# ```
#
# </details>


# %% id="multi-head-attention"
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
    """Attention of x_q over x_kv in n_heads = H heads, whose answers stand side by side and are mixed by W_o.

    x_q: [B, T_q, d_q]; x_kv: [B, T_k, d_kv]; one floating dtype; left unmodified, like the matrices.
    W_q: [d_q, H*d_k]; W_k: [d_kv, H*d_k]; W_v: [d_kv, H*d_v]; W_o: [H*d_v, d_out]; used as x @ W, no biases.
    mask: bool, [T_q, T_k] or [B, H, T_q, T_k], any size but the last may be 1, True = attend; None = attend to all.
    Returns [B, T_q, d_out] in the dtype of the inputs; zeros for a query whose keys are all masked.
    Raises ValueError unless n_heads is a positive divisor of the widths of queries, keys and values.
    x_q = [[[1., 1.]]], x_kv = [[[4., 8.]]], four identities [2, 2], n_heads=2 -> [[[4., 8.]]]
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.2.
    """
    ### BEGIN SOLUTION
    queries = split_heads(x_q @ W_q, n_heads)
    keys = split_heads(x_kv @ W_k, n_heads)
    values = split_heads(x_kv @ W_v, n_heads)
    answers = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    return merge_heads(answers) @ W_o
    ### END SOLUTION


# %% group="projections"
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

# %% [markdown] lang="en"
# ## 5. To try: two looks, or one blurred one
#
# *Le renard rusé flatte le corbeau qui chante.* (The sly fox flatters the crow that sings.)
#
# Each word is a vector made by hand: is it a being, is it an action, and its position as a one-hot vector (the
# `transformer-block` lab has something better for positions). Head 0 asks for the **word before**; head 1 makes
# **actions look for beings**. The values are the positions and `W_o` is the identity: `out` then *is* the rows of weights
# of the two heads, side by side.
#
# On the right, the **same matrices** with `n_heads=1`: the two scores are added before a single softmax, and the row of
# `flatte` must share itself out between the word before and two animals. Except for the divisor $\sqrt{d_k}$, nothing else
# has changed, not even the number of weights: $d(H d_k) + d(H d_k) + \dots$ only depends on the widths side by side, so a
# model with $d_k = d / H$ has $4 d^2$ of them for any $H$.
#
# Which rows of head 1 are uniform, and why? Why is the first row of head 0 uniform? What does `sharpness = 1.0` do?
#
# **In today's libraries.** `nn.MultiheadAttention` keeps the three projections in one matrix `in_proj_weight`,
# `[3d, d]`, and uses it as `x @ W.T`: transposed with respect to yours. Heads trained on real text do specialise (on the
# word before, on direct objects, on coreference: Clark et al., 2019; Voita et al., 2019), though many can be removed at
# little cost (Michel et al., 2019). When a model writes, keys and values of all past words are kept in memory: so Llama 3
# (8B) lets groups of four query heads share one head of keys and values (*grouped-query attention*, Ainslie et al., 2023;
# `enable_gqa=True` in `F.scaled_dot_product_attention`).

# %% [markdown] lang="fr"
# ## 5. À essayer : deux regards, ou un seul, flou
#
# *Le renard rusé flatte le corbeau qui chante.*
#
# Chaque mot est un vecteur fait à la main : est-ce un être, est-ce une action, et sa position sous forme de vecteur
# one-hot (le TP `transformer-block` a mieux pour les positions). La tête 0 demande **le mot d'avant** ; dans la tête 1,
# **les actions cherchent les êtres**. Les valeurs sont les positions et `W_o` est l'identité : `out` *est* alors la
# suite des lignes de poids des deux têtes, côte à côte.
#
# À droite, les **mêmes matrices** avec `n_heads=1` : les deux scores sont additionnés avant un softmax unique, et la ligne
# de `flatte` doit se partager entre le mot d'avant et deux animaux. Hormis le diviseur $\sqrt{d_k}$, rien d'autre n'a
# changé, pas même le nombre de poids : $d(H d_k) + d(H d_k) + \dots$ ne dépend que des largeurs mises côte à côte, si bien
# qu'un modèle où $d_k = d / H$ en compte $4 d^2$ quel que soit $H$.
#
# Quelles lignes de la tête 1 sont uniformes, et pourquoi ? Pourquoi la première ligne de la tête 0 l'est-elle ? Que fait
# `sharpness = 1.0` ?
#
# **Dans les bibliothèques d'aujourd'hui.** `nn.MultiheadAttention` range les trois projections dans une seule matrice,
# `in_proj_weight`, `[3d, d]`, et s'en sert comme de `x @ W.T` : elle est transposée par rapport aux vôtres. Les têtes
# entraînées sur de vrais textes se spécialisent (le mot d'avant, le complément d'objet, la coréférence : Clark et al.,
# 2019 ; Voita et al., 2019), même si l'on peut en retirer beaucoup sans grand dommage (Michel et al., 2019). Quand un
# modèle écrit, les clés et les valeurs de tous les mots passés restent en mémoire : dans Llama 3 (8B), quatre têtes de requêtes
# se partagent donc une même tête de clés et de valeurs (*grouped-query attention*, Ainslie et al., 2023 ;
# `enable_gqa=True` dans `F.scaled_dot_product_attention`).

# %% try="two-looks"
import matplotlib.pyplot as plt

words = ["le", "renard", "rusé", "flatte", "le", "corbeau", "qui", "chante"]
T = len(words)
being = torch.tensor([1.0 if word in ("renard", "corbeau") else 0.0 for word in words])
action = torch.tensor([1.0 if word in ("flatte", "chante") else 0.0 for word in words])
x = torch.cat([being[:, None], action[:, None], torch.eye(T)], dim=1)[None]  # [1, T, 2 + T]

sharpness = 10.0
W_q, W_k, W_v = torch.zeros(2 + T, 2 * T), torch.zeros(2 + T, 2 * T), torch.zeros(2 + T, 2 * T)
# Head 0, columns 0 to T - 1: the word at position t asks for t, and the word at position t - 1 answers to it.
W_q[2:, :T] = sharpness * torch.eye(T)
W_k[2:, :T] = torch.eye(T).roll(1, dims=1)
W_k[-1, 0] = 0.0  # nobody stands before the first word
# Head 1, columns T to 2T - 1, of which one is enough: an action asks, a being answers.
W_q[1, T] = sharpness
W_k[0, T] = 1.0
W_v[2:, :T], W_v[2:, T:] = torch.eye(T), torch.eye(T)

head_0, head_1 = multi_head_attention(x, x, W_q, W_k, W_v, torch.eye(2 * T), n_heads=2)[0].chunk(2, dim=-1)
single = multi_head_attention(x, x, W_q, W_k, W_v, torch.eye(2 * T), n_heads=1)[0, :, :T]

figure, panels = plt.subplots(1, 3, figsize=(14, 4.8), sharey=True, layout="constrained")
for panel, weights, title in zip(
    panels, (head_0, head_1, single), ("n_heads=2, 0", "n_heads=2, 1", "n_heads=1"), strict=True
):
    image = panel.imshow(weights.numpy(), cmap="magma", vmin=0.0, vmax=1.0)
    panel.set_xticks(range(T), words, rotation=60, ha="right")
    panel.set_yticks(range(T), words)
    panel.set_title(title)
figure.colorbar(image, ax=panels, shrink=0.7)
plt.show()
