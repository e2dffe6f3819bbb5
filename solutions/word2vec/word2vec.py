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
# # Word2Vec: meaning from company
#
# *Module M1, From RNNs to Transformers.* A tokenizer turns a text into ids. But an id is only a name: word 17 is no
# closer to word 18 than to word 4000. A network that adds and multiplies needs **vectors**, and it would help if
# words used alike had vectors alike.
#
# Where could such vectors come from? From the company words keep. Hide a word in "the … ate the lamb" and you still
# guess that it names an animal with teeth. Word2Vec (Mikolov, Chen, Corrado and Dean, 2013) turns that guess into a
# training task that needs no label but the text itself:
#
# | model | given | predict |
# |---|---|---|
# | **CBOW** (continuous bag of words) | the words around a gap | the word in the gap |
# | **skip-gram** | one word | each word around it |
#
# The predictions are thrown away at the end; the **table of vectors** learned on the way is what we keep. Today's
# language models still begin with such a table, learned along with everything else.
#
# Both models hold two tables with one row per word: `V_in` for a word that is *given*, `V_out` for a word that is
# *predicted*. The higher the dot product of a row of `V_in` and a row of `V_out`, the more likely the second word is
# near the first.
#
# You will also write the gradients **by hand**, without autograd, once, to know what `backward()` does for you in
# every later lab.
#
# | letter | is |
# |---|---|
# | `V`, `D` | words in the vocabulary, numbers in a vector |
# | `B` | examples in a batch |
# | `C` | places for context words in a padded batch |
# | `K` | negative words per example |
#
# Not allowed here, because they *are* the exercise: `F.one_hot`, `nn.Embedding`, `F.embedding`, and autograd in any
# form. Everything else of torch is, `torch.sigmoid`, `F.logsigmoid`, `logsumexp` and `index_add` included.

# %% [markdown] lang="fr"
# # Word2Vec : le sens par la compagnie
#
# *Module M1, Des RNN aux Transformers.* Un tokeniseur transforme un texte en identifiants. Mais un identifiant n'est
# qu'un nom : le mot 17 n'est pas plus proche du mot 18 que du mot 4000. Un réseau, qui additionne et multiplie, a
# besoin de **vecteurs**, et il serait commode que des mots employés de la même façon aient des vecteurs proches.
#
# D'où tirer de tels vecteurs ? De la compagnie des mots. Cachez un mot dans « le … mangea l'agneau » : vous devinez
# encore qu'il s'agit d'un animal à crocs. Word2Vec (Mikolov, Chen, Corrado et Dean, 2013) fait de cette devinette une
# tâche d'apprentissage qui ne demande aucune étiquette, rien que le texte :
#
# | modèle | on donne | on prédit |
# |---|---|---|
# | **CBOW** (sac de mots continu) | les mots autour d'un trou | le mot du trou |
# | **skip-gram** | un mot | chacun des mots qui l'entourent |
#
# À la fin, on jette les prédictions ; ce que l'on garde, c'est la **table de vecteurs** (les *embeddings*, ou
# plongements) apprise en chemin. Les modèles de langue d'aujourd'hui commencent encore par une telle table, apprise
# avec tout le reste.
#
# Les deux modèles ont deux tables, d'une ligne par mot : `V_in` pour un mot *donné*, `V_out` pour un mot *prédit*.
# Plus le produit scalaire d'une ligne de `V_in` et d'une ligne de `V_out` est grand, plus le second mot a de chances
# d'être près du premier.
#
# Vous écrirez aussi les gradients **à la main**, sans autograd, une fois, pour savoir ce que `backward()` fera pour
# vous dans tous les TP suivants.
#
# | lettre | ce que c'est |
# |---|---|
# | `V`, `D` | nombre de mots du vocabulaire, nombre de composantes d'un vecteur |
# | `B` | nombre d'exemples d'un lot (*batch*) |
# | `C` | nombre de places pour les mots du contexte dans un lot complété (*padding*) |
# | `K` | nombre de mots négatifs par exemple |
#
# Interdits ici, puisque ce *sont* les réponses : `F.one_hot`, `nn.Embedding`, `F.embedding`, et autograd sous toutes
# ses formes. Tout le reste de torch est permis, y compris `torch.sigmoid`, `F.logsigmoid`, `logsumexp` et `index_add`.

# %% id="imports"
import math

import torch
import torch.nn.functional as F

from autograder.checks import FLOAT32, FLOAT64, Tolerance, close, expect, raises, same, shape, unchanged

# %% [markdown] lang="en"
# ## 1. One-hot vectors
#
# The plainest vector for word `i`: zeros everywhere and a one at place `i`. It is as long as the vocabulary, holds a
# single useful number, and says nothing about meaning: any two different words are at the same distance, $\sqrt 2$.
#
# Write `one_hot(ids, n)`:
#
# - `ids` is an int64 tensor of **any** shape `[...]`; the result is float32 of shape `[..., n]`;
# - an id that is negative, or `n` and more, raises `IndexError`.
#
# <details><summary>Hint</summary>
#
# Comparing a column of ids with the row `0, 1, …, n - 1` gives a table of booleans, thanks to broadcasting.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# refuse the ids outside 0 … n - 1
# add an axis of size 1 at the end of ids
# compare with the numbers from 0 to n - 1
# turn the booleans into float32
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Vecteurs one-hot
#
# Le vecteur le plus simple pour le mot `i` : des zéros partout et un 1 à la place `i`. Il est aussi long que le
# vocabulaire, ne contient qu'un nombre utile et ne dit rien du sens : deux mots différents sont toujours à la même
# distance, $\sqrt 2$.
#
# Écrivez `one_hot(ids, n)` :
#
# - `ids` est un tenseur int64 de forme **quelconque** `[...]` ; le résultat est en float32, de forme `[..., n]` ;
# - un identifiant négatif, ou supérieur ou égal à `n`, lève `IndexError`.
#
# <details><summary>Indice</summary>
#
# Comparer une colonne d'identifiants à la ligne `0, 1, …, n - 1` donne un tableau de booléens, par diffusion
# (*broadcasting*).
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```
# refuser les identifiants hors de 0 … n - 1
# ajouter à ids un dernier axe de taille 1
# comparer aux nombres de 0 à n - 1
# convertir les booléens en float32
# ```
#
# </details>


# %% id="one-hot"
def one_hot(ids: torch.Tensor, n: int) -> torch.Tensor:
    """One vector of length `n` per id: zeros, and a one at the place of the id.

    ids: int64 [...]; returns float32 [..., n]
    one_hot(tensor([2, 0]), 3) -> tensor([[0., 0., 1.], [1., 0., 0.]])
    Raises IndexError if an id is negative or >= n.
    """
    ### BEGIN SOLUTION
    if ((ids < 0) | (ids >= n)).any():
        raise IndexError(f"ids must be in 0..{n - 1}")
    return (ids[..., None] == torch.arange(n)).float()
    ### END SOLUTION


