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
# # Sequence to sequence, and its bottleneck
#
# **What you will be able to do:** draw an encoder-decoder, say what crosses from one to the other, and explain why it
# fails on long sentences.
#
# ## The idea
#
# A language model continues a text in the same language and in the same order. To translate, the output has another
# length and another order: *the black cat* is *le chat noir*. The **encoder-decoder** splits the work. The
# **encoder**, a recurrent network, reads the source and keeps nothing but its last hidden state. The **decoder**,
# another one, starts from that state and writes the target one token at a time, reading back what it has written,
# until it writes `</s>`.
#
# Everything the decoder knows of the source is in that one vector: it is a **bottleneck**. Its size is fixed, the
# sentence's is not.
#
# ![Share of right tokens when a sequence is written backwards, by length: with attention about 95 to 100 % at every length; with the last state only, from 100 % at length 2 down to below half at length 16.](figures/seq2seq.en.svg)
#
# Both models of the figure have the same parts, the same number of steps and 32 numbers per state; they learn to
# write a sequence backwards. The one that hands over its last state alone loses a little more with every token. The
# other looks back at all the states: that is the next lesson but one.

# %% [markdown] lang="fr"
# # De séquence à séquence, et le goulot d'étranglement
#
# **Ce que vous saurez faire :** dessiner un encodeur-décodeur, dire ce qui passe de l'un à l'autre, et expliquer
# pourquoi il échoue sur les longues phrases.
#
# ## L'idée
#
# Un modèle de langue continue un texte dans la même langue et dans le même ordre. Pour traduire, la sortie a une
# autre longueur et un autre ordre : *the black cat* donne *le chat noir*. L'**encodeur-décodeur** partage le travail.
# L'**encodeur**, un réseau récurrent, lit la source et ne garde que son dernier état caché. Le **décodeur**, un autre
# réseau, part de cet état et écrit la cible un token à la fois, en relisant ce qu'il a écrit, jusqu'à écrire `</s>`.
#
# Tout ce que le décodeur sait de la source tient dans ce seul vecteur : c'est un **goulot d'étranglement**. Sa taille
# est fixe, celle de la phrase ne l'est pas.
#
# ![Part de tokens justes quand une suite est écrite à l'envers, selon la longueur : avec attention, environ 95 à 100 % à toutes les longueurs ; avec le dernier état seulement, de 100 % à la longueur 2 à moins de la moitié à la longueur 16.](figures/seq2seq.fr.svg)
#
# Les deux modèles de la figure ont les mêmes pièces, le même nombre de pas et 32 nombres par état ; ils apprennent à
# écrire une suite à l'envers. Celui qui ne transmet que son dernier état perd un peu plus à chaque token. L'autre
# revoit tous les états : ce sera l'une des prochaines leçons.

# %% [markdown] lang="en"
# ## The formula
#
# With $s_0$ the last state of the encoder, the decoder models the target token by token:
#
# $$p(y_1, \dots, y_T \mid x) = \prod_{t=1}^{T} p(y_t \mid y_1, \dots, y_{t-1}, s_0)$$
#
# In training the right $y_1, \dots, y_{t-1}$ are given (*teacher forcing*) and the loss is the cross-entropy of each
# $y_t$. In use they are the model's own: a wrong token is read back, and errors add up.
#
# {{seq2seq.encode}}
#
# {{seq2seq.teacher_forced}}

# %% [markdown] lang="fr"
# ## La formule
#
# En notant $s_0$ le dernier état de l'encodeur, le décodeur modélise la cible token par token :
#
# $$p(y_1, \dots, y_T \mid x) = \prod_{t=1}^{T} p(y_t \mid y_1, \dots, y_{t-1}, s_0)$$
#
# À l'entraînement, les bons $y_1, \dots, y_{t-1}$ sont donnés (*teacher forcing*) et le coût est l'entropie croisée
# de chaque $y_t$. À l'usage, ce sont ceux du modèle : un token faux est relu, et les erreurs s'accumulent.
#
# {{seq2seq.encode}}
#
# {{seq2seq.teacher_forced}}

# %% [markdown] lang="en"
# ## In code
#
# The shapes of a training step, with torch's own recurrent layers. What the decoder reads and what it must predict
# are the same sentence, shifted by one.

