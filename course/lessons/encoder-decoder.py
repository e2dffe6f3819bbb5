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
# # Encoder and decoder: the Transformer that translates
#
# **What you will be able to do:** say which of its three attentions may look at what, find a mask that is missing
# from the symptoms, and say what is computed once and what at every step.
#
# ## The idea
#
# The Transformer of 2017 was made to translate, and has two halves. The **encoder** reads the source, all of it and
# in both directions, and gives one vector per source token: the *memory*. The **decoder** writes the translation
# token by token, and in each of its layers looks twice: at what it has written so far (*self-attention*, with a
# causal mask), and then at the memory (*cross-attention*).
#
# | attention | queries from | keys and values from | hidden |
# |---|---|---|---|
# | in the encoder | source | source | padding |
# | in the decoder, first | target | target | the future |
# | in the decoder, second | target | source (memory) | padding of the source |
#
# Cross-attention is Bahdanau's idea again: who *writes* asks, who has *read* answers. The bottleneck of the RNN is
# gone, for the memory has as many vectors as the source has tokens. And since it does not depend on what is written,
# **the encoder runs once per sentence**; only the decoder runs again for each token.
#
# ![Left: weights of the cross-attention of a small Transformer for "the black cat does not see the small house": each French word looks at the English words it translates, noir at black and cat, chat at cat. Right: share of words written right. With the causal mask it is 98% whether the right beginning is given or the model writes on its own; without the mask it is 100% with the right beginning given and 12% on its own.](figures/encoder-decoder.en.svg)
#
# Two small Transformers, trained alike on sentences of a small grammar and tried on new ones. On the left, where the
# decoder of the first one looks: nobody told it that *noir* comes from *black*. On the right, the second one was
# trained *without* the causal mask. Its loss was the better of the two: the word to be guessed stood in its input,
# one place further on. When it has to write on its own there is nothing to copy, and it has learned nothing else.

# %% [markdown] lang="fr"
# # Encodeur et décodeur : le Transformer qui traduit
#
# **Ce que vous saurez faire :** dire laquelle de ses trois attentions peut regarder quoi, reconnaître un masque
# oublié à ses symptômes, et dire ce qui se calcule une fois et ce qui se calcule à chaque pas.
#
# ## L'idée
#
# Le Transformer de 2017 a été conçu pour traduire, et il a deux moitiés. L'**encodeur** lit la source, en entier et
# dans les deux sens, et donne un vecteur par token source : la *mémoire*. Le **décodeur** écrit la traduction token
# par token et, dans chacune de ses couches, regarde deux fois : ce qu'il a déjà écrit (*auto-attention*, avec un
# masque causal), puis la mémoire (*attention croisée*).
#
# | attention | requêtes | clés et valeurs | caché |
# |---|---|---|---|
# | dans l'encodeur | source | source | padding |
# | dans le décodeur, première | cible | cible | le futur |
# | dans le décodeur, seconde | cible | source (mémoire) | padding de la source |
#
# L'attention croisée est de nouveau l'idée de Bahdanau : qui *écrit* interroge, qui a *lu* répond. Le goulot
# d'étranglement du RNN a disparu, car la mémoire a autant de vecteurs que la source a de tokens. Et comme elle ne
# dépend pas de ce qui s'écrit, **l'encodeur ne s'exécute qu'une fois par phrase** ; seul le décodeur recommence pour
# chaque token.
#
# ![À gauche : poids de l'attention croisée d'un petit Transformer pour « the black cat does not see the small house » : chaque mot français regarde les mots anglais qu'il traduit, noir regarde black et cat, chat regarde cat. À droite : part de mots justes. Avec le masque causal, 98 %, que le bon début soit fourni ou que le modèle écrive seul ; sans le masque, 100 % quand le bon début est fourni et 12 % quand le modèle écrit seul.](figures/encoder-decoder.fr.svg)
#
# Deux petits Transformers, entraînés de la même façon sur les phrases d'une petite grammaire et essayés sur des
# phrases nouvelles. À gauche, ce que regarde le décodeur du premier : personne ne lui a dit que *noir* vient de
# *black*. À droite, le second a été entraîné *sans* masque causal. Des deux, il avait la meilleure perte : le mot à
# deviner se trouvait dans son entrée, une place plus loin. Quand il doit écrire seul, il n'y a rien à recopier, et il
# n'a rien appris d'autre.

