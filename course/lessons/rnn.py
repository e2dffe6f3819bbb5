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
# # Recurrent networks: a state that is carried along
#
# **What you will be able to do:** unroll a recurrent network, follow a gradient back through time, and explain why it
# vanishes or explodes.
#
# ## The idea
#
# A sentence has no fixed length, a network has a fixed number of weights. A **recurrent network** settles this by
# reading one token at a time and keeping a **state**, a vector of fixed size: the new state is computed from the
# token and the old state, always with the same weights. After the last token the state has seen the whole sentence,
# in order.
#
# Unrolled in time it is a very deep network, as deep as the sentence is long, with one layer repeated. That is where
# its trouble comes from. To learn that the first word matters for the last, a gradient has to come back through every
# step in between, and each step multiplies it by the same matrix.
#
# ![Left: the size of the gradient that comes back over up to 60 steps, on a logarithmic scale; with a recurrent matrix that multiplies lengths by 0.7 it falls by ten orders of magnitude, with 1.3 it stays near 1, with 3 it grows by seven orders. Right: how far apart two runs are whose first tokens differ by a thousandth; the difference is forgotten, kept, or grows until the states have nothing in common.](figures/rnn.en.svg)
#
# The left-hand side measures it. When the recurrent matrix shrinks vectors, what the 60th token could teach about the
# first is ten orders of magnitude too small to be learned. When it stretches them a lot, gradients explode. In
# between is a narrow strip where the stretching and the flattening of tanh balance, and nothing in training keeps the
# weights there. The right-hand side shows the same from the front: a small difference in the first token is
# forgotten, kept, or grows until the two states have nothing in common.

# %% [markdown] lang="fr"
# # Réseaux récurrents : un état que l'on emporte
#
# **Ce que vous saurez faire :** dérouler un réseau récurrent, suivre un gradient qui remonte le temps, et expliquer
# pourquoi il s'évanouit ou explose.
#
# ## L'idée
#
# Une phrase n'a pas de longueur fixe, un réseau a un nombre fixe de poids. Un **réseau récurrent** résout cela en
# lisant un token à la fois et en gardant un **état**, un vecteur de taille fixe : le nouvel état se calcule à partir
# du token et de l'ancien état, toujours avec les mêmes poids. Après le dernier token, l'état a vu toute la phrase,
# dans l'ordre.
#
# Déroulé dans le temps, c'est un réseau très profond, aussi profond que la phrase est longue, fait d'une seule couche
# répétée. C'est de là que viennent ses ennuis. Pour apprendre que le premier mot compte pour le dernier, un gradient
# doit remonter tous les pas intermédiaires, et chaque pas le multiplie par la même matrice.
#
# ![À gauche : la taille du gradient qui remonte jusqu'à 60 pas, en échelle logarithmique ; avec une matrice récurrente qui multiplie les longueurs par 0,7, il perd dix ordres de grandeur, avec 1,3 il reste près de 1, avec 3 il en gagne sept. À droite : l'écart entre deux lectures dont les premiers tokens diffèrent d'un millième ; la différence est oubliée, conservée, ou grandit jusqu'à ce que les états n'aient plus rien de commun.](figures/rnn.fr.svg)
#
# La partie gauche le mesure. Quand la matrice récurrente réduit les vecteurs, ce que le 60e token pourrait apprendre
# du premier est dix ordres de grandeur trop petit pour être appris. Quand elle les allonge beaucoup, les gradients
# explosent. Entre les deux, il y a une bande étroite où l'allongement et l'aplatissement par tanh s'équilibrent, et
# rien dans l'entraînement n'y maintient les poids. La partie droite montre la même chose vue de l'avant : une petite
# différence au premier token est oubliée, conservée, ou grandit jusqu'à ce que les deux états n'aient plus rien de
# commun.

# %% [markdown] lang="en"
# ## The formula
#
# With $x_t$ the embedding of the token, $[B, D]$, and $h_t$ the state, $[B, H]$:
#
# $$h_t = \tanh(x_t W + h_{t-1} U + b), \qquad W: [D, H],\quad U: [H, H],\quad b: [H]$$
#
# The gradient of a state with respect to an earlier one is a product of one factor per step:
#
# $$\frac{\partial h_T}{\partial h_k} = \prod_{t=k+1}^{T} \mathrm{diag}(1 - h_t^2)\, U^\top$$
#
# Its size behaves like $\lambda^{T-k}$, where $\lambda$ measures how much one step stretches a vector. The factors $1
# - h_t^2 \le 1$ only ever shrink it.
#
# {{rnn.rnn_cell}}
#
# {{rnn.rnn_forward}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec $x_t$ le plongement du token, $[B, D]$, et $h_t$ l'état, $[B, H]$ :
#
# $$h_t = \tanh(x_t W + h_{t-1} U + b), \qquad W: [D, H],\quad U: [H, H],\quad b: [H]$$
#
# Le gradient d'un état par rapport à un état antérieur est un produit d'un facteur par pas :
#
# $$\frac{\partial h_T}{\partial h_k} = \prod_{t=k+1}^{T} \mathrm{diag}(1 - h_t^2)\, U^\top$$
#
# Sa taille se comporte comme $\lambda^{T-k}$, où $\lambda$ dit de combien un pas allonge un vecteur. Les facteurs $1
# - h_t^2 \le 1$ ne font jamais que le réduire.
#
# {{rnn.rnn_cell}}
#
# {{rnn.rnn_forward}}

