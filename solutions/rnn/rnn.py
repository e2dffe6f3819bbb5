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
# # A recurrent network, step by step
#
# *Module M1, From RNNs to Transformers.* CBOW put the words of a context in a bag and took their mean: "the dog bites
# the man" and "the man bites the dog" are the same bag. To read, one must take the words **in order**, and keep in
# mind what has been read.
#
# A **recurrent neural network** (Elman, 1990) does just that. It holds a vector, the **hidden state** $h$, and updates
# it with every symbol it reads, always by the same small function:
#
# $$h_t = \tanh(x_t W + h_{t-1} U + b)$$
#
# One set of weights serves every step, so a text of any length can be read. And since the state sums up all that came
# before, it can be asked: *what comes next?* Such a network, trained to predict the next symbol, is a **language
# model**; let it read its own predictions, and it writes. GPT does the same today with another network inside.
#
# You write five small functions, from one step to a model that writes French verse letter by letter:
#
# | function | does |
# |---|---|
# | `rnn_cell` | one step of one layer |
# | `rnn_forward` | all steps of all layers |
# | `next_token_losses` | how surprised the model is by each symbol of a text |
# | `perplexity_by_blocks` | one number for a whole text, read block by block |
# | `generate` | writes on |
#
# | letter | is |
# |---|---|
# | `B` | sequences in a batch, read side by side |
# | `T` | steps, that is symbols per sequence |
# | `D` | width of one input vector |
# | `H` | width of one hidden state |
# | `L` | layers |
# | `V` | symbols in the vocabulary |
#
# Linear maps are written `x @ W + b`, so `W` is `[inputs, outputs]` (torch's own modules store the transpose). Two
# rules hold for every function: **no argument is ever modified**, `h0` included, and results have the dtype of the
# weights. The ready-made `nn.RNN`, `nn.RNNCell`, `nn.LSTM`, `nn.GRU` and their relatives are forbidden, since they
# are the exercise. Everything else of torch is allowed, `torch.nn.functional.cross_entropy` included.

# %% [markdown] lang="fr"
# # Un réseau récurrent, pas à pas
#
# *Module M1, Des RNN aux Transformers.* CBOW mettait les mots d'un contexte dans un sac et en prenait la moyenne :
# « le chien mord l'homme » et « l'homme mord le chien » font le même sac. Pour lire, il faut prendre les mots **dans
# l'ordre**, et garder en tête ce qu'on a lu.
#
# C'est ce que fait un **réseau de neurones récurrent** (Elman, 1990). Il tient un vecteur, l'**état caché** $h$, et le
# met à jour à chaque symbole lu, toujours par la même petite fonction :
#
# $$h_t = \tanh(x_t W + h_{t-1} U + b)$$
#
# Un seul jeu de poids sert à tous les pas : on peut donc lire un texte de longueur quelconque. Et puisque l'état
# résume tout ce qui précède, on peut lui demander : *qu'est-ce qui vient ensuite ?* Un tel réseau, entraîné à prédire
# le symbole suivant, est un **modèle de langue** ; faites-lui lire ses propres prédictions, et il écrit. GPT fait
# aujourd'hui la même chose, avec un autre réseau à l'intérieur.
#
# Vous écrivez cinq petites fonctions, d'un simple pas jusqu'à un modèle qui compose des vers lettre à lettre :
#
# | fonction | ce qu'elle fait |
# |---|---|
# | `rnn_cell` | un pas d'une couche |
# | `rnn_forward` | tous les pas de toutes les couches |
# | `next_token_losses` | à quel point chaque symbole d'un texte surprend le modèle |
# | `perplexity_by_blocks` | un seul nombre pour tout un texte, lu bloc par bloc |
# | `generate` | écrit la suite |
#
# | lettre | ce que c'est |
# |---|---|
# | `B` | nombre de séquences d'un lot (*batch*), lues côte à côte |
# | `T` | nombre de pas, c'est-à-dire de symboles par séquence |
# | `D` | largeur d'un vecteur d'entrée |
# | `H` | largeur d'un état caché |
# | `L` | nombre de couches |
# | `V` | nombre de symboles du vocabulaire |
#
# Les applications linéaires s'écrivent `x @ W + b` : `W` est donc de forme `[entrées, sorties]` (les modules de torch
# stockent la transposée). Deux règles valent pour toutes les fonctions : **aucun argument n'est jamais modifié**, pas
# même `h0`, et les résultats ont le dtype des poids. Les modules tout faits `nn.RNN`, `nn.RNNCell`, `nn.LSTM`,
# `nn.GRU` et leurs cousins sont interdits, puisqu'ils sont l'exercice. Tout le reste de torch est permis,
# `torch.nn.functional.cross_entropy` compris.

# %% id="imports"
import math

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, gradients, parts, same, shape, unchanged

