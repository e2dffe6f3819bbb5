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
# # Scaled dot-product attention
#
# In the Seq2Seq lab, an encoder had to squeeze a whole sentence into its last hidden state. Bahdanau, Cho and
# Bengio (2015) removed that bottleneck: at each step the decoder looks back at *all* the encoder states and takes a
# weighted average of them. Two years later, "Attention Is All You Need" (Vaswani et al., 2017) kept the idea, dropped
# the recurrence, and replaced the small network that scored each pair by the cheapest similarity there is: a dot
# product. The function you write today is the heart of BERT, GPT, T5 and nearly every model since.
#
# **The picture to keep: retrieval.** You come to a library with a *query* ("something about crows"). Every book has a
# *key* (the label on its spine) and a *value* (what is written inside). A catalogue would give you the one book
# whose label matches. Attention is softer: it compares your query with *every* label, turns the similarities into
# weights that sum to 1, and hands you the average of the contents with those weights. Nothing is cut off, so
# gradients flow to every book, and the model can *learn* what to ask and how to label.
#
# $$\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V$$
#
# | name | shape | role |
# |---|---|---|
# | `q` | `[..., T_q, d_k]` | one query per row |
# | `k` | `[..., T_k, d_k]` | one key per row, as wide as a query |
# | `v` | `[..., T_k, d_v]` | one value per key, of any width |
# | `weights` | `[..., T_q, T_k]` | row $i$: how query $i$ shares 1 among the keys |
# | `out` | `[..., T_q, d_v]` | row $i$: the average of the values with the weights of row $i$ |
#
# `...` stands for any leading dimensions, or none: usually the batch, then the heads: `[B, H, T, d]`.
#
# You write two functions: `softmax`, then `scaled_dot_product_attention`. Torch has both ready-made; here they are
# forbidden (`torch.softmax`, `F.scaled_dot_product_attention` and their relatives), and everything else is allowed.

# %% [markdown] lang="fr"
# # L'attention par produit scalaire
#
# Dans le TP Seq2Seq, un encodeur devait tasser une phrase entière dans son dernier état caché. Bahdanau, Cho et Bengio
# (2015) ont fait sauter ce goulot d'étranglement : à chaque pas, le décodeur revient sur *tous* les états de
# l'encodeur et en prend une moyenne pondérée. Deux ans plus tard, « Attention Is All You Need » (Vaswani et al., 2017)
# garde l'idée, abandonne la récurrence, et remplace le petit réseau qui notait chaque paire par la similarité la moins
# chère qui soit : un produit scalaire. La fonction que vous écrivez aujourd'hui est le cœur de BERT, de GPT, de T5 et
# de presque tous les modèles qui ont suivi.
#
# **L'image à garder : la recherche documentaire.** Vous entrez dans une bibliothèque avec une *requête* (« quelque
# chose sur les corbeaux »). Chaque livre a une *clé* (l'étiquette sur sa tranche) et une *valeur* (ce qui est écrit
# dedans). Un catalogue vous donnerait le seul livre dont l'étiquette correspond. L'attention est plus souple : elle
# compare votre requête à *toutes* les étiquettes, change les similarités en poids de somme 1, et vous remet la moyenne
# des contenus selon ces poids. Rien n'est coupé : le gradient atteint chaque livre, et le modèle peut *apprendre*
# quoi demander et comment étiqueter.
#
# $$\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V$$
#
# | nom | forme | rôle |
# |---|---|---|
# | `q` | `[..., T_q, d_k]` | une requête par ligne |
# | `k` | `[..., T_k, d_k]` | une clé par ligne, aussi large qu'une requête |
# | `v` | `[..., T_k, d_v]` | une valeur par clé, de largeur quelconque |
# | `weights` | `[..., T_q, T_k]` | ligne $i$ : comment la requête $i$ partage 1 entre les clés |
# | `out` | `[..., T_q, d_v]` | ligne $i$ : la moyenne des valeurs selon les poids de la ligne $i$ |
#
# `...` désigne des dimensions initiales en nombre quelconque, éventuellement aucune : en général le lot (*batch*), puis
# les têtes d'attention : `[B, H, T, d]`.
#
# Vous écrivez deux fonctions : `softmax`, puis `scaled_dot_product_attention`. Torch les fournit toutes faites ; elles
# sont ici interdites (`torch.softmax`, `F.scaled_dot_product_attention` et leurs cousines), et tout le reste est
# permis.