# %% [markdown] lang="en"
# ## The formula
#
# With the memory $M = \mathrm{Encoder}(x)$, $[B, S, d]$, and what is written so far, $Y$, $[B, T, d]$, a layer of the
# decoder is
#
# $$\begin{aligned} Y' &= \mathrm{LN}(Y + \mathrm{MHA}(Y, Y;\ \text{causal})) \\ Y'' &= \mathrm{LN}(Y' + \mathrm{MHA}(Y', M;\ \text{real tokens of the source})) \\ Y''' &= \mathrm{LN}(Y'' + \mathrm{FFN}(Y'')) \end{aligned}$$
#
# The weights of the self-attention are $[B, H, T, T]$, those of the cross-attention $[B, H, T, S]$: one row per token
# to write, one column per token that was read. Both are the multi-head attention you know: its first argument asks,
# its second answers.
#
# {{transformer.decoder_layer}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec la mémoire $M = \mathrm{Encoder}(x)$, $[B, S, d]$, et ce qui est déjà écrit, $Y$, $[B, T, d]$, une couche du
# décodeur est
#
# $$\begin{aligned} Y' &= \mathrm{LN}(Y + \mathrm{MHA}(Y, Y;\ \text{causal})) \\ Y'' &= \mathrm{LN}(Y' + \mathrm{MHA}(Y', M;\ \text{vrais tokens de la source})) \\ Y''' &= \mathrm{LN}(Y'' + \mathrm{FFN}(Y'')) \end{aligned}$$
#
# Les poids de l'auto-attention sont $[B, H, T, T]$, ceux de l'attention croisée $[B, H, T, S]$ : une ligne par token
# à écrire, une colonne par token lu. Toutes deux sont l'attention à plusieurs têtes que vous connaissez : son premier
# argument interroge, le second répond.
#
# {{transformer.decoder_layer}}

# %% [markdown] lang="en"
# ## In code
#
# torch's own encoder and decoder, and the two questions to ask of any implementation: does a change of the *last*
# target token reach an earlier output (it must not), and does a change of the *source* reach all of them (it must)?

# %% [markdown] lang="fr"
# ## En code
#
# L'encodeur et le décodeur de torch, et les deux questions à poser à toute implémentation : un changement du
# *dernier* token cible atteint-il une sortie antérieure (il ne doit pas), et un changement de la *source* les
# atteint-il toutes (il le doit) ?

# %% id="who-sees-whom"
import torch
from torch import nn

torch.manual_seed(0)
S, T, d = 7, 4, 16
model = nn.Transformer(d, nhead=4, num_encoder_layers=2, num_decoder_layers=2, dim_feedforward=32, batch_first=True)
model.eval()
future = nn.Transformer.generate_square_subsequent_mask(T)  # here -inf hides


def decoded(source, target):
    memory = model.encoder(source)  # once per sentence: [B, S, d]
    return model.decoder(target, memory, tgt_mask=future)  # [B, T, d]


source, target = torch.randn(1, S, d), torch.randn(1, T, d)
other_end = torch.cat([target[:, :-1], torch.randn(1, 1, d)], 1)
other_source = torch.cat([torch.randn(1, 1, d), source[:, 1:]], 1)
with torch.no_grad():
    before = decoded(source, target)
    by_end = (decoded(source, other_end) - before).abs().amax(-1)[0] > 1e-6
    by_source = (decoded(other_source, target) - before).abs().amax(-1)[0] > 1e-6