# %% group="one-hot"
two = one_hot(torch.tensor([2, 0]), 3)
shape(two, (2, 3), en="one_hot of two ids among 3", fr="one_hot de deux identifiants parmi 3")
expect(
    two.dtype == torch.float32,
    en=f"one_hot returns float32, yours is {two.dtype}: integers cannot be multiplied by a table of floats",
    fr=f"one_hot renvoie du float32, le vôtre est {two.dtype} : des entiers ne se multiplient pas par une table de flottants",
)
close(two, torch.tensor([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]), FLOAT32, en="one_hot of 2 and 0", fr="one_hot de 2 et 0")
shape(
    one_hot(torch.zeros(2, 4, dtype=torch.int64), 5),
    (2, 4, 5),
    en="one_hot of a [2, 4] batch of ids",
    fr="one_hot d'un lot d'identifiants [2, 4]",
)
raises("IndexError", one_hot, torch.tensor([3]), 3, en="id 3 among 3 words", fr="identifiant 3 parmi 3 mots")

# %% [markdown] lang="en"
# ## 2. The lookup table
#
# An **embedding table** holds one row of `D` numbers per word. Multiplying a one-hot row by the table picks a row:
#
# $$\text{onehot}(i)\; W = W_i$$
#
# That product reads the whole table to keep one row. Reading the row directly gives the same numbers for almost
# nothing; that is all an embedding layer does.
#
# Write `embedding_lookup(table, ids)`:
#
# - `table` is `[V, D]`; `ids` is int64 of any shape `[...]`, possibly empty or a single id;
# - the result is `[..., D]`, with the table's dtype;
# - an id that is negative, or `V` and more, raises `IndexError`. In Python, index -1 is the *last* row: an id of -1 or
#   -100, which labs use for "nothing here", would quietly read the vector of a rare word.
#
# <details><summary>Hint</summary>
#
# A tensor of ids between brackets picks rows. Only the refusal is left for you to write.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# refuse the ids outside 0 … V - 1
# read the rows of the table at ids
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. La table d'embeddings
#
# Une **table d'embeddings** contient une ligne de `D` nombres par mot. Multiplier une ligne one-hot par la table
# revient à choisir une ligne :
#
# $$\text{onehot}(i)\; W = W_i$$
#
# Ce produit parcourt toute la table pour n'en garder qu'une ligne. Lire directement la ligne donne les mêmes nombres
# pour presque rien : une couche d'embedding ne fait rien d'autre.
#
# Écrivez `embedding_lookup(table, ids)` :
#
# - `table` est de forme `[V, D]` ; `ids` est un tenseur int64 de forme quelconque `[...]`, vide ou réduit à un seul
#   identifiant s'il le faut ;
# - le résultat est de forme `[..., D]`, avec le dtype de la table ;
# - un identifiant négatif, ou supérieur ou égal à `V`, lève `IndexError`. En Python, l'indice -1 désigne la
#   *dernière* ligne : un identifiant -1 ou -100, qui sert souvent à dire « rien ici », lirait en silence le vecteur
#   d'un mot rare.
#
# <details><summary>Indice</summary>
#
# Un tenseur d'identifiants entre crochets choisit des lignes. Il ne reste à écrire que le refus.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```
# refuser les identifiants hors de 0 … V - 1
# lire les lignes de la table aux places ids
# ```
#
# </details>


# %% id="embedding-lookup"
def embedding_lookup(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """The rows of the table at these ids.

    table: float [V, D]; ids: int64 [...]; returns [..., D] with the table's dtype
    embedding_lookup(tensor([[1., 2.], [3., 4.]]), tensor([1, 1])) -> tensor([[3., 4.], [3., 4.]])
    Raises IndexError if an id is negative or >= V.
    """
    ### BEGIN SOLUTION
    if ((ids < 0) | (ids >= len(table))).any():
        raise IndexError(f"ids must be in 0..{len(table) - 1}")
    return table[ids]
    ### END SOLUTION


# %% group="lookup"
table = torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]], dtype=torch.float64)
rows = embedding_lookup(table, torch.tensor([[2, 0], [2, 2]]))
shape(rows, (2, 2, 2), en="rows looked up for [2, 2] ids", fr="lignes lues pour des identifiants [2, 2]")
close(
    rows,
    torch.tensor([[[4.0, 5.0], [0.0, 1.0]], [[4.0, 5.0], [4.0, 5.0]]]),
    FLOAT64,
    en="rows looked up for ids 2, 0, 2, 2",
    fr="lignes lues pour les identifiants 2, 0, 2, 2",
)
raises("IndexError", embedding_lookup, table, torch.tensor([-1]), en="id -1", fr="identifiant -1")

# %% [markdown] lang="en"
# Both ways, on a vocabulary of GPT-2's size. Guess the ratio of the two times before you run the cell.

# %% [markdown] lang="fr"
# Les deux façons, sur un vocabulaire de la taille de celui de GPT-2. Devinez le rapport des deux temps avant
# d'exécuter la cellule.

# %% try="two-ways"
import time

gpt2_table = torch.randn(50257, 64)
batch_ids = torch.randint(50257, (256,))
started = time.perf_counter()
by_product = one_hot(batch_ids, 50257) @ gpt2_table
between = time.perf_counter()
by_reading = embedding_lookup(gpt2_table, batch_ids)
ended = time.perf_counter()
print("equal / égaux:", torch.equal(by_product, by_reading))
print(f"one-hot x table: {1e3 * (between - started):9.3f} ms, {256 * 50257 * 4 / 2**20:.0f} MiB")
print(f"lookup:          {1e3 * (ended - between):9.3f} ms, {256 * 64 * 4 / 2**20:.2f} MiB")

