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
# # Embeddings: from symbols to vectors
#
# **What you will be able to do:** say what an embedding table is, derive where its vectors come from in CBOW and
# skip-gram, and count its parameters.
#
# ## The idea
#
# An id is a name, not a quantity: token 7 is not closer to token 8 than to token 5000. **One-hot** vectors say just
# that: as long as the vocabulary, one 1, every two of them equally far apart. They are huge and know nothing of
# meaning.
#
# Word2Vec (Mikolov et al., 2013) learns better ones from a remark of linguists: *you know a word by the company it
# keeps*. Give each word a short vector, and train it on a task that needs no labels: from the neighbours predict the
# word in the middle (**CBOW**), or from the word predict each neighbour (**skip-gram**). Words with the same
# neighbours must make the same predictions, so they get the same vectors.
#
# ![Cosines between sixteen word vectors: nouns resemble nouns, adjectives resemble adjectives and verbs verbs, with two kinds of verbs, those that take an object and those that do not.](figures/embeddings.en.svg)
#
# The vectors of the figure were trained with skip-gram on 3,000 generated sentences, windows of one word. Nobody told
# the model what a noun is: it found the kinds of words, and even that *sleeps* and *runs*, which take no object, are
# another kind of verb than *sees* and *likes*. What it cannot know is that kings are not trees: in these sentences
# they keep the same company.

# %% [markdown] lang="fr"
# # Les plongements : des symboles aux vecteurs
#
# **Ce que vous saurez faire :** dire ce qu'est une table de plongements (*embeddings*), expliquer d'où viennent ses
# vecteurs dans CBOW et skip-gram, et compter ses paramètres.
#
# ## L'idée
#
# Un identifiant est un nom, pas une quantité : le token 7 n'est pas plus proche du token 8 que du token 5000. Les
# vecteurs **one-hot** ne disent que cela : aussi longs que le vocabulaire, un seul 1, et tous à la même distance les
# uns des autres. Ils sont énormes et ignorent le sens.
#
# Word2Vec (Mikolov et al., 2013) en apprend de meilleurs à partir d'une remarque de linguistes : *un mot se reconnaît
# à ses fréquentations*. On donne à chaque mot un court vecteur, et on l'entraîne sur une tâche qui ne demande aucune
# annotation : prédire le mot du milieu d'après ses voisins (**CBOW**), ou chacun des voisins d'après le mot
# (**skip-gram**). Des mots qui ont les mêmes voisins doivent prédire la même chose : ils reçoivent les mêmes
# vecteurs.
#
# ![Cosinus entre seize vecteurs de mots : les noms ressemblent aux noms, les adjectifs aux adjectifs et les verbes aux verbes, avec deux sortes de verbes, ceux qui prennent un complément d'objet et les autres.](figures/embeddings.fr.svg)
#
# Les vecteurs de la figure ont été entraînés par skip-gram sur 3 000 phrases engendrées, avec des fenêtres d'un mot.
# Personne n'a dit au modèle ce qu'est un nom : il a trouvé les sortes de mots, et même que *sleeps* et *runs*, qui ne
# prennent pas de complément d'objet, sont une autre sorte de verbe que *sees* et *likes*. Ce qu'il ne peut pas
# savoir, c'est qu'un roi n'est pas un arbre : dans ces phrases, ils ont les mêmes fréquentations.

# %% [markdown] lang="en"
# ## The formula
#
# With an input table $V_{in}$ and an output table $V_{out}$, both $[V, D]$, CBOW averages the context and scores
# every word:
#
# $$h = \frac{1}{C} \sum_{j=1}^{C} V_{in}[x_j] \qquad\qquad \mathrm{scores} = V_{out}\, h$$
#
# Skip-gram with negative sampling avoids the sum over the whole vocabulary: it tells the true neighbour $o$ from $K$
# words $n_k$ drawn at random.
#
# $$\mathrm{loss} = -\log \sigma(V_{out}[o] \cdot V_{in}[c]) - \sum_{k=1}^{K} \log \sigma(-V_{out}[n_k] \cdot V_{in}[c])$$
#
# {{word2vec.cbow_forward}}
#
# {{word2vec.sgns_loss_grads}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec une table d'entrée $V_{in}$ et une table de sortie $V_{out}$, toutes deux $[V, D]$, CBOW fait la moyenne du
# contexte et note chaque mot :
#
# $$h = \frac{1}{C} \sum_{j=1}^{C} V_{in}[x_j] \qquad\qquad \mathrm{scores} = V_{out}\, h$$
#
# Skip-gram avec échantillonnage négatif évite la somme sur tout le vocabulaire : il distingue le vrai voisin $o$ de
# $K$ mots $n_k$ tirés au hasard.
#
# $$\mathrm{loss} = -\log \sigma(V_{out}[o] \cdot V_{in}[c]) - \sum_{k=1}^{K} \log \sigma(-V_{out}[n_k] \cdot V_{in}[c])$$
#
# {{word2vec.cbow_forward}}
#
# {{word2vec.sgns_loss_grads}}