# %% id="imports"
import math

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, finite, gradients, parts, shape, unchanged

# %% [markdown] lang="en"
# ## 1. Softmax
#
# $$\mathrm{softmax}(x)_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$$
#
# Scores of any sign go in, probabilities come out. Write `softmax(x, dim)`, which normalises along `dim` and keeps
# shape and dtype. Three rules beyond the formula:
#
# - **Large scores.** In float32, $e^{89}$ is already infinite, and $\infty / \infty$ is NaN. Scores of $\pm 10^4$ must
#   give the right probabilities, in float16 as well. What happens to the formula when the same number is subtracted
#   from all the scores of a slice?
# - **A score of $-\infty$** means "impossible": its probability is exactly 0. (This is what the mask will use.)
# - **A slice of nothing but $-\infty$** has nobody to give its probability to: the answer is **zeros**.
#   (`torch.softmax` answers NaN, and one NaN spreads to the whole model in one training step.)
#
# The tensor you are given belongs to the caller: never modify it in place.
#
# <details><summary>Hint</summary>
#
# Subtracting a constant $c$ from every score multiplies the numerator and the denominator by the same $e^{-c}$. Which
# $c$, taken slice by slice, guarantees that no exponential exceeds 1? And for which slice is that $c$ itself infinite?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# c        <- largest score of each slice (keep the dimension, so that it broadcasts back)
# c        <- any finite number where it is -inf
# e        <- exp(x - c)
# total    <- sum of e over each slice (keep the dimension)
# total    <- 1 where it is 0
# answer   <- e / total
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Softmax
#
# $$\mathrm{softmax}(x)_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$$
#
# Des scores de signe quelconque entrent, des probabilités sortent. Écrivez `softmax(x, dim)`, qui normalise le long de
# `dim` et garde la forme et le dtype. Trois règles en plus de la formule :
#
# - **Grands scores.** En float32, $e^{89}$ est déjà infini, et $\infty / \infty$ donne NaN. Des scores de $\pm 10^4$
#   doivent donner les bonnes probabilités, y compris en float16. Que devient la formule quand on retranche le même
#   nombre à tous les scores d'une tranche ?
# - **Un score de $-\infty$** signifie « impossible » : sa probabilité est exactement 0. (C'est ce dont le masque se
#   servira.)
# - **Une tranche où tout vaut $-\infty$** n'a personne à qui donner sa probabilité : la réponse est **zéro partout**.
#   (`torch.softmax` répond NaN, et un seul NaN contamine tout le modèle en un pas d'entraînement.)
#
# Le tenseur reçu appartient à l'appelant : ne le modifiez jamais sur place.
#
# <details><summary>Indice</summary>
#
# Retrancher une constante $c$ à tous les scores multiplie le numérateur et le dénominateur par le même $e^{-c}$. Quel
# $c$, pris tranche par tranche, garantit qu'aucune exponentielle ne dépasse 1 ? Et pour quelle tranche ce $c$ est-il
# lui-même infini ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# c        <- plus grand score de chaque tranche (garder la dimension, pour qu'il se diffuse)
# c        <- un nombre fini quelconque là où il vaut -inf
# e        <- exp(x - c)
# total    <- somme de e sur chaque tranche (garder la dimension)
# total    <- 1 là où il vaut 0
# réponse  <- e / total
# ```
#
# </details>


# %% id="softmax"
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    """Probabilities along `dim` from scores of any size.

    x: [...], floating point, left unmodified; returns the same shape and dtype. Slices sum to 1 along `dim`;
    a score of -inf gets probability 0, and a slice of nothing but -inf gives zeros.
    softmax(tensor([0., 0.])) -> tensor([0.5, 0.5])
    Source: Bridle 1990, "Probabilistic Interpretation of Feedforward Classification Network Outputs".
    """
    ### BEGIN SOLUTION
    # Finite even when every score is -inf, since -inf - (-inf) is NaN.
    largest = x.amax(dim=dim, keepdim=True).clamp(min=torch.finfo(x.dtype).min)
    exps = (x - largest).exp()
    # The largest score contributes exp(0) = 1: only a slice of nothing but -inf sums to less, to 0.
    total = exps.sum(dim=dim, keepdim=True).clamp(min=1.0)
    return exps / total
    ### END SOLUTION


