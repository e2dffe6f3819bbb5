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
# # Special tokens and padding
#
# **What you will be able to do:** say what `<s>`, `</s>`, `<pad>` and `<unk>` are for, put sentences of different
# lengths into one tensor, and keep the filling out of the computation.
#
# ## The idea
#
# A tokenizer gives ids for what is written. A model also needs symbols for what is *not* written: where a text begins
# (`<s>`), where it ends (`</s>`), and something that was never seen in training (`<unk>`). Without `</s>` a generator
# would never stop: it learns to end by predicting that token like any other.
#
# A fourth one comes from the hardware. Sentences have different lengths, a tensor has one: shorter rows are filled up
# with `<pad>`. The filling is not text. A **mask** of the same shape says which positions are real, and everything
# that sums over positions (attention, mean, loss, last state) has to ask it.
#
# ![Left: a batch of four sentences as ids in a rectangle, the padding shaded. Right: the share of padding grows with the size of the batch, to four tenths for 64 verses in any order, and stays below a tenth when verses of similar length are put together.](figures/special-tokens.en.svg)
#
# Padding costs computation: the right-hand side measures it on the verses of La Fontaine. Batches of verses of
# similar length (*bucketing*) waste far less than batches in any order.

# %% [markdown] lang="fr"
# # Tokens spéciaux et padding
#
# **Ce que vous saurez faire :** dire à quoi servent `<s>`, `</s>`, `<pad>` et `<unk>`, ranger des phrases de
# longueurs différentes dans un seul tenseur, et tenir le remplissage à l'écart du calcul.
#
# ## L'idée
#
# Un tokeniseur donne des identifiants à ce qui est écrit. Un modèle a aussi besoin de symboles pour ce qui ne l'est
# *pas* : le début d'un texte (`<s>`), sa fin (`</s>`), et ce qu'on n'a jamais vu à l'entraînement (`<unk>`). Sans
# `</s>`, un générateur ne s'arrêterait jamais : il apprend à finir en prédisant ce token comme un autre.
#
# Un quatrième vient du matériel. Les phrases ont des longueurs différentes, un tenseur n'en a qu'une : on complète
# les lignes courtes avec `<pad>`. Ce remplissage n'est pas du texte. Un **masque** de même forme dit quelles
# positions sont réelles, et tout ce qui somme sur les positions (attention, moyenne, coût, dernier état) doit le
# consulter.
#
# ![À gauche : un lot de quatre phrases sous forme d'identifiants dans un rectangle, le padding grisé. À droite : la part de padding croît avec la taille du lot, jusqu'à quatre dixièmes pour 64 vers dans un ordre quelconque, et reste sous un dixième quand on regroupe des vers de longueurs voisines.](figures/special-tokens.fr.svg)
#
# Le padding coûte du calcul : la partie droite le mesure sur les vers de La Fontaine. Des lots de vers de longueurs
# voisines (*bucketing*) gaspillent bien moins que des lots dans un ordre quelconque.

# %% [markdown] lang="en"
# ## The formula
#
# With the mask $m_{bt} = 1$ for a real token and $0$ for padding, the loss of a batch is the mean over real tokens
# only:
#
# $$\mathcal{L} = \frac{\sum_{b,t} m_{bt}\,\ell_{bt}}{\sum_{b,t} m_{bt}}$$
#
# Dividing by $B \cdot T$ instead would make the loss, and so the step of the optimiser, depend on how much filling a
# batch happens to hold.
#
# {{vocabulary.encode}}
#
# {{vocabulary.pad_batch}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec le masque $m_{bt} = 1$ pour un token réel et $0$ pour le padding, le coût d'un lot est la moyenne sur les seuls
# tokens réels :
#
# $$\mathcal{L} = \frac{\sum_{b,t} m_{bt}\,\ell_{bt}}{\sum_{b,t} m_{bt}}$$
#
# Diviser par $B \cdot T$ ferait dépendre le coût, donc le pas de l'optimiseur, de la quantité de remplissage que le
# hasard a mise dans le lot.
#
# {{vocabulary.encode}}
#
# {{vocabulary.pad_batch}}

# %% [markdown] lang="en"
# ## In code
#
# Two sentences in one tensor, with torch's own `pad_sequence`. The mean over everything is wrong; `ignore_index`
# gives the right one. Change the filling: which of the three numbers moves?

# %% [markdown] lang="fr"
# ## En code
#
# Deux phrases dans un seul tenseur, avec `pad_sequence` de torch. La moyenne sur tout est fausse ; `ignore_index`
# donne la bonne. Changez le remplissage : lequel des trois nombres bouge ?

# %% id="padded"
import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import pad_sequence

