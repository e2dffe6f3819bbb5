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
# # The Transformer block
#
# Attention lets every token look at every other one. On its own it is not yet a Transformer, and a stack of
# bare attentions would train badly. Three things are missing, and you build them here:
#
# | what is missing | the remedy | source |
# |---|---|---|
# | attention sees a *set*: shuffle the words and each one gets the same result | **positional encoding** | Vaswani et al. 2017 |
# | attention only averages: nothing is computed *within* a token | a **feed-forward network**, the same for every token | Vaswani et al. 2017 |
# | deep stacks train badly | **residual connections** and **layer normalisation** | He et al. 2015; Ba et al. 2016 |
#
# Put together, they make one **encoder layer**. BERT-base is 12 of them on top of each other; a GPT is made of the
# same block with a causal mask.
#
# Notation: `B` sequences in the batch, `T` tokens in each, `d` values per token (`d_model`), `d_ff` hidden values in
# the feed-forward network. Every weight is an argument: your functions create no parameters.
# All linear maps are written **`x @ W + b`**, so `W` has shape `[inputs, outputs]`, as in the paper
# (`torch.nn.Linear` stores the transpose). Masks are bool and **True means "may be attended to"**
# (the `key_padding_mask` of torch's own modules means the opposite).
#
# No function may modify its arguments in place.

# %% [markdown] lang="fr"
# # Le bloc Transformer
#
# L'attention permet à chaque token de regarder tous les autres. À elle seule, elle ne fait pas encore un
# Transformer, et un empilement d'attentions nues s'entraînerait mal. Il manque trois choses, que vous construisez
# ici :
#
# | ce qui manque | le remède | source |
# |---|---|---|
# | l'attention voit un *ensemble* : mélangez les mots, chacun obtient le même résultat | l'**encodage positionnel** | Vaswani et al. 2017 |
# | l'attention ne fait que des moyennes : rien n'est calculé *à l'intérieur* d'un token | un **réseau feed-forward**, le même pour chaque token | Vaswani et al. 2017 |
# | les piles profondes s'entraînent mal | les **connexions résiduelles** et la **normalisation de couche** | He et al. 2015 ; Ba et al. 2016 |
#
# L'ensemble forme une **couche d'encodeur**. BERT-base en empile 12 ; un GPT est fait du même bloc avec un masque
# causal.
#
# Notations : `B` séquences dans le batch, `T` tokens dans chacune, `d` valeurs par token (`d_model`), `d_ff` valeurs
# cachées dans le réseau feed-forward. Tous les poids sont des arguments : vos fonctions ne créent aucun paramètre.
# Toutes les applications linéaires s'écrivent **`x @ W + b`** : `W` est donc de forme `[entrées, sorties]`, comme dans
# l'article (`torch.nn.Linear` stocke la transposée). Les masques sont booléens et **True signifie « peut être
# regardé »** (le `key_padding_mask` des modules de torch signifie l'inverse).
#
# Aucune fonction ne doit modifier ses arguments sur place.

# %% id="imports"
import torch
import torch.nn.functional as F

from autograder.checks import FLOAT32, close, shape

