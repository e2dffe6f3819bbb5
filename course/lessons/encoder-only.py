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
# # Encoder-only models: reading in both directions
#
# **What you will be able to do:** say what a bidirectional encoder can do that a causal model cannot, turn its
# outputs into a classifier, and name the traps of fine-tuning.
#
# ## The idea
#
# To *understand* a text one may read all of it. An **encoder-only** model (BERT, 2018) is a stack of Transformer
# blocks without a causal mask: every token looks left and right, and comes out as a vector that depends on the whole
# sentence. The *bank* of a river and the *bank* that lends money have the same embedding going in, and different
# vectors coming out.
#
# The model is trained once on raw text, by guessing masked words, and then **fine-tuned** on little labelled data: a
# linear layer reads the vector of a special first token (`[CLS]`), or the mean over the real tokens, and classifies
# the text; a linear layer on every token labels each of them.
#
# ![Share of right answers by position in the sentence, on a task in which a token must say whether it comes again later. Looking both ways it is right nearly everywhere; with a causal mask it does exactly as well as the more frequent answer of each position.](figures/encoder-only.en.svg)
#
# The figure trains the same block twice, with and without a causal mask, to answer a question about the *rest* of the
# sentence: does this token come again? The causal one cannot know. Language is full of such questions: in *he left
# the bank and swam away*, the word that settles the matter comes last.

# %% [markdown] lang="fr"
# # Les modèles encoder-only : lire dans les deux sens
#
# **Ce que vous saurez faire :** dire ce qu'un encodeur bidirectionnel sait faire et qu'un modèle causal ne sait pas,
# tirer de ses sorties un classifieur, et nommer les pièges du fine-tuning.
#
# ## L'idée
#
# Pour *comprendre* un texte, on a le droit de le lire en entier. Un modèle **encoder-only** (BERT, 2018) est une pile
# de blocs de Transformer sans masque causal : chaque token regarde à gauche et à droite, et ressort sous la forme
# d'un vecteur qui dépend de toute la phrase. L'*avocat* que l'on mange et l'*avocat* qui plaide ont le même
# plongement à l'entrée, et des vecteurs différents à la sortie.
#
# Le modèle est entraîné une fois sur du texte brut, à deviner des mots masqués, puis **affiné** (*fine-tuning*) sur
# peu de données étiquetées : une couche linéaire lit le vecteur d'un premier token spécial (`[CLS]`), ou la moyenne
# sur les tokens réels, et classe le texte ; une couche linéaire sur chaque token les étiquette un à un.
#
# ![Part de réponses justes selon la position dans la phrase, sur une tâche où un token doit dire s'il revient plus loin. En regardant des deux côtés, il a presque toujours raison ; avec un masque causal, il fait exactement aussi bien que la réponse la plus fréquente à chaque position.](figures/encoder-only.fr.svg)
#
# La figure entraîne deux fois le même bloc, avec et sans masque causal, à répondre à une question sur la *suite* de
# la phrase : ce token revient-il ? Le modèle causal ne peut pas le savoir. La langue est pleine de telles questions :
# dans *l'avocat était trop mûr*, le mot qui tranche vient en dernier.

# %% [markdown] lang="en"
# ## The formula
#
# With $h_1, \dots, h_T$ the outputs of the last block, $[T, d]$, and a mask $m$ of real tokens, a classifier over $K$
# classes is
#
# $$p(y \mid x) = \mathrm{softmax}(W h_{\mathrm{CLS}} + b) \quad \text{or} \quad \mathrm{softmax}\!\left(W\, \frac{\sum_t m_t h_t}{\sum_t m_t} + b\right), \qquad W: [K, d]$$
#
# The block is the one you know; without a causal mask it is an encoder's.
#
# {{transformer-block.encoder_layer}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec $h_1, \dots, h_T$ les sorties du dernier bloc, $[T, d]$, et un masque $m$ des tokens réels, un classifieur à
# $K$ classes est
#
# $$p(y \mid x) = \mathrm{softmax}(W h_{\mathrm{CLS}} + b) \quad \text{ou} \quad \mathrm{softmax}\!\left(W\, \frac{\sum_t m_t h_t}{\sum_t m_t} + b\right), \qquad W: [K, d]$$
#
# Le bloc est celui que vous connaissez ; sans masque causal, c'est celui d'un encodeur.
#
# {{transformer-block.encoder_layer}}

