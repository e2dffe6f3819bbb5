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
# **What you will be able to do:** say what several heads can do that one cannot, follow the shapes from $[B, T, d]$
# to $[B, H, T, d_h]$ and back, and count the parameters.
#
# ## The idea
#
# One attention gives every token *one* weighted average. A token that needs two things at once (its subject *and* its
# object, the word before *and* the word after) receives a blend of both, and from a blend the parts cannot be told.
#
# **Multi-head attention** cuts the vectors into $H$ slices and lets each slice attend by itself: $H$ small attentions
# side by side, each with its own queries, keys and values, therefore its own pattern of weights. A last matrix mixes
# their answers. Since each head is $H$ times narrower, the whole costs no more than one wide attention.
#
# ![Left: error after training, by number of heads, on a task in which each token must fetch its two neighbours; with one head it stays high, with two or four it is more than a thousand times smaller, with eight narrow ones it rises again. Right: what the two heads learned to look at: one the token before, the other the token after.](figures/multihead.en.svg)
#
# The models of the figure have the same size and the same training; all that differs is into how many slices the same
# 16 numbers are cut. Nobody told the heads to share out the work. Eight heads have two numbers each to compare
# queries and keys with: too few to tell eight places apart.

# %% [markdown] lang="fr"
# # L'attention multi-têtes
#
# **Ce que vous saurez faire :** dire ce que plusieurs têtes savent faire et qu'une seule ne sait pas, suivre les
# formes de $[B, T, d]$ à $[B, H, T, d_h]$ et retour, et compter les paramètres.
#
# ## L'idée
#
# Une attention donne à chaque token *une* moyenne pondérée. Un token qui a besoin de deux choses à la fois (son sujet
# *et* son objet, le mot d'avant *et* le mot d'après) reçoit un mélange des deux, et d'un mélange on ne retrouve pas
# les parts.
#
# L'**attention multi-têtes** coupe les vecteurs en $H$ tranches et laisse chaque tranche regarder de son côté : $H$
# petites attentions côte à côte, chacune avec ses requêtes, ses clés et ses valeurs, donc avec son propre motif de
# poids. Une dernière matrice mélange leurs réponses. Comme chaque tête est $H$ fois plus étroite, le tout ne coûte
# pas plus qu'une seule attention large.
#
# ![À gauche : l'erreur après entraînement, selon le nombre de têtes, sur une tâche où chaque token doit aller chercher ses deux voisins ; avec une tête elle reste élevée, avec deux ou quatre elle est plus de mille fois plus petite, avec huit têtes étroites elle remonte. À droite : ce que les deux têtes ont appris à regarder : l'une le token d'avant, l'autre le token d'après.](figures/multihead.fr.svg)
#
# Les modèles de la figure ont la même taille et le même entraînement ; seul diffère le nombre de tranches dans
# lesquelles on coupe les mêmes 16 nombres. Personne n'a dit aux têtes de se partager le travail. Huit têtes n'ont
# chacune que deux nombres pour comparer requêtes et clés : trop peu pour distinguer huit places.

# %% [markdown] lang="en"
# ## The formula
#
# For $h = 1, \dots, H$, with slices of $d_h = d / H$ columns:
#
# $$\mathrm{head}_h = \mathrm{Attention}(X_q W_q^{(h)},\; X_{kv} W_k^{(h)},\; X_{kv} W_v^{(h)})$$
#
# $$\mathrm{MultiHead}(X_q, X_{kv}) = [\mathrm{head}_1; \dots; \mathrm{head}_H]\, W_o$$
#
# In code the $H$ matrices are one matrix: $X W_q$ is $[B, T, d]$, and cutting its columns gives $[B, H, T, d_h]$.
# There are $4 d^2$ parameters, whatever $H$ is.
#
# {{multihead.split_heads}}
#
# {{multihead.multi_head_attention}}

# %% [markdown] lang="fr"
# ## La formule
#
# Pour $h = 1, \dots, H$, avec des tranches de $d_h = d / H$ colonnes :
#
# $$\mathrm{head}_h = \mathrm{Attention}(X_q W_q^{(h)},\; X_{kv} W_k^{(h)},\; X_{kv} W_v^{(h)})$$
#
# $$\mathrm{MultiHead}(X_q, X_{kv}) = [\mathrm{head}_1; \dots; \mathrm{head}_H]\, W_o$$
#
# Dans le code, les $H$ matrices n'en font qu'une : $X W_q$ a la forme $[B, T, d]$, et couper ses colonnes donne $[B,
# H, T, d_h]$. Il y a $4 d^2$ paramètres, quel que soit $H$.
#
# {{multihead.split_heads}}
#
# {{multihead.multi_head_attention}}