# %% [markdown] lang="en"
# ## In code
#
# The whole of a recurrent language model fits in a few lines: read, carry the state along, score the next token. The
# loop is yours; compare it with torch's own layer, whose matrices are stored the other way round and which has two
# biases.

# %% [markdown] lang="fr"
# ## En code
#
# Tout un modèle de langue récurrent tient en quelques lignes : lire, emporter l'état, noter le token suivant. La
# boucle est à vous ; comparez-la à la couche de torch, dont les matrices sont rangées dans l'autre sens et qui a deux
# biais.

# %% id="unrolled"
import torch
from torch import nn

torch.manual_seed(0)
B, T, D, H = 2, 5, 3, 4
layer = nn.RNN(D, H, batch_first=True)
W, U, b = layer.weight_ih_l0.T, layer.weight_hh_l0.T, layer.bias_ih_l0 + layer.bias_hh_l0
x = torch.randn(B, T, D)

h, states = torch.zeros(B, H), []
for t in range(T):
    h = torch.tanh(x[:, t] @ W + h @ U + b)  # always the same W, U, b
    states.append(h)
out = torch.stack(states, dim=1)  # [B, T, H]
print("as torch's own:", torch.allclose(out, layer(x)[0], atol=1e-6), "- states:", tuple(out.shape))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Starting each block from zeros.** A long text is read in blocks of `k` tokens (*truncated backpropagation*). The
#   state is carried over, or the model forgets everything at each seam.
# - **Carrying the graph over with it.** `h = h.detach()` between blocks: the number comes along, its history does
#   not. Otherwise the second `backward` fails, or the graph grows without end.
# - **Detaching inside a block.** Then nothing flows through time, and the network learns from the last token only.
#   The loss still falls, which is what makes this hard to see.
# - **Clipping each parameter by itself.** *Clipping by norm* scales all gradients by one number, so that the step
#   keeps its direction. It is done after `backward` and before `step`.
# - **Averaging perplexities.** Perplexity is the exponential of the mean loss over all tokens; the mean of several
#   perplexities is larger.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Repartir de zéro à chaque bloc.** Un long texte se lit par blocs de `k` tokens (*rétropropagation tronquée*). On
#   emporte l'état, sans quoi le modèle oublie tout à chaque jointure.
# - **Emporter le graphe avec lui.** `h = h.detach()` entre deux blocs : le nombre suit, son histoire non. Sinon le
#   deuxième `backward` échoue, ou le graphe grandit sans fin.
# - **Détacher à l'intérieur d'un bloc.** Plus rien ne remonte alors le temps, et le réseau n'apprend que du dernier
#   token. Le coût baisse quand même, et c'est ce qui rend l'erreur difficile à voir.
# - **Écrêter chaque paramètre à part.** L'*écrêtage par la norme* multiplie tous les gradients par un même nombre,
#   pour que le pas garde sa direction. Il se fait après `backward` et avant `step`.
# - **Faire la moyenne de perplexités.** La perplexité est l'exponentielle du coût moyen sur tous les tokens ; la
#   moyenne de plusieurs perplexités est plus grande.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `torch.nn.RNN`, `nn.LSTM` and `nn.GRU` run the loop in one fused kernel; `nn.utils.clip_grad_norm_` clips. LSTM and
# GRU add gates: a path along which the state is *added to* rather than multiplied, so that gradients survive hundreds
# of steps. Transformers dropped recurrence because its steps cannot be computed in parallel. The idea is back in
# *state space models* (Mamba) and linear attention, whose recurrence is linear and can be computed in parallel in
# training, with a state of fixed size in use.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `torch.nn.RNN`, `nn.LSTM` et `nn.GRU` exécutent la boucle dans un noyau fusionné ; `nn.utils.clip_grad_norm_`
# écrête. LSTM et GRU ajoutent des portes : un chemin le long duquel on *ajoute* à l'état au lieu de le multiplier, si
# bien que les gradients survivent à des centaines de pas. Les Transformers ont abandonné la récurrence parce que ses
# pas ne se calculent pas en parallèle. L'idée revient dans les *modèles à espace d'états* (Mamba) et l'attention
# linéaire, dont la récurrence est linéaire et se calcule en parallèle à l'entraînement, avec un état de taille fixe à
# l'usage.

# %% [markdown] lang="en"
# ## Sources
#
# - J. L. Elman (1990), *Finding Structure in Time*, Cognitive Science 14(2).
# - R. Pascanu, T. Mikolov, Y. Bengio (2013), [*On the difficulty of training recurrent neural
#   networks*](https://arxiv.org/abs/1211.5063), sections 2 and 3.
# - S. Hochreiter, J. Schmidhuber (1997), *Long Short-Term Memory*, Neural Computation 9(8).

# %% [markdown] lang="fr"
# ## Sources
#
# - J. L. Elman (1990), *Finding Structure in Time*, Cognitive Science 14(2).
# - R. Pascanu, T. Mikolov, Y. Bengio (2013), [*On the difficulty of training recurrent neural
#   networks*](https://arxiv.org/abs/1211.5063), sections 2 et 3.
# - S. Hochreiter, J. Schmidhuber (1997), *Long Short-Term Memory*, Neural Computation 9(8).