# %% [markdown] lang="en"
# ## In code
#
# Two ways to make one vector of many, with padding in the batch. Forgetting the mask in the mean is the most frequent
# slip: the result then depends on how long the *other* sentences of the batch are.

# %% [markdown] lang="fr"
# ## En code
#
# Deux façons de faire un vecteur de plusieurs, avec du padding dans le lot. Oublier le masque dans la moyenne est la
# faute la plus fréquente : le résultat dépend alors de la longueur des *autres* phrases du lot.

# %% id="pooling"
import torch

torch.manual_seed(0)
h = torch.randn(2, 4, 3)  # [B, T, d]
mask = torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0]])  # the second sentence has two tokens

first = h[:, 0]  # [CLS], [B, d]
mean = (h * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)  # [B, d]
print("first token:", first[1].tolist())
print("mean of real tokens:", mean[1].tolist())
print("mean with padding (wrong):", h.mean(1)[1].tolist())

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **A mean over padding.** Multiply by the mask and divide by the number of real tokens.
# - **No attention mask.** Real tokens then look at padding, and the same sentence gets other vectors in another
#   batch.
# - **The learning rate of a classifier from scratch.** Fine-tuning takes about $2 \cdot 10^{-5}$; a hundred times
#   more erases what the model knew.
# - **`[CLS]` without fine-tuning.** Until it has been trained for something, that vector is no good summary; the mean
#   does better.
# - **Accuracy on classes of unequal size.** If 90 % are of one class, always saying it gives 90 %.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Une moyenne sur le padding.** Multipliez par le masque et divisez par le nombre de tokens réels.
# - **Pas de masque d'attention.** Les vrais tokens regardent alors le padding, et une même phrase reçoit d'autres
#   vecteurs dans un autre lot.
# - **Le pas d'apprentissage d'un classifieur parti de zéro.** L'affinage demande environ $2 \cdot 10^{-5}$ ; cent
#   fois plus efface ce que le modèle savait.
# - **`[CLS]` sans affinage.** Tant qu'il n'a été entraîné à rien, ce vecteur n'est pas un bon résumé ; la moyenne
#   fait mieux.
# - **L'exactitude sur des classes inégales.** Si 90 % sont d'une classe, la répondre toujours donne 90 %.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `AutoModelForSequenceClassification` puts the head on. Encoders are alive where texts are *read*: search and
# retrieval (sentence embeddings), classification at low cost, labelling. ModernBERT (2024) gave them what decoders
# had learned meanwhile: rotary positions, contexts of 8,192 tokens, faster attention. For French there are CamemBERT
# and FlauBERT.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `AutoModelForSequenceClassification` ajoute la tête. Les encodeurs sont bien vivants là où l'on *lit* des textes :
# recherche (plongements de phrases), classification à bas coût, étiquetage. ModernBERT (2024) leur a donné ce que les
# décodeurs avaient appris entre-temps : positions rotatives, contextes de 8 192 tokens, attention plus rapide. Pour
# le français, il y a CamemBERT et FlauBERT.

# %% [markdown] lang="en"
# ## Sources
#
# - J. Devlin et al. (2019), [*BERT*](https://arxiv.org/abs/1810.04805), sections 3 and 4.
# - L. Martin et al. (2020), [*CamemBERT*](https://arxiv.org/abs/1911.03894), ACL.
# - B. Warner et al. (2024), [*ModernBERT*](https://arxiv.org/abs/2412.13663).

# %% [markdown] lang="fr"
# ## Sources
#
# - J. Devlin et al. (2019), [*BERT*](https://arxiv.org/abs/1810.04805), sections 3 et 4.
# - L. Martin et al. (2020), [*CamemBERT*](https://arxiv.org/abs/1911.03894), ACL.
# - B. Warner et al. (2024), [*ModernBERT*](https://arxiv.org/abs/2412.13663).