# %% group="softmax"
# 0 and ln 3: exponentials 1 and 3, hence 1/4 and 3/4.
scores = torch.tensor([[0.0, math.log(3.0)], [0.0, 0.0]])
close(
    softmax(scores),
    torch.tensor([[0.25, 0.75], [0.5, 0.5]]),
    en="softmax of each row",
    fr="le softmax de chaque ligne",
)
# Along the columns: (0, 0) -> 1/2, 1/2 and (ln 3, 0) -> 3/4, 1/4.
close(
    softmax(scores, dim=0),
    torch.tensor([[0.5, 0.75], [0.5, 0.25]]),
    en="softmax of each column (dim=0)",
    fr="le softmax de chaque colonne (dim=0)",
)

# %% group="stability"
close(
    softmax(torch.tensor([10_000.0, 10_000.0])),
    torch.tensor([0.5, 0.5]),
    en="softmax of two equal scores, both very large",
    fr="le softmax de deux scores égaux et très grands",
)
close(
    softmax(torch.tensor([0.0, -math.inf, 0.0])),
    torch.tensor([0.5, 0.0, 0.5]),
    en="softmax when a score is -inf",
    fr="le softmax quand un score vaut -inf",
)
close(
    softmax(torch.tensor([-math.inf, -math.inf])),
    torch.zeros(2),
    en="softmax when every score is -inf",
    fr="le softmax quand tous les scores valent -inf",
)