# %% [markdown] lang="en"
# ## 3. Training pairs
#
# A window of size 2 slides over `the fox saw the grapes`. When it is centred on `saw`, its context is
# `the fox _ the grapes`:
#
# | mode | the examples at this place |
# |---|---|
# | `"skipgram"` | `(saw, the)`, `(saw, fox)`, `(saw, the)`, `(saw, grapes)` |
# | `"cbow"` | `([the, fox, the, grapes], saw)` |
#
# Write `pairs(sentences, window, mode)`, where a sentence is a list of ids:
#
# - the context of a place: the words at most `window` places away, before and after, **in the same sentence**. Near
#   an edge it is simply shorter; a window longer than the sentence is fine;
# - the centre is left out by its *place*, not by its value: in `the fox saw the grapes`, the second `the` may well be
#   a neighbour of the first;
# - the same pair met twice is kept twice: frequency is information;
# - order: sentences as given, centres from left to right, and for each centre its context from left to right;
# - `"skipgram"` gives tuples `(centre, neighbour)`; `"cbow"` gives tuples `(context, centre)` whose context is a list;
#   a word alone in its sentence has no context and gives nothing in either mode;
# - the window is the same everywhere (the original program draws a shorter one at random for each centre; we do not);
# - `window` below 1 and an unknown mode raise `ValueError`.
#
# <details><summary>Hint</summary>
#
# `sentence[-2:1]` is not "from two places before the beginning". Which start never goes below zero?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# for each sentence
#     for each position and its word, the centre
#         before = up to `window` words that end just before the position
#         after = up to `window` words that start just after it
#         skipgram: one pair per word of before + after
#         cbow: one pair for the whole list, unless it is empty
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Paires d'apprentissage
#
# Une fenêtre de taille 2 glisse sur `le renard vit le raisin`. Centrée sur `vit`, elle a pour contexte
# `le renard _ le raisin` :
#
# | mode | les exemples à cette place |
# |---|---|
# | `"skipgram"` | `(vit, le)`, `(vit, renard)`, `(vit, le)`, `(vit, raisin)` |
# | `"cbow"` | `([le, renard, le, raisin], vit)` |
#
# Écrivez `pairs(sentences, window, mode)`, où une phrase est une liste d'identifiants :
#
# - le contexte d'une place : les mots situés à `window` places au plus, avant et après, **dans la même phrase**. Près
#   d'un bord, il est simplement plus court ; une fenêtre plus longue que la phrase ne pose aucun problème ;
# - le centre est écarté d'après sa *place*, non d'après sa valeur : dans `le renard vit le raisin`, le second `le`
#   peut fort bien être voisin du premier ;
# - une paire rencontrée deux fois est gardée deux fois : la fréquence est une information ;
# - ordre : les phrases comme elles viennent, les centres de gauche à droite et, pour chaque centre, son contexte de
#   gauche à droite ;
# - `"skipgram"` donne des tuples `(centre, voisin)` ; `"cbow"` donne des tuples `(contexte, centre)` dont le contexte
#   est une liste ; un mot seul dans sa phrase n'a pas de contexte et ne donne rien, dans aucun des deux modes ;
# - la fenêtre est la même partout (le programme d'origine en tire une plus courte au hasard pour chaque centre ; pas
#   nous) ;
# - une fenêtre inférieure à 1 et un mode inconnu lèvent `ValueError`.
#
# <details><summary>Indice</summary>
#
# `sentence[-2:1]` ne veut pas dire « à partir de deux places avant le début ». Quel début ne descend jamais sous zéro ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```
# pour chaque phrase
#     pour chaque position et son mot, le centre
#         avant = jusqu'à `window` mots qui finissent juste avant la position
#         après = jusqu'à `window` mots qui commencent juste après
#         skipgram : une paire par mot de avant + après
#         cbow : une seule paire pour toute la liste, sauf si elle est vide
# ```
#
# </details>


# %% id="pairs"
def pairs(
    sentences: list[list[int]], window: int, mode: str = "skipgram"
) -> list[tuple[int, int]] | list[tuple[list[int], int]]:
    """The training examples of a corpus, from left to right, never across two sentences.

    mode "skipgram": (centre, neighbour), one per neighbour; mode "cbow": (context, centre), one per centre
    pairs([[7, 8, 9]], 1) -> [(7, 8), (8, 7), (8, 9), (9, 8)]
    pairs([[7, 8, 9]], 1, "cbow") -> [([8], 7), ([7, 9], 8), ([8], 9)]
    Raises ValueError if window < 1 or mode is neither of the two.
    Source: Mikolov et al. 2013, "Efficient Estimation of Word Representations in Vector Space", section 3.
    """
    ### BEGIN SOLUTION
    if window < 1:
        raise ValueError(f"window is {window}, it must be at least 1")
    if mode not in ("skipgram", "cbow"):
        raise ValueError(f"mode is {mode!r}, it must be 'skipgram' or 'cbow'")
    examples = []
    for sentence in sentences:
        for position, centre in enumerate(sentence):
            before = sentence[max(0, position - window) : position]
            after = sentence[position + 1 : position + 1 + window]
            context = before + after
            if mode == "skipgram":
                examples.extend((centre, neighbour) for neighbour in context)
            elif context:
                examples.append((context, centre))
    return examples
    ### END SOLUTION


# %% group="pairs"
same(
    pairs([[7, 8, 9], [4, 5]], 1),
    [(7, 8), (8, 7), (8, 9), (9, 8), (4, 5), (5, 4)],
    en="skip-gram pairs of two short sentences",
    fr="les paires skip-gram de deux phrases courtes",
)
same(
    pairs([[7, 8, 9], [4]], 2, "cbow"),
    [([8, 9], 7), ([7, 9], 8), ([7, 8], 9)],
    en="CBOW pairs of a sentence of three words and of a word alone",
    fr="les paires CBOW d'une phrase de trois mots et d'un mot seul",
)
same(pairs([[3, 3]], 5), [(3, 3), (3, 3)], en="pairs of a word said twice", fr="les paires d'un mot dit deux fois")
raises("ValueError", pairs, [[1, 2]], 1, "glove", en="an unknown mode", fr="un mode inconnu")

# %% [markdown] lang="en"
# What the window sees in a real verse by La Fontaine: each row is a centre, each dark square one of its neighbours.
# Change the window.

# %% [markdown] lang="fr"
# Ce que voit la fenêtre dans un vrai vers de La Fontaine : chaque ligne est un centre, chaque case foncée l'un de ses
# voisins. Changez la fenêtre.

# %% try="window"
import re
from pathlib import Path

import matplotlib.pyplot as plt

verses = Path("data/fables.fr.txt").read_text(encoding="utf-8").split("\n")
verse = re.findall(r"[^\W\d_]+", next(line for line in verses if line.startswith("Que vous êtes joli")))
seen = torch.zeros(len(verse), len(verse))
for centre, neighbour in pairs([list(range(len(verse)))], window=2):
    seen[centre, neighbour] = 1
plt.imshow(seen, cmap="Greys")
plt.xticks(range(len(verse)), verse, rotation=45)
plt.yticks(range(len(verse)), verse)
plt.xlabel("neighbour / voisin")
plt.ylabel("centre")
plt.show()