# %% [markdown] lang="en"
# ## In code
#
# Multiplying a one-hot vector by a matrix picks one of its rows: that is why an embedding layer is a **lookup
# table**, and why nobody ever builds the one-hot vectors. How many parameters has a table for 50,000 tokens and
# vectors of 768?

# %% [markdown] lang="fr"
# ## En code
#
# Multiplier un vecteur one-hot par une matrice en choisit une ligne : voilà pourquoi une couche de plongement est une
# **table de correspondance**, et pourquoi personne ne construit jamais les vecteurs one-hot. Combien de paramètres a
# une table de 50 000 tokens et de vecteurs de taille 768 ?

# %% id="lookup"
import torch

V, D = 6, 3
table = torch.arange(V * D, dtype=torch.float32).reshape(V, D)  # [V, D]
ids = torch.tensor([4, 0, 4])  # [T]
by_product = torch.nn.functional.one_hot(ids, V).float() @ table  # [T, V] @ [V, D] -> [T, D]
by_lookup = table[ids]  # [T, D]
print("same rows:", torch.equal(by_product, by_lookup))
print("parameters of a table of 50,000 x 768:", 50_000 * 768)

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Adding up the context instead of averaging it.** Words with long contexts would then get large scores.
# - **A word in its own context.** The centre is what must be predicted.
# - **Windows across sentences.** The last word of one sentence is no neighbour of the first of the next.
# - **Swapping the two tables.** The centre is looked up in $V_{in}$, its neighbours in $V_{out}$; a word is not its
#   own neighbour.
# - **Assigning gradients to repeated ids.** A word that occurs twice in a batch receives the *sum* of its two
#   gradients.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Additionner le contexte au lieu d'en faire la moyenne.** Les longs contextes recevraient alors de grands scores.
# - **Un mot dans son propre contexte.** Le mot central est ce qu'il faut prédire.
# - **Des fenêtres à cheval sur deux phrases.** Le dernier mot d'une phrase n'est pas voisin du premier de la
#   suivante.
# - **Échanger les deux tables.** Le mot central se cherche dans $V_{in}$, ses voisins dans $V_{out}$ ; un mot n'est
#   pas son propre voisin.
# - **Affecter les gradients d'identifiants répétés.** Un mot présent deux fois dans un lot reçoit la *somme* de ses
#   deux gradients.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `torch.nn.Embedding(V, D)` is the table; `gensim` trains Word2Vec. Language models of today start from a table drawn
# at random and learn it with everything else; its rows are where the model meets its tokens. A static vector gives
# *avocat* (lawyer, avocado) one meaning for all sentences; from the first layer of a Transformer on, vectors depend
# on the context. Sentence embeddings, the heirs of Word2Vec in search engines, are made of such contextual vectors.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `torch.nn.Embedding(V, D)` est la table ; `gensim` entraîne Word2Vec. Les modèles de langue actuels partent d'une
# table tirée au hasard et l'apprennent avec tout le reste ; ses lignes sont l'endroit où le modèle rencontre ses
# tokens. Un vecteur statique donne à *avocat* (le juriste, le fruit) un seul sens pour toutes les phrases ; dès la
# première couche d'un Transformer, les vecteurs dépendent du contexte. Les plongements de phrases, héritiers de
# Word2Vec dans les moteurs de recherche, sont faits de ces vecteurs contextuels.

# %% [markdown] lang="en"
# ## Sources
#
# - T. Mikolov, K. Chen, G. Corrado, J. Dean (2013), [*Efficient Estimation of Word Representations in Vector
#   Space*](https://arxiv.org/abs/1301.3781).
# - T. Mikolov et al. (2013), [*Distributed Representations of Words and Phrases and their
#   Compositionality*](https://arxiv.org/abs/1310.4546), NeurIPS.
# - J. R. Firth (1957), *A Synopsis of Linguistic Theory*, for the company that words keep.

# %% [markdown] lang="fr"
# ## Sources
#
# - T. Mikolov, K. Chen, G. Corrado, J. Dean (2013), [*Efficient Estimation of Word Representations in Vector
#   Space*](https://arxiv.org/abs/1301.3781).
# - T. Mikolov et al. (2013), [*Distributed Representations of Words and Phrases and their
#   Compositionality*](https://arxiv.org/abs/1310.4546), NeurIPS.
# - J. R. Firth (1957), *A Synopsis of Linguistic Theory*, pour les fréquentations des mots.
