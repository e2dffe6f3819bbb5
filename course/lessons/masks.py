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
# # Masks: who may look at whom
#
# **What you will be able to do:** write the padding mask and the causal mask, combine them with the right axes, and
# check that nothing leaks.
#
# ## The idea
#
# Attention lets every token look at every token. Two kinds of looking must be forbidden. A real token may not look at
# **padding**, which is not text. And in a model that predicts the next token, a token may not look at **the future**:
# in training the whole sentence is in the tensor, and the answer stands one place to the right.
#
# A mask is a table of booleans with a row per query and a column per key: True where the row may look at the column.
# Forbidden scores are set to $-\infty$ before the softmax, so that their weight is exactly zero and the others still
# sum to 1.
#
# ![Three tables of who may look at whom in a sentence of six places, two of them padding: the padding mask forbids columns, the causal mask the upper triangle, and their combination both. The fourth panel shows the measured influence of each token on each output: zero exactly where the mask forbids it.](figures/masks.en.svg)
#
# The fourth panel is a measurement: how much each output moves with each input. This is the test to run whenever you
# touch a mask, because a leak does not fail. It makes the training loss splendid, and the model useless.

# %% [markdown] lang="fr"
# # Les masques : qui peut regarder qui
#
# **Ce que vous saurez faire :** écrire le masque de padding et le masque causal, les combiner sur les bons axes, et
# vérifier que rien ne fuit.
#
# ## L'idée
#
# L'attention laisse chaque token regarder chaque token. Deux sortes de regards doivent être interdites. Un vrai token
# ne doit pas regarder le **padding**, qui n'est pas du texte. Et dans un modèle qui prédit le token suivant, un token
# ne doit pas regarder **le futur** : à l'entraînement, toute la phrase est dans le tenseur, et la réponse se trouve
# une place plus à droite.
#
# Un masque est un tableau de booléens avec une ligne par requête et une colonne par clé : True là où la ligne peut
# regarder la colonne. On met les scores interdits à $-\infty$ avant le softmax : leur poids est alors exactement nul,
# et les autres somment encore à 1.
#
# ![Trois tableaux de qui peut regarder qui dans une phrase de six places, dont deux de padding : le masque de padding interdit des colonnes, le masque causal le triangle supérieur, et leur combinaison les deux. Le quatrième panneau montre l'influence mesurée de chaque token sur chaque sortie : nulle exactement là où le masque l'interdit.](figures/masks.fr.svg)
#
# Le quatrième panneau est une mesure : de combien chaque sortie bouge avec chaque entrée. C'est le test à faire
# chaque fois que l'on touche à un masque, car une fuite ne provoque pas d'erreur. Elle rend le coût d'entraînement
# splendide, et le modèle inutile.

# %% [markdown] lang="en"
# ## The formula
#
# With $M_{ij}$ True when query $i$ may look at key $j$:
#
# $$w_{ij} = \frac{\mathbb{1}[M_{ij}]\, e^{s_{ij}}}{\sum_{j'} \mathbb{1}[M_{ij'}]\, e^{s_{ij'}}} \qquad M = \text{padding} \wedge \text{causal}, \quad \text{causal}_{ij} = [\, j \le i \,]$$
#
# Scores have the shape $[B, H, T_q, T_k]$. A padding mask $[B, T_k]$ becomes $[B, 1, 1, T_k]$, a causal one $[T_q,
# T_k]$ becomes $[1, 1, T_q, T_k]$, and broadcasting does the rest.
#
# {{multihead.combine_masks}}

# %% [markdown] lang="fr"
# ## La formule
#
# En notant $M_{ij}$ vrai quand la requête $i$ peut regarder la clé $j$ :
#
# $$w_{ij} = \frac{\mathbb{1}[M_{ij}]\, e^{s_{ij}}}{\sum_{j'} \mathbb{1}[M_{ij'}]\, e^{s_{ij'}}} \qquad M = \text{padding} \wedge \text{causal}, \quad \text{causal}_{ij} = [\, j \le i \,]$$
#
# Les scores ont la forme $[B, H, T_q, T_k]$. Un masque de padding $[B, T_k]$ devient $[B, 1, 1, T_k]$, un masque
# causal $[T_q, T_k]$ devient $[1, 1, T_q, T_k]$, et la diffusion fait le reste.
#
# {{multihead.combine_masks}}