# %% [markdown] lang="en"
# ## 1. Where is each token? `sinusoidal`
#
# Each position $t$ gets a vector of `d` numbers between −1 and 1. Columns go in pairs: pair $i$ holds the sine, then
# the cosine, of one angle, and each pair turns more slowly than the one before.
#
# $$
# PE_{t,\,2i} = \sin\!\left(\frac{t}{10000^{2i/d}}\right) \qquad
# PE_{t,\,2i+1} = \cos\!\left(\frac{t}{10000^{2i/d}}\right)
# $$
#
# Think of clocks: the first pair is a fast hand, the last one a very slow hand; together they tell the time $t$.
#
# - Shape `[T, d]`, float32. Positions count from **0**; `T` and `d` are at least 1.
# - Sines and cosines are **interleaved**: `sin, cos, sin, cos, …`. Mind that $2i$ is the number of the *even column*,
#   and that it is $2i$, not $i$, that is divided by `d`.
# - **Odd `d`**: the last column is a sine without its cosine; the exponent still divides by `d` itself. For `d = 5`:
#   `sin, cos, sin, cos, sin` with exponents `0, 0, 2/5, 2/5, 4/5`.
# - The table is computed, never learned: two calls give the same values.
#
# <details><summary>Hint</summary>
#
# Start with the angles as a table of shape `[T, number of pairs]`: a column of positions divided by a row of
# $10000^{2i/d}$. How many pairs are there when `d` is odd?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# 1. `position`: 0 … T−1, as a column `[T, 1]`
# 2. `even`: 0, 2, 4, … below d, as a row (one entry per pair)
# 3. the angles: each position divided by 10000 to the power (even over d), as a table
# 4. in an empty table, the even columns take the sine of the angles
# 5. the odd columns take the cosine of the angles, as many as there are odd columns
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Où se trouve chaque token ? `sinusoidal`
#
# Chaque position $t$ reçoit un vecteur de `d` nombres compris entre −1 et 1. Les colonnes vont par paires : la paire
# $i$ contient le sinus puis le cosinus d'un même angle, et chaque paire tourne plus lentement que la précédente.
#
# $$
# PE_{t,\,2i} = \sin\!\left(\frac{t}{10000^{2i/d}}\right) \qquad
# PE_{t,\,2i+1} = \cos\!\left(\frac{t}{10000^{2i/d}}\right)
# $$
#
# Pensez à des horloges : la première paire est une aiguille rapide, la dernière une aiguille très lente ; ensemble,
# elles donnent l'heure $t$.
#
# - Forme `[T, d]`, float32. Les positions se comptent à partir de **0** ; `T` et `d` valent au moins 1.
# - Sinus et cosinus sont **entrelacés** : `sin, cos, sin, cos, …`. Attention : $2i$ est le numéro de la *colonne
#   paire*, et c'est $2i$, non $i$, que l'on divise par `d`.
# - **`d` impair** : la dernière colonne est un sinus sans son cosinus ; l'exposant se divise toujours par `d` lui-même.
#   Pour `d = 5` : `sin, cos, sin, cos, sin`, avec les exposants `0, 0, 2/5, 2/5, 4/5`.
# - La table se calcule, elle ne s'apprend pas : deux appels donnent les mêmes valeurs.
#
# <details><summary>Indice</summary>
#
# Commencez par la table des angles, de forme `[T, nombre de paires]` : une colonne de positions divisée par une ligne
# de $10000^{2i/d}$. Combien y a-t-il de paires quand `d` est impair ?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# 1. `position` : 0 … T−1, en colonne `[T, 1]`
# 2. `even` : 0, 2, 4, … en dessous de d, en ligne (une valeur par paire)
# 3. les angles : chaque position divisée par 10000 à la puissance (even sur d), en table
# 4. dans une table vide, les colonnes paires reçoivent le sinus des angles
# 5. les colonnes impaires reçoivent le cosinus des angles, autant qu'il y a de colonnes impaires
#
# </details>


