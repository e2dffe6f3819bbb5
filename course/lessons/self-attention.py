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
# # Self-attention
#
# **What you will be able to do:** say where queries, keys and values come from in self-attention, why the dot
# products are divided by $\sqrt{d_k}$, and what the operation cannot see.
#
# ## The idea
#
# In translation the decoder asks and the encoder answers. **Self-attention** lets a sentence ask *itself*: each token
# makes a query (what am I looking for?), a key (what am I about?) and a value (what do I have to say?), by three
# matrices that are learned, and receives the average of the values that match its query. *It* can fetch the noun it
# stands for, a verb its subject, however far away: any two tokens are one step apart, where a recurrent network needs
# as many steps as there are words between them. And all the steps are one matrix product, so the whole sentence is
# computed at once.
#
# Its price: every token looks at every token, $T^2$ comparisons. And the comparison needs care. If the components of
# $q$ and $k$ vary with variance 1, their dot product has variance $d_k$: the wider the vectors, the larger the
# scores.
#
# ![Left: the largest of 16 attention weights grows from 0.3 to 0.95 with the width of the vectors when bare dot products are used, and stays near 0.24 when they are divided by the root of the width. Right: the gradient that reaches a query collapses for wide vectors without the division.](figures/self-attention.en.svg)
#
# Without the division the softmax of wide vectors is nearly a hard choice from the first step on, made at random, and
# the gradient that would correct it fades. Dividing by $\sqrt{d_k}$ brings the variance back to 1 for every width.

# %% [markdown] lang="fr"
# # L'auto-attention
#
# **Ce que vous saurez faire :** dire d'où viennent requêtes, clés et valeurs dans l'auto-attention, pourquoi on
# divise les produits scalaires par $\sqrt{d_k}$, et ce que l'opération ne peut pas voir.
#
# ## L'idée
#
# En traduction, le décodeur interroge et l'encodeur répond. L'**auto-attention** laisse une phrase s'interroger
# *elle-même* : chaque token fabrique une requête (qu'est-ce que je cherche ?), une clé (de quoi suis-je fait ?) et
# une valeur (qu'ai-je à dire ?), par trois matrices apprises, et reçoit la moyenne des valeurs qui répondent à sa
# requête. Un pronom peut aller chercher le nom qu'il remplace, un verbe son sujet, aussi loin soient-ils : deux
# tokens quelconques sont à un pas l'un de l'autre, là où un réseau récurrent a besoin d'autant de pas qu'il y a de
# mots entre eux. Et tous les pas sont un seul produit de matrices : la phrase entière se calcule d'un coup.
#
# Le prix : chaque token regarde chaque token, soit $T^2$ comparaisons. Et la comparaison demande du soin. Si les
# composantes de $q$ et de $k$ ont une variance de 1, leur produit scalaire a pour variance $d_k$ : plus les vecteurs
# sont larges, plus les scores sont grands.
#
# ![À gauche : le plus grand de 16 poids d'attention passe de 0,3 à 0,95 avec la largeur des vecteurs pour des produits scalaires bruts, et reste près de 0,24 quand on les divise par la racine de la largeur. À droite : le gradient qui atteint une requête s'effondre pour les vecteurs larges sans la division.](figures/self-attention.fr.svg)
#
# Sans la division, le softmax de vecteurs larges est presque un choix dur dès le premier pas, fait au hasard, et le
# gradient qui le corrigerait s'éteint. Diviser par $\sqrt{d_k}$ ramène la variance à 1 pour toutes les largeurs.

# %% [markdown] lang="en"
# ## The formula
#
# From the tokens $X$, $[T, d]$, come $Q = X W_q$, $K = X W_k$ and $V = X W_v$, and
#
# $$\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V$$
#
# The same function serves when queries come from elsewhere (cross-attention): only where $Q$, $K$ and $V$ come from
# changes.
#
# {{attention.softmax}}
#
# {{attention.scaled_dot_product_attention}}

