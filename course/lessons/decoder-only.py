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
# # Decoder-only models: everything is a continuation
#
# **What you will be able to do:** explain why one causal stack is enough for every task, what it learns from each
# token, and what the KV cache saves.
#
# ## The idea
#
# A **decoder-only** model (GPT, 2018) is a stack of Transformer blocks with a causal mask, and nothing else: no
# encoder, no cross-attention. It is trained on one thing, the next token, at *every* position of every text at once.
# One text of a thousand tokens gives a thousand exercises, and no label is needed.
#
# Its second strength was found later. Any task can be written as the beginning of a text whose continuation is the
# answer: a translation, a summary, a program, a conversation. So one model serves for all, and what used to be an
# architecture became a *prompt*.
#
# Because past positions never see later ones, their keys and values do not change when the text grows. A generator
# keeps them (the **KV cache**) and computes one new position per token.
#
# ![Left: mean loss per character by position in the context, for a small causal block trained on fables; it falls over the first three characters and then stays. Right: positions computed to write a text, without and with a cache: a quadratic curve and a line.](figures/decoder-only.en.svg)
#
# On the left, the loss by position. What follows the first character of a window must be guessed from that one alone;
# each of the next two helps. All that a single small block can use it has then read. A large model keeps getting
# better for thousands of tokens: that is what long contexts are for. On the right, what the cache saves.

# %% [markdown] lang="fr"
# # Les modèles decoder-only : tout est une suite à écrire
#
# **Ce que vous saurez faire :** expliquer pourquoi une seule pile causale suffit à toutes les tâches, ce qu'elle
# apprend de chaque token, et ce qu'économise le cache KV.
#
# ## L'idée
#
# Un modèle **decoder-only** (GPT, 2018) est une pile de blocs de Transformer avec un masque causal, et rien d'autre :
# ni encodeur, ni attention croisée. On l'entraîne à une seule chose, le token suivant, à *toutes* les positions de
# chaque texte à la fois. Un texte de mille tokens donne mille exercices, et aucune étiquette n'est nécessaire.
#
# Sa seconde force fut découverte plus tard. Toute tâche peut s'écrire comme le début d'un texte dont la suite est la
# réponse : une traduction, un résumé, un programme, une conversation. Un seul modèle sert donc à tout, et ce qui
# était une architecture est devenu un *prompt*.
#
# Comme les positions passées ne voient jamais les suivantes, leurs clés et leurs valeurs ne changent pas quand le
# texte s'allonge. Un générateur les garde (le **cache KV**) et calcule une seule position nouvelle par token.
#
# ![À gauche : perte moyenne par caractère selon la position dans le contexte, pour un petit bloc causal entraîné sur des fables ; elle tombe sur les trois premiers caractères, puis reste stable. À droite : positions calculées pour écrire un texte, sans et avec cache : une courbe quadratique et une droite.](figures/decoder-only.fr.svg)
#
# À gauche, la perte selon la position. Ce qui suit le premier caractère d'une fenêtre doit se deviner à partir de lui
# seul ; chacun des deux suivants aide. Tout ce dont un seul petit bloc sait se servir est alors lu. Un grand modèle
# progresse encore pendant des milliers de tokens : c'est à cela que servent les longs contextes. À droite, ce que le
# cache économise.

# %% [markdown] lang="en"
# ## The formula
#
# For a text $x_1, \dots, x_T$, one pass through the network gives all the factors of
#
# $$\log p_\theta(x_1, \dots, x_T) = \sum_{t=1}^{T} \log p_\theta(x_t \mid x_1, \dots, x_{t-1})$$
#
# since output $t$ depends on the inputs up to $t$ only. Writing $T$ tokens computes $T(T+1)/2$ positions without a
# cache, and $T$ with one.
#
# {{transformer-block.encoder_layer}}
#
# With a causal mask this layer *is* the decoder's: the name says where it stood in 2017, not what it does.

# %% [markdown] lang="fr"
# ## La formule
#
# Pour un texte $x_1, \dots, x_T$, un passage dans le réseau donne tous les facteurs de
#
# $$\log p_\theta(x_1, \dots, x_T) = \sum_{t=1}^{T} \log p_\theta(x_t \mid x_1, \dots, x_{t-1})$$
#
# puisque la sortie $t$ ne dépend que des entrées jusqu'à $t$. Écrire $T$ tokens calcule $T(T+1)/2$ positions sans
# cache, et $T$ avec.
#
# {{transformer-block.encoder_layer}}
#
# Avec un masque causal, cette couche *est* celle du décodeur : le nom dit où elle se trouvait en 2017, non ce qu'elle
# fait.