# %% [markdown] lang="en"
# ## 2. Attention
#
# Write `scaled_dot_product_attention(q, k, v, mask, scale)`, which returns **the tuple `(out, weights)`**.
#
# **Leading dimensions.** Everything happens in the last two dimensions; whatever comes before (batch, heads) goes
# along unchanged, and each head of each sequence is computed as if it were alone. Counting dimensions from the end
# works for `[T, d]`, `[B, T, d]` and `[B, H, T, d]` alike. The results have the dtype of the inputs.
#
# **Scale.** If the components of a query and a key are independent, with mean 0 and variance 1, their dot product
# has variance $d_k$: with $d_k = 64$, scores of $\pm 8$ are ordinary, the softmax is nearly one-hot, and its gradient
# nearly zero. Dividing by $\sqrt{d_k}$ brings the variance back to 1. So: `scale` **multiplies** the dot products;
# `None` stands for $1/\sqrt{d_k}$, where $d_k$ is the width of one query, and any float is legal, 0 included.
#
# **Mask.** A bool tensor, **`True` = this query may attend to this key**, of a shape that broadcasts to
# `[..., T_q, T_k]`; `None` masks nothing. A masked key gets a weight of exactly 0, and the remaining weights
# still sum to 1: they are what they would be if the masked keys did not exist.
#
# **A query with no key left** (a whole row of `False`: it happens with padding) gets **weights 0 and out 0**. There
# is no natural answer here, so every library picks its own, and you should know which:
#
# | implementation | fully masked row |
# |---|---|
# | this lab, `F.scaled_dot_product_attention` | zeros |
# | `nn.MultiheadAttention` | NaN |
# | masked scores set to `-1e9` | uniform weights: the average of the values that were to be hidden. In float16, an error: `-1e9` does not fit |
#
# Beware, too: the `key_padding_mask` of `nn.MultiheadAttention` has the opposite meaning (`True` = ignore).
#
# **Gradients** reach `q`, `k` and `v`, and are finite, even when a query has no key. The inputs are never modified.
#
# <details><summary>Hint</summary>
#
# Four steps: scores, mask, softmax, average. The mask acts on the *scores*, so that the softmax can share out what it
# takes away. Which score turns into a probability of exactly 0, whatever the dtype? Your `softmax` already knows what
# to do with a row of nothing else.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# scale   <- 1 / sqrt(last dimension of q), when none is given (test for None: 0 is a scale)
# scores  <- scale * (q times k with its last two dimensions swapped)       [..., T_q, T_k]
# scores  <- -inf where the mask is False, when there is a mask
# weights <- softmax of the scores over the keys
# out     <- weights times v                                                [..., T_q, d_v]
# answer  <- out, weights
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Attention
#
# Écrivez `scaled_dot_product_attention(q, k, v, mask, scale)`, qui renvoie **le tuple `(out, weights)`**.
#
# **Dimensions initiales.** Tout se passe dans les deux dernières dimensions ; ce qui précède (lot, têtes d'attention)
# suit sans changer, et chaque tête de chaque séquence est calculée comme si elle était seule. Compter les dimensions depuis la
# fin convient aussi bien à `[T, d]` qu'à `[B, T, d]` et `[B, H, T, d]`. Les résultats ont le dtype des entrées.
#
# **Facteur d'échelle.** Si les composantes d'une requête et d'une clé sont indépendantes, de moyenne 0 et de variance
# 1, leur produit scalaire a pour variance $d_k$ : avec $d_k = 64$, des scores de $\pm 8$ sont ordinaires, le softmax
# est presque un one-hot et son gradient presque nul. Diviser par $\sqrt{d_k}$ ramène la variance à 1. Donc : `scale`
# **multiplie** les produits scalaires ; `None` signifie $1/\sqrt{d_k}$, où $d_k$ est la largeur d'une requête, et tout
# float est permis, 0 compris.
#
# **Masque.** Un tenseur de bool, **`True` = cette requête peut regarder cette clé**, de forme diffusable
# (*broadcast*) vers `[..., T_q, T_k]` ; `None` ne masque rien. Une clé masquée reçoit un poids d'exactement 0, et les
# poids restants somment encore à 1 : ils sont ce qu'ils seraient si les clés masquées n'existaient pas.
#
# **Une requête à qui il ne reste aucune clé** (une ligne entière de `False` : cela arrive avec le padding) reçoit
# **des poids nuls et un out nul**. Aucune réponse ne s'impose ; chaque bibliothèque a donc la sienne, et mieux vaut
# savoir laquelle :
#
# | implémentation | ligne entièrement masquée |
# |---|---|
# | ce TP, `F.scaled_dot_product_attention` | zéros |
# | `nn.MultiheadAttention` | NaN |
# | scores masqués mis à `-1e9` | poids uniformes : la moyenne des valeurs qu'il fallait cacher. En float16, une erreur : `-1e9` n'y tient pas |
#
# Attention aussi : le `key_padding_mask` de `nn.MultiheadAttention` a le sens contraire (`True` = ignorer).
#
# **Les gradients** atteignent `q`, `k` et `v`, et sont finis, même quand une requête n'a aucune clé. Les entrées ne
# sont jamais modifiées.
#
# <details><summary>Indice</summary>
#
# Quatre étapes : scores, masque, softmax, moyenne. Le masque agit sur les *scores*, pour que le softmax puisse
# redistribuer ce qu'il retire. Quel score devient une probabilité d'exactement 0, quel que soit le dtype ? Votre
# `softmax` sait déjà quoi faire d'une ligne qui ne contient rien d'autre.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# scale   <- 1 / racine(dernière dimension de q), si aucun n'est donné (comparer à None : 0 est un facteur)
# scores  <- scale * (q fois k dont on échange les deux dernières dimensions)   [..., T_q, T_k]
# scores  <- -inf là où le masque vaut False, s'il y a un masque
# weights <- softmax des scores sur les clés
# out     <- weights fois v                                                     [..., T_q, d_v]
# réponse <- out, weights
# ```
#
# </details>


