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
# # Attention as retrieval
#
# **What you will be able to do:** say what a query, a key and a value are, compute by hand what attention returns, and
# explain why a soft choice can be learned where a hard one cannot.
#
# ## The idea
#
# A dictionary in Python answers a question exactly or not at all: `prices["apple"]` needs the key `"apple"`, to the
# letter. Attention is a dictionary that answers *approximately*. You ask with a **query**, a vector. Every entry has
# a **key**, a vector that says what the entry is about, and a **value**, a vector that says what it contains. The
# query is compared with every key; the similarities become weights that sum to 1; the answer is the average of the
# values with these weights.
#
# ![Left: a query and four keys as arrows in the plane. Right: the weight each key gets for three temperatures of the comparison, from nearly equal shares to nearly all on the closest key.](figures/retrieval.en.svg)
#
# When the query resembles one key far more than the others, nearly all the weight goes to it and attention behaves
# like the dictionary. When it resembles several, their values are mixed. Between the two there is no jump, and this
# is the point: a hard choice has no useful gradient (move the query a little and the answer does not change, or
# changes abruptly), while weights move smoothly with the query, so that gradient descent can learn what to ask and
# how to label. Word alignment models of the 1990s already chose, for each word of a translation, the source word it
# comes from (Brown et al., 1993); attention made that choice soft, first for translation (Bahdanau et al., 2015).

# %% [markdown] lang="fr"
# # L'attention comme recherche documentaire
#
# **Ce que vous saurez faire :** dire ce que sont une requête, une clé et une valeur, calculer à la main ce que
# renvoie l'attention, et expliquer pourquoi un choix souple s'apprend là où un choix dur ne s'apprend pas.
#
# ## L'idée
#
# Un dictionnaire Python répond exactement ou pas du tout : `prix["pomme"]` exige la clé `"pomme"`, à la lettre près.
# L'attention est un dictionnaire qui répond *à peu près*. On l'interroge avec une **requête**, un vecteur. Chaque
# entrée a une **clé**, un vecteur qui dit de quoi elle parle, et une **valeur**, un vecteur qui dit ce qu'elle
# contient. La requête est comparée à toutes les clés ; les similarités deviennent des poids de somme 1 ; la réponse
# est la moyenne des valeurs selon ces poids.
#
# ![À gauche : une requête et quatre clés, flèches dans le plan. À droite : le poids que reçoit chaque clé pour trois températures de la comparaison, de parts presque égales à presque tout sur la clé la plus proche.](figures/retrieval.fr.svg)
#
# Quand la requête ressemble beaucoup plus à une clé qu'aux autres, presque tout le poids lui revient et l'attention
# se comporte comme le dictionnaire. Quand elle ressemble à plusieurs, leurs valeurs se mélangent. Entre les deux,
# aucun saut, et c'est tout l'intérêt : un choix dur n'a pas de gradient utile (bougez un peu la requête : la réponse
# ne change pas, ou change brusquement), alors que les poids varient en douceur avec la requête ; la descente de
# gradient peut donc apprendre quoi demander et comment étiqueter. Les modèles d'alignement des années 1990
# choisissaient déjà, pour chaque mot d'une traduction, le mot source dont il vient (Brown et al., 1993) ; l'attention
# a rendu ce choix souple, d'abord pour la traduction (Bahdanau et al., 2015).

# %% [markdown] lang="en"
# ## The formula
#
# For one query $q$ and keys $k_1, \dots, k_T$ with values $v_1, \dots, v_T$:
#
# $$w_j = \frac{\exp(q \cdot k_j / \sqrt{d_k})}{\sum_{i=1}^{T} \exp(q \cdot k_i / \sqrt{d_k})} \qquad\qquad \mathrm{out} = \sum_{j=1}^{T} w_j\, v_j$$
#
# A query and a key are compared, so they have the same size $d_k$. A value is never compared with anything, so its
# size $d_v$ is free, and it is the size of the answer. With $T_q$ queries at once, this is one matrix product for the
# scores and one for the average:
#
# {{attention.scaled_dot_product_attention}}