# %% [markdown] lang="fr"
# ## En code
#
# Les formes d'un pas d'entraînement, avec les couches récurrentes de torch. Ce que le décodeur lit et ce qu'il doit
# prédire sont la même phrase, décalée d'un token.

# %% id="shapes"
import torch
from torch import nn

B, S, T, V, H = 2, 5, 4, 20, 8
embed, encoder, decoder, head = (
    nn.Embedding(V, H),
    nn.GRU(H, H, batch_first=True),
    nn.GRU(H, H, batch_first=True),
    nn.Linear(H, V),
)
source, target = torch.randint(V, (B, S)), torch.randint(V, (B, T))  # target: <s> ... </s>

_, last = encoder(embed(source))  # [1, B, H]: all that crosses
states, _ = decoder(embed(target[:, :-1]), last)  # reads <s> y1 y2          [B, T - 1, H]
logits = head(states)  # predicts  y1 y2 </s>                                [B, T - 1, V]
loss = nn.functional.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten())
print("crosses:", tuple(last.shape), "logits:", tuple(logits.shape), "loss:", round(loss.item(), 2))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Not shifting the target.** If the decoder reads the token it must predict, the loss falls to nothing and the
#   model has learned to copy.
# - **Shifting twice.** Once in the data and once in the loss: the model then predicts the token after next.
# - **The last position for the last state.** In a padded batch the last column is padding; the state that counts is
#   the one after the last real token.
# - **Generating with the right answer.** When the decoder is fed the true target at inference, scores look splendid.
# - **No end.** Without `</s>` in training the decoder never learns to stop.
# - **Mixing up `<s>` and `</s>`.** By convention `<s>` opens a sequence and `</s>` closes it, as in HTML.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Ne pas décaler la cible.** Si le décodeur lit le token qu'il doit prédire, le coût s'effondre et le modèle a
#   appris à copier.
# - **Décaler deux fois.** Une fois dans les données et une fois dans le coût : le modèle prédit alors le token
#   d'après le suivant.
# - **La dernière position pour le dernier état.** Dans un lot complété, la dernière colonne est du padding ; l'état
#   qui compte est celui d'après le dernier vrai token.
# - **Générer avec la bonne réponse.** Si l'on donne la vraie cible au décodeur à l'inférence, les scores sont
#   superbes.
# - **Pas de fin.** Sans `</s>` à l'entraînement, le décodeur n'apprend jamais à s'arrêter.
# - **Confondre `<s>` et `</s>`.** Par convention, `<s>` ouvre une séquence et `</s>` la ferme, comme en HTML.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `torch.nn.GRU` and `torch.nn.LSTM` give `(outputs, last state)`. The shape *encoder, decoder, bridge* outlived
# recurrent networks: T5, BART and Whisper are Transformers of that shape, `model.generate` of `transformers` runs
# their decoding. Most chat models have no encoder: the source is simply the beginning of the text.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `torch.nn.GRU` et `torch.nn.LSTM` donnent `(sorties, dernier état)`. L'architecture *encodeur, décodeur, passerelle*
# a survécu aux réseaux récurrents : T5, BART et Whisper sont des Transformers de cette forme, et `model.generate` de
# `transformers` exécute leur décodage. La plupart des modèles de dialogue n'ont pas d'encodeur : la source est
# simplement le début du texte.

# %% [markdown] lang="en"
# ## Sources
#
# - I. Sutskever, O. Vinyals, Q. Le (2014), [*Sequence to Sequence Learning with Neural
#   Networks*](https://arxiv.org/abs/1409.3215), NeurIPS.
# - K. Cho et al. (2014), [*Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine
#   Translation*](https://arxiv.org/abs/1406.1078), EMNLP.
# - K. Cho et al. (2014), [*On the Properties of Neural Machine Translation*](https://arxiv.org/abs/1409.1259), for
#   the fall with length.

# %% [markdown] lang="fr"
# ## Sources
#
# - I. Sutskever, O. Vinyals, Q. Le (2014), [*Sequence to Sequence Learning with Neural
#   Networks*](https://arxiv.org/abs/1409.3215), NeurIPS.
# - K. Cho et al. (2014), [*Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine
#   Translation*](https://arxiv.org/abs/1406.1078), EMNLP.
# - K. Cho et al. (2014), [*On the Properties of Neural Machine Translation*](https://arxiv.org/abs/1409.1259), pour
#   la chute avec la longueur.
