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
# **What you will be able to do:** unroll a recurrent network, make a language model of it, measure it and let it
# write, follow a gradient back through time, and explain why it vanishes or explodes.
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
# step in between, and each step multiplies it by the same matrix $U$ and by a factor that depends on the state.
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
# **Ce que vous saurez faire :** dérouler un réseau récurrent, en faire un modèle de langue, le mesurer et le laisser
# écrire, suivre un gradient qui remonte le temps, et expliquer pourquoi il s'évanouit ou explose.
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
# doit remonter tous les pas intermédiaires, et chaque pas le multiplie par la même matrice $U$ et par un facteur qui
# dépend de l'état.
#
# ![À gauche : la taille du gradient qui remonte jusqu'à 60 pas, en échelle logarithmique ; avec une matrice récurrente qui multiplie les longueurs par 0,7, il perd dix ordres de grandeur, avec 1,3 il reste près de 1, avec 3 il en gagne sept. À droite : l'écart entre deux lectures dont les premiers tokens diffèrent d'un millième ; la différence est oubliée, conservée, ou grandit jusqu'à ce que les états n'aient plus rien de commun.](figures/rnn.fr.svg)
#
# La partie gauche le mesure. Quand la matrice récurrente réduit les vecteurs, ce que le 60e token pourrait enseigner
# sur le premier est dix ordres de grandeur trop petit pour être appris. Quand elle les allonge beaucoup, les gradients
# explosent. Entre les deux, il y a une bande étroite où l'allongement et l'aplatissement par tanh s'équilibrent, et
# rien dans l'entraînement n'y maintient les poids. La partie droite montre la même chose vue de l'avant : une petite
# différence au premier token est oubliée, conservée, ou grandit jusqu'à ce que les deux états n'aient plus rien de
# commun.

# %% [markdown] lang="en"
# ## The formula
#
# With $x_t$ the vector that a layer reads at step $t$, $[B, D]$, and $h_t$ its state, $[B, H]$:
#
# $$h_t = \tanh(x_t W + h_{t-1} U + b), \qquad W: [D, H],\quad U: [H, H],\quad b: [H]$$
#
# In a stack, layer 1 reads the embeddings and every layer above reads, at step $t$, the state that the layer below
# has just computed at step $t$; above layer 1, $W$ is therefore $[H, H]$. Each layer has its own $W$, $U$, $b$ and
# its own state, with its own starting value.
#
# {{rnn.rnn_cell}}
#
# {{rnn.rnn_forward}}
#
# The gradient of a state with respect to an earlier one of the same layer is a product of one factor per step, from
# $t = T$ on the left to $t = k+1$ on the right:
#
# $$\frac{\partial h_T}{\partial h_k} = \mathrm{diag}(1 - h_T^2)\, U^\top \cdots \mathrm{diag}(1 - h_{k+1}^2)\, U^\top$$
#
# Row $i$, column $j$ is the derivative of the number $i$ of $h_T$ with respect to the number $j$ of $h_k$; hence the
# transpose of $U$. The size of the product behaves like $\lambda^{T-k}$, where $\lambda$ measures how much one step
# stretches a vector. The factors $1 - h_t^2 \le 1$ only ever shrink it.

# %% [markdown] lang="fr"
# ## La formule
#
# Avec $x_t$ le vecteur qu'une couche lit au pas $t$, $[B, D]$, et $h_t$ son état, $[B, H]$ :
#
# $$h_t = \tanh(x_t W + h_{t-1} U + b), \qquad W: [D, H],\quad U: [H, H],\quad b: [H]$$
#
# Dans une pile, la couche 1 lit les plongements et chaque couche au-dessus lit, au pas $t$, l'état que la couche du
# dessous vient de calculer au pas $t$ ; au-dessus de la couche 1, $W$ est donc $[H, H]$. Chaque couche a ses propres
# $W$, $U$, $b$ et son propre état, avec sa propre valeur de départ.
#
# {{rnn.rnn_cell}}
#
# {{rnn.rnn_forward}}
#
# Le gradient d'un état par rapport à un état antérieur de la même couche est un produit d'un facteur par pas, de
# $t = T$, à gauche, à $t = k+1$, à droite :
#
# $$\frac{\partial h_T}{\partial h_k} = \mathrm{diag}(1 - h_T^2)\, U^\top \cdots \mathrm{diag}(1 - h_{k+1}^2)\, U^\top$$
#
# Ligne $i$, colonne $j$, on lit la dérivée du nombre $i$ de $h_T$ par rapport au nombre $j$ de $h_k$ ; d'où la
# transposée de $U$. La taille du produit se comporte comme $\lambda^{T-k}$, où $\lambda$ dit de combien un pas
# allonge un vecteur. Les facteurs $1 - h_t^2 \le 1$ ne font jamais que le réduire.