# %% [markdown] lang="en"
# ## 1. One step: `rnn_cell`
#
# The cell takes what is read now, `x_t`, and what is remembered, `h`, and returns the new state:
#
# $$h_t = \tanh(x_t W + h_{t-1} U + b)$$
#
# `tanh` is applied to each number of the sum and squeezes it between −1 and 1, so that a state cannot grow without
# bound however long the text. Each row of the batch is a sequence of its own.
#
# By hand, with $D = H = 1$, $W = U = 1$, $b = 0$ and a state of 0: reading 1 gives $\tanh(1) = 0.762$. Reading 0 next
# gives $\tanh(0.762) = 0.642$, and 0 again $\tanh(0.642) = 0.566$. The 1 is long gone, but the state still knows
# something of it: that is the memory, and you can see it fade.
#
# <details><summary>Hint</summary>
#
# `x_t` is `[B, D]`, `h` is `[B, H]`, the result is `[B, H]`. Which product with `W` gives that shape, and which with
# `U`? `b` is `[H]`: broadcasting adds it to every row.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# from_input <- x_t times W                [B, H]
# from_past  <- h times U                  [B, H]
# answer     <- tanh of (from_input plus from_past plus b)
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Un pas : `rnn_cell`
#
# La cellule prend ce qu'on lit maintenant, `x_t`, et ce dont on se souvient, `h`, et renvoie le nouvel état :
#
# $$h_t = \tanh(x_t W + h_{t-1} U + b)$$
#
# `tanh` s'applique à chaque nombre de la somme et le ramène entre −1 et 1 : un état ne peut donc pas grandir sans
# limite, si long que soit le texte. Chaque ligne du lot est une séquence à part.
#
# À la main, avec $D = H = 1$, $W = U = 1$, $b = 0$ et un état nul : lire 1 donne $\tanh(1) = 0{,}762$. Lire ensuite 0
# donne $\tanh(0{,}762) = 0{,}642$, et encore 0, $\tanh(0{,}642) = 0{,}566$. Le 1 est passé depuis longtemps, mais
# l'état en sait encore quelque chose : voilà la mémoire, et on la voit s'effacer.
#
# <details><summary>Indice</summary>
#
# `x_t` est `[B, D]`, `h` est `[B, H]`, le résultat est `[B, H]`. Quel produit avec `W` donne cette forme, et lequel
# avec `U` ? `b` est `[H]` : le broadcasting l'ajoute à chaque ligne.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# de_l_entrée <- x_t fois W                [B, H]
# du_passé    <- h fois U                  [B, H]
# réponse     <- tanh de (de_l_entrée plus du_passé plus b)
# ```
#
# </details>


# %% id="cell"
def rnn_cell(x_t: Tensor, h: Tensor, W: Tensor, U: Tensor, b: Tensor) -> Tensor:
    """The state of one layer after one more step.

    x_t: [B, D], what is read; h: [B, H], the state before; W: [D, H]; U: [H, H]; b: [H]; left unmodified.
    Returns [B, H], values between -1 and 1.
    x_t = [[1.]], h = [[0.]], W = [[1.]], U = [[1.]], b = [0.] -> [[0.7616]]
    Source: Elman 1990, "Finding Structure in Time"; the form with tanh is that of `torch.nn.RNN`.
    """
    ### BEGIN SOLUTION
    return torch.tanh(x_t @ W + h @ U + b)
    ### END SOLUTION


# %% group="cell"
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