# %% id="sinusoidal"
def sinusoidal(T: int, d: int) -> torch.Tensor:
    """Encodings of the positions 0 … T−1: sines in the even columns, cosines in the odd ones.

    T, d: at least 1; returns float32[T, d]. For odd d the last column is a sine without its cosine.
    sinusoidal(2, 2) -> tensor([[0.0000, 1.0000], [0.8415, 0.5403]])
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.5.
    """
    ### BEGIN SOLUTION
    position = torch.arange(T, dtype=torch.float32).unsqueeze(1)
    even = torch.arange(0, d, 2, dtype=torch.float32)
    angle = position / 10_000 ** (even / d)
    table = torch.empty(T, d)
    table[:, 0::2] = angle.sin()
    table[:, 1::2] = angle[:, : d // 2].cos()
    return table
    ### END SOLUTION


# %% group="sinusoidal"
_table = sinusoidal(2, 4)
shape(_table, (2, 4), en="the table for T = 2, d = 4", fr="la table pour T = 2, d = 4")
close(
    _table[0],
    torch.tensor([0.0, 1.0, 0.0, 1.0]),
    FLOAT32,
    en="position 0: sin 0, cos 0, sin 0, cos 0",
    fr="position 0 : sin 0, cos 0, sin 0, cos 0",
)
# Pair 0 turns by 1 radian per position; pair 1 by 1 / 10000 ** (2/4) = 0.01.
close(
    _table[1],
    torch.tensor([0.841471, 0.540302, 0.010000, 0.999950]),
    FLOAT32,
    en="position 1: sin 1, cos 1, sin 0.01, cos 0.01",
    fr="position 1 : sin 1, cos 1, sin 0,01, cos 0,01",
)

# %% [markdown] lang="en"
# Two pictures of your table. On the left, each row is a position: fast pairs on the left, slow ones on the right. On
# the right, the dot product of every two positions: what depends only on the *distance* $k$ between them? Moving by
# $k$ turns each pair by a fixed angle, a **rotation** that is the same wherever you start. That is what lets a model
# learn "three words earlier".

# %% [markdown] lang="fr"
# Deux images de votre table. À gauche, chaque ligne est une position : les paires rapides sont à gauche, les lentes à
# droite. À droite, le produit scalaire de chaque couple de positions : qu'est-ce qui ne dépend que de la *distance*
# $k$ qui les sépare ? Avancer de $k$ fait tourner chaque paire d'un angle fixe, une **rotation** qui est la même d'où
# que l'on parte. C'est ce qui permet à un modèle d'apprendre « trois mots plus tôt ».

# %% try="heat-map"
import matplotlib.pyplot as plt

table = sinusoidal(64, 64)
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
shown = left.imshow(table, cmap="RdBu", vmin=-1, vmax=1)
left.set(title="sinusoidal(64, 64)", xlabel="column", ylabel="position t")
figure.colorbar(shown, ax=left)
shown = right.imshow(table @ table.T, cmap="viridis")
right.set(title="PE[t] · PE[t']", xlabel="position t'", ylabel="position t")
figure.colorbar(shown, ax=right)
plt.show()

# %% [markdown] lang="en"
# ## 2. Position added to meaning: `add_positions`
#
# The encoding is simply **added** to the embeddings `x` of shape `[B, T, d]`: token $t$ of *every* sequence receives
# row $t$ of the table. Sequences of one batch know nothing of each other: the number of a sequence in the batch must
# not show in the result.
#
# - Returns a new tensor of the shape and dtype of `x` (float32 or float64); `x` itself stays as it was.
#
# <details><summary>Hint</summary>
#
# Broadcasting aligns shapes from the right: what does `[B, T, d] + [T, d]` do?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# 1. read T and d from the shape of `x`
# 2. add the table for (T, d) to `x`
#
# </details>

# %% [markdown] lang="fr"
# ## 2. La position s'ajoute au sens : `add_positions`
#
# L'encodage est simplement **ajouté** aux embeddings `x`, de forme `[B, T, d]` : le token $t$ de *chaque* séquence
# reçoit la ligne $t$ de la table. Les séquences d'un batch s'ignorent : le numéro d'une séquence dans le batch ne doit
# pas se voir dans le résultat.
#
# - Renvoie un nouveau tenseur, de la forme et du dtype de `x` (float32 ou float64) ; `x` lui-même reste tel quel.
#
# <details><summary>Indice</summary>
#
# Le broadcasting aligne les formes par la droite : que fait `[B, T, d] + [T, d]` ?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# 1. lire T et d dans la forme de `x`
# 2. ajouter à `x` la table pour (T, d)
#
# </details>


# %% id="add-positions"
def add_positions(x: torch.Tensor) -> torch.Tensor:
    """Embeddings with the encoding of their position added.

    x: [B, T, d]; returns the same shape and dtype. Token t of every sequence receives row t of `sinusoidal(T, d)`.
    add_positions(zeros(1, 1, 2)) -> tensor([[[0., 1.]]])
    Source: Vaswani et al. 2017, section 3.5.
    """
    ### BEGIN SOLUTION
    _, T, d = x.shape
    return x + sinusoidal(T, d)
    ### END SOLUTION


# %% group="positions"
_odd = sinusoidal(2, 3)
shape(_odd, (2, 3), en="the table for T = 2, d = 3", fr="la table pour T = 2, d = 3")
# d = 3 has columns sin, cos, sin; the last one turns by 1 / 10000 ** (2/3) = 0.00215443 per position.
close(
    _odd[:, 2],
    torch.tensor([0.0, 0.002154]),
    FLOAT32,
    en="the last column for d = 3",
    fr="la dernière colonne pour d = 3",
)
_placed = add_positions(torch.tensor([[[1.0, 1.0], [1.0, 1.0]], [[5.0, 5.0], [5.0, 5.0]]]))
shape(_placed, (2, 2, 2), en="embeddings with positions", fr="les embeddings avec positions")
close(
    _placed[0],
    torch.tensor([[1.0, 2.0], [1.841471, 1.540302]]),
    FLOAT32,
    en="the first sequence with positions",
    fr="la première séquence avec positions",
)
close(
    _placed[1],
    torch.tensor([[5.0, 6.0], [5.841471, 5.540302]]),
    FLOAT32,
    en="the second sequence with positions",
    fr="la seconde séquence avec positions",
)

# %% [markdown] lang="en"
# ## 3. Keeping the numbers in range: `layer_norm`
#
# From layer to layer, values drift: some tokens end up with huge vectors, others with tiny ones. Layer normalisation
# brings **each token, on its own**, back to mean 0 and variance 1, then lets the model choose a scale $\gamma$ and a
# shift $\beta$ for each of the `d` features:
#
# $$
# \mu = \frac1d \sum_{j} x_j \qquad \sigma^2 = \frac1d \sum_{j} (x_j - \mu)^2 \qquad
# y_j = \gamma_j \, \frac{x_j - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta_j
# $$
#
# - `x` is `[..., d]` with any number of axes in front (none at all is possible); `gamma` and `beta` are `[d]`. Mean and
#   variance are taken over the **last axis only**: a token's result depends neither on its neighbours nor on the rest
#   of the batch. Same shape and dtype as `x`.
# - The variance divides by $d$, not by $d - 1$.
# - $\varepsilon$ stands **under the root**. A token whose values are all equal has variance 0: its result is $\beta$,
#   and its gradient is finite.
# - Use the formula as it stands, subtracting the mean *before* squaring: $\overline{x^2} - \mu^2$ is the same on paper
#   and loses nearly all its digits in float32 when the values are large.
#
# <details><summary>Hint</summary>
#
# `keepdim=True` keeps a mean of shape `[..., 1]`, which broadcasts against `[..., d]`. What is the default of
# `correction` (formerly `unbiased`) in `torch.var`?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# 1. `centred` = x minus its mean over the last axis
# 2. `variance` = mean of the squares of `centred` over the last axis
# 3. divide `centred` by the root of (variance + eps)
# 4. multiply by gamma, add beta
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Garder les nombres à la bonne échelle : `layer_norm`
#
# De couche en couche, les valeurs dérivent : certains tokens finissent avec des vecteurs énormes, d'autres avec des
# vecteurs minuscules. La normalisation de couche ramène **chaque token, pris seul**, à une moyenne de 0 et une variance
# de 1, puis laisse le modèle choisir une échelle $\gamma$ et un décalage $\beta$ pour chacune des `d` composantes :
#
# $$
# \mu = \frac1d \sum_{j} x_j \qquad \sigma^2 = \frac1d \sum_{j} (x_j - \mu)^2 \qquad
# y_j = \gamma_j \, \frac{x_j - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta_j
# $$
#
# - `x` est de forme `[..., d]`, avec un nombre quelconque d'axes devant (éventuellement aucun) ; `gamma` et `beta` sont
#   de forme `[d]`. Moyenne et variance se prennent sur le **dernier axe seulement** : le résultat d'un token ne dépend
#   ni de ses voisins ni du reste du batch. Même forme et même dtype que `x`.
# - La variance se divise par $d$, et non par $d - 1$.
# - $\varepsilon$ est **sous la racine**. Un token dont toutes les valeurs sont égales a une variance nulle : son
#   résultat vaut $\beta$, et son gradient est fini.
# - Prenez la formule telle quelle, en retranchant la moyenne *avant* d'élever au carré : $\overline{x^2} - \mu^2$ est
#   identique sur le papier et perd presque tous ses chiffres en float32 quand les valeurs sont grandes.
#
# <details><summary>Indice</summary>
#
# `keepdim=True` garde une moyenne de forme `[..., 1]`, qui se broadcaste avec `[..., d]`. Quelle est la valeur par
# défaut de `correction` (anciennement `unbiased`) dans `torch.var` ?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# 1. `centred` = x moins sa moyenne sur le dernier axe
# 2. `variance` = moyenne des carrés de `centred` sur le dernier axe
# 3. diviser `centred` par la racine de (variance + eps)
# 4. multiplier par gamma, ajouter beta
#
# </details>


# %% id="layer-norm"
def layer_norm(x: torch.Tensor, gamma: torch.Tensor, beta: torch.Tensor, eps: float = 1e-5) -> torch.Tensor:
    """Each vector along the last axis brought to mean 0 and variance 1, then scaled by gamma and shifted by beta.

    x: [..., d]; gamma, beta: [d]; eps: added to the variance; returns the shape and dtype of x.
    layer_norm(tensor([1., 3.]), ones(2), zeros(2)) -> tensor([-1., 1.])
    Source: Ba, Kiros & Hinton 2016, "Layer Normalization".
    """
    ### BEGIN SOLUTION
    centred = x - x.mean(dim=-1, keepdim=True)
    variance = centred.square().mean(dim=-1, keepdim=True)
    return gamma * centred / (variance + eps).sqrt() + beta
    ### END SOLUTION


# %% group="layer-norm"
_one, _zero = torch.ones(4), torch.zeros(4)
# Mean 4 and variance (9 + 1 + 1 + 9) / 4 = 5 in the first row; the second row is ten times the first.
_x = torch.tensor([[1.0, 3.0, 5.0, 7.0], [10.0, 30.0, 50.0, 70.0]])
_row = torch.tensor([-3.0, -1.0, 1.0, 3.0]) / 5**0.5
close(
    layer_norm(_x, _one, _zero),
    torch.stack([_row, _row]),
    FLOAT32,
    en="layer_norm of two tokens, gamma = 1 and beta = 0",
    fr="layer_norm de deux tokens, gamma = 1 et beta = 0",
)
_gamma, _beta = torch.tensor([1.0, 2.0, 3.0, 4.0]), torch.tensor([0.0, 0.0, 10.0, 10.0])
close(
    layer_norm(_x, _gamma, _beta),
    torch.stack([_gamma * _row + _beta] * 2),
    FLOAT32,
    en="layer_norm with gamma = 1, 2, 3, 4 and beta = 0, 0, 10, 10",
    fr="layer_norm avec gamma = 1, 2, 3, 4 et beta = 0, 0, 10, 10",
)

# %% group="layer-norm-edges"
_beta = torch.tensor([1.0, 2.0, 3.0])
close(
    layer_norm(torch.full((2, 3), 7.0), torch.ones(3), _beta),
    torch.stack([_beta, _beta]),
    FLOAT32,
    en="a token whose values are all equal gives beta",
    fr="un token dont toutes les valeurs sont égales donne beta",
)
# Variance 1 and eps 3: the root is 2.
close(
    layer_norm(torch.tensor([[-1.0, 1.0]]), torch.ones(2), torch.zeros(2), eps=3.0),
    torch.tensor([[-0.5, 0.5]]),
    FLOAT32,
    en="values -1 and 1 with eps = 3",
    fr="les valeurs -1 et 1 avec eps = 3",
)

# %% [markdown] lang="en"
# ## 4. Thinking token by token: `feed_forward`
#
# Attention moves information *between* tokens; the feed-forward network then works on each one *alone*, with the same
# weights for all. It widens the vector (in the paper from 512 to 2048), keeps what is positive, and narrows it back.
# About two thirds of a layer's parameters are here.
#
# $$\mathrm{FFN}(x) = \max(0,\; x W_1 + b_1)\, W_2 + b_2$$
#
# - `x` is `[..., d]`, `W_1` `[d, d_ff]`, `b_1` `[d_ff]`, `W_2` `[d_ff, d]`, `b_2` `[d]`; returns `[..., d]`.
#
# <details><summary>Hint</summary>
#
# `@` already acts on the last axis of a tensor with any number of axes: no loop and no reshape is needed.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# 1. `hidden` = x times W_1, plus b_1
# 2. replace every negative value of `hidden` with 0
# 3. the result is hidden times W_2, plus b_2
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Réfléchir token par token : `feed_forward`
#
# L'attention fait circuler l'information *entre* les tokens ; le réseau feed-forward travaille ensuite sur chacun
# *séparément*, avec les mêmes poids pour tous. Il élargit le vecteur (dans l'article, de 512 à 2048), garde ce qui est
# positif, puis le ramène à sa taille. Environ deux tiers des paramètres d'une couche sont là.
#
# $$\mathrm{FFN}(x) = \max(0,\; x W_1 + b_1)\, W_2 + b_2$$
#
# - `x` est de forme `[..., d]`, `W_1` `[d, d_ff]`, `b_1` `[d_ff]`, `W_2` `[d_ff, d]`, `b_2` `[d]` ; renvoie `[..., d]`.
#
# <details><summary>Indice</summary>
#
# `@` agit déjà sur le dernier axe d'un tenseur, quel que soit le nombre d'axes : ni boucle ni reshape.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# 1. `hidden` = x fois W_1, plus b_1
# 2. remplacer par 0 chaque valeur négative de `hidden`
# 3. le résultat est hidden fois W_2, plus b_2
#
# </details>


# %% id="feed-forward"
def feed_forward(
    x: torch.Tensor, W_1: torch.Tensor, b_1: torch.Tensor, W_2: torch.Tensor, b_2: torch.Tensor
) -> torch.Tensor:
    """Two linear maps with a ReLU between them, applied to every token alike.

    x: [..., d]; W_1: [d, d_ff]; b_1: [d_ff]; W_2: [d_ff, d]; b_2: [d]; returns [..., d].
    feed_forward(tensor([-2.]), ones(1, 1), zeros(1), ones(1, 1), tensor([5.])) -> tensor([5.])
    Source: Vaswani et al. 2017, section 3.3, equation 2.
    """
    ### BEGIN SOLUTION
    hidden = (x @ W_1 + b_1).relu()
    return hidden @ W_2 + b_2
    ### END SOLUTION


# %% group="feed-forward"
# From [1, 2]: x @ W_1 + b_1 = [1, -1, 3]; ReLU gives [1, 0, 3]; times W_2: [1 + 9, 2 + 12] = [10, 14]; plus b_2: [-10, 15].
_W_1 = torch.tensor([[1.0, 0.0, -1.0], [0.0, -1.0, 1.0]])
_W_2 = torch.tensor([[1.0, 2.0], [5.0, 6.0], [3.0, 4.0]])
_b_1, _b_2 = torch.tensor([0.0, 1.0, 2.0]), torch.tensor([-20.0, 1.0])
close(
    feed_forward(torch.tensor([[1.0, 2.0]]), _W_1, _b_1, _W_2, _b_2),
    torch.tensor([[-10.0, 15.0]]),
    FLOAT32,
    en="feed_forward of [1, 2]",
    fr="feed_forward de [1, 2]",
)

# %% [markdown] lang="en"
# ## 5. The block: `encoder_layer`
#
# Multi-head attention is given below. The encoder layer chains two **sublayers**: attention first, then feed-forward.
# Around each of them, a **residual connection** adds the sublayer's input to its output, so that information (and the
# gradient, on its way back) has a straight road through the stack. Where the normalisation goes depends on the year:
#
# | | the original Transformer (2017), BERT | GPT-2 (2019) and most models since |
# |---|---|---|
# | name | **post-norm**, `norm_first=False` | **pre-norm**, `norm_first=True` |
# | one sublayer | $x \leftarrow \mathrm{LN}(x + \mathrm{sublayer}(x))$ | $x \leftarrow x + \mathrm{sublayer}(\mathrm{LN}(x))$ |
# | on the residual path | one normalisation per sublayer | additions only |
#
# - `x` is `[B, T, d]`; the result has the same shape. Each sublayer starts from the result of the one before.
# - In pre-norm, queries, keys and values are all made from the normalised `x`.
# - `mask` is bool and broadcastable to `[B, H, T, T]` (True = may be attended to), or None; it goes to the attention as
#   it is. A padding mask of shape `[B, T]` is passed as `keep[:, None, None, :]`.
# - No dropout, and the default `eps` of `layer_norm`.
# - `weights` is a dict; the attention has no biases:
#
# | name | shape | used by |
# |---|---|---|
# | `W_q`, `W_k`, `W_v`, `W_o` | `[d, d]` | attention |
# | `gamma_1`, `beta_1` | `[d]` | the layer norm of the attention sublayer |
# | `W_1`, `b_1`, `W_2`, `b_2` | `[d, d_ff]`, `[d_ff]`, `[d_ff, d]`, `[d]` | feed-forward |
# | `gamma_2`, `beta_2` | `[d]` | the layer norm of the feed-forward sublayer |
#
# <details><summary>Hint</summary>
#
# Name the two sublayers and the two normalisations first, as functions of one argument each; either variant is then
# two lines. `x += …` would change the caller's tensor: `x = x + …` makes a new one.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# Post-norm:
#
# 1. a = attention on x; x = norm 1 of (x plus a)
# 2. f = feed-forward on x; the result is norm 2 of (x plus f)
#
# Pre-norm:
#
# 1. a = attention on norm 1 of x; x = x plus a
# 2. f = feed-forward on norm 2 of x; the result is x plus f
#
# </details>

# %% [markdown] lang="fr"
# ## 5. Le bloc : `encoder_layer`
#
# L'attention multi-têtes est donnée ci-dessous. La couche d'encodeur enchaîne deux **sous-couches** : l'attention
# d'abord, le feed-forward ensuite. Autour de chacune, une **connexion résiduelle** ajoute l'entrée de la sous-couche à
# sa sortie : l'information (et le gradient, au retour) a ainsi une route droite à travers la pile. La place de la
# normalisation dépend de l'époque :
#
# | | le Transformer d'origine (2017), BERT | GPT-2 (2019) et la plupart des modèles depuis |
# |---|---|---|
# | nom | **post-norm**, `norm_first=False` | **pre-norm**, `norm_first=True` |
# | une sous-couche | $x \leftarrow \mathrm{LN}(x + \text{sous-couche}(x))$ | $x \leftarrow x + \text{sous-couche}(\mathrm{LN}(x))$ |
# | sur le chemin résiduel | une normalisation par sous-couche | des additions seulement |
#
# - `x` est de forme `[B, T, d]` ; le résultat a la même forme. Chaque sous-couche part du résultat de la précédente.
# - En pre-norm, requêtes, clés et valeurs sont toutes tirées du `x` normalisé.
# - `mask` est booléen et compatible par broadcasting avec `[B, H, T, T]` (True = peut être regardé), ou None ; il est
#   transmis tel quel à l'attention. Un masque de padding de forme `[B, T]` se passe sous la forme
#   `keep[:, None, None, :]`.
# - Pas de dropout, et l'`eps` par défaut de `layer_norm`.
# - `weights` est un dict ; l'attention n'a pas de biais :
#
# | nom | forme | utilisé par |
# |---|---|---|
# | `W_q`, `W_k`, `W_v`, `W_o` | `[d, d]` | l'attention |
# | `gamma_1`, `beta_1` | `[d]` | la normalisation de la sous-couche d'attention |
# | `W_1`, `b_1`, `W_2`, `b_2` | `[d, d_ff]`, `[d_ff]`, `[d_ff, d]`, `[d]` | le feed-forward |
# | `gamma_2`, `beta_2` | `[d]` | la normalisation de la sous-couche feed-forward |
#
# <details><summary>Indice</summary>
#
# Nommez d'abord les deux sous-couches et les deux normalisations, comme des fonctions d'un seul argument ; chaque
# variante tient alors en deux lignes. `x += …` modifierait le tenseur de l'appelant : `x = x + …` en crée un nouveau.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# Post-norm :
#
# 1. a = attention sur x ; x = norme 1 de (x plus a)
# 2. f = feed-forward sur x ; le résultat est la norme 2 de (x plus f)
#
# Pre-norm :
#
# 1. a = attention sur la norme 1 de x ; x = x plus a
# 2. f = feed-forward sur la norme 2 de x ; le résultat est x plus f
#
# </details>


# %% id="given-attention"
def multi_head_attention(
    x_q: torch.Tensor,
    x_kv: torch.Tensor,
    W_q: torch.Tensor,
    W_k: torch.Tensor,
    W_v: torch.Tensor,
    W_o: torch.Tensor,
    n_heads: int,
    mask: torch.Tensor | None = None,
) -> torch.Tensor:
    """Attention of x_q over x_kv with several heads, without biases.

    x_q: [B, T_q, d]; x_kv: [B, T_k, d]; W_q, W_k, W_v, W_o: [d, d], used as x @ W; n_heads divides d;
    mask: bool, broadcastable to [B, n_heads, T_q, T_k], True = attend, or None; returns [B, T_q, d].
    Source: Vaswani et al. 2017, section 3.2.2.
    """

    def heads(x: torch.Tensor) -> torch.Tensor:
        return x.unflatten(-1, (n_heads, -1)).transpose(1, 2)

    out = F.scaled_dot_product_attention(heads(x_q @ W_q), heads(x_kv @ W_k), heads(x_kv @ W_v), attn_mask=mask)
    return out.transpose(1, 2).flatten(-2) @ W_o


# %% id="encoder-layer"
def encoder_layer(
    x: torch.Tensor,
    weights: dict[str, torch.Tensor],
    n_heads: int,
    mask: torch.Tensor | None = None,
    norm_first: bool = False,
) -> torch.Tensor:
    """One encoder layer: self-attention, then feed-forward, each with its residual connection and its layer norm.

    x: [B, T, d]; weights: W_q, W_k, W_v, W_o [d, d], W_1 [d, d_ff], b_1 [d_ff], W_2 [d_ff, d], b_2 [d],
    gamma_1, beta_1, gamma_2, beta_2 [d]; n_heads divides d; mask: bool, broadcastable to [B, n_heads, T, T],
    True = attend, or None; norm_first: pre-norm instead of post-norm; returns [B, T, d].
    Source: Vaswani et al. 2017, section 3.1 (post-norm); Radford et al. 2019, section 2.3 (pre-norm).
    """
    ### BEGIN SOLUTION
    w = weights

    def attend(h: torch.Tensor) -> torch.Tensor:
        return multi_head_attention(h, h, w["W_q"], w["W_k"], w["W_v"], w["W_o"], n_heads, mask)

    def transform(h: torch.Tensor) -> torch.Tensor:
        return feed_forward(h, w["W_1"], w["b_1"], w["W_2"], w["b_2"])

    def norm_1(h: torch.Tensor) -> torch.Tensor:
        return layer_norm(h, w["gamma_1"], w["beta_1"])

    def norm_2(h: torch.Tensor) -> torch.Tensor:
        return layer_norm(h, w["gamma_2"], w["beta_2"])

    if norm_first:
        x = x + attend(norm_1(x))
        return x + transform(norm_2(x))
    x = norm_1(x + attend(x))
    return norm_2(x + transform(x))
    ### END SOLUTION


# %% group="post-norm"
# W_v = 0 silences the attention and W_2 = 0 leaves b_2. Step by step: [1, 3] -> norm 1, gamma 2 -> [-2, 2]
# -> plus b_2 = [4, 2] -> [2, 4] -> norm 2, beta [5, 6] -> [4, 7].
_w = {name: torch.eye(2) for name in ("W_q", "W_k", "W_o")} | {"W_v": torch.zeros(2, 2)}
_w |= {"W_1": torch.zeros(2, 3), "b_1": torch.zeros(3), "W_2": torch.zeros(3, 2), "b_2": torch.tensor([4.0, 2.0])}
_w |= {"gamma_1": torch.full((2,), 2.0), "beta_1": torch.zeros(2)}
_w |= {"gamma_2": torch.ones(2), "beta_2": torch.tensor([5.0, 6.0])}
_out = encoder_layer(torch.tensor([[[1.0, 3.0]]]), _w, n_heads=1)
close(_out, torch.tensor([[[4.0, 7.0]]]), FLOAT32, en="post-norm layer on [1, 3]", fr="couche post-norm sur [1, 3]")

# %% group="pre-norm"
# W_v = 0 silences the attention, W_2 = 0 leaves b_2: the layer adds [10, 20] to [1, 3] and nothing else.
_w = {name: torch.eye(2) for name in ("W_q", "W_k", "W_o")} | {"W_v": torch.zeros(2, 2)}
_w |= {"W_1": torch.zeros(2, 3), "b_1": torch.zeros(3), "W_2": torch.zeros(3, 2), "b_2": torch.tensor([10.0, 20.0])}
_w |= {"gamma_1": torch.ones(2), "beta_1": torch.zeros(2), "gamma_2": torch.ones(2), "beta_2": torch.zeros(2)}
_out = encoder_layer(torch.tensor([[[1.0, 3.0]]]), _w, n_heads=1, norm_first=True)
close(_out, torch.tensor([[[11.0, 23.0]]]), FLOAT32, en="pre-norm layer on [1, 3]", fr="couche pre-norm sur [1, 3]")

# %% [markdown] lang="en"
# ## 6. A verse through the block
#
# Two lines of La Fontaine, twelve layers, weights and embeddings drawn at random: nothing is trained yet. Watch the
# length of each token's vector on its way up. Post-norm brings every token back to the same length after each layer;
# pre-norm lets the residual path grow, which is why pre-norm models put one last `layer_norm` after the stack.
#
# Then the same words in another order. Without positions, each word leaves the layer with *exactly* the vector it had
# before the shuffle: "le renard flatte le corbeau" and "le corbeau flatte le renard" would be the same thing.

# %% [markdown] lang="fr"
# ## 6. Un vers à travers le bloc
#
# Deux vers de La Fontaine, douze couches, des poids et des embeddings tirés au hasard : rien n'est encore entraîné.
# Regardez la longueur du vecteur de chaque token au fil de la montée. Post-norm ramène tous les tokens à la même
# longueur après chaque couche ; pre-norm laisse grandir le chemin résiduel, et c'est pourquoi les modèles pre-norm
# placent une dernière `layer_norm` après la pile.
#
# Puis les mêmes mots dans un autre ordre. Sans positions, chaque mot sort de la couche avec *exactement* le vecteur
# qu'il avait avant le mélange : « le renard flatte le corbeau » et « le corbeau flatte le renard » seraient une seule
# et même chose.

# %% try="verse"
from pathlib import Path

import matplotlib.pyplot as plt

fables = Path("data/fables.fr.txt").read_text(encoding="utf-8").splitlines()
start = fables.index("Maître Corbeau, sur un arbre perché,")
words = " ".join(fables[start : start + 2]).lower().replace(",", " ,").replace(".", " .").split()

d, d_ff, n_heads, n_layers = 32, 128, 4, 12
dice = torch.Generator().manual_seed(17)


def drawn(rows: int, columns: int) -> torch.Tensor:
    return torch.randn(rows, columns, generator=dice) / rows**0.5


def fresh_layer() -> dict[str, torch.Tensor]:
    layer = {name: drawn(d, d) for name in ("W_q", "W_k", "W_v", "W_o")}
    layer |= {"W_1": drawn(d, d_ff), "b_1": torch.zeros(d_ff), "W_2": drawn(d_ff, d), "b_2": torch.zeros(d)}
    return layer | {f"gamma_{i}": torch.ones(d) for i in (1, 2)} | {f"beta_{i}": torch.zeros(d) for i in (1, 2)}


layers = [fresh_layer() for _ in range(n_layers)]
vocab = {word: number for number, word in enumerate(dict.fromkeys(words))}
embeddings = torch.randn(len(vocab), d, generator=dice)[[vocab[word] for word in words]].unsqueeze(0)

figure, axes = plt.subplots(1, 2, figsize=(12, 5), sharey=True, layout="constrained")
for axis, norm_first in zip(axes, (False, True), strict=True):
    x = add_positions(embeddings)
    lengths = [x.norm(dim=-1)[0]]
    for layer in layers:
        x = encoder_layer(x, layer, n_heads, norm_first=norm_first)
        lengths.append(x.norm(dim=-1)[0])
    shown = axis.imshow(torch.stack(lengths, dim=1), cmap="magma", vmin=0, vmax=24, aspect="auto")
    axis.set(
        title="pre-norm" if norm_first else "post-norm",
        xlabel="layers passed",
        yticks=range(len(words)),
        yticklabels=words,
    )
figure.colorbar(shown, ax=axes, label="length of the token's vector")
plt.show()

order = torch.randperm(len(words), generator=dice)
for title, placed in (("without positions", lambda x: x), ("with positions", add_positions)):
    straight = encoder_layer(placed(embeddings), layers[0], n_heads)[0, order]
    shuffled = encoder_layer(placed(embeddings[:, order]), layers[0], n_heads)[0]
    print(f"{title}: shuffling the words changes their vectors by up to {(straight - shuffled).abs().max():.6f}")