# %% [markdown] lang="en"
# ## 4. CBOW: from a context to a score per word
#
# CBOW reads the row of each context word in `V_in`, takes the **mean**, and compares it with every row of `V_out`:
#
# $$h_b = \frac{1}{n_b} \sum_{c \,:\, \text{mask}_{bc}} V^{in}_{\text{contexts}_{bc}} \qquad\qquad s_{bv} = h_b \cdot V^{out}_v$$
#
# Contexts near the edge of a sentence are shorter, so a batch is padded: `contexts` is `[B, C]`, and `mask` `[B, C]`
# is True where there is a real word. $n_b$ counts the *real* words of context $b$. A padded place may hold any id, even
# that of a real word: only the mask tells.
#
# Write `cbow_forward(contexts, mask, V_in, V_out)`, which returns the pair `(hidden, scores)`: `[B, D]` and `[B, V]`.
# Every context holds at least one real word.
#
# <details><summary>Hint</summary>
#
# The mean of three words said twice each is the mean of the three words. Would your mean change if a context were
# padded with ten more places?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# read the rows of V_in: [B, C, D]
# weight of a place = 1 / (number of real words in its row) if it is real, else 0
# hidden = weighted sum over the places
# scores = dot product of hidden with each row of V_out
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. CBOW : d'un contexte à un score par mot
#
# CBOW lit dans `V_in` la ligne de chaque mot du contexte, en fait la **moyenne** et la compare à chaque ligne de
# `V_out` :
#
# $$h_b = \frac{1}{n_b} \sum_{c \,:\, \text{mask}_{bc}} V^{in}_{\text{contexts}_{bc}} \qquad\qquad s_{bv} = h_b \cdot V^{out}_v$$
#
# Les contextes proches du bord d'une phrase sont plus courts ; on complète donc le lot : `contexts` est de forme
# `[B, C]`, et `mask` `[B, C]` vaut True là où se trouve un vrai mot. $n_b$ compte les *vrais* mots du contexte $b$. Une
# place de remplissage peut contenir n'importe quel identifiant, même celui d'un vrai mot : seul le masque fait foi.
#
# Écrivez `cbow_forward(contexts, mask, V_in, V_out)`, qui renvoie le couple `(hidden, scores)` : `[B, D]` et `[B, V]`.
# Chaque contexte contient au moins un vrai mot.
#
# <details><summary>Indice</summary>
#
# La moyenne de trois mots dits chacun deux fois est la moyenne des trois mots. Votre moyenne changerait-elle si l'on
# ajoutait dix places de remplissage à un contexte ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```
# lire les lignes de V_in : [B, C, D]
# poids d'une place = 1 / (nombre de vrais mots de sa ligne) si elle est réelle, 0 sinon
# hidden = somme pondérée sur les places
# scores = produit scalaire de hidden avec chaque ligne de V_out
# ```
#
# </details>