# %% [markdown] lang="fr"
# ## La formule
#
# Pour une requête $q$ et des clés $k_1, \dots, k_T$ de valeurs $v_1, \dots, v_T$ :
#
# $$w_j = \frac{\exp(q \cdot k_j / \sqrt{d_k})}{\sum_{i=1}^{T} \exp(q \cdot k_i / \sqrt{d_k})} \qquad\qquad \mathrm{out} = \sum_{j=1}^{T} w_j\, v_j$$
#
# Une requête et une clé se comparent : elles ont la même taille $d_k$. Une valeur ne se compare à rien : sa taille
# $d_v$ est libre, et c'est celle de la réponse. Avec $T_q$ requêtes à la fois, un produit de matrices donne les
# scores et un autre la moyenne :
#
# {{attention.scaled_dot_product_attention}}

# %% [markdown] lang="en"
# ## In code
#
# Three entries, one query, by hand. Change the query and run the cell again: can you make the answer be the first
# value alone, or the mean of the last two?

# %% [markdown] lang="fr"
# ## En code
#
# Trois entrées, une requête, à la main. Changez la requête et relancez la cellule : arrivez-vous à obtenir la
# première valeur seule, ou la moyenne des deux dernières ?

# %% id="by-hand"
import math

import torch

keys = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.0, 0.9]])  # [T, d_k]
values = torch.tensor([[10.0], [20.0], [30.0]])  # [T, d_v]
query = torch.tensor([0.2, 3.0])  # [d_k]

similarities = keys @ query / math.sqrt(len(query))  # [T]
shares = torch.exp(similarities) / torch.exp(similarities).sum()  # [T], sums to 1
answer = shares @ values  # [d_v]
print("weights", [round(share, 3) for share in shares.tolist()], "answer", round(answer.item(), 2))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Averaging the keys.** Keys and queries decide *how much*; only values are averaged.
# - **A softmax along the wrong dimension.** Each *query* shares 1 among the keys: the weights of one query sum to 1.
#   Along the other dimension, queries would compete for a key.
# - **Calling it a lookup that finds one entry.** Every entry with a finite score gets a weight above zero; masking is
#   the only way to give exactly zero.
# - **Forgetting the root of $d_k$.** With many dimensions the dot products spread, the softmax saturates, and the
#   gradient with respect to the query vanishes.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Moyenner les clés.** Clés et requêtes décident *combien* ; seules les valeurs sont moyennées.
# - **Un softmax le long de la mauvaise dimension.** Chaque *requête* partage 1 entre les clés : les poids d'une
#   requête somment à 1. Le long de l'autre dimension, les requêtes se disputeraient une clé.
# - **Y voir une recherche qui trouve une entrée.** Toute entrée de score fini reçoit un poids supérieur à zéro ; seul
#   un masque donne exactement zéro.
# - **Oublier la racine de $d_k$.** Avec beaucoup de dimensions les produits scalaires s'étalent, le softmax sature,
#   et le gradient par rapport à la requête s'annule.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `torch.nn.functional.scaled_dot_product_attention` computes the formula above in one fused call, and picks a faster
# kernel where the machine has one. The word *retrieval* comes back in module 2 with another meaning: in retrieval-augmented generation a
# search engine, with a hard choice of a few documents, feeds the model's context. Attention retrieves among vectors
# inside the model; RAG retrieves among documents outside it.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `torch.nn.functional.scaled_dot_product_attention` calcule la formule ci-dessus en un seul appel fusionné, avec un
# noyau plus rapide quand la machine en a un. Le mot *recherche* revient au module 2 dans un autre sens : en
# génération augmentée par la recherche (RAG), un moteur de recherche, par un choix dur de quelques documents,
# alimente le contexte du modèle. L'attention cherche parmi des vecteurs dans le modèle ; le RAG cherche parmi des
# documents au-dehors.

# %% [markdown] lang="en"
# ## Sources
#
# - P. Brown, S. Della Pietra, V. Della Pietra, R. Mercer (1993), *The Mathematics of Statistical Machine Translation:
#   Parameter Estimation*, Computational Linguistics 19(2).
# - D. Bahdanau, K. Cho, Y. Bengio (2015), [*Neural Machine Translation by Jointly Learning to Align and Translate*](https://arxiv.org/abs/1409.0473), ICLR.
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), section 3.2.

# %% [markdown] lang="fr"
# ## Sources
#
# - P. Brown, S. Della Pietra, V. Della Pietra, R. Mercer (1993), *The Mathematics of Statistical Machine Translation:
#   Parameter Estimation*, Computational Linguistics 19(2).
# - D. Bahdanau, K. Cho, Y. Bengio (2015), [*Neural Machine Translation by Jointly Learning to Align and
#   Translate*](https://arxiv.org/abs/1409.0473), ICLR.
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), section 3.2.