# %% [markdown] lang="fr"
# ## La formule
#
# Des tokens $X$, $[T, d]$, viennent $Q = X W_q$, $K = X W_k$ et $V = X W_v$, puis
#
# $$\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\!\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V$$
#
# La même fonction sert quand les requêtes viennent d'ailleurs (attention croisée) : seule change l'origine de $Q$,
# $K$ et $V$.
#
# {{attention.softmax}}
#
# {{attention.scaled_dot_product_attention}}

# %% [markdown] lang="en"
# ## In code
#
# What it cannot see: order. Shuffle the tokens and each one still receives exactly the same answer. A sentence is a
# *set* for self-attention, which is why Transformers add positions to the embeddings.

# %% [markdown] lang="fr"
# ## En code
#
# Ce qu'elle ne peut pas voir : l'ordre. Mélangez les tokens, et chacun reçoit encore exactement la même réponse. Pour
# l'auto-attention, une phrase est un *ensemble* : c'est pourquoi les Transformers ajoutent des positions aux
# plongements.

# %% id="shuffled"
import torch
import torch.nn.functional as F

torch.manual_seed(0)
x = torch.randn(1, 6, 8)  # [B, T, d]
W_q, W_k, W_v = (torch.randn(8, 8) / 8**0.5 for _ in range(3))
order = torch.tensor([4, 2, 0, 5, 1, 3])


def attend(tokens):
    return F.scaled_dot_product_attention(tokens @ W_q, tokens @ W_k, tokens @ W_v)


straight, shuffled = attend(x), attend(x[:, order])
print("each token gets the same answer, wherever it stands:", torch.allclose(straight[:, order], shuffled, atol=1e-6))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **`transpose(0, 1)` on a batch.** Keys are transposed in their last two dimensions: `transpose(-2, -1)`.
# - **Dividing by the wrong width.** It is the width of a key, $d_k$, not that of the model nor the number of tokens.
# - **A softmax over the queries.** Rows of weights sum to 1, not columns.
# - **Believing that weights are symmetric.** Queries and keys have matrices of their own: *it* may look at *cat*
#   without *cat* looking at *it*.
# - **Scores of $10^4$ through `exp`.** Subtract the largest score first.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **`transpose(0, 1)` sur un lot.** On transpose les clés dans leurs deux dernières dimensions : `transpose(-2,
#   -1)`.
# - **Diviser par la mauvaise largeur.** C'est la largeur d'une clé, $d_k$, et non celle du modèle ni le nombre de
#   tokens.
# - **Un softmax sur les requêtes.** Les lignes de poids somment à 1, pas les colonnes.
# - **Croire les poids symétriques.** Requêtes et clés ont chacune leur matrice : *il* peut regarder *chat* sans que
#   *chat* regarde *il*.
# - **Des scores de $10^4$ dans `exp`.** Retranchez d'abord le plus grand score.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `torch.nn.functional.scaled_dot_product_attention` runs fused kernels (FlashAttention) that never store the $T
# \times T$ matrix. Serving engines keep the keys and values of past tokens in a *KV cache*, so that a new token costs
# one row. Long contexts come from limiting or sharing what is looked at: sliding windows (Mistral), grouped-query
# attention (Llama 2 and 3).

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `torch.nn.functional.scaled_dot_product_attention` emploie des noyaux fusionnés (FlashAttention) qui ne stockent
# jamais la matrice $T \times T$. Les moteurs d'inférence gardent les clés et les valeurs des tokens passés dans un
# *cache KV*, si bien qu'un nouveau token coûte une ligne. Les longs contextes s'obtiennent en limitant ou en
# partageant ce qu'on regarde : fenêtres glissantes (Mistral), attention à requêtes groupées (Llama 2 et 3).

# %% [markdown] lang="en"
# ## Sources
#
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), section 3.2.1 and its
#   footnote 4 on the variance.
# - T. Dao et al. (2022), [*FlashAttention*](https://arxiv.org/abs/2205.14135), NeurIPS.

# %% [markdown] lang="fr"
# ## Sources
#
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), section 3.2.1 et sa
#   note 4 sur la variance.
# - T. Dao et al. (2022), [*FlashAttention*](https://arxiv.org/abs/2205.14135), NeurIPS.