# %% [markdown] lang="en"
# ## In code
#
# Cutting into heads is a `view` and a `transpose`. Leave the `transpose` out and the shape is still right; the
# numbers are not. The cell shows the tokens and columns that the first head really gets, both ways.

# %% [markdown] lang="fr"
# ## En code
#
# Couper en têtes, c'est un `view` et un `transpose`. Oubliez le `transpose` : la forme reste juste, les nombres non.
# La cellule montre les tokens et les colonnes que reçoit vraiment la première tête, dans les deux cas.

# %% id="heads"
import torch

B, T, d, H = 1, 3, 4, 2
x = torch.tensor([[[10 * t + column for column in range(d)] for t in range(T)]])  # 21: token 2, column 1

right = x.view(B, T, H, d // H).transpose(1, 2)  # [B, H, T, d_h]
wrong = x.view(B, H, T, d // H)  # the same shape
print("first head, right:", right[0, 0].tolist())
print("first head, wrong:", wrong[0, 0].tolist())

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **`view(B, H, T, d_h)` without a transpose.** The shape is right, the head gets pieces of other tokens. Nothing
#   fails; the model only learns worse.
# - **`view` after `transpose` on the way back.** The memory is no longer in that order: `.transpose(1, 2).reshape(B,
#   T, d)`, or `contiguous()` first.
# - **Dividing by $\sqrt{d}$ instead of $\sqrt{d_h}$.** It is the width of one head's key that counts.
# - **Leaving $W_o$ out.** Then the heads' answers never mix: column 0 of the output only ever knows the first head.
# - **A mask of shape $[B, T_k]$ given as it is.** Against $[B, H, T_q, T_k]$ it must be $[B, 1, 1, T_k]$; without the
#   two axes it is broadcast onto the wrong ones, or by chance fits when $B = T_q$.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **`view(B, H, T, d_h)` sans transposition.** La forme est juste, la tête reçoit des morceaux d'autres tokens. Rien
#   n'échoue ; le modèle apprend seulement moins bien.
# - **`view` après `transpose` au retour.** La mémoire n'est plus dans cet ordre : `.transpose(1, 2).reshape(B, T,
#   d)`, ou d'abord `contiguous()`.
# - **Diviser par $\sqrt{d}$ au lieu de $\sqrt{d_h}$.** C'est la largeur de la clé d'une tête qui compte.
# - **Oublier $W_o$.** Les réponses des têtes ne se mélangent alors jamais : la colonne 0 de la sortie ne connaît que
#   la première tête.
# - **Un masque de forme $[B, T_k]$ donné tel quel.** Face à $[B, H, T_q, T_k]$, il doit être $[B, 1, 1, T_k]$ ; sans
#   les deux axes, il est diffusé sur les mauvais, ou tombe juste par hasard quand $B = T_q$.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `torch.nn.MultiheadAttention` is this operation with biases; its boolean masks say the opposite (True = *do not*
# look), while `F.scaled_dot_product_attention` takes True = look. Large models share keys and values between heads:
# one for all (*multi-query*), or one per group (*grouped-query*, Llama 3: 32 heads of queries, 8 of keys and values),
# so that the cache of generation is four times smaller. Many heads can be removed after training without loss (Michel
# et al.).

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `torch.nn.MultiheadAttention` est cette opération avec des biais ; ses masques booléens disent le contraire (True =
# *ne pas* regarder), alors que `F.scaled_dot_product_attention` prend True = regarder. Les grands modèles partagent
# clés et valeurs entre têtes : une pour toutes (*multi-query*), ou une par groupe (*grouped-query*, Llama 3 : 32
# têtes de requêtes, 8 de clés et valeurs), si bien que le cache de génération est quatre fois plus petit. On peut
# retirer bien des têtes après l'entraînement sans rien perdre (Michel et al.).

# %% [markdown] lang="en"
# ## Sources
#
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), section 3.2.2.
# - P. Michel, O. Levy, G. Neubig (2019), [*Are Sixteen Heads Really Better than
#   One?*](https://arxiv.org/abs/1905.10650), NeurIPS.
# - J. Ainslie et al. (2023), [*GQA*](https://arxiv.org/abs/2305.13245), EMNLP.

# %% [markdown] lang="fr"
# ## Sources
#
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), section 3.2.2.
# - P. Michel, O. Levy, G. Neubig (2019), [*Are Sixteen Heads Really Better than
#   One?*](https://arxiv.org/abs/1905.10650), NeurIPS.
# - J. Ainslie et al. (2023), [*GQA*](https://arxiv.org/abs/2305.13245), EMNLP.