# %% [markdown] lang="en"
# ## 2. All steps, all layers: `rnn_forward`
#
# A layer reads its inputs from left to right: the state after one step is the memory of the next. Layers are stacked:
# the first reads `x`, and each of the others reads **the states of the layer below**, step by step.
#
# ```text
#             t = 0           t = 1           t = 2
#
#             out[:, 0]       out[:, 1]       out[:, 2]
#                 ^               ^               ^
# h0[1] ──> [ layer 1 ] ──> [ layer 1 ] ──> [ layer 1 ] ──> h_n[1]
#                 ^               ^               ^
# h0[0] ──> [ layer 0 ] ──> [ layer 0 ] ──> [ layer 0 ] ──> h_n[0]
#                 ^               ^               ^
#             x[:, 0]         x[:, 1]         x[:, 2]
# ```
#
# Write `rnn_forward(x, params, h0)`, which returns **the tuple `(out, h_n)`**:
#
# - `params` is a list of `L` layers, the lowest first. Each is a dict of its own weights `{"W": …, "U": …, "b": …}`;
#   `W` is `[D, H]` in layer 0 and `[H, H]` above.
# - `out`, `[B, T, H]`: the state of the **last layer** after **each step**. `out[:, 0]` is the state *after* reading
#   `x[:, 0]`; `h0` is not part of it.
# - `h_n`, `[L, B, H]`: the state of **each layer** after the **last step**, in the order of `params`.
# - `h0`, `[L, B, H]`: the state each layer starts from; `None` stands for zeros, in the dtype of `x`.
# - `T`, `B` and `L` are at least 1.
#
# So `h_n[-1]` equals `out[:, -1]`, and reading a text in two pieces, with the `h_n` of the first as the `h0` of the
# second, gives the same as reading it at once.
#
# Gradients must flow through `out` to `x`, to `h0` and to every weight, across all the steps.
#
# <details><summary>Hint</summary>
#
# Two orders of loops are right: layer by layer (all the states of layer 0, which are the inputs of layer 1, and so on),
# or step by step (all layers at `t = 0`, then at `t = 1`). Either way, make a *new* tensor at every step and keep it
# in a list. If you write each state into the same tensor instead, what does the list hold at the end? And when that
# tensor is `h0` itself, what does the caller find in it?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# h0     <- zeros [L, B, H], when none is given
# inputs <- x
# for each layer, from the lowest up:
#     h <- the state of h0 that is this layer's
#     for each step t:
#         h <- rnn_cell of (inputs at step t, h, the weights of this layer)
#         note h
#     inputs <- the states noted, side by side along a new time dimension    [B, T, H]
#     note the last h as the last state of this layer
# answer <- inputs, the last states of all layers along a new first dimension
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Tous les pas, toutes les couches : `rnn_forward`
#
# Une couche lit ses entrées de gauche à droite : l'état après un pas est la mémoire du suivant. Les couches
# s'empilent : la première lit `x`, et chacune des autres lit **les états de la couche du dessous**, pas à pas.
#
# ```text
#             t = 0           t = 1           t = 2
#
#             out[:, 0]       out[:, 1]       out[:, 2]
#                 ^               ^               ^
# h0[1] ──> [couche 1 ] ──> [couche 1 ] ──> [couche 1 ] ──> h_n[1]
#                 ^               ^               ^
# h0[0] ──> [couche 0 ] ──> [couche 0 ] ──> [couche 0 ] ──> h_n[0]
#                 ^               ^               ^
#             x[:, 0]         x[:, 1]         x[:, 2]
# ```
#
# Écrivez `rnn_forward(x, params, h0)`, qui renvoie **le tuple `(out, h_n)`** :
#
# - `params` est une liste de `L` couches, la plus basse en premier. Chacune est un dict de ses propres poids
#   `{"W": …, "U": …, "b": …}` ; `W` est `[D, H]` dans la couche 0 et `[H, H]` au-dessus.
# - `out`, `[B, T, H]` : l'état de la **dernière couche** après **chaque pas**. `out[:, 0]` est l'état *après* avoir lu
#   `x[:, 0]` ; `h0` n'en fait pas partie.
# - `h_n`, `[L, B, H]` : l'état de **chaque couche** après le **dernier pas**, dans l'ordre de `params`.
# - `h0`, `[L, B, H]` : l'état dont part chaque couche ; `None` signifie des zéros, dans le dtype de `x`.
# - `T`, `B` et `L` valent au moins 1.
#
# Ainsi, `h_n[-1]` est égal à `out[:, -1]`, et lire un texte en deux morceaux, en donnant au second comme `h0` le `h_n`
# du premier, revient à le lire d'un trait.
#
# Les gradients doivent remonter de `out` jusqu'à `x`, à `h0` et à chaque poids, à travers tous les pas.
#
# <details><summary>Indice</summary>
#
# Deux ordres de boucles conviennent : couche par couche (tous les états de la couche 0, qui sont les entrées de la
# couche 1, et ainsi de suite), ou pas à pas (toutes les couches à `t = 0`, puis à `t = 1`). Dans les deux cas, créez à
# chaque pas un *nouveau* tenseur et gardez-le dans une liste. Si vous écrivez chaque état dans un même tenseur, que
# contient la liste à la fin ? Et quand ce tenseur est `h0` lui-même, qu'y trouve l'appelant ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# h0      <- zéros [L, B, H], si rien n'est donné
# entrées <- x
# pour chaque couche, en partant de la plus basse :
#     h <- l'état de h0 qui revient à cette couche
#     pour chaque pas t :
#         h <- rnn_cell de (entrées au pas t, h, les poids de cette couche)
#         noter h
#     entrées <- les états notés, côte à côte selon une nouvelle dimension de temps   [B, T, H]
#     noter le dernier h comme dernier état de cette couche
# réponse <- entrées, les derniers états de toutes les couches selon une nouvelle première dimension
# ```
#
# </details>