# %% [markdown] lang="en"
# ### From the state to the next token
#
# A language model gives each of the $V$ entries of the vocabulary a score, its **logit**, computed from the state of
# the highest layer. A softmax makes probabilities of the logits $z_t$, and the **loss** at $t$ is $-\ln$ of the
# probability given to the token that comes at $t + 1$:
#
# $$z_t = h_t W_{\mathrm{out}} + b_{\mathrm{out}}, \qquad \ell_t = -\ln \mathrm{softmax}(z_t)[\mathrm{ids}_{t+1}], \qquad W_{\mathrm{out}}: [H, V],\quad b_{\mathrm{out}}: [V]$$
#
# $N$ tokens give $N - 1$ predictions: the last token is only a target, the first only an input. Of *the wolf sleeps
# well* the model reads *the wolf sleeps* and has to predict *wolf sleeps well*.
#
# Take the logarithm and the softmax in one go, with `log_softmax`: when logits are far apart, the softmax rounds a
# small probability to 0, and its logarithm is $-\infty$. Then pick, among the $V$ numbers of each step, the one of
# the right token: use `torch.gather` along the vocabulary axis, with an axis of size 1 added to the targets, since it
# wants as many axes as the scores have; or index with the targets, $[B, N-1]$, together with the indices of row, of
# shape $[B, 1]$, and of step, of shape $[N-1]$. Two flat lists would be paired wrongly, without an error when
# $B = N - 1$. The scores come from `lm_forward`, which `rnn.py` gives you: it computes $z_t$ for every step.
#
# {{rnn.next_token_losses}}

# %% [markdown] lang="fr"
# ### De l'état au token suivant
#
# Un modèle de langue donne à chacune des $V$ entrées du vocabulaire un score, son **logit**, calculé à partir de
# l'état de la couche la plus haute. Un softmax fait des logits $z_t$ des probabilités, et la **perte** en $t$ est
# $-\ln$ de la probabilité donnée au token qui vient en $t + 1$ :
#
# $$z_t = h_t W_{\mathrm{out}} + b_{\mathrm{out}}, \qquad \ell_t = -\ln \mathrm{softmax}(z_t)[\mathrm{ids}_{t+1}], \qquad W_{\mathrm{out}}: [H, V],\quad b_{\mathrm{out}}: [V]$$
#
# $N$ tokens donnent $N - 1$ prédictions : le dernier token n'est qu'une cible, le premier n'est qu'une entrée. De *le
# loup dort bien*, le modèle lit *le loup dort* et doit prédire *loup dort bien*.
#
# Prenez le logarithme et le softmax d'un seul coup, avec `log_softmax` : quand les logits sont très éloignés, le
# softmax arrondit une petite probabilité à 0, et son logarithme est $-\infty$. Choisissez ensuite, parmi les $V$
# nombres de chaque pas, celui du bon token : employez `torch.gather` le long de l'axe du vocabulaire, en ajoutant
# aux cibles un axe de taille 1, car il veut autant d'axes que les scores en ont ; ou indexez avec les cibles,
# $[B, N-1]$, jointes aux indices de ligne, de forme $[B, 1]$, et de pas, de forme $[N-1]$. Deux listes plates
# s'apparieraient mal, et sans erreur quand $B = N - 1$. Les scores viennent de `lm_forward`, que `rnn.py` vous
# donne : elle calcule $z_t$ à chaque pas.
#
# {{rnn.next_token_losses}}

# %% [markdown] lang="en"
# ### Perplexity
#
# The **perplexity** of a text is the exponential of its mean loss: add up the losses of all rows and steps, divide
# once by their number, and take the exponential last. It is the number of equally likely tokens among which the model
# might as well choose: 1 when it is sure and right, $V$ when its logits are all equal. A long text is read in blocks,
# each from the states in which the one before ended.
#
# {{rnn.perplexity_by_blocks}}

# %% [markdown] lang="fr"
# ### La perplexité
#
# La **perplexité** d'un texte est l'exponentielle de sa perte moyenne : additionnez les pertes de toutes les lignes
# et de tous les pas, divisez une seule fois par leur nombre, et prenez l'exponentielle en dernier. C'est le nombre de
# tokens équiprobables entre lesquels le modèle pourrait aussi bien choisir : 1 quand il est sûr de lui et a raison,
# $V$ quand ses logits sont tous égaux. Un long texte se lit par blocs, chacun à partir des états où le précédent
# s'est arrêté.
#
# {{rnn.perplexity_by_blocks}}

# %% [markdown] lang="en"
# ### Generating
#
# To write, the model reads the prompt once and chooses a token from the logits of the last step; **greedy** takes the
# largest, and on a tie the smallest id, as `argmax` does. Then it reads only that token, as a text of length 1,
# $[B, 1]$, starting from the carried state, chooses the next, and so on. Every token is read exactly once; the last
# one chosen need not be read. With $n = 0$ nothing is added: the result is $[B, 0]$, still int64, and `torch.stack`
# refuses an empty list.
#
# {{rnn.generate}}