# %% id="attention"
def scaled_dot_product_attention(
    q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None, scale: float | None = None
) -> tuple[Tensor, Tensor]:
    """Average of the values, weighted by how well each query matches each key.

    q: [..., T_q, d_k]; k: [..., T_k, d_k]; v: [..., T_k, d_v]; one floating dtype; left unmodified.
    mask: bool, broadcastable to [..., T_q, T_k], True = attend; None = attend to everything.
    scale: factor of the dot products; None = 1 / sqrt(d_k).
    Returns (out: [..., T_q, d_v], weights: [..., T_q, T_k]) in the dtype of the inputs; a query whose keys are
    all masked gets zeros in both.
    q = [[0.]], k = [[1.], [2.]], v = [[10.], [20.]] -> out [[15.]], weights [[0.5, 0.5]]
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.1, equation 1.
    """
    ### BEGIN SOLUTION
    if scale is None:
        scale = 1.0 / math.sqrt(q.shape[-1])
    scores = q @ k.transpose(-2, -1) * scale
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = softmax(scores, dim=-1)
    return weights @ v, weights
    ### END SOLUTION


# %% group="shapes"
for lead in ((), (2,), (2, 3)):
    out, weights = parts(
        scaled_dot_product_attention(torch.ones(*lead, 4, 6), torch.ones(*lead, 5, 6), torch.ones(*lead, 5, 7)),
        2,
        en="(out, weights)",
        fr="(out, weights)",
    )
    shape(out, (*lead, 4, 7), en="out", fr="out")
    shape(weights, (*lead, 4, 5), en="weights", fr="weights")

# %% group="values"
# With scale 1, the scores of the first query are 0 and ln 3, those of the second 0 and 0.
out, weights = scaled_dot_product_attention(
    torch.tensor([[math.log(3.0), 0.0], [0.0, 1.0]]),
    torch.tensor([[0.0, 0.0], [1.0, 0.0]]),
    torch.tensor([[0.0, 4.0, 8.0], [4.0, 8.0, 0.0]]),
    scale=1.0,
)
close(weights, torch.tensor([[0.25, 0.75], [0.5, 0.5]]), en="weights of two queries", fr="les poids de deux requêtes")
close(
    out,
    torch.tensor([[3.0, 7.0, 2.0], [2.0, 6.0, 4.0]]),
    en="out: averages of the values",
    fr="out : les moyennes des valeurs",
)

# %% group="scale"
# d_k = 4: the dot product 2 ln 3 becomes a score of ln 3, against 0 for the other key.
query = torch.tensor([[math.log(3.0), math.log(3.0), 0.0, 0.0]])
keys = torch.tensor([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]])
_, weights = scaled_dot_product_attention(query, keys, torch.ones(2, 3))
close(
    weights, torch.tensor([[0.75, 0.25]]), en="weights with the default scale", fr="les poids avec l'échelle par défaut"
)
_, weights = scaled_dot_product_attention(query, keys, torch.ones(2, 3), scale=1.0)
close(weights, torch.tensor([[0.9, 0.1]]), en="weights with scale=1", fr="les poids avec scale=1")

# %% group="mask"
values = torch.tensor([[3.0], [6.0], [12.0]])
mask = torch.tensor([[True, False, True], [False, True, False], [False, False, False]])
out, weights = scaled_dot_product_attention(torch.zeros(3, 2), torch.ones(3, 2), values, mask=mask)
expect(
    bool((weights[~mask] == 0).all()),
    en="a masked key (False) weighs exactly 0",
    fr="une clé masquée (False) pèse exactement 0",
)
# Keys 0 and 2 share the first query, key 1 takes the second, nobody is left for the third.
close(out, torch.tensor([[7.5], [6.0], [0.0]]), en="out under a mask", fr="out sous un masque")

# %% group="invariants"
# The first query weighs its keys 1/2 and 1/2, so the gradient of sum(out) with respect to each value is 1/2.
keys, values = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[5.0], [6.0]])
unchanged(
    scaled_dot_product_attention,
    torch.zeros(1, 2),
    keys,
    values,
    en="scaled_dot_product_attention",
    fr="scaled_dot_product_attention",
)
to_query, to_values = gradients(scaled_dot_product_attention, torch.zeros(1, 2), keys, values, wrt=(0, 2))
finite(to_query, en="gradient with respect to q", fr="le gradient par rapport à q")
close(
    to_values,
    torch.tensor([[0.5], [0.5]]),
    FLOAT32,
    en="gradient with respect to v",
    fr="le gradient par rapport à v",
)