# %% [markdown] lang="en"
# ## In code
#
# The leak test in five lines: change the last token, and see which outputs move. With the causal mask only the last
# one may. Remove `is_causal` and run it again.

# %% [markdown] lang="fr"
# ## En code
#
# Le test de fuite en cinq lignes : changez le dernier token, et voyez quelles sorties bougent. Avec le masque causal,
# seule la dernière en a le droit. Retirez `is_causal` et relancez.

# %% id="leak"
import torch
import torch.nn.functional as F

torch.manual_seed(0)
x = torch.randn(1, 1, 5, 8)  # [B, H, T, d_h]
changed = x.clone()
changed[..., -1, :] += 1.0

before, after = (F.scaled_dot_product_attention(each, each, each, is_causal=True) for each in (x, changed))
print("outputs that moved:", (before - after).abs().amax((0, 1, 3)).gt(0).tolist())

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **The wrong triangle.** `tril` keeps the past, `triu` the future. Look at a mask of size 4 before you believe in
#   it.
# - **Cutting the diagonal off.** A token may look at itself; without it the first token can look at nothing.
# - **Masking after the softmax.** The weights then no longer sum to 1, and the forbidden scores have already shaped
#   the others.
# - **A row without any key.** Softmax over nothing is $0/0$: NaN, which spreads through the whole batch in the
#   backward pass. Say what such a row shall give (here zeros), and test it.
# - **Two conventions.** True = *may look* in `scaled_dot_product_attention`, True = *hidden* in
#   `nn.MultiheadAttention` and `nn.Transformer`.
# - **Masking queries instead of keys.** What a padded query computes does no harm; that others look at it does.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Le mauvais triangle.** `tril` garde le passé, `triu` le futur. Regardez un masque de taille 4 avant d'y croire.
# - **Couper la diagonale.** Un token peut se regarder lui-même ; sinon le premier token ne peut rien regarder.
# - **Masquer après le softmax.** Les poids ne somment plus à 1, et les scores interdits ont déjà pesé sur les autres.
# - **Une ligne sans aucune clé.** Un softmax sur rien vaut $0/0$ : NaN, qui se répand dans tout le lot au retour du
#   gradient. Dites ce que doit donner une telle ligne (ici des zéros), et testez-le.
# - **Deux conventions.** True = *peut regarder* dans `scaled_dot_product_attention`, True = *caché* dans
#   `nn.MultiheadAttention` et `nn.Transformer`.
# - **Masquer les requêtes au lieu des clés.** Ce que calcule une requête de padding ne fait pas de mal ; que d'autres
#   la regardent, si.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `F.scaled_dot_product_attention` takes `attn_mask` or `is_causal=True`, which never builds the table. Hugging Face
# models take `attention_mask`, $[B, T]$, and build the rest. *Packing* several texts into one row needs a third mask:
# no looking across texts. FlexAttention (torch 2.5) compiles a mask given as a function of $(b, h, i, j)$, and skips
# blocks that are all forbidden.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `F.scaled_dot_product_attention` prend `attn_mask`, ou `is_causal=True` qui ne construit jamais le tableau. Les
# modèles de Hugging Face prennent `attention_mask`, $[B, T]$, et construisent le reste. Le *packing* de plusieurs
# textes sur une ligne demande un troisième masque : ne pas regarder d'un texte à l'autre. FlexAttention (torch 2.5)
# compile un masque donné comme une fonction de $(b, h, i, j)$, et saute les blocs entièrement interdits.

# %% [markdown] lang="en"
# ## Sources
#
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), section 3.2.3.
# - PyTorch,
#   [`scaled_dot_product_attention`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html).

# %% [markdown] lang="fr"
# ## Sources
#
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), section 3.2.3.
# - PyTorch,
#   [`scaled_dot_product_attention`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html).