# %% [markdown] lang="fr"
# ### Générer
#
# Pour écrire, le modèle lit le prompt une fois et choisit un token d'après les logits du dernier pas ; le choix
# **glouton** (*greedy*) prend le plus grand et, en cas d'égalité, le plus petit identifiant, comme `argmax`. Puis il
# ne lit que ce token, comme un texte de longueur 1, $[B, 1]$, à partir de l'état qu'il a emporté, choisit le suivant,
# et ainsi de suite. Chaque token est lu exactement une fois ; le dernier choisi n'a pas besoin de l'être. Avec
# $n = 0$, rien n'est ajouté : le résultat est $[B, 0]$, toujours en int64, et `torch.stack` refuse une liste vide.
#
# {{rnn.generate}}

# %% [markdown] lang="en"
# ## In code
#
# One layer, from a state of zeros: it reads, and carries its state along. Compare the loop with torch's own layer,
# whose matrices are stored the other way round and which has two biases. The stack and the losses are yours; these
# zeros are float32, where a state of yours must have the dtype of `x`.

# %% [markdown] lang="fr"
# ## En code
#
# Une seule couche, qui part d'un état nul : elle lit et emporte son état. Comparez la boucle à la couche de torch,
# dont les matrices sont rangées dans l'autre sens et qui a deux biais. La pile et les pertes sont à vous ; ces zéros
# sont en float32, alors que vos états doivent avoir le dtype de `x`.

# %% id="unrolled"
import torch
from torch import nn

torch.manual_seed(0)
B, T, D, H = 2, 5, 3, 4
layer = nn.RNN(D, H, batch_first=True)
W, U, b = layer.weight_ih_l0.T, layer.weight_hh_l0.T, layer.bias_ih_l0 + layer.bias_hh_l0
x = torch.randn(B, T, D)

h, seen = torch.zeros(B, H), []
for step in range(T):
    h = torch.tanh(x[:, step] @ W + h @ U + b)  # always the same W, U, b
    seen.append(h)  # a new tensor at each step
out = torch.stack(seen, dim=1)  # [B, T, H]
print("as torch's own:", torch.allclose(out, layer(x)[0], atol=1e-6), "- states:", tuple(out.shape))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Starting each block from zeros.** A long text is read in blocks of `k` predictions (*truncated
#   backpropagation*). The state is carried over, or the model forgets everything at each seam.
# - **Blocks without overlap.** A block of `k` predictions spans `k + 1` tokens: the last target of one block, which
#   its states have not read, is the first input of the next. Six tokens in blocks of two predictions are tokens 1 to
#   3, 3 to 5, then 5 and 6. Without this overlap one prediction is lost at each seam.
# - **Carrying the graph over with it.** `h = h.detach()` between blocks: the number comes along, its history does
#   not. Otherwise the second `backward` fails, or the graph grows without end. Where you only measure, no history is
#   needed at all: detach there too.
# - **Detaching inside a block.** Then nothing flows through time: at each step, the network learns only from the
#   token just read. The loss still falls, which is what makes this hard to see.
# - **Clipping each parameter by itself.** *Clipping by norm* scales all gradients by one number, so that the step
#   keeps its direction. It is done after `backward` and before `step`.
# - **Averaging perplexities.** The mean of the perplexities of equal blocks is never smaller than the perplexity of
#   the text; with unequal blocks it can be too large or too small. Carry a sum of losses and their number from block
#   to block.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Repartir de zéro à chaque bloc.** Un long texte se lit par blocs de `k` prédictions (*rétropropagation
#   tronquée*). On emporte l'état, sans quoi le modèle oublie tout à chaque jointure.
# - **Des blocs sans recouvrement.** Un bloc de `k` prédictions couvre `k + 1` tokens : la dernière cible d'un bloc,
#   que ses états n'ont pas lue, est la première entrée du suivant. Six tokens par blocs de deux prédictions, ce sont
#   les tokens 1 à 3, 3 à 5, puis 5 et 6. Sans ce recouvrement, une prédiction se perd à chaque jointure.
# - **Emporter le graphe avec lui.** `h = h.detach()` entre deux blocs : le nombre suit, son histoire non. Sinon le
#   deuxième `backward` échoue, ou le graphe grandit sans fin. Quand on ne fait que mesurer, aucune histoire n'est
#   utile : détachez là aussi.
# - **Détacher à l'intérieur d'un bloc.** Plus rien ne remonte alors le temps : à chaque pas, le réseau n'apprend que
#   du token qu'il vient de lire. La perte baisse quand même, et c'est ce qui rend l'erreur difficile à voir.
# - **Écrêter chaque paramètre à part.** L'*écrêtage par la norme* multiplie tous les gradients par un même nombre,
#   pour que le pas garde sa direction. Il se fait après `backward` et avant `step`.
# - **Faire la moyenne de perplexités.** La moyenne des perplexités de blocs égaux n'est jamais plus petite que la
#   perplexité du texte ; avec des blocs inégaux, elle peut être trop grande ou trop petite. Emportez de bloc en bloc
#   une somme de pertes et leur nombre.

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