# %% [markdown] lang="en"
# ## 3. To try: three questions to two lines of La Fontaine
#
# *Maître Corbeau, sur un arbre perché, / Tenait en son bec un fromage.* (Jean de La Fontaine, *Fables*, I, 2, 1668:
# Master Crow, perched on a tree, held a cheese in his beak.)
#
# Each word gets a tiny embedding made by hand, of four features: being, place, thing, action. They serve as keys
# *and* as values. The left plot asks three questions, written in the same four features; the right one lets the
# verse question itself (self-attention) under a causal mask: no word looks at the words after it.
#
# Read the rows: who answers "where?" Why are the weights of `en` spread out? Then pass
# `scale=0.0`, and `scale=10.0`: what happens? A trained model does the same with features that nobody chose.

# %% [markdown] lang="fr"
# ## 3. À essayer : trois questions à deux vers de La Fontaine
#
# *Maître Corbeau, sur un arbre perché, / Tenait en son bec un fromage.* (Jean de La Fontaine, *Fables*, I, 2, 1668)
#
# Chaque mot reçoit un minuscule plongement (*embedding*) fait à la main, de quatre traits : être, lieu, chose,
# action. Ils servent de clés *et* de valeurs. La figure de gauche pose trois questions, écrites avec les mêmes quatre traits ;
# celle de droite laisse la phrase s'interroger elle-même (auto-attention) sous un masque causal : aucun mot ne regarde
# ceux qui le suivent.
#
# Lisez les lignes : qui répond à « où ? » ? Pourquoi les poids de `en` sont-ils étalés ? Passez ensuite
# `scale=0.0`, puis `scale=10.0` : que se passe-t-il ? Un modèle entraîné fait de même, avec des traits que personne
# n'a choisis.

# %% try="fable"
import matplotlib.pyplot as plt

verse = [  #     being place thing action
    ("Maître", [1.0, 0.0, 0.0, 0.0]),
    ("Corbeau", [2.0, 0.0, 0.0, 0.0]),
    ("sur", [0.0, 0.6, 0.0, 0.0]),
    ("un", [0.0, 0.0, 0.1, 0.0]),
    ("arbre", [0.0, 2.0, 0.5, 0.0]),
    ("perché", [0.3, 0.8, 0.0, 1.0]),
    ("tenait", [0.0, 0.0, 0.3, 2.0]),
    ("en", [0.0, 0.3, 0.0, 0.0]),
    ("son", [0.3, 0.0, 0.0, 0.0]),
    ("bec", [0.5, 0.5, 1.0, 0.0]),
    ("un", [0.0, 0.0, 0.1, 0.0]),
    ("fromage", [0.0, 0.0, 2.0, 0.0]),
]
words, embeddings = [word for word, _ in verse], torch.tensor([features for _, features in verse])
questions = {"qui ?": [4.0, 0.0, 0.0, 0.0], "où ?": [0.0, 4.0, 0.0, 0.0], "quoi ?": [0.0, 0.0, 4.0, 0.0]}

answers, asked = scaled_dot_product_attention(torch.tensor(list(questions.values())), embeddings, embeddings)
past = torch.ones(len(words), len(words), dtype=torch.bool).tril()
_, looked_at = scaled_dot_product_attention(2 * embeddings, embeddings, embeddings, mask=past)

for question, row, answer in zip(questions, asked, answers, strict=True):
    features = ", ".join(f"{feature:.2f}" for feature in answer.tolist())
    print(f"{question:7} -> {words[int(row.argmax())]:8} answer [{features}]")

figure, panels = plt.subplots(1, 2, figsize=(13, 5), layout="constrained")
for panel, weights, rows in ((panels[0], asked, list(questions)), (panels[1], looked_at, words)):
    image = panel.imshow(weights.numpy(), cmap="magma", vmin=0.0, vmax=1.0)
    panel.set_xticks(range(len(words)), words, rotation=60, ha="right")
    panel.set_yticks(range(len(rows)), rows)
figure.colorbar(image, ax=panels, shrink=0.6)
plt.show()