PAD, V = 0, 10
rows = [torch.tensor([1, 4, 5, 6, 2]), torch.tensor([1, 7, 2])]  # <s> ... </s>
ids = pad_sequence(rows, batch_first=True, padding_value=PAD)  # [B, T]
mask = ids != PAD
print(ids, mask, sep="\n")

torch.manual_seed(0)
logits = torch.randn(2, 5, V)  # [B, T, V]
losses = F.cross_entropy(logits.flatten(0, 1), ids.flatten(), reduction="none").view(2, 5)
print("mean over all positions: ", round(losses.mean().item(), 4))
print("mean over real tokens:   ", round((losses[mask].sum() / mask.sum()).item(), 4))
print(
    "with ignore_index:       ", round(F.cross_entropy(logits.flatten(0, 1), ids.flatten(), ignore_index=PAD).item(), 4)
)

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Deriving the mask from the ids when `<pad>` has another meaning too.** Where `<pad>` and `</s>` are the same id
#   (GPT-2 has no padding token, and people reuse the end), `ids != pad` also hides the real ends, and the model never
#   learns to stop. Build the mask from the lengths.
# - **Padding on the wrong side.** Recurrent networks and training pad on the right. A decoder that *generates* a
#   batch pads on the left, so that every row's last token is a real one.
# - **Truncating the end off.** A sentence cut at `max_len` must still end with `</s>`, or the model learns that texts
#   stop in mid-air.
# - **A vocabulary built on the test set.** Then nothing is ever unknown in your measurements, and everything is in
#   use.
# - **Ids that change.** The order of a `set` or of equal counts differs from run to run; state a rule for ties, and
#   save the vocabulary with the model.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Déduire le masque des identifiants quand `<pad>` a aussi un autre sens.** Là où `<pad>` et `</s>` sont le même
#   identifiant (GPT-2 n'a pas de token de padding, et l'on réemploie la fin), `ids != pad` cache aussi les vraies
#   fins, et le modèle n'apprend jamais à s'arrêter. Construisez le masque à partir des longueurs.
# - **Compléter du mauvais côté.** Les réseaux récurrents et l'entraînement complètent à droite. Un décodeur qui
#   *génère* un lot complète à gauche, pour que le dernier token de chaque ligne soit réel.
# - **Tronquer la fin.** Une phrase coupée à `max_len` doit encore finir par `</s>`, sinon le modèle apprend que les
#   textes s'arrêtent en l'air.
# - **Un vocabulaire construit sur l'ensemble de test.** Rien n'est alors inconnu dans vos mesures, et tout le sera à
#   l'usage.
# - **Des identifiants qui changent.** L'ordre d'un `set`, ou de fréquences égales, varie d'une exécution à l'autre ;
#   énoncez une règle pour les égalités, et enregistrez le vocabulaire avec le modèle.

# %% [markdown] lang="en"
# ## In today's libraries
#
# A Hugging Face tokenizer returns `input_ids` and `attention_mask`: the ids and the mask of this lesson. BERT has
# `[CLS]`, `[SEP]`, `[PAD]`, `[UNK]` and `[MASK]`; byte-level BPE (GPT-2) needs no `<unk>`, since every byte is known.
# Chat models add tokens for *who speaks*. Training of large models avoids padding altogether: texts are put end to
# end and cut into blocks of equal length (*packing*), with `</s>` between them.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# Un tokeniseur de Hugging Face renvoie `input_ids` et `attention_mask` : les identifiants et le masque de cette
# leçon. BERT a `[CLS]`, `[SEP]`, `[PAD]`, `[UNK]` et `[MASK]` ; le BPE sur octets (GPT-2) se passe de `<unk>`,
# puisque chaque octet est connu. Les modèles de chat ajoutent des tokens pour *qui parle*. L'entraînement des grands
# modèles évite même le padding : on met les textes bout à bout et on les découpe en blocs de même longueur
# (*packing*), avec `</s>` entre eux.

# %% [markdown] lang="en"
# ## Sources
#
# - J. Devlin et al. (2019), [*BERT*](https://arxiv.org/abs/1810.04805), section 3, on `[CLS]` and `[SEP]`.
# - V. Morishita et al. (2017), [*An Empirical Study of Mini-Batch Creation Strategies for Neural Machine
#   Translation*](https://arxiv.org/abs/1706.05765).

# %% [markdown] lang="fr"
# ## Sources
#
# - J. Devlin et al. (2019), [*BERT*](https://arxiv.org/abs/1810.04805), section 3, sur `[CLS]` et `[SEP]`.
# - V. Morishita et al. (2017), [*An Empirical Study of Mini-Batch Creation Strategies for Neural Machine
#   Translation*](https://arxiv.org/abs/1706.05765).