# %% id="cbow-forward"
def cbow_forward(
    contexts: torch.Tensor, mask: torch.Tensor, V_in: torch.Tensor, V_out: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean vector of each context, and its score for every word of the vocabulary.

    contexts: int64 [B, C]; mask: bool [B, C], True = a real word, one at least per row
    V_in, V_out: float [V, D]; returns (hidden [B, D], scores [B, V]) with the tables' dtype
    V_in = [[2.], [4.]], V_out = [[1.], [10.]], contexts = [[0, 1]], all real -> hidden [[3.]], scores [[3., 30.]]
    Source: Mikolov et al. 2013, "Efficient Estimation of Word Representations in Vector Space", section 3.1.
    """
    ### BEGIN SOLUTION
    share = mask.to(V_in.dtype) / mask.sum(dim=1, keepdim=True)
    hidden = torch.einsum("bc,bcd->bd", share, embedding_lookup(V_in, contexts))
    return hidden, hidden @ V_out.T
    ### END SOLUTION


# %% group="cbow-forward"
given = torch.tensor([[0.0, 0.0], [2.0, 0.0], [0.0, 4.0], [9.0, 9.0]], dtype=torch.float64)
predicted = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]], dtype=torch.float64)
contexts = torch.tensor([[1, 2], [1, 3]])
real = torch.tensor([[True, True], [True, False]])
hidden, scores = cbow_forward(contexts, real, given, predicted)
close(
    hidden,
    torch.tensor([[1.0, 2.0], [2.0, 0.0]]),
    FLOAT64,
    en="the mean of words 1 and 2, and word 1 beside a padded place",
    fr="la moyenne des mots 1 et 2, et le mot 1 à côté d'une place de remplissage",
)
close(
    scores,
    torch.tensor([[1.0, 2.0, 3.0, 0.0], [2.0, 0.0, 2.0, 0.0]]),
    FLOAT64,
    en="the scores of these two contexts for the four words",
    fr="les scores de ces deux contextes pour les quatre mots",
)

# %% [markdown] lang="en"
# ## 5. CBOW: loss and gradients
#
# The scores become probabilities by a softmax, and the loss is the cross-entropy of the true centre, averaged over
# the batch:
#
# $$p_b = \text{softmax}(s_b) \qquad\qquad L = -\frac1B \sum_b \log p_{b,\,\text{centre}_b}$$
#
# Going back, the first step is the one that every classifier shares: $\partial L / \partial s_b = (p_b - y_b) / B$,
# where $y_b$ is the one-hot vector of the true centre. The chain rule does the rest: the product $s = h\,{V^{out}}^T$
# sends its part to `V_out` and to $h$; the mean sends the gradient of $h$ to each of the real context words.
#
# Write `cbow_loss_grads(contexts, mask, centres, V_in, V_out)`, which returns `(loss, grad_in, grad_out)`:
#
# - `loss` is a tensor without axes; `grad_in` and `grad_out` are `[V, D]`, with the tables' dtype; the tables are left
#   as they were;
# - a word that stands twice in a context receives its share twice; padded places receive nothing;
# - scores of ±1000 give a finite loss and finite gradients.
#
# <details><summary>Hint</summary>
#
# Write the shapes beside each product; only one order fits. For the scores of ±1000: `logsumexp` never computes
# $e^{1000}$. For the repeated words: look up `index_add` in torch's manual.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# hidden, scores = forward
# log_p = scores - logsumexp of each row
# loss = mean of -log_p at the true centres
# error = (p - y) / B                           [B, V]
# grad_out = error and hidden, summed over B    [V, D]
# grad_hidden = error and V_out, summed over V  [B, D]
# each real place receives grad_hidden / (number of real words of its context)
# grad_in = zeros, where each place adds what it received to the row of its word
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 5. CBOW : perte et gradients
#
# Un softmax transforme les scores en probabilités, et la perte est l'entropie croisée du vrai centre, moyennée sur le
# lot :
#
# $$p_b = \text{softmax}(s_b) \qquad\qquad L = -\frac1B \sum_b \log p_{b,\,\text{centre}_b}$$
#
# Au retour, la première étape est celle de tous les classifieurs : $\partial L / \partial s_b = (p_b - y_b) / B$, où
# $y_b$ est le vecteur one-hot du vrai centre. La règle de dérivation en chaîne fait le reste : le produit
# $s = h\,{V^{out}}^T$ envoie sa part à `V_out` et à $h$ ; la moyenne envoie le gradient de $h$ à chacun des vrais mots
# du contexte.
#
# Écrivez `cbow_loss_grads(contexts, mask, centres, V_in, V_out)`, qui renvoie `(loss, grad_in, grad_out)` :
#
# - `loss` est un tenseur sans axe ; `grad_in` et `grad_out` sont de forme `[V, D]`, avec le dtype des tables ; les
#   tables restent telles quelles ;
# - un mot présent deux fois dans un contexte reçoit deux fois sa part ; les places de remplissage ne reçoivent rien ;
# - des scores de ±1000 donnent une perte finie et des gradients finis.
#
# <details><summary>Indice</summary>
#
# Écrivez les formes à côté de chaque produit ; un seul ordre convient. Pour les scores de ±1000 : `logsumexp` ne
# calcule jamais $e^{1000}$. Pour les mots répétés : cherchez `index_add` dans le manuel de torch.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```
# hidden, scores = passe avant
# log_p = scores - logsumexp de chaque ligne
# loss = moyenne des -log_p aux vrais centres
# error = (p - y) / B                                  [B, V]
# grad_out = error et hidden, en sommant sur B         [V, D]
# grad_hidden = error et V_out, en sommant sur V       [B, D]
# chaque vraie place reçoit grad_hidden / (nombre de vrais mots de son contexte)
# grad_in = des zéros, où chaque place ajoute ce qu'elle a reçu à la ligne de son mot
# ```
#
# </details>


# %% id="cbow-gradients"
def cbow_loss_grads(
    contexts: torch.Tensor, mask: torch.Tensor, centres: torch.Tensor, V_in: torch.Tensor, V_out: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Mean cross-entropy of the true centres, and its gradients with respect to both tables.

    contexts: int64 [B, C]; mask: bool [B, C], True = a real word, one at least per row; centres: int64 [B]
    V_in, V_out: float [V, D]; returns (loss [], grad_in [V, D], grad_out [V, D]) with the tables' dtype
    V_out = zeros: every word has probability 1 / V, so loss = ln V and grad_in = zeros
    Source: Rong 2014, "word2vec Parameter Learning Explained", section 1.2.
    """
    ### BEGIN SOLUTION
    hidden, scores = cbow_forward(contexts, mask, V_in, V_out)
    log_p = scores - scores.logsumexp(dim=1, keepdim=True)
    truth = one_hot(centres, len(V_out)).to(V_out.dtype)
    loss = -(truth * log_p).sum(dim=1).mean()

    error = (log_p.exp() - truth) / len(centres)
    grad_out = error.T @ hidden
    grad_hidden = error @ V_out
    share = mask.to(V_in.dtype) / mask.sum(dim=1, keepdim=True)
    received = torch.einsum("bc,bd->bcd", share, grad_hidden)
    grad_in = torch.zeros_like(V_in).index_add(0, contexts.flatten(), received.flatten(0, 1))
    return loss, grad_in, grad_out
    ### END SOLUTION


# %% group="cbow-gradients"
words = torch.tensor([[1, 2, 3], [2, 2, 3]])
real = torch.tensor([[True, True, False], [True, True, False]])
given = torch.zeros(4, 2, dtype=torch.float64)
predicted = torch.tensor([[4.0, 0.0], [0.0, 4.0], [0.0, 0.0], [0.0, 0.0]], dtype=torch.float64)

# All scores are 0, so p = 1/4 everywhere, and h receives mean(V_out) - V_out[0] = (1, 1) - (4, 0) = (-3, 1).
loss, grad_in, grad_out = unchanged(
    cbow_loss_grads,
    words[:1],
    real[:1],
    torch.tensor([0]),
    given,
    predicted,
    en="cbow_loss_grads",
    fr="cbow_loss_grads",
)
close(loss, math.log(4), FLOAT64, en="the loss with four equal scores", fr="la perte avec quatre scores égaux")
close(
    grad_in,
    torch.tensor([[0.0, 0.0], [-1.5, 0.5], [-1.5, 0.5], [0.0, 0.0]]),
    FLOAT64,
    en="grad_in: two words share what h receives, the padded place has none",
    fr="grad_in : deux mots se partagent ce que reçoit h, la place de remplissage n'a rien",
)
close(grad_out, torch.zeros(4, 2), FLOAT64, en="grad_out when h is zero", fr="grad_out quand h est nul")
grad_in = cbow_loss_grads(words[1:], real[1:], torch.tensor([0]), given, predicted)[1]
close(
    grad_in,
    torch.tensor([[0.0, 0.0], [0.0, 0.0], [-3.0, 1.0], [0.0, 0.0]]),
    FLOAT64,
    en="grad_in when one word fills the context",
    fr="grad_in quand un seul mot remplit le contexte",
)
grad_in = cbow_loss_grads(words, real, torch.tensor([0, 0]), given, predicted)[1]
close(
    grad_in,
    torch.tensor([[0.0, 0.0], [-0.75, 0.25], [-2.25, 0.75], [0.0, 0.0]]),
    FLOAT64,
    en="grad_in of these two examples in one batch (half of each)",
    fr="grad_in de ces deux exemples dans un même lot (la moitié de chacun)",
)

# h = (2, 4) and V_out = 0: row v of grad_out is (p - y)_v h, with p = 1/4.
given = torch.tensor([[2.0, 4.0]] * 4, dtype=torch.float64)
grad_out = cbow_loss_grads(words[:1], real[:1], torch.tensor([0]), given, torch.zeros_like(given))[2]
close(
    grad_out,
    torch.tensor([[-1.5, -3.0], [0.5, 1.0], [0.5, 1.0], [0.5, 1.0]]),
    FLOAT64,
    en="grad_out when h is (2, 4) and the scores are equal",
    fr="grad_out quand h vaut (2, 4) et que les scores sont égaux",
)

# %% [markdown] lang="en"
# ## 6. Skip-gram with negative sampling
#
# The softmax of CBOW compares each context with *all* the words: with 100,000 words, that is 100,000 dot products per
# example. **Negative sampling** (Mikolov, Sutskever, Chen, Corrado and Dean, 2013) asks an easier question, true or
# false: is this word a neighbour of the centre? It is asked about the true neighbour $o$, and about $K$ words drawn at
# random, the *negatives* $n_1, \dots, n_K$:
#
# $$L = \frac1B \sum_b \Big[ -\log \sigma\big(u_{o_b} \cdot v_{c_b}\big) - \sum_{k=1}^{K} \log \sigma\big(-u_{n_{bk}} \cdot v_{c_b}\big) \Big]$$
#
# with $v$ a row of `V_in`, $u$ a row of `V_out`, and $\sigma(x) = 1 / (1 + e^{-x})$. Note the two different
# reductions: a **sum** over the negatives, a **mean** over the batch.
#
# For the gradients you need one derivative, $\frac{\mathrm d}{\mathrm dx} \log \sigma(x) = \sigma(-x)$, and the chain
# rule. Each score $s = u \cdot v$ hands $\frac{\partial L}{\partial s}\, v$ to the row $u$, and
# $\frac{\partial L}{\partial s}\, u$ to the row $v$.
#
# Write `sgns_loss_grads(centre, outside, negatives, V_in, V_out)`, which returns `(loss, grad_in, grad_out)`:
#
# - `centre` and `outside` are int64 `[B]`, `negatives` is int64 `[B, K]`; the negatives come to you already drawn;
# - `loss` is a tensor without axes; `grad_in` and `grad_out` are `[V, D]`, with the tables' dtype; the rows of words
#   that appear nowhere are zero; the tables are left as they were;
# - a word met several times, in one example or across the batch, adds up **all** its contributions. A negative that
#   happens to be the true neighbour counts like any other;
# - scores of ±1000 give the exact loss and exact gradients: the loss of a true neighbour scored -1000 is 1000.
#
# The first check looks at the values, the second at the last two rules.
#
# <details><summary>Hint</summary>
#
# Put the true neighbour and the negatives side by side, `[B, 1 + K]`, with the signs $+1, -1, \dots, -1$: one formula
# then serves all of them. What should $\sigma$ be for the gradient to vanish on a word that is already well placed?
#
# For the last rules: compare `g[ids] += x` with `g.index_add(0, ids, x)`; and torch has a function for
# $\log \sigma$ that never takes the logarithm of a number rounded to 0.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# words = outside, then negatives              [B, 1 + K]
# v = rows of V_in at centre                   [B, D]
# u = rows of V_out at words                   [B, 1 + K, D]
# margin = sign · (u · v)                      [B, 1 + K]
# loss = mean over B of the sum of -log σ(margin)
# slope = dL / d(u · v), from the derivative of log σ, the sign and B
# each v receives the sum of slope · u; each u receives slope · v
# add what was received to the rows of two tables of zeros, repeated ids included
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 6. Skip-gram avec échantillonnage négatif
#
# Le softmax de CBOW compare chaque contexte à *tous* les mots : avec 100 000 mots, ce sont 100 000 produits scalaires
# par exemple. L'**échantillonnage négatif** (*negative sampling* ; Mikolov, Sutskever, Chen, Corrado et Dean, 2013)
# pose une question plus facile, à laquelle on répond par oui ou non : ce mot est-il un voisin du centre ? On la pose
# pour le vrai voisin $o$, et pour $K$ mots tirés au hasard, les *négatifs* $n_1, \dots, n_K$ :
#
# $$L = \frac1B \sum_b \Big[ -\log \sigma\big(u_{o_b} \cdot v_{c_b}\big) - \sum_{k=1}^{K} \log \sigma\big(-u_{n_{bk}} \cdot v_{c_b}\big) \Big]$$
#
# où $v$ est une ligne de `V_in`, $u$ une ligne de `V_out`, et $\sigma(x) = 1 / (1 + e^{-x})$. Remarquez les deux
# réductions différentes : une **somme** sur les négatifs, une **moyenne** sur le lot.
#
# Pour les gradients, il suffit d'une dérivée, $\frac{\mathrm d}{\mathrm dx} \log \sigma(x) = \sigma(-x)$, et de la
# règle de dérivation en chaîne. Chaque score $s = u \cdot v$ transmet $\frac{\partial L}{\partial s}\, v$ à la ligne
# $u$, et $\frac{\partial L}{\partial s}\, u$ à la ligne $v$.
#
# Écrivez `sgns_loss_grads(centre, outside, negatives, V_in, V_out)`, qui renvoie `(loss, grad_in, grad_out)` :
#
# - `centre` et `outside` sont des tenseurs int64 `[B]`, `negatives` est un tenseur int64 `[B, K]` ; les négatifs vous
#   sont donnés déjà tirés ;
# - `loss` est un tenseur sans axe ; `grad_in` et `grad_out` sont de forme `[V, D]`, avec le dtype des tables ; les
#   lignes des mots qui n'apparaissent nulle part sont nulles ; les tables restent telles quelles ;
# - un mot rencontré plusieurs fois, dans un exemple ou à travers le lot, additionne **toutes** ses contributions. Un
#   négatif qui se trouve être le vrai voisin compte comme les autres ;
# - des scores de ±1000 donnent la perte exacte et les gradients exacts : un vrai voisin de score -1000 coûte 1000.
#
# La première vérification regarde les valeurs, la seconde les deux dernières règles.
#
# <details><summary>Indice</summary>
#
# Mettez côte à côte le vrai voisin et les négatifs, `[B, 1 + K]`, avec les signes $+1, -1, \dots, -1$ : une seule
# formule sert alors pour tous. Que doit valoir $\sigma$ pour que le gradient s'annule sur un mot déjà bien placé ?
#
# Pour les dernières règles : comparez `g[ids] += x` à `g.index_add(0, ids, x)` ; et torch possède une fonction pour
# $\log \sigma$ qui ne prend jamais le logarithme d'un nombre arrondi à 0.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```
# words = outside, puis negatives              [B, 1 + K]
# v = lignes de V_in aux places centre         [B, D]
# u = lignes de V_out aux places words         [B, 1 + K, D]
# margin = signe · (u · v)                     [B, 1 + K]
# loss = moyenne sur B de la somme des -log σ(margin)
# slope = dL / d(u · v), d'après la dérivée de log σ, le signe et B
# chaque v reçoit la somme des slope · u ; chaque u reçoit slope · v
# ajouter ce qui est reçu aux lignes de deux tables de zéros, identifiants répétés compris
# ```
#
# </details>


# %% id="sgns"
def sgns_loss_grads(
    centre: torch.Tensor, outside: torch.Tensor, negatives: torch.Tensor, V_in: torch.Tensor, V_out: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Skip-gram loss with negative sampling, and its gradients with respect to both tables.

    centre, outside: int64 [B]; negatives: int64 [B, K]; V_in, V_out: float [V, D]
    returns (loss [], grad_in [V, D], grad_out [V, D]) with the tables' dtype; sum over K, mean over B
    V_out = zeros: every σ is 1/2, so loss = (1 + K) ln 2 and grad_in = zeros
    Source: Mikolov et al. 2013, "Distributed Representations of Words and Phrases and their Compositionality", eq. 4.
    """
    ### BEGIN SOLUTION
    words = torch.cat([outside[:, None], negatives], dim=1)
    sign = torch.full_like(words, -1)
    sign[:, 0] = 1
    v, u = embedding_lookup(V_in, centre), embedding_lookup(V_out, words)
    margin = sign * torch.einsum("bd,bkd->bk", v, u)
    loss = -F.logsigmoid(margin).sum(dim=1).mean()

    slope = -sign * torch.sigmoid(-margin) / len(centre)
    to_v = torch.einsum("bk,bkd->bd", slope, u)
    to_u = torch.einsum("bk,bd->bkd", slope, v)
    grad_in = torch.zeros_like(V_in).index_add(0, centre, to_v)
    grad_out = torch.zeros_like(V_out).index_add(0, words.flatten(), to_u.flatten(0, 1))
    return loss, grad_in, grad_out
    ### END SOLUTION


# %% group="sgns"
centre, outside, negatives = torch.tensor([1]), torch.tensor([0]), torch.tensor([[2]])
zeros = torch.zeros(3, 2, dtype=torch.float64)
given = torch.tensor([[7.0, 7.0], [2.0, 4.0], [7.0, 7.0]], dtype=torch.float64)
predicted = torch.tensor([[2.0, 0.0], [7.0, 7.0], [0.0, 6.0]], dtype=torch.float64)

# V_out is zero: both scores are 0 and both sigmoids 1/2. The neighbour is pulled towards v = (2, 4), the negative pushed away.
loss, grad_in, grad_out = unchanged(
    sgns_loss_grads, centre, outside, negatives, given, zeros, en="sgns_loss_grads", fr="sgns_loss_grads"
)
close(
    loss, 2 * math.log(2), FLOAT64, en="the loss when both scores are 0", fr="la perte quand les deux scores valent 0"
)
close(grad_in, zeros, FLOAT64, en="grad_in when V_out is zero", fr="grad_in quand V_out est nulle")
close(
    grad_out,
    torch.tensor([[-1.0, -2.0], [0.0, 0.0], [1.0, 2.0]]),
    FLOAT64,
    en="grad_out when both scores are 0",
    fr="grad_out quand les deux scores valent 0",
)
loss = sgns_loss_grads(centre.repeat(2), outside.repeat(2), negatives.repeat(2, 1), given, zeros)[0]
close(
    loss,
    2 * math.log(2),
    FLOAT64,
    en="the loss of a batch that holds this example twice",
    fr="la perte d'un lot qui contient deux fois cet exemple",
)
# V_in is zero: the centre receives (u_negative - u_outside) / 2.
grad_in = sgns_loss_grads(centre, outside, negatives, zeros, predicted)[1]
close(
    grad_in,
    torch.tensor([[0.0, 0.0], [-1.0, 3.0], [0.0, 0.0]]),
    FLOAT64,
    en="grad_in when both scores are 0",
    fr="grad_in quand les deux scores valent 0",
)

# The slope of the loss, measured by moving one number of V_in a little to each side, is what grad_in must hold there.
SLOPE = Tolerance(0.0, 1e-6, "central differences with a step of 1e-4 are off by about the step squared")
given, predicted, step = given / 10, predicted / 10, torch.zeros(3, 2, dtype=torch.float64)
step[1, 0] = 1e-4
above = sgns_loss_grads(centre, outside, negatives, given + step, predicted)[0]
below = sgns_loss_grads(centre, outside, negatives, given - step, predicted)[0]
close(
    sgns_loss_grads(centre, outside, negatives, given, predicted)[1][1, 0],
    (above - below) / 2e-4,
    SLOPE,
    en="grad_in[1, 0] against the measured slope of your loss",
    fr="grad_in[1, 0] comparé à la pente mesurée de votre perte",
)

# %% group="sgns-edges"
centre, outside = torch.tensor([1]), torch.tensor([0])
zeros = torch.zeros(3, 2, dtype=torch.float64)
given = torch.tensor([[7.0, 7.0], [2.0, 4.0], [7.0, 7.0]], dtype=torch.float64)
grad_out = sgns_loss_grads(centre, outside, torch.tensor([[2, 2]]), given, zeros)[2]
close(
    grad_out[2],
    torch.tensor([2.0, 4.0]),
    FLOAT64,
    en="grad_out of a negative drawn twice",
    fr="grad_out d'un négatif tiré deux fois",
)
grad_out = sgns_loss_grads(centre, outside, torch.tensor([[0]]), given, zeros)[2]
close(
    grad_out[0],
    torch.tensor([0.0, 0.0]),
    FLOAT64,
    en="grad_out of a true neighbour that is also a negative (pull and push cancel)",
    fr="grad_out d'un vrai voisin qui est aussi négatif (l'attraction et la répulsion s'annulent)",
)

# One number per word; the true neighbour scores -1000 and the negative +1000: each costs 1000.
given = torch.tensor([[1000.0], [0.0]], dtype=torch.float64)
predicted = torch.tensor([[-1.0], [1.0]], dtype=torch.float64)
loss, grad_in, _ = sgns_loss_grads(torch.tensor([0]), torch.tensor([0]), torch.tensor([[1]]), given, predicted)
close(
    loss, 2000.0, FLOAT64, en="the loss with scores of -1000 and 1000", fr="la perte avec des scores de -1000 et 1000"
)
close(
    grad_in,
    torch.tensor([[2.0], [0.0]]),
    FLOAT64,
    en="grad_in with scores of -1000 and 1000",
    fr="grad_in avec des scores de -1000 et 1000",
)

# %% [markdown] lang="en"
# ## 7. Does it learn? Skip-gram on La Fontaine
#
# Your functions are enough to train on real fables. Two tricks of the second paper are given in the cell:
#
# - **negatives** are drawn with probability proportional to $\text{count}^{3/4}$: between "as often as in the text"
#   and "all words alike";
# - very frequent words say little about their neighbours, so their pairs are drawn less often (**subsampling**).
#
# The loss starts at $(1 + K) \ln 2$: do you see why?
#
# The corpus holds 4,500 words; the paper's held a billion. Expect words of the same story side by side, and a good
# share of noise.

# %% [markdown] lang="fr"
# ## 7. Apprend-on quelque chose ? Skip-gram sur La Fontaine
#
# Vos fonctions suffisent pour apprendre sur de vraies fables. La cellule fournit deux astuces du second article :
#
# - les **négatifs** sont tirés avec une probabilité proportionnelle à $\text{nombre d'occurrences}^{3/4}$ : à mi-chemin
#   entre « aussi souvent que dans le texte » et « tous les mots se valent » ;
# - les mots très fréquents disent peu de chose de leurs voisins ; leurs paires sont donc tirées moins souvent
#   (**sous-échantillonnage**).
#
# La perte commence à $(1 + K) \ln 2$ : voyez-vous pourquoi ?
#
# Le corpus compte 4 500 mots ; celui de l'article en avait un milliard. Attendez-vous à trouver côte à côte des mots de
# la même histoire, et une bonne part de bruit.

# %% try="train"
import re
from collections import Counter
from pathlib import Path

import matplotlib.pyplot as plt

stories = Path("data/fables.fr.txt").read_text(encoding="utf-8").lower().split("\n\n")
stories = [re.findall(r"[^\W\d_]+", story) for story in stories]
counts = Counter(word for story in stories for word in story)
vocabulary = [word for word, count in counts.most_common() if count >= 3]
id_of = {word: i for i, word in enumerate(vocabulary)}
corpus = [[id_of[word] for word in story if word in id_of] for story in stories]

frequency = torch.tensor([float(counts[word]) for word in vocabulary])
frequency = frequency / frequency.sum()
kept = (0.01 / frequency).sqrt().clamp(max=1)
examples = torch.tensor(pairs(corpus, window=5))
chance = kept[examples[:, 0]] * kept[examples[:, 1]]

B, K, D, rate = 256, 8, 32, 20.0
rng = torch.Generator().manual_seed(0)
V_in = 0.1 * torch.randn(len(vocabulary), D, generator=rng)
V_out = torch.zeros(len(vocabulary), D)
losses = []
for _ in range(2000):
    drawn = examples[torch.multinomial(chance, B, replacement=True, generator=rng)]
    noise = torch.multinomial(frequency**0.75, B * K, replacement=True, generator=rng).reshape(B, K)
    loss, grad_in, grad_out = sgns_loss_grads(drawn[:, 0], drawn[:, 1], noise, V_in, V_out)
    V_in -= rate * grad_in
    V_out -= rate * grad_out
    losses.append(float(loss))

print(len(vocabulary), "words / mots,", len(examples), "pairs / paires")
plt.plot(losses)
plt.axhline((1 + K) * math.log(2), linestyle="--", color="grey")
plt.xlabel("step / pas")
plt.ylabel("loss / perte")
plt.show()

# %% [markdown] lang="en"
# The nearest words by cosine, then a map: the two directions along which the chosen words differ most (principal
# component analysis). Ask for other words; train again with another window, or without subsampling, and compare.

# %% [markdown] lang="fr"
# Les mots les plus proches selon le cosinus, puis une carte : les deux directions selon lesquelles les mots choisis
# diffèrent le plus (analyse en composantes principales). Demandez d'autres mots ; recommencez l'apprentissage avec une
# autre fenêtre, ou sans sous-échantillonnage, et comparez.

# %% try="map"
unit = V_in / V_in.norm(dim=1, keepdim=True)
for word in ["pot", "renard", "rat", "loup", "fourmi"]:
    cosine = unit @ embedding_lookup(unit, torch.tensor(id_of[word]))
    cosine[id_of[word]] = -1
    nearest = [f"{vocabulary[i]} {cosine[i]:.2f}" for i in cosine.topk(5).indices.tolist()]
    print(f"{word:8}", ", ".join(nearest))

animals = ["loup", "agneau", "chien", "renard", "bouc", "corbeau", "cigogne", "fourmi", "colombe", "rat", "lion"]
things = ["pot", "terre", "fer", "lait", "bec", "ville", "puits", "herbe"]
chosen = animals + things
points = embedding_lookup(V_in, torch.tensor([id_of[word] for word in chosen]))
points = points - points.mean(dim=0)
axes = torch.linalg.svd(points, full_matrices=False).Vh[:2]
x, y = (points @ axes.T).T.tolist()
plt.figure(figsize=(7, 6))
plt.scatter(x[: len(animals)], y[: len(animals)], marker="o", label="animals / animaux")
plt.scatter(x[len(animals) :], y[len(animals) :], marker="s", label="things / choses")
for i, word in enumerate(chosen):
    plt.annotate(word, (x[i], y[i]), xytext=(4, 4), textcoords="offset points")
plt.legend()
plt.axis("equal")
plt.show()

# %% [markdown] lang="en"
# ## 8. Fill the gap: CBOW on Aesop
#
# The same with CBOW, in English, then a gap to fill. With a few hundred words, the full softmax is affordable. This
# model has seen its corpus many times over: it recites more than it understands. What would tell the two apart?

# %% [markdown] lang="fr"
# ## 8. Le mot manquant : CBOW sur Ésope
#
# La même chose avec CBOW, en anglais, puis un trou à remplir. Avec quelques centaines de mots, le softmax complet reste
# abordable. Ce modèle a vu son corpus bien des fois : il récite plus qu'il ne comprend. Qu'est-ce qui permettrait de
# distinguer l'un de l'autre ?

# %% try="gap"
import re
from collections import Counter
from pathlib import Path

tales = Path("data/fables.en.txt").read_text(encoding="utf-8").lower().split("\n")
tales = [re.findall(r"[^\W\d_]+", line) for line in tales]
counts = Counter(word for line in tales for word in line)
lexicon = [word for word, count in counts.most_common() if count >= 3]
index = {word: i for i, word in enumerate(lexicon)}
gaps = pairs([[index[word] for word in line if word in index] for line in tales], window=2, mode="cbow")

longest = max(len(context) for context, _ in gaps)
contexts = torch.tensor([context + [0] * (longest - len(context)) for context, _ in gaps])
mask = torch.tensor([[c < len(context) for c in range(longest)] for context, _ in gaps])
centres = torch.tensor([centre for _, centre in gaps])

rng = torch.Generator().manual_seed(0)
W_in, W_out = 0.1 * torch.randn(len(lexicon), 32, generator=rng), torch.zeros(len(lexicon), 32)
for step in range(1500):
    drawn = torch.randint(len(gaps), (128,), generator=rng)
    loss, grad_in, grad_out = cbow_loss_grads(contexts[drawn], mask[drawn], centres[drawn], W_in, W_out)
    W_in -= 20.0 * grad_in
    W_out -= 20.0 * grad_out
    if step % 300 == 0:
        print(f"{step:5} loss / perte {loss:.2f}")

for before, after in [(["into", "the"], ["and"]), (["the"], ["replied"]), (["one"], ["a"])]:
    around = torch.tensor([[index[word] for word in before + after]])
    scores = cbow_forward(around, torch.ones_like(around, dtype=torch.bool), W_in, W_out)[1][0]
    best = [lexicon[i] for i in scores.topk(5).indices.tolist()]
    print(" ".join(before), "…", " ".join(after), "->", ", ".join(best))