print("outputs that move with the last target token:", by_end.tolist())
print("outputs that move with one source token:     ", by_source.tolist())

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Queries from the encoder.** Cross-attention then gives one answer per *source* token. With $S = T$ nothing
#   crashes: test with two different lengths.
# - **The causal mask on cross-attention.** The source is known in full; nothing of it is the future.
# - **No padding mask on the memory.** In a batch, the same sentence gets another translation next to a longer one.
# - **The target not shifted.** The decoder reads `<s> le chat` and is asked for `le chat </s>`. Without the shift, it
#   copies.
# - **The encoder inside the loop.** The result is right and the time is multiplied by the number of tokens written.
# - **Masks of the wrong sign.** `True` *hides* in `nn.Transformer`, and *shows* in `scaled_dot_product_attention` and
#   in this course.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Des requêtes tirées de l'encodeur.** L'attention croisée donne alors une réponse par token *source*. Avec $S =
#   T$, rien ne plante : testez avec deux longueurs différentes.
# - **Le masque causal sur l'attention croisée.** La source est connue en entier ; rien en elle n'est le futur.
# - **Pas de masque de padding sur la mémoire.** Dans un lot, une même phrase reçoit une autre traduction à côté d'une
#   phrase plus longue.
# - **La cible non décalée.** Le décodeur lit `<s> le chat` et doit donner `le chat </s>`. Sans le décalage, il
#   recopie.
# - **L'encodeur dans la boucle.** Le résultat est juste, et le temps est multiplié par le nombre de tokens écrits.
# - **Des masques du mauvais signe.** `True` *cache* dans `nn.Transformer`, et *montre* dans
#   `scaled_dot_product_attention` et dans ce cours.

# %% [markdown] lang="en"
# ## In today's libraries
#
# Translation (Marian, NLLB), summarising (BART) and T5 have this shape, and so has Whisper, whose encoder reads sound
# and whose decoder writes what was said. `model.generate` in Hugging Face runs the encoder once, and keeps the keys
# and values of the memory for all steps. Chat models have dropped the encoder: with enough data, one causal stack
# that reads the source as the beginning of its text does as well, and there is one thing less to build.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# La traduction (Marian, NLLB), le résumé (BART) et T5 ont cette forme, ainsi que Whisper, dont l'encodeur lit du son
# et dont le décodeur écrit ce qui a été dit. Chez Hugging Face, `model.generate` exécute l'encodeur une fois et garde
# les clés et les valeurs de la mémoire pour tous les pas. Les modèles de chat ont abandonné l'encodeur : avec assez
# de données, une seule pile causale qui lit la source comme le début de son texte fait aussi bien, et c'est une pièce
# de moins à construire.

# %% [markdown] lang="en"
# ## Sources
#
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), sections 3.1 and 3.2.3.
# - C. Raffel et al. (2020), [*Exploring the Limits of Transfer Learning with a Unified Text-to-Text
#   Transformer*](https://arxiv.org/abs/1910.10683), section 3.2, which compares the architectures.
# - A. Radford et al. (2022), [*Robust Speech Recognition via Large-Scale Weak
#   Supervision*](https://arxiv.org/abs/2212.04356), section 2.2.

# %% [markdown] lang="fr"
# ## Sources
#
# - A. Vaswani et al. (2017), [*Attention Is All You Need*](https://arxiv.org/abs/1706.03762), sections 3.1 et 3.2.3.
# - C. Raffel et al. (2020), [*Exploring the Limits of Transfer Learning with a Unified Text-to-Text
#   Transformer*](https://arxiv.org/abs/1910.10683), section 3.2, qui compare les architectures.
# - A. Radford et al. (2022), [*Robust Speech Recognition via Large-Scale Weak
#   Supervision*](https://arxiv.org/abs/2212.04356), section 2.2.