# %% id="forward"
def rnn_forward(x: Tensor, params: list[dict[str, Tensor]], h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """All the states of a stack of tanh layers that reads `x` from left to right.

    x: [B, T, D]; params: L layers, the lowest first, each {"W": [D or H, H], "U": [H, H], "b": [H]};
    h0: [L, B, H], None = zeros in the dtype of x; all left unmodified.
    Returns (out: [B, T, H], the last layer's state after each step; h_n: [L, B, H], each layer's after the last).
    x = [[[1.], [0.]]], params = [{"W": [[1.]], "U": [[1.]], "b": [0.]}]
        -> out [[[0.7616], [0.6420]]], h_n [[[0.6420]]]
    Source: Elman 1990, "Finding Structure in Time"; stacking as in `torch.nn.RNN`.
    """
    ### BEGIN SOLUTION
    B, T, _ = x.shape
    if h0 is None:
        h0 = x.new_zeros(len(params), B, len(params[0]["b"]))
    inputs, last = x, []
    for layer, h in zip(params, h0, strict=True):
        states = []
        for t in range(T):
            h = rnn_cell(inputs[:, t], h, layer["W"], layer["U"], layer["b"])
            states.append(h)
        inputs = torch.stack(states, dim=1)
        last.append(h)
    return inputs, torch.stack(last)
    ### END SOLUTION


# %% group="steps"
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

# %% group="invariants"
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

# %% [markdown] lang="en"
# ### To try: how far back can it learn?
#
# How much does the state at the last of 60 steps depend on what was read 10, 20, 50 steps before? The gradient says
# it. Going back one step multiplies it by `U` and by the slope of `tanh`, which is at most 1. With a `U` that shrinks
# vectors, the gradient **vanishes**: after some tens of steps nothing is left to learn from. With a `U` that
# stretches them, `tanh` saturates or the gradient **explodes** (Bengio, Simard and Frasconi, 1994). That is why LSTM
# (Hochreiter and Schmidhuber, 1997) gave the state a path that is not multiplied at every step, and one reason why
# attention, which reaches any position in one step, took over.
#
# Read the plot (its scale is logarithmic): by what factor does each curve fall in ten steps? Change the strengths.

# %% [markdown] lang="fr"
# ### À essayer : jusqu'où peut-il apprendre du passé ?
#
# De combien l'état au dernier de 60 pas dépend-il de ce qui a été lu 10, 20 ou 50 pas plus tôt ? Le gradient le dit.
# Remonter d'un pas le multiplie par `U` et par la pente de `tanh`, qui vaut au plus 1. Avec un `U` qui raccourcit les
# vecteurs, le gradient **s'évanouit** : après quelques dizaines de pas, il ne reste rien dont on puisse apprendre.
# Avec un `U` qui les allonge, `tanh` sature ou le gradient **explose** (Bengio, Simard et Frasconi, 1994). C'est
# pourquoi le LSTM (Hochreiter et Schmidhuber, 1997) a donné à l'état un chemin qui n'est pas multiplié à chaque pas,
# et l'une des raisons pour lesquelles l'attention, qui atteint toute position en un pas, a pris la relève.
#
# Lisez la figure (son échelle est logarithmique) : par quel facteur chaque courbe est-elle divisée en dix pas ?
# Changez les intensités.

# %% try="vanishing"
import matplotlib.pyplot as plt

dice = torch.Generator().manual_seed(0)
H, T = 32, 60
turn, _ = torch.linalg.qr(torch.randn(H, H, generator=dice))  # keeps lengths: neither shrinks nor stretches
x = (0.1 * torch.randn(1, T, H, generator=dice)).requires_grad_()
for strength in (0.7, 0.9, 1.0, 1.3):
    out, _ = rnn_forward(x, [{"W": torch.eye(H), "U": strength * turn, "b": torch.zeros(H)}])
    (slope,) = torch.autograd.grad(out[0, -1].sum(), x)
    plt.semilogy(range(T - 1, -1, -1), slope[0].norm(dim=1), label=f"U × {strength}")
plt.xlabel("steps back / pas en arrière")
plt.ylabel("gradient")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# ## 3. A language model, and what surprises it: `next_token_losses`
#
# Give each symbol a vector (a row of a table, as in Word2Vec), let the network read the vectors, and turn each state
# into one score per symbol of the vocabulary: a **logit**. A softmax makes probabilities of the logits. The cell below
# is given: `lm_forward` is that model, on top of your `rnn_forward`, and `init_model` draws its weights. A model is a
# dict:
#
# | key | is | shape |
# |---|---|---|
# | `"embedding"` | one row per symbol | `[V, D]` |
# | `"layers"` | the `params` of `rnn_forward` | `L` dicts |
# | `"W_out"`, `"b_out"` | from a state to the logits | `[H, V]`, `[V]` |
#
# From here on a symbol is called a **token**, as in all language models. In this lab a token is a letter, a space or
# a punctuation mark; in GPT it is a piece of a word. Nothing in the code would change.
#
# The **loss** of a prediction is $-\ln p$, where $p$ is the probability that the model gave to the token that really
# came: 0 for a sure and right prediction, $\ln V$ for a model that knows nothing. Every token of a text is a free
# exercise with its answer: having read the ones before, predict this one.
#
# ```text
# text:          l   e   _   l   o   u   p
# read:          l   e   _   l   o   u
# to predict:    e   _   l   o   u   p
# ```
#
# Write `next_token_losses(ids, model, h0)`, which returns **the tuple `(losses, h_n)`**:
#
# - `ids`, int64 `[B, N]` with `N` at least 2. The first token is predicted by nobody; the last one is predicted but
#   **not read**.
# - `losses`, `[B, N − 1]`: in column `t`, the loss of predicting `ids[:, t + 1]` having read `ids[:, 0]` to `ids[:, t]`.
# - `h_n`, `[L, B, H]`: the states after the last token that is read, `ids[:, N − 2]`. A second call on
#   `ids[:, N − 1:]` and what follows can start from there.
# - Logits of some hundreds must give finite losses. In float32, $e^{89}$ is already infinite.
# - Gradients flow from `losses` to the weights: the model will be trained on them.
#
# <details><summary>Hint</summary>
#
# Two slices of `ids`, one to read and one to predict, of the same length. For the loss, `torch.nn.functional.cross_entropy` can do it
# all, if you look up where it wants the dimension of the vocabulary and what `reduction` is for; or take
# log-probabilities, and pick the one of the right token with `gather`.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# read        <- all tokens but the last
# target      <- all tokens but the first
# logits, h_n <- lm_forward of (read, model, h0)                       [B, N-1, V]
# log_p       <- logits minus their logsumexp over the vocabulary      [B, N-1, V]
# losses      <- minus the entry of log_p that belongs to each target  [B, N-1]
# answer      <- losses, h_n
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Un modèle de langue, et ce qui le surprend : `next_token_losses`
#
# Donnez à chaque symbole un vecteur (une ligne d'une table, comme dans Word2Vec), faites lire ces vecteurs au réseau,
# et changez chaque état en un score par symbole du vocabulaire : un **logit**. Un softmax fait des logits des
# probabilités. La cellule ci-dessous est donnée : `lm_forward` est ce modèle, bâti sur votre `rnn_forward`, et
# `init_model` en tire les poids au hasard. Un modèle est un dict :
#
# | clé | ce que c'est | forme |
# |---|---|---|
# | `"embedding"` | une ligne par symbole | `[V, D]` |
# | `"layers"` | les `params` de `rnn_forward` | `L` dicts |
# | `"W_out"`, `"b_out"` | d'un état aux logits | `[H, V]`, `[V]` |
#
# Désormais, un symbole s'appelle un **token** (ou jeton), comme dans tous les modèles de langue. Dans ce TP, un token
# est une lettre, une espace ou un signe de ponctuation ; dans GPT, c'est un morceau de mot. Rien ne changerait dans le
# code.
#
# La **perte** (*loss*) d'une prédiction est $-\ln p$, où $p$ est la probabilité que le modèle donnait au token qui est
# vraiment venu : 0 pour une prédiction sûre et juste, $\ln V$ pour un modèle qui ne sait rien. Chaque token d'un texte
# est un exercice gratuit avec son corrigé : après avoir lu ceux qui précèdent, prédire celui-ci.
#
# ```text
# texte :        l   e   _   l   o   u   p
# on lit :       l   e   _   l   o   u
# à prédire :    e   _   l   o   u   p
# ```
#
# Écrivez `next_token_losses(ids, model, h0)`, qui renvoie **le tuple `(losses, h_n)`** :
#
# - `ids`, int64 `[B, N]` avec `N` au moins égal à 2. Personne ne prédit le premier token ; le dernier est prédit mais
#   **n'est pas lu**.
# - `losses`, `[B, N − 1]` : dans la colonne `t`, la perte de la prédiction de `ids[:, t + 1]` après avoir lu
#   `ids[:, 0]` à `ids[:, t]`.
# - `h_n`, `[L, B, H]` : les états après le dernier token lu, `ids[:, N − 2]`. Un second appel sur `ids[:, N − 1:]` et la
#   suite peut repartir de là.
# - Des logits de quelques centaines doivent donner des pertes finies. En float32, $e^{89}$ est déjà infini.
# - Les gradients remontent de `losses` jusqu'aux poids : c'est sur ces pertes que l'on entraînera le modèle.
#
# <details><summary>Indice</summary>
#
# Deux tranches de `ids`, l'une à lire, l'autre à prédire, de même longueur. Pour la perte, `torch.nn.functional.cross_entropy` peut tout
# faire, si vous cherchez où elle veut la dimension du vocabulaire et à quoi sert `reduction` ; ou bien prenez les
# log-probabilités, et choisissez celle du bon token avec `gather`.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# lus         <- tous les tokens sauf le dernier
# cibles      <- tous les tokens sauf le premier
# logits, h_n <- lm_forward de (lus, model, h0)                                 [B, N-1, V]
# log_p       <- logits moins leur logsumexp sur le vocabulaire                 [B, N-1, V]
# pertes      <- l'opposé de la valeur de log_p qui correspond à chaque cible   [B, N-1]
# réponse     <- pertes, h_n
# ```
#
# </details>


# %% id="language-model"
def lm_forward(ids: Tensor, model: dict, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """(logits of the token after each of `ids`: [B, T, V]; the states after the last of them: [L, B, H])."""
    out, h_n = rnn_forward(model["embedding"][ids], model["layers"], h0)
    return out @ model["W_out"] + model["b_out"], h_n


def init_model(V: int, D: int, H: int, L: int, seed: int = 0) -> dict:
    """A model with random weights, uniform within 1 / sqrt(H) as in `torch.nn.RNN`, ready to be trained."""
    dice, bound = torch.Generator().manual_seed(seed), 1 / math.sqrt(H)

    def weight(*dims: int) -> Tensor:
        return ((2 * torch.rand(*dims, generator=dice) - 1) * bound).requires_grad_()

    layers = [{"W": weight(D if i == 0 else H, H), "U": weight(H, H), "b": weight(H)} for i in range(L)]
    return {"embedding": weight(V, D), "layers": layers, "W_out": weight(H, V), "b_out": weight(V)}


# %% id="loss"
def next_token_losses(ids: Tensor, model: dict, h0: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """-ln of the probability that the model gave to each token of `ids` but the first.

    ids: int64[B, N], N >= 2; model: as made by `init_model`; h0: [L, B, H], None = zeros; left unmodified.
    Returns (losses: [B, N-1], column t for ids[:, t+1] after reading ids[:, :t+1]; h_n: [L, B, H], the states
    after reading ids[:, :N-1]). Large logits give finite losses; gradients flow from the losses to the weights.
    ids = [[0, 1]] and a model of zeros with V = 2 -> losses [[0.6931]]
    Source: Mikolov et al. 2010, "Recurrent neural network based language model".
    """
    ### BEGIN SOLUTION
    logits, h_n = lm_forward(ids[:, :-1], model, h0)
    log_p = logits - logits.logsumexp(dim=-1, keepdim=True)
    chosen = log_p.gather(-1, ids[:, 1:].unsqueeze(-1))
    return -chosen.squeeze(-1), h_n
    ### END SOLUTION


# %% group="loss"
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

# %% [markdown] lang="en"
# ## 4. One number for a text: `perplexity_by_blocks`
#
# The **perplexity** of a model on a text is $\exp$ of the mean loss:
#
# $$\mathrm{perplexity} = \exp\!\left(\frac{\text{sum of all losses}}{\text{number of predictions}}\right)$$
#
# It reads as a number of choices: a model with perplexity 4 hesitates as if between 4 equally likely tokens. A model
# that knows nothing has perplexity $V$, a perfect one 1.
#
# A long text does not fit in memory at once, so it is read in **blocks** of `k` predictions. With a recurrent network
# that costs nothing: the state carries over what was read. So the answer **must not depend on `k`**, up to rounding.
# Seven tokens, so six predictions, in blocks of `k = 4`:
#
# ```text
# text:      l   e   _   l   o   u   p
# block 1:   l   e   _   l   o             4 predictions, from a state of zeros
# block 2:                   o   u   p     2 predictions, from the states of block 1
# ```
#
# Neighbouring blocks share one token: predicted by the first, read by the second. And the mean is over *predictions*:
# if those of block 1 have a loss of 1 each and those of block 2 of 4 each, the mean loss is $(4 \cdot 1 + 2 \cdot 4) / 6 = 2$,
# whereas the mean of the two block means would be 2.5.
#
# Write `perplexity_by_blocks(ids, model, k)`, which returns a float: over all rows of `ids`, int64 `[B, N]`, together.
# `N` is at least 2 and `k` at least 1; the last block may be shorter, and `k` may be larger than the text.
#
# <details><summary>Hint</summary>
#
# Which slice of `ids` makes `k` predictions, if the one that makes 1 has two tokens? Where does the next one begin?
# Between blocks, keep three things: a sum (a plain number, from `.item()`, so that no graph grows), a count, and the
# states.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# total <- 0 ; count <- 0 ; h <- none
# for start = 0, k, 2k, … while a token is left to predict after it:
#     losses, h <- next_token_losses of (k + 1 tokens from start on, or what is left of them; model; h)
#     total     <- total plus the sum of the losses
#     count     <- count plus the number of losses
# answer <- exp(total / count)
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Un nombre pour un texte : `perplexity_by_blocks`
#
# La **perplexité** d'un modèle sur un texte est l'exponentielle de la perte moyenne :
#
# $$\text{perplexité} = \exp\!\left(\frac{\text{somme de toutes les pertes}}{\text{nombre de prédictions}}\right)$$
#
# Elle se lit comme un nombre de choix : un modèle de perplexité 4 hésite comme entre 4 tokens aussi probables l'un que
# l'autre. Un modèle qui ne sait rien a une perplexité de $V$, un modèle parfait de 1.
#
# Un long texte ne tient pas d'un seul coup en mémoire : on le lit donc par **blocs** de `k` prédictions. Avec un
# réseau récurrent, on n'y perd rien : l'état transporte ce qui a été lu. La réponse **ne doit donc pas dépendre de
# `k`**, aux arrondis près. Sept tokens, donc six prédictions, par blocs de `k = 4` :
#
# ```text
# texte :    l   e   _   l   o   u   p
# bloc 1 :   l   e   _   l   o             4 prédictions, en partant d'un état nul
# bloc 2 :                   o   u   p     2 prédictions, en partant des états du bloc 1
# ```
#
# Deux blocs voisins ont un token en commun : le premier le prédit, le second le lit. Et la moyenne porte sur les
# *prédictions* : si celles du bloc 1 ont une perte de 1 chacune et celles du bloc 2 de 4 chacune, la perte moyenne est
# $(4 \cdot 1 + 2 \cdot 4) / 6 = 2$, alors que la moyenne des deux moyennes de blocs serait 2,5.
#
# Écrivez `perplexity_by_blocks(ids, model, k)`, qui renvoie un float : sur toutes les lignes de `ids`, int64 `[B, N]`,
# prises ensemble. `N` vaut au moins 2 et `k` au moins 1 ; le dernier bloc peut être plus court, et `k` dépasser la
# longueur du texte.
#
# <details><summary>Indice</summary>
#
# Quelle tranche de `ids` fait `k` prédictions, si celle qui en fait 1 a deux tokens ? Où commence la suivante ? D'un
# bloc à l'autre, gardez trois choses : une somme (un simple nombre, par `.item()`, pour qu'aucun graphe ne grandisse),
# un compte et les états.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# total <- 0 ; compte <- 0 ; h <- aucun
# pour début = 0, k, 2k, … tant qu'il reste un token à prédire après lui :
#     pertes, h <- next_token_losses de (k + 1 tokens à partir de début, ou ce qu'il en reste ; model ; h)
#     total     <- total plus la somme des pertes
#     compte    <- compte plus le nombre de pertes
# réponse <- exp(total / compte)
# ```
#
# </details>


# %% id="perplexity"
def perplexity_by_blocks(ids: Tensor, model: dict, k: int) -> float:
    """exp of the mean loss over all predictions in `ids`, read in blocks of `k` predictions.

    ids: int64[B, N], N >= 2, left unmodified; model: as made by `init_model`; k >= 1, may exceed N - 1.
    Each block starts from the states that the one before ended with, so the result does not depend on k.
    A model of zeros with V = 5 -> 5.0, whatever the text.
    Source: Jelinek et al. 1977, "Perplexity: a measure of the difficulty of speech recognition tasks".
    """
    ### BEGIN SOLUTION
    total, count, h = 0.0, 0, None
    for start in range(0, ids.shape[1] - 1, k):
        losses, h = next_token_losses(ids[:, start : start + k + 1], model, h)
        total += losses.sum().item()
        count += losses.numel()
    return math.exp(total / count)
    ### END SOLUTION


# %% group="perplexity"
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

# %% [markdown] lang="en"
# ## 5. Writing on: `generate`
#
# Read a beginning (the **prompt**), take the token with the highest logit, read it as if it had been in the text all
# along, take the next one, and so on. This is **greedy, autoregressive** generation. Nobody corrects the model: a token
# it got wrong is read like any other, and errors add up.
#
# Write `generate(prompt, model, n)`:
#
# - `prompt`, int64 `[B, P]` with `P` at least 1, is left as it is. **All of it is read**, from a state of zeros.
# - Returns the `n` **new** tokens only, int64 `[B, n]`; `n` may be 0, and the answer is then of shape `[B, 0]`.
# - Each row of the batch writes its own text.
# - **Ties**: of several tokens with the same highest logit, the one with the **smallest id** is taken, as `argmax` does.
#
# <details><summary>Hint</summary>
#
# The first call of `lm_forward` reads the whole prompt; only the last of its `P` rows of logits matters. What do the
# next calls read, and from which states? (Reading everything again each time is right too, only slower.)
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# read <- the prompt ; h <- none ; new <- nothing yet, [B, 0]
# n times:
#     logits, h <- lm_forward of (read, model, h)
#     read      <- the id with the highest logit at the last step, as a column [B, 1]
#     new       <- new with this column added on the right
# answer <- new
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 5. Écrire la suite : `generate`
#
# Lire un début (le *prompt*), prendre le token dont le logit est le plus grand, le lire comme s'il avait toujours fait
# partie du texte, prendre le suivant, et ainsi de suite. C'est la génération **gloutonne** (*greedy*) et
# **autorégressive**. Personne ne corrige le modèle : il lit un token faux comme n'importe quel autre, et les erreurs
# s'accumulent.
#
# Écrivez `generate(prompt, model, n)` :
#
# - `prompt`, int64 `[B, P]` avec `P` au moins égal à 1, reste tel quel. **Il est lu en entier**, en partant d'un état
#   nul.
# - Renvoie seulement les `n` **nouveaux** tokens, int64 `[B, n]` ; `n` peut valoir 0, et la réponse est alors de forme
#   `[B, 0]`.
# - Chaque ligne du lot écrit son propre texte.
# - **Ex aequo** : entre plusieurs tokens de même logit maximal, on prend celui dont l'**identifiant est le plus
#   petit**.
#
# <details><summary>Indice</summary>
#
# Le premier appel de `lm_forward` lit tout le prompt ; seule compte la dernière de ses `P` lignes de logits. Que lisent
# les appels suivants, et à partir de quels états ? (Tout relire à chaque fois est juste aussi, mais plus lent.)
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# lire <- le prompt ; h <- aucun ; nouveaux <- rien encore, [B, 0]
# n fois :
#     logits, h <- lm_forward de (lire, model, h)
#     lire      <- l'identifiant du plus grand logit au dernier pas, en colonne [B, 1]
#     nouveaux  <- nouveaux, avec cette colonne ajoutée à droite
# réponse <- nouveaux
# ```
#
# </details>


# %% id="generate"
def generate(prompt: Tensor, model: dict, n: int) -> Tensor:
    """The `n` tokens that the model writes after the prompt, each the most likely one after all before it.

    prompt: int64[B, P], P >= 1, left unmodified; model: as made by `init_model`; n >= 0.
    Returns int64[B, n], the new tokens only; among equal logits the smallest id wins.
    A model of zeros, n = 3 -> [[0, 0, 0]]
    Source: Graves 2013, "Generating Sequences With Recurrent Neural Networks" (there by sampling).
    """
    ### BEGIN SOLUTION
    read, h, new = prompt, None, prompt[:, :0]
    for _ in range(n):
        logits, h = lm_forward(read, model, h)
        read = logits[:, -1:].argmax(dim=-1)
        new = torch.cat([new, read], dim=1)
    return new
    ### END SOLUTION


# %% group="generate"
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

# %% [markdown] lang="en"
# ## 6. To try: a model that writes fables, letter by letter
#
# Twenty-two fables by Jean de La Fontaine (1668–1678). The text is cut into 16 strips that are read side by side, in
# blocks of 40 characters; the states pass from block to block, but gradients stop at the border (`detach`): that is
# **truncated back-propagation through time**. The last tenth of the text is kept aside. It takes some ten seconds.
#
# Where does the loss start, and why? (The dashed line is $\ln V$.) Compare the two perplexities at the end: on the text
# it learned from, and on the text it never saw. Which one tells whether the model knows French?

# %% [markdown] lang="fr"
# ## 6. À essayer : un modèle qui écrit des fables, lettre à lettre
#
# Vingt-deux fables de Jean de La Fontaine (1668-1678). Le texte est coupé en 16 bandes, lues côte à côte par blocs de
# 40 caractères ; les états passent d'un bloc à l'autre, mais les gradients s'arrêtent à la frontière (`detach`) : c'est
# la **rétropropagation tronquée à travers le temps**. Le dernier dixième du texte est mis de côté. Comptez une
# dizaine de secondes.
#
# D'où part la perte, et pourquoi ? (La ligne pointillée est $\ln V$.) Comparez les deux perplexités à la fin : sur le
# texte sur lequel le modèle a appris, et sur celui qu'il n'a jamais vu. Laquelle dit si le modèle sait le français ?

# %% try="train"
from pathlib import Path

import matplotlib.pyplot as plt

text = Path("data/fables.fr.txt").read_text(encoding="utf-8")
symbols = sorted(set(text))
id_of = {symbol: i for i, symbol in enumerate(symbols)}
encoded = torch.tensor([id_of[symbol] for symbol in text])
border = len(text) * 9 // 10
learned, unseen = encoded[:border], encoded[border:].unsqueeze(0)

V, strips, k = len(symbols), 16, 40
stream = learned[: len(learned) // strips * strips].reshape(strips, -1)
model = init_model(V, D=32, H=128, L=1)
weights = [
    model["embedding"],
    model["W_out"],
    model["b_out"],
    *(w for layer in model["layers"] for w in layer.values()),
]
optimizer = torch.optim.Adam(weights, lr=3e-3)
curve = []
for _epoch in range(25):
    h = None
    for start in range(0, stream.shape[1] - 1, k):
        losses, h = next_token_losses(stream[:, start : start + k + 1], model, h)
        h = h.detach()
        optimizer.zero_grad()
        losses.mean().backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        curve.append(losses.mean().item())

with torch.no_grad():
    for name, part in (("learned / appris", stream), ("unseen / jamais vu", unseen)):
        print(f"perplexity / perplexité, {name}: {perplexity_by_blocks(part, model, 100):.2f}, V = {V}")
plt.plot(curve)
plt.axhline(math.log(V), linestyle="--", color="grey")
plt.xlabel("step / pas")
plt.ylabel("loss / perte")
plt.show()

# %% [markdown] lang="en"
# Now let it write. Greedy generation soon goes round in circles: the most likely letter, again and again. **Sampling**
# draws each letter with its probability instead; dividing the logits by a *temperature* below 1 makes the draw more
# cautious. The lab on decoding is all about this choice.

# %% [markdown] lang="fr"
# Laissez-le maintenant écrire. La génération gloutonne tourne vite en rond : la lettre la plus probable, encore et
# encore. L'**échantillonnage** tire plutôt chaque lettre selon sa probabilité ; diviser les logits par une
# *température* inférieure à 1 rend le tirage plus prudent. Le TP sur le décodage est tout entier consacré à ce choix.


# %% try="write"
def sample(beginning, length, temperature, seed):
    """`length` characters drawn one by one after `beginning`."""
    dice = torch.Generator().manual_seed(seed)
    read, h, written = torch.tensor([[id_of[symbol] for symbol in beginning]]), None, beginning
    for _ in range(length):
        scores, h = lm_forward(read, model, h)
        read = torch.multinomial((scores[:, -1] / temperature).softmax(dim=-1), 1, generator=dice)
        written += symbols[int(read)]
    return written


with torch.no_grad():
    beginning = "Le Loup "
    ids = generate(torch.tensor([[id_of[symbol] for symbol in beginning]]), model, 120)
    print("greedy / glouton\n" + beginning + "".join(symbols[i] for i in ids[0]))
    for temperature in (0.5, 1.0):
        print(f"\ntemperature / température {temperature}\n" + sample(beginning, 200, temperature, seed=1))

# %% [markdown] lang="en"
# ## Where this stands today
#
# `torch.nn.RNN` is your `rnn_forward`, with three differences to know: it reads `[T, B, D]` unless told
# `batch_first=True`; it stores `W` and `U` transposed; and it has two biases per layer, `bias_ih` and `bias_hh`, of
# which only the sum matters. `nn.LSTM` and `nn.GRU` have the same shapes with a better cell.
#
# Large language models have left recurrence for attention, mainly because step $t$ of an RNN must wait for step
# $t - 1$, whereas a Transformer trains on all positions at once. What you wrote *around* the network stayed as it is:
# the shifted targets, the mean over tokens, the perplexity, the loop that feeds a model its own predictions. And
# the idea of a state of fixed size, cheap however long the text, is back in the state-space models (Mamba, 2023).
#
# **Next.** An encoder reads a sentence into its last state, a decoder writes the translation from it: Seq2Seq.

# %% [markdown] lang="fr"
# ## Ce que c'est devenu
#
# `torch.nn.RNN` est votre `rnn_forward`, à trois différences près, qu'il faut connaître : il lit `[T, B, D]`, sauf si
# on lui dit `batch_first=True` ; il stocke les transposées de `W` et `U` ; et il a deux biais par couche, `bias_ih` et
# `bias_hh`, dont seule la somme compte. `nn.LSTM` et `nn.GRU` ont les mêmes formes, avec une meilleure cellule.
#
# Les grands modèles de langue ont quitté la récurrence pour l'attention, surtout parce que le pas $t$ d'un RNN doit
# attendre le pas $t - 1$, alors qu'un Transformer apprend sur toutes les positions à la fois. Ce que vous avez écrit
# *autour* du réseau est resté tel quel : les cibles décalées, la moyenne sur les tokens, la perplexité, la boucle qui
# fait lire au modèle ses propres prédictions. Et l'idée d'un état de taille fixe, bon marché si long que soit le
# texte, revient avec les modèles à espace d'états (Mamba, 2023).
#
# **La suite.** Un encodeur lit une phrase et la garde dans son dernier état, un décodeur en écrit la traduction :
# Seq2Seq.
