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
# # Additive attention
#
# **What you will be able to do:** compute one step of Bahdanau's attention, read an attention map, and say what such
# a map does and does not prove.
#
# ## The idea
#
# Keep *all* the states of the encoder. At each step of the decoder, compare its state with each of them, turn the
# comparisons into weights that sum to 1, and give the decoder the weighted average: a **context** of its own for
# every word it writes. In the words of retrieval, the decoder's state is the query, the encoder's states are keys
# *and* values.
#
# Bahdanau, Cho and Bengio compare with a small network of one hidden layer that is trained with all the rest. Nobody
# shows it which word translates which: the alignment comes out as a by-product of learning to translate.
#
# ![Attention weights of a model trained on generated sentences, for two translations: each French word looks mostly at the English word it translates, or at the noun beside it.](figures/additive-attention.en.svg)
#
# Read the maps row by row. *voit* looks at *see*, *maison* at *house*, *dort* at *sleeps*. But *chat* and *noir* both
# look at *cat*: is that wrong? The state at *cat* has been computed after *black* was read, so it holds both words.
# Weights say which *state* was used, not which *word* mattered: an attention map is a hint, not an explanation.
# (Bahdanau's encoder reads in both directions, so that each state knows what follows too.)

# %% [markdown] lang="fr"
# # L'attention additive
#
# **Ce que vous saurez faire :** calculer un pas de l'attention de Bahdanau, lire une carte d'attention, et dire ce
# qu'une telle carte prouve ou non.
#
# ## L'idée
#
# On garde *tous* les états de l'encodeur. À chaque pas du décodeur, on compare son état à chacun d'eux, on change les
# comparaisons en poids de somme 1, et on donne au décodeur la moyenne pondérée : un **contexte** propre à chaque mot
# qu'il écrit. Dans les mots de la recherche documentaire, l'état du décodeur est la requête, les états de l'encodeur
# sont à la fois les clés *et* les valeurs.
#
# Bahdanau, Cho et Bengio comparent avec un petit réseau à une couche cachée, entraîné avec tout le reste. Personne ne
# lui montre quel mot traduit quel mot : l'alignement est un sous-produit de l'apprentissage de la traduction.
#
# ![Poids d'attention d'un modèle entraîné sur des phrases engendrées, pour deux traductions : chaque mot français regarde surtout le mot anglais qu'il traduit, ou le nom voisin.](figures/additive-attention.fr.svg)
#
# Lisez les cartes ligne par ligne. *voit* regarde *see*, *maison* regarde *house*, *dort* regarde *sleeps*. Mais
# *chat* et *noir* regardent tous deux *cat* : est-ce faux ? L'état en *cat* a été calculé après la lecture de
# *black* : il contient les deux mots. Les poids disent quel *état* a servi, non quel *mot* a compté : une carte
# d'attention est un indice, pas une explication. (L'encodeur de Bahdanau lit dans les deux sens, si bien que chaque
# état connaît aussi la suite.)

# %% [markdown] lang="en"
# ## The formula
#
# With $s$ the decoder's state before the step and $h_1, \dots, h_S$ the encoder's states:
#
# $$e_j = v_a \cdot \tanh\left(W_a\,[s;\, h_j]\right) \qquad \alpha_j = \frac{\exp(e_j)}{\sum_{i=1}^{S} \exp(e_i)} \qquad c = \sum_{j=1}^{S} \alpha_j\, h_j$$
#
# $W_a$ applied to $[s; h_j]$ is a part for $s$ plus a part for $h_j$: hence *additive*. The part for $h_j$ does not
# depend on the step, and can be computed once per sentence.
#
# {{seq2seq.additive_attention}}

# %% [markdown] lang="fr"
# ## La formule
#
# En notant $s$ l'état du décodeur avant le pas et $h_1, \dots, h_S$ les états de l'encodeur :
#
# $$e_j = v_a \cdot \tanh\left(W_a\,[s;\, h_j]\right) \qquad \alpha_j = \frac{\exp(e_j)}{\sum_{i=1}^{S} \exp(e_i)} \qquad c = \sum_{j=1}^{S} \alpha_j\, h_j$$
#
# $W_a$ appliquée à $[s; h_j]$ est une partie pour $s$ plus une partie pour $h_j$ : d'où le mot *additive*. La partie
# pour $h_j$ ne dépend pas du pas, et se calcule une fois par phrase.
#
# {{seq2seq.additive_attention}}