# %% [markdown] lang="en"
# ## In code
#
# The cache by hand: the last output of a whole pass, and the same from the new token's query and the stored keys and
# values.

# %% [markdown] lang="fr"
# ## En code
#
# Le cache à la main : la dernière sortie d'un passage complet, et la même à partir de la requête du nouveau token et
# des clés et valeurs gardées.

# %% id="cache"
import torch
import torch.nn.functional as F

torch.manual_seed(0)
T, d = 6, 8
x = torch.randn(1, T, d)
W_q, W_k, W_v = (torch.randn(d, d) / d**0.5 for _ in range(3))

whole = F.scaled_dot_product_attention(x @ W_q, x @ W_k, x @ W_v, is_causal=True)[:, -1]

keys, values = x[:, :-1] @ W_k, x[:, :-1] @ W_v  # kept from the steps before
new = x[:, -1:]
keys, values = torch.cat([keys, new @ W_k], 1), torch.cat([values, new @ W_v], 1)
cached = F.scaled_dot_product_attention(new @ W_q, keys, values)[:, -1]
print("the same answer:", torch.allclose(whole, cached, atol=1e-6))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **A leak through the mask.** One token of the future, and the loss is splendid and the model worthless. Test it:
#   change the last token, no earlier output may move.
# - **Shifting twice, or not at all.** Logits at $t$ are about token $t + 1$; do it in one place only.
# - **Positions that start over.** With a cache the new token stands at position $T$, not 0.
# - **A batch padded on the right in generation.** The last column is then padding; pad on the left, and count
#   positions from the first real token.
# - **Comparing perplexities of different tokenizers.** They are per token, and their tokens differ; compare bits per
#   character.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Une fuite à travers le masque.** Un seul token du futur, et la perte est splendide et le modèle sans valeur.
#   Testez : changez le dernier token, aucune sortie antérieure ne doit bouger.
# - **Décaler deux fois, ou pas du tout.** Les logits en $t$ parlent du token $t + 1$ ; faites-le à un seul endroit.
# - **Des positions qui repartent de zéro.** Avec un cache, le nouveau token est à la position $T$, non 0.
# - **Un lot complété à droite pour générer.** La dernière colonne est alors du padding ; complétez à gauche, et
#   comptez les positions à partir du premier token réel.
# - **Comparer les perplexités de tokeniseurs différents.** Elles sont par token, et leurs tokens diffèrent ; comparez
#   des bits par caractère.

# %% [markdown] lang="en"
# ## In today's libraries
#
# Nearly every large model today is decoder-only: GPT, Llama, Mistral, Qwen. The block has changed little: pre-norm
# with RMSNorm, rotary positions, SwiGLU, grouped-query attention. `model.generate` keeps the cache by itself; vLLM
# stores it in pages, as an operating system does memory. The cache is what long contexts cost: for Llama 3 8B, 128
# KiB per token.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# Presque tous les grands modèles d'aujourd'hui sont decoder-only : GPT, Llama, Mistral, Qwen. Le bloc a peu changé :
# pre-norm avec RMSNorm, positions rotatives, SwiGLU, attention à requêtes groupées. `model.generate` tient le cache
# tout seul ; vLLM le range en pages, comme un système d'exploitation sa mémoire. Le cache est ce que coûtent les
# longs contextes : pour Llama 3 8B, 128 Kio par token.

# %% [markdown] lang="en"
# ## Sources
#
# - A. Radford et al. (2018), *Improving Language Understanding by Generative Pre-Training*, and (2019), *Language
#   Models are Unsupervised Multitask Learners*.
# - T. Brown et al. (2020), [*Language Models are Few-Shot Learners*](https://arxiv.org/abs/2005.14165).
# - W. Kwon et al. (2023), [*Efficient Memory Management for Large Language Model Serving with
#   PagedAttention*](https://arxiv.org/abs/2309.06180).

# %% [markdown] lang="fr"
# ## Sources
#
# - A. Radford et al. (2018), *Improving Language Understanding by Generative Pre-Training*, et (2019), *Language
#   Models are Unsupervised Multitask Learners*.
# - T. Brown et al. (2020), [*Language Models are Few-Shot Learners*](https://arxiv.org/abs/2005.14165).
# - W. Kwon et al. (2023), [*Efficient Memory Management for Large Language Model Serving with
#   PagedAttention*](https://arxiv.org/abs/2309.06180).