# %% [markdown] lang="en"
# ## In code
#
# The trap of this lesson, in four lines. The scores have the right values; the softmax runs over a dimension of size
# 1, so every weight is 1 and the context is a sum. Nothing crashes, and the model even learns a little. Mend it.

# %% [markdown] lang="fr"
# ## En code
#
# Le piège de cette leçon, en quatre lignes. Les scores ont les bonnes valeurs ; le softmax porte sur une dimension de
# taille 1, chaque poids vaut donc 1 et le contexte est une somme. Rien ne plante, et le modèle apprend même un peu.
# Réparez.

# %% id="trap"
import torch

torch.manual_seed(0)
states = torch.randn(2, 5, 3)  # [B, S, H]
scores = torch.randn(2, 5, 1)  # [B, S, 1]: one number per position, in a dimension of its own
weights = torch.softmax(scores, dim=-1)  # over which dimension?
context = (weights * states).sum(dim=1)  # [B, H]
print("weights of the first sentence:", weights[0, :, 0].tolist())
print("is the context a plain sum?", torch.allclose(context, states.sum(dim=1)))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **A softmax over a dimension of size 1**, or over the batch: check that the weights of one sentence sum to 1.
# - **Attending to padding.** Masked scores become $-\infty$ (or the lowest finite number) *before* the softmax.
# - **Asking with the new state.** Here the state *before* the step asks; the new one depends on the answer.
# - **Concatenating in the other order.** $[h_j; s]$ with the weights of $[s; h_j]$ compares the wrong halves, and
#   nothing crashes since both have the same size.
# - **Forgetting the tanh.** Without it, $s$ adds the same number to all scores, and the softmax cancels it.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Un softmax sur une dimension de taille 1**, ou sur le lot : vérifiez que les poids d'une phrase somment à 1.
# - **Regarder le padding.** Les scores masqués passent à $-\infty$ (ou au plus petit nombre fini) *avant* le softmax.
# - **Interroger avec le nouvel état.** Ici, c'est l'état d'*avant* le pas qui interroge ; le nouveau dépend de la
#   réponse.
# - **Concaténer dans l'autre ordre.** $[h_j; s]$ avec les poids de $[s; h_j]$ compare les mauvaises moitiés, et rien
#   ne plante puisqu'elles ont la même taille.
# - **Oublier le tanh.** Sans lui, $s$ ajoute le même nombre à tous les scores, et le softmax l'annule.

# %% [markdown] lang="en"
# ## In today's libraries
#
# Additive attention survives in speech recognition and in small models; in Transformers the comparison is a dot
# product, which is one matrix product for all pairs. There is no module for it in torch: it is five lines. Attention
# pooling (one learned query over a sequence) is its descendant in many classifiers.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# L'attention additive survit en reconnaissance de la parole et dans de petits modèles ; dans les Transformers, la
# comparaison est un produit scalaire, soit un seul produit de matrices pour toutes les paires. Torch n'a pas de
# module pour elle : ce sont cinq lignes. L'*attention pooling* (une requête apprise sur une séquence) en descend,
# dans bien des classifieurs.

# %% [markdown] lang="en"
# ## Sources
#
# - D. Bahdanau, K. Cho, Y. Bengio (2015), [*Neural Machine Translation by Jointly Learning to Align and
#   Translate*](https://arxiv.org/abs/1409.0473), ICLR.
# - K. Xu et al. (2015), [*Show, Attend and Tell*](https://arxiv.org/abs/1502.03044), for attention over images.
# - S. Jain, B. Wallace (2019), [*Attention is not Explanation*](https://arxiv.org/abs/1902.10186), NAACL.

# %% [markdown] lang="fr"
# ## Sources
#
# - D. Bahdanau, K. Cho, Y. Bengio (2015), [*Neural Machine Translation by Jointly Learning to Align and
#   Translate*](https://arxiv.org/abs/1409.0473), ICLR.
# - K. Xu et al. (2015), [*Show, Attend and Tell*](https://arxiv.org/abs/1502.03044), pour l'attention sur des images.
# - S. Jain, B. Wallace (2019), [*Attention is not Explanation*](https://arxiv.org/abs/1902.10186), NAACL.
