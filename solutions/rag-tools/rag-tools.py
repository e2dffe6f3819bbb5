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
# # Retrieval and tools around a language model
#
# A language model knows what stood in its training texts, up to the day they were collected, and it writes what is
# likely, which is not always what is true. Two remedies leave its weights alone and change what it *reads*:
#
# - **Retrieval-augmented generation** (RAG; Lewis et al., 2020): look for passages that concern the question, paste
#   them into the prompt, and let the model answer from them, with references.
# - **Tools** (Toolformer, Schick et al., 2023; ReAct, Yao et al., 2023): let the model write down a *call*, carry it
#   out for it, and show it the result. A loop around the model that does this is called an **agent**.
#
# Apart from the encoder of dense retrieval, none of this needs another neural network. Seven short functions make the
# whole machine:
#
# | function | question it answers | where it comes from |
# |---|---|---|
# | `bm25` | which texts share the rare words of the question? | Okapi, 1994; the default of Lucene since 2016 |
# | `cosine_topk` | which vectors point in the same direction? | vector space model, 1975; dense retrieval, 2020 |
# | `chunk` | how is a long text cut into passages? | every RAG system |
# | `build_prompt` | how are passages shown to the model? | RAG, 2020 |
# | `parse_call` | does this reply ask for a tool, and which? | the format of Hermes and Qwen2.5 |
# | `run_tool` | what does the model read back? | ReAct, 2022 |
# | `run_agent` | who calls whom, and when does it stop? | ReAct, 2022 |
#
# One thought runs through the second half: **what a model writes is text from a stranger**. It may be malformed, name
# tools that do not exist, or have been dictated by a web page that the model has just read. Your code decides what
# happens; the model only proposes.

# %% [markdown] lang="fr"
# # Recherche documentaire et outils autour d'un modèle de langue
#
# Un modèle de langue sait ce que disaient ses textes d'entraînement, jusqu'au jour où on les a rassemblés, et il écrit
# ce qui est probable, qui n'est pas toujours ce qui est vrai. Deux remèdes laissent ses poids tranquilles et changent
# ce qu'il *lit* :
#
# - **La génération augmentée par la recherche** (*retrieval-augmented generation*, RAG ; Lewis et al., 2020) :
#   chercher des passages qui concernent la question, les coller dans le prompt, et laisser le modèle répondre à partir
#   d'eux, références à l'appui.
# - **Les outils** (Toolformer, Schick et al., 2023 ; ReAct, Yao et al., 2023) : laisser le modèle écrire un *appel*,
#   l'exécuter à sa place et lui montrer le résultat. Une boucle qui fait cela autour d'un modèle s'appelle un
#   **agent**.
#
# Hormis l'encodeur de la recherche dense, rien de tout cela ne demande un autre réseau de neurones. Sept fonctions
# courtes font toute la machine :
#
# | fonction | question à laquelle elle répond | d'où elle vient |
# |---|---|---|
# | `bm25` | quels textes partagent les mots rares de la question ? | Okapi, 1994 ; par défaut dans Lucene depuis 2016 |
# | `cosine_topk` | quels vecteurs pointent dans la même direction ? | modèle vectoriel, 1975 ; recherche dense, 2020 |
# | `chunk` | comment découper un long texte en passages ? | tous les systèmes RAG |
# | `build_prompt` | comment montrer des passages au modèle ? | RAG, 2020 |
# | `parse_call` | cette réponse demande-t-elle un outil, et lequel ? | le format de Hermes et de Qwen2.5 |
# | `run_tool` | que lit le modèle en retour ? | ReAct, 2022 |
# | `run_agent` | qui appelle qui, et quand s'arrête-t-on ? | ReAct, 2022 |
#
# Une idée traverse la seconde moitié : **ce qu'un modèle écrit est le texte d'un inconnu**. Il peut être malformé,
# nommer des outils qui n'existent pas, ou avoir été dicté par une page web que le modèle vient de lire. C'est votre
# code qui décide ; le modèle ne fait que proposer.

# %% id="imports"
import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, raises, same

INSTRUCTION = "Answer from the passages below and cite their numbers. If they do not hold the answer, say so."
NO_PASSAGE = "(no passage)"
OPEN, CLOSE = "<tool_call>", "</tool_call>"  # what stands before and after a call in a reply
MALFORMED = "malformed call"


def words(text: str) -> list[str]:
    """The words of a text in lower case. `words("L'été, déjà !") -> ["l", "été", "déjà"]`"""
    return re.findall(r"\w+", text.lower())


# %% [markdown] lang="en"
# ## 1. `bm25`: rare words count more
#
# Given a query and $N$ documents, all of them lists of words, how well does each document match? Count the query's
# words in it, with three corrections:
#
# $$\mathrm{score}(q, d) = \sum_{t \in q} \underbrace{\ln\!\left(1 + \frac{N - n_t + 0.5}{n_t + 0.5}\right)}_{\mathrm{idf}(t)} \cdot \frac{f_{t,d}}{f_{t,d} + k_1 \left(1 - b + b\,\frac{|d|}{\mathrm{avgdl}}\right)}$$
#
# | symbol | meaning |
# |---|---|
# | $f_{t,d}$ | how many times word $t$ stands in document $d$ |
# | $n_t$ | how many of the $N$ documents hold $t$ at least once |
# | $\lvert d\rvert$, avgdl | the number of words of $d$, and its mean over the $N$ documents |
#
# - **Rare words say more** (*idf*, inverse document frequency): a word that stands everywhere tells nothing apart.
# - **Repetition saturates**: the tenth occurrence adds less than the second. $k_1$ says how late.
# - **Long documents are discounted**, since they hold more of everything. $b$ says how strongly, from 0 to 1.
#
# **The variant matters.** Papers and libraries write a dozen formulas under the name BM25. This is the one of Lucene 8
# and later (and so of Elasticsearch and OpenSearch): the `1 +` inside the logarithm keeps every idf positive, where
# the classic $\ln\frac{N - n_t + 0.5}{n_t + 0.5}$ turns negative as soon as more than half the documents hold the
# word; and there is no factor $k_1 + 1$ above, which changes no ranking.
#
# **Rules.**
# 1. A word that stands twice in the query counts twice: the sum runs over the query's words *with* repetitions.
# 2. A word that no document holds, or that this document does not hold, adds exactly 0, also where the fraction
#    would read $0/0$ ($k_1 = 0$, or an empty document and $b = 1$).
# 3. The result is a list of $N$ floats, in the order of the documents: `[]` for an empty corpus, zeros for an empty
#    query. Documents may be empty, even all of them; an empty one counts in $N$ and in the mean.
# 4. $k_1 \ge 0$ and $0 \le b \le 1$. Words are compared as they are: lower-casing is done before, by `words`.
#
# **By hand.** Two documents, `["fox", "fox", "crow"]` and `["crow"]`; query `["fox"]`; $k_1 = 2$, $b = 1$. One of two
# documents holds "fox": idf $= \ln(1 + 1.5/1.5) = \ln 2$. The lengths are 3 and 1, their mean 2, so the first score
# is $\ln 2 \cdot \frac{2}{2 + 2 \cdot 3/2} = 0.4 \ln 2$, and the second is 0.
#
# <details><summary>Hint</summary>
#
# A word's idf depends on the word alone: compute it once per word of the query, then walk through the documents that
# hold the word. Only for those do you need a length, so the mean never has to exist when there are none.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# counts <- for each document, how many times each of its words stands in it
# scores <- 0 for each document
# for each word of the query, repetitions included:
#     holders <- the documents that hold the word
#     weight  <- idf, from the numbers of documents and of holders
#     for each holder: add weight times the saturated count to its score
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. `bm25` : les mots rares comptent davantage
#
# Étant donné une requête et $N$ documents, qui sont tous des listes de mots, dans quelle mesure chaque document
# correspond-il ? On y compte les mots de la requête, avec trois corrections :
#
# $$\mathrm{score}(q, d) = \sum_{t \in q} \underbrace{\ln\!\left(1 + \frac{N - n_t + 0.5}{n_t + 0.5}\right)}_{\mathrm{idf}(t)} \cdot \frac{f_{t,d}}{f_{t,d} + k_1 \left(1 - b + b\,\frac{|d|}{\mathrm{avgdl}}\right)}$$
#
# | symbole | sens |
# |---|---|
# | $f_{t,d}$ | combien de fois le mot $t$ figure dans le document $d$ |
# | $n_t$ | combien des $N$ documents contiennent $t$ au moins une fois |
# | $\lvert d\rvert$, avgdl | le nombre de mots de $d$, et sa moyenne sur les $N$ documents |
#
# - **Les mots rares en disent plus** (*idf*, *inverse document frequency*) : un mot présent partout ne distingue rien.
# - **La répétition sature** : la dixième occurrence apporte moins que la deuxième. $k_1$ règle à partir d'où.
# - **Les longs documents sont pénalisés**, puisqu'ils contiennent plus de tout. $b$ règle combien, de 0 à 1.
#
# **La variante a son importance.** Articles et bibliothèques écrivent une douzaine de formules sous le nom de BM25.
# Celle-ci est celle de Lucene à partir de la version 8 (donc d'Elasticsearch et d'OpenSearch) : le `1 +` dans le
# logarithme garde tous les idf positifs, alors que la forme classique $\ln\frac{N - n_t + 0.5}{n_t + 0.5}$ devient
# négative dès que plus de la moitié des documents contiennent le mot ; et il n'y a pas de facteur $k_1 + 1$ au
# numérateur, lequel ne change aucun classement.
#
# **Règles.**
# 1. Un mot écrit deux fois dans la requête compte deux fois : la somme porte sur les mots de la requête *avec* leurs
#    répétitions.
# 2. Un mot qu'aucun document ne contient, ou que ce document ne contient pas, ajoute exactement 0, y compris là où la
#    fraction se lirait $0/0$ ($k_1 = 0$, ou un document vide et $b = 1$).
# 3. Le résultat est une liste de $N$ floats, dans l'ordre des documents : `[]` pour un corpus vide, des zéros pour une
#    requête vide. Des documents peuvent être vides, même tous ; un document vide compte dans $N$ et dans la moyenne.
# 4. $k_1 \ge 0$ et $0 \le b \le 1$. Les mots sont comparés tels quels : c'est `words` qui met en minuscules, avant.
#
# **À la main.** Deux documents, `["fox", "fox", "crow"]` et `["crow"]` ; requête `["fox"]` ; $k_1 = 2$, $b = 1$. Un
# document sur deux contient « fox » : idf $= \ln(1 + 1.5/1.5) = \ln 2$. Les longueurs sont 3 et 1, leur moyenne 2 ; le
# premier score vaut donc $\ln 2 \cdot \frac{2}{2 + 2 \cdot 3/2} = 0.4 \ln 2$, et le second 0.
#
# <details><summary>Indice</summary>
#
# L'idf d'un mot ne dépend que du mot : calculez-le une fois par mot de la requête, puis parcourez les documents qui
# contiennent ce mot. Eux seuls ont besoin d'une longueur : quand il n'y en a aucun, la moyenne n'a pas à exister.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# comptes <- pour chaque document, combien de fois chacun de ses mots y figure
# scores  <- 0 pour chaque document
# pour chaque mot de la requête, répétitions comprises :
#     porteurs <- les documents qui contiennent le mot
#     poids    <- idf, d'après les nombres de documents et de porteurs
#     pour chaque porteur : ajouter à son score le poids fois le compte saturé
# ```
#
# </details>


# %% id="bm25"
def bm25(query: list[str], docs: list[list[str]], k1: float = 1.2, b: float = 0.75) -> list[float]:
    """How well each document matches the words of the query: BM25, in the variant of Lucene.

    query: words, of which a repeated one counts each time; docs: N lists of words, possibly empty.
    k1 >= 0: how late repetition saturates; 0 <= b <= 1: how much length is discounted.
    Returns N floats in the order of the documents, all >= 0.
    bm25(["fox"], [["fox", "fox", "crow"], ["crow"]], k1=2.0, b=1.0) -> [0.4 * ln 2, 0.0]
    Source: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"; the variant:
    Kamphuis et al. 2020, "Which BM25 Do You Mean?", table 1, row "Lucene (accurate)".
    """
    ### BEGIN SOLUTION
    counts = [Counter(doc) for doc in docs]
    total = sum(map(len, docs))
    scores = [0.0] * len(docs)
    for term in query:
        holders = [i for i, count in enumerate(counts) if term in count]
        idf = math.log(1 + (len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for i in holders:
            length = len(docs[i]) * len(docs) / total
            scores[i] += idf * counts[i][term] / (counts[i][term] + k1 * (1 - b + b * length))
    return scores
    ### END SOLUTION


# %% group="bm25"
found = bm25(["fox"], [["fox", "fox", "crow"], ["crow"]], k1=2.0, b=1.0)
expect(type(found) is list, en="bm25 returns a list", fr="bm25 renvoie une liste")
close(torch.tensor(found), torch.tensor([0.4 * math.log(2), 0.0]), en="the example by hand", fr="l'exemple à la main")
# "crow" stands in both documents: n = N = 2, idf = ln(1 + 0.5 / 2.5) = ln 1.2. With b = 0 the length has no say.
found = bm25(["crow", "wolf"], [["fox", "fox", "crow"], ["crow"]], k1=1.0, b=0.0)
close(
    torch.tensor(found),
    torch.tensor([math.log(1.2) / 2, math.log(1.2) / 2]),
    en="a word of every document, and one of none",
    fr="un mot de tous les documents, et un mot d'aucun",
)
same(bm25(["fox"], []), [], en="scores of an empty corpus", fr="les scores d'un corpus vide")
close(
    torch.tensor(bm25(["fox"], [[], []])),
    torch.zeros(2),
    en="scores of two empty documents",
    fr="les scores de deux documents vides",
)

# %% [markdown] lang="en"
# ### Try it: saturation
#
# Ten words per document, of which 0 to 10 are "fox". Which curve is a plain count? What would a page that repeats
# "fox" a thousand times gain? Change `k1`.

# %% [markdown] lang="fr"
# ### À essayer : la saturation
#
# Dix mots par document, dont 0 à 10 fois « fox ». Quelle courbe est presque un simple comptage ? Que gagnerait une
# page qui répète « fox » mille fois ? Changez `k1`.

# %% try="saturation"
import matplotlib.pyplot as plt

repeated = [["fox"] * n + ["filler"] * (10 - n) for n in range(11)]
for k1 in (0.0, 0.5, 1.2, 3.0, 100.0):
    curve = bm25(["fox"], repeated, k1=k1, b=0.0)
    plt.plot(range(11), [score / curve[-1] for score in curve], marker="o", label=f"k1 = {k1:g}")
plt.xlabel("occurrences")
plt.ylabel("score / score(10)")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# ## 2. `cosine_topk`: the nearest vectors
#
# BM25 needs the very same word: it does not know that *fox* and *vixen* have something in common. **Dense retrieval**
# (Karpukhin et al., 2020) has a neural encoder turn the query and each document into a vector, such that similar
# meanings give similar vectors, and looks for the documents nearest to the query. Karpukhin et al. compared by dot
# product; most encoders since are made for the cosine of the angle, which ignores lengths:
#
# $$\cos(q, d) = \frac{q \cdot d}{\lVert q \rVert \, \lVert d \rVert}$$
#
# Write `cosine_topk(query, docs, k)` for one query `[d]` and $N$ documents `[N, d]`. It returns **the tuple
# `(indices, scores)`**: row numbers of `docs`, int64 `[K]`, and their cosines, `[K]`, in the dtype of `docs`, from
# the highest cosine to the lowest.
#
# **Rules.**
# 1. $K = \min(k, N)$: asking for more than there is gives all there is. `k = 0` or $N = 0$ gives two tensors of shape
#    `[0]`. $k \ge 0$.
# 2. **A vector of zeros** has no direction: its cosine with everything is exactly 0, for a document as for the query.
#    A document with a *negative* cosine therefore ranks below it.
# 3. **Ties**: of equal scores, the lower row number comes first. (`torch.topk` promises no order among ties: run
#    twice, or on another machine, it may cite other passages.)
# 4. Neither tensor is modified in place.
#
# **By hand.** `query = [2, 0]`, `docs = [[0, 5], [3, 4], [0, 0], [1, 0]]`: the cosines are $0$, $6/(2 \cdot 5) = 0.6$,
# $0$ (rule 2) and $1$. So `k = 3` gives `indices = [3, 1, 0]`: rows 0 and 2 are tied, and 0 comes first.
#
# <details><summary>Hint</summary>
#
# One product of a matrix and a vector gives all the dot products. Divide by the norms where they are not zero.
# Look at what `torch.argsort` and `torch.sort` say about equal values, and which argument changes it.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# norms  <- norm of each row, times the norm of the query      [N]
# scores <- dot products / norms where norms > 0, else 0        [N]
# order  <- row numbers by falling score, equal ones in their order; the first k of them
# answer <- order, scores in that order
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. `cosine_topk` : les vecteurs les plus proches
#
# BM25 a besoin du mot exact : il ignore que *renard* et *goupil* ont quelque chose en commun. La **recherche dense**
# (Karpukhin et al., 2020) confie à un encodeur neuronal le soin de changer la requête et chaque document en un vecteur,
# de sorte que des sens voisins donnent des vecteurs voisins, et cherche les documents les plus proches de la requête.
# Karpukhin et al. comparaient par produit scalaire ; la plupart des encodeurs venus depuis sont faits pour le cosinus
# de l'angle, qui ignore les longueurs :
#
# $$\cos(q, d) = \frac{q \cdot d}{\lVert q \rVert \, \lVert d \rVert}$$
#
# Écrivez `cosine_topk(query, docs, k)` pour une requête `[d]` et $N$ documents `[N, d]`. Elle renvoie **le tuple
# `(indices, scores)`** : des numéros de lignes de `docs`, int64 `[K]`, et leurs cosinus, `[K]`, dans le dtype de
# `docs`, du plus grand cosinus au plus petit.
#
# **Règles.**
# 1. $K = \min(k, N)$ : en demander plus qu'il n'y en a donne tout ce qu'il y a. `k = 0` ou $N = 0$ donne deux tenseurs
#    de forme `[0]`. $k \ge 0$.
# 2. **Un vecteur nul** n'a pas de direction : son cosinus avec tout autre vaut exactement 0, pour un document comme
#    pour la requête. Un document de cosinus *négatif* se classe donc après lui.
# 3. **Ex æquo** : à score égal, le plus petit numéro de ligne vient d'abord. (`torch.topk` ne promet aucun ordre entre
#    ex æquo : à la prochaine exécution, ou sur une autre machine, il peut citer d'autres passages.)
# 4. Aucun des deux tenseurs n'est modifié sur place.
#
# **À la main.** `query = [2, 0]`, `docs = [[0, 5], [3, 4], [0, 0], [1, 0]]` : les cosinus valent $0$,
# $6/(2 \cdot 5) = 0.6$, $0$ (règle 2) et $1$. Donc `k = 3` donne `indices = [3, 1, 0]` : les lignes 0 et 2 sont ex
# æquo, et 0 vient d'abord.
#
# <details><summary>Indice</summary>
#
# Un seul produit d'une matrice et d'un vecteur donne tous les produits scalaires. Divisez par les normes là où elles
# ne sont pas nulles. Regardez ce que `torch.argsort` et `torch.sort` disent des valeurs égales, et quel argument y
# change quelque chose.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# normes  <- norme de chaque ligne, fois la norme de la requête          [N]
# scores  <- produits scalaires / normes là où normes > 0, sinon 0       [N]
# ordre   <- numéros de lignes par score décroissant, les égaux dans leur ordre ; les k premiers
# réponse <- ordre, scores dans cet ordre
# ```
#
# </details>


# %% id="cosine-topk"
def cosine_topk(query: Tensor, docs: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """The documents whose vectors make the smallest angles with the query's, nearest first.

    query: [d]; docs: [N, d], of the same floating dtype; both left unmodified; k >= 0.
    Returns (indices: int64[K], scores: [K] in the dtype of docs), K = min(k, N); of equal scores the lower row
    number comes first; the score of a vector of zeros is 0.
    cosine_topk(tensor([2., 0.]), tensor([[0., 5.], [3., 4.], [1., 0.]]), 2) -> (tensor([2, 1]), tensor([1.0, 0.6]))
    Source: Salton, Wong and Yang 1975, "A Vector Space Model for Automatic Indexing".
    """
    ### BEGIN SOLUTION
    norms = docs.norm(dim=1) * query.norm()
    scores = torch.where(norms > 0, docs @ query / norms, 0)
    order = scores.argsort(descending=True, stable=True)[:k]
    return order, scores[order]
    ### END SOLUTION


# %% group="cosine"
indices, scores = cosine_topk(
    torch.tensor([2.0, 0.0]), torch.tensor([[0.0, 5.0], [3.0, 4.0], [0.0, 0.0], [1.0, 0.0]]), 3
)
same(indices.tolist(), [3, 1, 0], en="rows of the example by hand", fr="les lignes de l'exemple à la main")
close(
    scores,
    torch.tensor([1.0, 0.6, 0.0]),
    FLOAT32,
    en="cosines of the example by hand",
    fr="les cosinus de l'exemple à la main",
)
indices, scores = cosine_topk(torch.tensor([0.0, 1.0]), torch.tensor([[0.0, -3.0], [0.0, 0.0]]), 5)
same(indices.tolist(), [1, 0], en="all rows, when k exceeds their number", fr="toutes les lignes, quand k les dépasse")

# %% [markdown] lang="en"
# ## 3. `chunk`: cutting a text into passages
#
# An encoder reads a few hundred tokens at most, a prompt has a price per token, and a whole book is no answer. So
# texts are cut into windows of `size` tokens before they are indexed. A sentence that falls on a border would be lost
# to both sides: neighbouring windows therefore share `overlap` tokens.
#
# **Rules.** `chunk(tokens, size, overlap)` returns a list of lists.
# 1. The first chunk starts at position 0, and each next one starts `size - overlap` later. Every chunk but the last
#    holds exactly `size` tokens.
# 2. **The last chunk is the first one that reaches the end of the tokens.** It may be shorter than `size`, but it
#    always holds at least one token that no earlier chunk holds. No token is lost and nothing is filled up.
# 3. No tokens, no chunks: `[]`.
# 4. `overlap >= size` would never move forward: `ValueError`; so are `size < 1` and `overlap < 0`, whatever the tokens.
# 5. The list of tokens is left as it is; the tokens may be of any kind.
#
# **By hand.** `chunk([1, 2, 3, 4, 5, 6], size=4, overlap=2)` is `[[1, 2, 3, 4], [3, 4, 5, 6]]`. A third chunk `[5, 6]`
# would repeat what the second one holds. With a 7 at the end it is needed: `[5, 6, 7]`.
#
# <details><summary>Hint</summary>
#
# Up to where did the chunk before this one reach? If that was the end already, this one adds nothing.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# refuse impossible sizes; for each start 0, step, 2 · step, … below the number of tokens: keep the window that starts
# there, unless the window before it already reached the end
#
# </details>

# %% [markdown] lang="fr"
# ## 3. `chunk` : découper un texte en passages
#
# Un encodeur lit au plus quelques centaines de tokens, un prompt se paie au token, et un livre entier n'est pas une
# réponse. On découpe donc les textes en fenêtres de `size` tokens avant de les indexer. Une phrase à cheval sur une
# frontière serait perdue des deux côtés : deux fenêtres voisines partagent donc `overlap` tokens.
#
# **Règles.** `chunk(tokens, size, overlap)` renvoie une liste de listes.
# 1. Le premier morceau commence à la position 0, et chacun des suivants `size - overlap` plus loin. Tous, sauf le
#    dernier, ont exactement `size` tokens.
# 2. **Le dernier morceau est le premier qui atteint la fin des tokens.** Il peut être plus court que `size`, mais il
#    contient toujours au moins un token qu'aucun morceau précédent ne contient. Aucun token n'est perdu, et on ne
#    complète rien.
# 3. Pas de tokens, pas de morceaux : `[]`.
# 4. `overlap >= size` n'avancerait jamais : `ValueError` ; de même pour `size < 1` et `overlap < 0`, quels que soient
#    les tokens.
# 5. La liste de tokens reste telle quelle ; les tokens peuvent être de n'importe quelle sorte.
#
# **À la main.** `chunk([1, 2, 3, 4, 5, 6], size=4, overlap=2)` donne `[[1, 2, 3, 4], [3, 4, 5, 6]]`. Un troisième
# morceau `[5, 6]` répéterait ce que contient le deuxième. Avec un 7 à la fin, il devient nécessaire : `[5, 6, 7]`.
#
# <details><summary>Indice</summary>
#
# Jusqu'où allait le morceau précédent ? Si c'était déjà la fin, celui-ci n'apporte rien.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# refuser les tailles impossibles ; pour chaque début 0, pas, 2 · pas, … inférieur au nombre de tokens : garder la
# fenêtre qui commence là, sauf si la fenêtre précédente atteignait déjà la fin
#
# </details>


# %% id="chunk"
def chunk(tokens: list[Any], size: int, overlap: int) -> list[list[Any]]:
    """Windows of `size` tokens of which neighbours share `overlap`; the last is the first that reaches the end.

    chunk([1, 2, 3, 4, 5, 6, 7], 4, 2) -> [[1, 2, 3, 4], [3, 4, 5, 6], [5, 6, 7]]
    chunk([], 4, 2) -> []
    Raises ValueError unless 0 <= overlap < size.
    """
    ### BEGIN SOLUTION
    if not 0 <= overlap < size:
        raise ValueError(f"overlap must be at least 0 and less than size: {overlap} and {size}")
    starts = range(0, len(tokens), size - overlap)
    return [tokens[start : start + size] for start in starts if not start or start + overlap < len(tokens)]
    ### END SOLUTION


# %% group="chunk"
same(
    chunk([1, 2, 3, 4, 5, 6], size=4, overlap=2),
    [[1, 2, 3, 4], [3, 4, 5, 6]],
    en="six tokens in windows of 4 that share 2",
    fr="six tokens en fenêtres de 4 qui en partagent 2",
)
same(
    chunk([1, 2, 3, 4, 5, 6, 7], size=4, overlap=2),
    [[1, 2, 3, 4], [3, 4, 5, 6], [5, 6, 7]],
    en="seven tokens in the same windows",
    fr="sept tokens dans les mêmes fenêtres",
)
same(chunk(["a"], size=3, overlap=2), [["a"]], en="one token", fr="un seul token")
raises("ValueError", chunk, [1, 2, 3], 2, 2, en="an overlap as large as the size", fr="un overlap égal à size")

# %% [markdown] lang="en"
# ## 4. `build_prompt`: passages in, question last
#
# What the retriever found goes into the prompt, numbered, so that the model can cite and the reader can check. The
# format, where ⏎ is one `"\n"` and `INSTRUCTION` is the given text:
#
# ```text
# INSTRUCTION⏎
# ⏎
# [1] first passage⏎
# [2] second passage⏎
# ⏎
# Question: the question⏎
# Answer:
# ```
#
# Nothing stands after `Answer:`, neither a space nor a newline: the model goes on from there.
#
# **Rules.** `build_prompt(question, passages, max_words)` gets the passages best first.
# 1. **One line each.** In passages and question, every run of white space (spaces, tabs, newlines, what `str.split()`
#    calls white space) becomes one space, and there is none at the ends. Otherwise a passage with a line
#    `Question: …` of its own could pass for the question.
# 2. Blank passages are left out, and of passages that are equal after rule 1 only the first is shown (overlapping
#    indexes return the same text twice). Neither uses up words or numbers.
# 3. **Budget.** At most `max_words` words of passages are shown, counted as `str.split()` does, labels and question
#    not included. Passages are whole or absent, and the first one that does not fit **ends** the list: a worse, shorter
#    one may not jump the queue.
# 4. What is shown is numbered 1, 2, 3, … without gaps. If nothing is shown, the line `NO_PASSAGE` stands in its place:
#    the model must learn that the search found nothing.
#
# Rule 1 stops a passage from forging the *layout*. It does not stop one that says "ignore your instructions": for a
# model, all of the prompt is text. That is **prompt injection**, and no formatting cures it; it is why tools that can
# do harm ask a human first.
#
# <details><summary>Hint</summary>
#
# First bring all passages into one line, then drop repeated ones while keeping the order (a dict keeps the order of
# its keys), then count words until the budget is spent.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# shown <- nothing
# for each different passage in its one-line form, in order:
#     stop if the words shown so far and those of this one exceed the budget
#     show it with its number, unless it is empty
# answer <- instruction, empty line, shown passages (or NO_PASSAGE), empty line, question, "Answer:", one per line
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. `build_prompt` : les passages d'abord, la question à la fin
#
# Ce que la recherche a trouvé entre dans le prompt, numéroté, pour que le modèle puisse citer et le lecteur vérifier.
# Le format, où ⏎ est un `"\n"` et `INSTRUCTION` le texte fourni :
#
# ```text
# INSTRUCTION⏎
# ⏎
# [1] premier passage⏎
# [2] deuxième passage⏎
# ⏎
# Question: la question⏎
# Answer:
# ```
#
# Rien ne suit `Answer:`, ni espace ni saut de ligne : c'est là que le modèle enchaîne. (Les étiquettes sont en anglais,
# comme dans la plupart des bibliothèques.)
#
# **Règles.** `build_prompt(question, passages, max_words)` reçoit les passages du meilleur au moins bon.
# 1. **Une ligne chacun.** Dans les passages et la question, toute suite de blancs (espaces, tabulations, sauts de
#    ligne, ce que `str.split()` tient pour blanc) devient une espace, et il n'y en a pas aux bouts. Sinon, un passage
#    qui contient sa propre ligne `Question: …` pourrait se faire passer pour la question.
# 2. Les passages blancs sont omis, et de passages égaux après la règle 1 on ne montre que le premier (des index qui se
#    recouvrent rendent deux fois le même texte). Ni les uns ni les autres ne consomment de mots ou de numéros.
# 3. **Budget.** On montre au plus `max_words` mots de passages, comptés comme le fait `str.split()`, sans les étiquettes
#    ni la question. Un passage est entier ou absent, et le premier qui ne tient pas **termine** la liste : un moins bon,
#    plus court, ne lui passe pas devant.
# 4. Ce qui est montré est numéroté 1, 2, 3, … sans trou. Si rien n'est montré, la ligne `NO_PASSAGE` prend la place :
#    le modèle doit apprendre que la recherche n'a rien donné.
#
# La règle 1 empêche un passage de contrefaire la *mise en page*. Elle n'arrête pas celui qui dit « ignore tes
# instructions » : pour un modèle, tout le prompt est du texte. C'est l'**injection de prompt**, et aucune mise en forme
# n'en guérit ; voilà pourquoi les outils capables de nuire demandent d'abord l'avis d'un humain.
#
# <details><summary>Indice</summary>
#
# Ramenez d'abord tous les passages à une ligne, puis écartez les répétitions en gardant l'ordre (un dict garde
# l'ordre de ses clés), puis comptez les mots jusqu'à épuisement du budget.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# montrés <- rien
# pour chaque passage différent, ramené à une ligne, dans l'ordre :
#     arrêter si les mots déjà montrés et les siens dépassent le budget
#     le montrer avec son numéro, sauf s'il est vide
# réponse <- instruction, ligne vide, passages montrés (ou NO_PASSAGE), ligne vide, question, "Answer:", un par ligne
# ```
#
# </details>


# %% id="build-prompt"
def build_prompt(question: str, passages: list[str], max_words: int = 300) -> str:
    r"""The prompt that asks a question about numbered passages, best first, within a budget of words.

    passages: best first; max_words >= 0: of passages, whole ones only; the first that does not fit ends the list.
    build_prompt("Who?", ["A  fox."]) -> INSTRUCTION + "\n\n[1] A fox.\n\nQuestion: Who?\nAnswer:"
    build_prompt("Who?", []) -> INSTRUCTION + "\n\n(no passage)\n\nQuestion: Who?\nAnswer:"
    """
    ### BEGIN SOLUTION
    shown: list[str] = []
    for passage in dict.fromkeys(" ".join(passage.split()) for passage in passages):
        max_words -= len(passage.split())
        if max_words < 0:
            break
        if passage:
            shown.append(f"[{len(shown) + 1}] {passage}")
    asked = "Question: " + " ".join(question.split())
    return "\n".join([INSTRUCTION, "", *(shown or [NO_PASSAGE]), "", asked, "Answer:"])
    ### END SOLUTION


# %% group="prompt"
same(
    build_prompt("Who\nsleeps?", ["A  fox\nsleeps.", " ", "A fox sleeps. ", "A crow."]),
    INSTRUCTION + "\n\n[1] A fox sleeps.\n[2] A crow.\n\nQuestion: Who sleeps?\nAnswer:",
    en="a prompt with two passages to show",
    fr="un prompt avec deux passages à montrer",
)
same(
    build_prompt("Who?", ["one two", "three four five", "six"], max_words=4),
    INSTRUCTION + "\n\n[1] one two\n\nQuestion: Who?\nAnswer:",
    en="a prompt whose second passage does not fit",
    fr="un prompt dont le deuxième passage ne tient pas",
)

# %% [markdown] lang="en"
# ### Try it: two retrievers, two languages
#
# Fables in French (La Fontaine) and in English (Aesop), cut into passages of 40 words. `letters` is a toy encoder: one
# dimension per (hashed) group of three letters; a trained encoder would take its place. What does BM25 make of
# *wolves*, when the fables say *wolf*, and on which word of the last query does it fall back? Neither of the two finds
# a French fable from an English question: what would it take?

# %% [markdown] lang="fr"
# ### À essayer : deux recherches, deux langues
#
# Des fables en français (La Fontaine) et en anglais (Ésope), découpées en passages de 40 mots. `letters` est un
# encodeur pour rire : une dimension par groupe (haché) de trois lettres ; un encodeur entraîné prendrait sa place.
# Que fait BM25 de *wolves*, quand les fables disent *wolf*, et sur quel mot de la dernière requête se rabat-il ? Ni
# l'un ni l'autre ne trouve une fable française à partir d'une question en anglais : que faudrait-il pour cela ?

# %% try="retrieval"
texts = [Path(f"data/fables.{language}.txt").read_text(encoding="utf-8") for language in ("fr", "en")]
passages = [" ".join(piece) for text in texts for piece in chunk(text.split(), size=40, overlap=10)]


def letters(text: str) -> Tensor:
    """A vector of 512 counts, one per hashed group of three letters. `letters("chat").sum() -> tensor(4.)`"""
    spaced = f" {' '.join(words(text))} "
    vector = torch.zeros(512)
    for start in range(len(spaced) - 2):
        vector[zlib.crc32(spaced[start : start + 3].encode()) % 512] += 1
    return vector


vectors = torch.stack([letters(passage) for passage in passages])
index = [words(passage) for passage in passages]
for question in ("tortoise hare race", "wolves lambs", "corbeaux et fromages"):
    exact = torch.tensor(bm25(words(question), index))
    best = int(exact.argmax())
    near, cosines = cosine_topk(letters(question), vectors, 1)
    print(question)
    print(f"  bm25   {exact[best]:5.2f}  {passages[best][:90]}…")
    print(f"  cosine {cosines[0]:5.2f}  {passages[int(near)][:90]}…")

print()
scores = bm25(words("hare tortoise"), index)
ranked = sorted(range(len(index)), key=lambda i: -scores[i])
print(build_prompt("Why did the hare lose the race?", [passages[i] for i in ranked], max_words=80))

# %% [markdown] lang="en"
# ## 5. `parse_call`: read, never run
#
# A model fine-tuned for tools writes a call as JSON (RFC 8259) between two markers, as Hermes and Qwen2.5 do:
#
# ```text
# Let me look it up.
# <tool_call>
# {"name": "search", "arguments": {"query": "fox"}}
# </tool_call>
# ```
#
# `parse_call(text)` says what a reply asks for. Three answers are possible:
#
# | the reply | the result |
# |---|---|
# | no `<tool_call>` in it | `None`: it is an ordinary answer |
# | a well-formed call | `{"name": …, "arguments": …}`, with these two keys only |
# | a call that is not well-formed | `{"error": MALFORMED}` |
#
# **Rules.**
# 1. The call is what stands between the **first** `<tool_call>` and the first `</tool_call>` after it. White space
#    around the JSON is allowed; anything else there is malformed. What stands before and after the markers is ignored,
#    a second call included. A missing `</tool_call>` (the reply was cut short) is malformed.
# 2. It must be one JSON object with a `"name"` that is a string. `"arguments"` must be an object; when it is missing,
#    it is `{}`. Other keys are dropped. Everything else is malformed: a list, a number, a `null`, arguments in a
#    string.
# 3. Malformed calls are a *result*, not an exception: the model can read it and try again.
#
# **Never `eval`.** JSON looks so much like Python that `eval(text)` works on the first try. It also works on
# `__import__("shutil").rmtree("/")`, and the text was written by a model that has perhaps just read a web page that
# asked for it. `json.loads` builds data and cannot do anything else. What is Python but not JSON (single quotes,
# `True`, `None`, `dict(…)`) is malformed; and JSON's `true` and `null`, which Python does not know, are fine.
#
# <details><summary>Hint</summary>
#
# `str.partition` cuts a text at the first occurrence of another, and says whether it found it. Which exception does
# `json.loads` raise, and of which built-in exception is it a subclass?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# cut the text at the first opening marker; no marker: the answer is None
# cut what follows at the first closing marker; no marker: malformed
# read what stands between as JSON; not JSON: malformed
# check object, name, arguments; anything amiss: malformed
# answer <- name and arguments
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 5. `parse_call` : lire, jamais exécuter
#
# Un modèle affiné pour les outils écrit un appel en JSON (RFC 8259) entre deux balises, comme le font Hermes et
# Qwen2.5 :
#
# ```text
# Let me look it up.
# <tool_call>
# {"name": "search", "arguments": {"query": "fox"}}
# </tool_call>
# ```
#
# `parse_call(text)` dit ce que demande une réponse. Trois résultats sont possibles :
#
# | la réponse | le résultat |
# |---|---|
# | ne contient pas `<tool_call>` | `None` : c'est une réponse ordinaire |
# | un appel bien formé | `{"name": …, "arguments": …}`, avec ces deux clés seulement |
# | un appel mal formé | `{"error": MALFORMED}` |
#
# **Règles.**
# 1. L'appel est ce qui se trouve entre le **premier** `<tool_call>` et le premier `</tool_call>` qui le suit. Des
#    blancs autour du JSON sont permis ; toute autre chose à cet endroit est mal formée. Ce qui précède et suit les
#    balises est ignoré, un second appel compris. S'il manque `</tool_call>` (la réponse a été coupée), c'est mal formé.
# 2. Il faut un seul objet JSON, avec un `"name"` qui soit une chaîne. `"arguments"` doit être un objet ; s'il manque,
#    il vaut `{}`. Les autres clés sont abandonnées. Tout le reste est mal formé : une liste, un nombre, un `null`, des
#    arguments dans une chaîne.
# 3. Un appel mal formé est un *résultat*, pas une exception : le modèle peut le lire et recommencer.
#
# **Jamais d'`eval`.** Le JSON ressemble tant à du Python que `eval(text)` marche du premier coup. Il marche aussi sur
# `__import__("shutil").rmtree("/")`, et ce texte vient d'un modèle qui a peut-être lu, l'instant d'avant, une page web
# qui le lui demandait. `json.loads` construit des données et ne sait rien faire d'autre. Ce qui est du Python sans être
# du JSON (apostrophes, `True`, `None`, `dict(…)`) est mal formé ; et les `true` et `null` de JSON, que Python ne
# connaît pas, sont permis.
#
# <details><summary>Indice</summary>
#
# `str.partition` coupe un texte à la première occurrence d'un autre, et dit si elle l'a trouvée. Quelle exception
# `json.loads` lève-t-elle, et de quelle exception prédéfinie est-ce une sous-classe ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# couper le texte à la première balise ouvrante ; pas de balise : le résultat est None
# couper la suite à la première balise fermante ; pas de balise : mal formé
# lire ce qui est entre les deux comme du JSON ; ce n'en est pas : mal formé
# vérifier objet, nom, arguments ; quelque chose cloche : mal formé
# résultat <- nom et arguments
# ```
#
# </details>


# %% id="parse-call"
def parse_call(text: str) -> dict[str, Any] | None:
    """The tool call in a model's reply, None when there is none; a malformed one is told, not raised.

    parse_call("42") -> None
    parse_call('<tool_call>{"name": "now"}</tool_call>') -> {"name": "now", "arguments": {}}
    parse_call("<tool_call>now()</tool_call>") -> {"error": MALFORMED}
    """
    ### BEGIN SOLUTION
    _, opened, rest = text.partition(OPEN)
    if not opened:
        return None
    body, closed, _ = rest.partition(CLOSE)
    try:
        call = json.loads(body)
    except ValueError:
        return {"error": MALFORMED}
    if not closed or not isinstance(call, dict):
        return {"error": MALFORMED}
    name, arguments = call.get("name"), call.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return {"error": MALFORMED}
    return {"name": name, "arguments": arguments}
    ### END SOLUTION


# %% group="parse"
same(parse_call("The fox."), None, en="a reply without a call", fr="une réponse sans appel")
same(
    parse_call('I look.\n<tool_call>\n{"name": "search", "arguments": {"query": "fox", "all": true}}\n</tool_call>'),
    {"name": "search", "arguments": {"query": "fox", "all": True}},
    en="a well-formed call",
    fr="un appel bien formé",
)
for wrong in ("search('fox')", "{'name': 'search'}", '["search"]', '{"name": "search", "arguments": "fox"}'):
    same(
        parse_call(f"<tool_call>{wrong}</tool_call>"),
        {"error": MALFORMED},
        en="a malformed call",
        fr="un appel mal formé",
    )

# %% [markdown] lang="en"
# ## 6. `run_tool`: every outcome is something to read
#
# `tools` is a dict from names to Python functions. `run_tool(call, tools)` carries out a call, as `parse_call` returns
# it (never `None`), and returns the **observation**: the text that the model will read.
#
# | what happened | the observation |
# |---|---|
# | the tool returned a value | `str(value)`: a text as it is, `None` as `"None"` |
# | the call is `{"error": …}` | `"error: "` and that text: `"error: malformed call"` |
# | the name is not a key of `tools` | `"error: unknown tool "` and the name |
# | the tool raised an exception | `"error: "` and the name of the exception's type: `"error: ValueError"` |
#
# **Rules.**
# 1. Arguments are passed **by name**: `{"a": 1, "b": 2}` calls the tool with `a=1, b=2`. Wrong ones make Python raise a
#    `TypeError`, which is a tool that raised like any other (last row). Each call runs its tool exactly once.
# 2. `tools` is the whole list of what the model may do. Names are looked up there and nowhere else: not among your
#    functions, not among Python's.
# 3. Any `Exception` of the tool's becomes an observation. Only its type is shown: the text of an error may hold paths,
#    keys or other people's data, and what a model reads, it may repeat.
#
# <details><summary>Hint</summary>
#
# Three cases can be told before anything is called; one needs `try`. A dict unpacks into named arguments with `**`.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# an error in the call: say it; an unknown name: say it; otherwise try the tool with its named arguments: the text of
# its value, or the type of its exception
#
# </details>

# %% [markdown] lang="fr"
# ## 6. `run_tool` : tout ce qui arrive se lit
#
# `tools` est un dict de noms vers des fonctions Python. `run_tool(call, tools)` exécute un appel, tel que `parse_call`
# le renvoie (jamais `None`), et renvoie l'**observation** : le texte que lira le modèle.
#
# | ce qui s'est passé | l'observation |
# |---|---|
# | l'outil a renvoyé une valeur | `str(valeur)` : un texte tel quel, `None` en `"None"` |
# | l'appel est `{"error": …}` | `"error: "` et ce texte : `"error: malformed call"` |
# | le nom n'est pas une clé de `tools` | `"error: unknown tool "` et le nom |
# | l'outil a levé une exception | `"error: "` et le nom du type de l'exception : `"error: ValueError"` |
#
# **Règles.**
# 1. Les arguments sont passés **par leur nom** : `{"a": 1, "b": 2}` appelle l'outil avec `a=1, b=2`. De mauvais
#    arguments font lever à Python une `TypeError`, et c'est alors un outil qui a levé une exception comme une autre
#    (dernière ligne). Chaque appel exécute son outil exactement une fois.
# 2. `tools` est la liste complète de ce que le modèle a le droit de faire. Les noms se cherchent là et nulle part
#    ailleurs : ni parmi vos fonctions, ni parmi celles de Python.
# 3. Toute `Exception` de l'outil devient une observation. Seul son type est montré : le texte d'une erreur peut contenir
#    des chemins, des clés ou les données d'autrui, et ce qu'un modèle lit, il peut le répéter.
#
# <details><summary>Indice</summary>
#
# Trois cas se règlent avant d'appeler quoi que ce soit ; un seul demande `try`. Un dict se déplie en arguments nommés
# avec `**`.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# une erreur dans l'appel : la dire ; un nom inconnu : le dire ; sinon, essayer l'outil avec ses arguments nommés : le
# texte de sa valeur, ou le type de son exception
#
# </details>


# %% id="run-tool"
def run_tool(call: dict[str, Any], tools: dict[str, Callable[..., Any]]) -> str:
    """What the model reads back after a call: the tool's value as a text, or what went wrong.

    call: {"name": …, "arguments": …} or {"error": …}, as `parse_call` returns it.
    run_tool({"name": "add", "arguments": {"a": 1, "b": 2}}, {"add": lambda a, b: a + b}) -> "3"
    run_tool({"name": "rm", "arguments": {}}, {}) -> "error: unknown tool rm"
    Never raises an Exception.
    """
    ### BEGIN SOLUTION
    if "error" in call:
        return f"error: {call['error']}"
    if call["name"] not in tools:
        return f"error: unknown tool {call['name']}"
    try:
        return str(tools[call["name"]](**call["arguments"]))
    except Exception as error:  # noqa: BLE001 - a tool may raise anything, and the model is to read of it
        return f"error: {type(error).__name__}"
    ### END SOLUTION


# %% group="tool"
same(
    run_tool({"name": "ratio", "arguments": {"b": 4, "a": 1}}, {"ratio": lambda a, b: a / b}),
    "0.25",
    en="the observation of a division",
    fr="l'observation d'une division",
)
same(
    run_tool({"name": "ratio", "arguments": {"a": 1, "b": 0}}, {"ratio": lambda a, b: a / b}),
    "error: ZeroDivisionError",
    en="the observation of a division by zero",
    fr="l'observation d'une division par zéro",
)
same(run_tool({"name": "print", "arguments": {}}, {}), "error: unknown tool print", en="no tool", fr="aucun outil")
same(run_tool({"error": MALFORMED}, {}), "error: malformed call", en="a malformed call", fr="un appel mal formé")

# %% [markdown] lang="en"
# ## 7. `run_agent`: think, act, observe
#
# `llm` is a function from messages to a reply: `reply = llm(messages)`. A **message** is `{"role": …, "content": …}`,
# as in the assignment on chat templates; what tools say has the role `"tool"`. The loop of ReAct is
#
# ```text
# user      What is 12 % of 350?
# assistant <tool_call>{"name": "multiply", "arguments": {"a": 350, "b": 0.12}}</tool_call>
# tool      42.0
# assistant 12 % of 350 is 42.
# ```
#
# `run_agent(llm, tools, question, max_steps)` returns **the tuple `(answer, messages)`**.
#
# **Rules.**
# 1. The messages start with the question: `{"role": "user", "content": question}`.
# 2. **One step**: call `llm` with *all* messages so far, in order; append the reply with the role `"assistant"`, whole
#    and unchanged. If `parse_call` finds no call in it (`None`), the reply is the answer, and the loop ends. Otherwise
#    append the observation of `run_tool` with the role `"tool"`. A malformed call is a step like any other: the model
#    reads the error and may mend it.
# 3. **At most `max_steps` steps**, that is, calls of `llm`. If none of them brought an answer, the answer is `None`. The
#    last step is as whole as the others: its tool runs, and its observation is the last message. With
#    `max_steps = 0` nothing is called.
# 4. An exception of the *model's* (a `RuntimeError`, say) is not a tool's: it passes through.
#
# Without the cap, a model that keeps asking for the same tool runs for ever, at your expense. Without the observation
# among the messages, it cannot know that it has already asked.
#
# <details><summary>Hint</summary>
#
# A `for` loop over the steps, with one way out in its middle. What is the answer when the loop ends by itself?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# messages <- the question
# max_steps times:
#     reply <- what the model says to the messages; append it
#     call  <- what the reply asks for
#     none: the answer is the reply, done
#     append what the tool says
# the answer is None
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 7. `run_agent` : penser, agir, observer
#
# `llm` est une fonction qui va des messages à une réponse : `reply = llm(messages)`. Un **message** est
# `{"role": …, "content": …}`, comme dans l'exercice sur les gabarits de conversation ; ce que disent les outils porte
# le rôle `"tool"`. La boucle de ReAct :
#
# ```text
# user      What is 12 % of 350?
# assistant <tool_call>{"name": "multiply", "arguments": {"a": 350, "b": 0.12}}</tool_call>
# tool      42.0
# assistant 12 % of 350 is 42.
# ```
#
# `run_agent(llm, tools, question, max_steps)` renvoie **le tuple `(answer, messages)`**.
#
# **Règles.**
# 1. Les messages commencent par la question : `{"role": "user", "content": question}`.
# 2. **Un pas** : appeler `llm` avec *tous* les messages jusque-là, dans l'ordre ; ajouter la réponse avec le rôle
#    `"assistant"`, entière et inchangée. Si `parse_call` n'y trouve pas d'appel (`None`), elle est la réponse finale et
#    la boucle s'arrête. Sinon, ajouter l'observation de `run_tool` avec le rôle `"tool"`. Un appel mal formé est un pas
#    comme un autre : le modèle lit l'erreur et peut la corriger.
# 3. **Au plus `max_steps` pas**, c'est-à-dire appels de `llm`. Si aucun n'a donné de réponse finale, celle-ci est
#    `None`. Le dernier pas est entier comme les autres : son outil est exécuté, et son observation est le dernier
#    message. Avec `max_steps = 0`, rien n'est appelé.
# 4. Une exception du *modèle* (une `RuntimeError`, par exemple) n'est pas celle d'un outil : elle passe.
#
# Sans ce plafond, un modèle qui redemande toujours le même outil tourne sans fin, à vos frais. Sans l'observation parmi
# les messages, il ne peut pas savoir qu'il l'a déjà demandé.
#
# <details><summary>Indice</summary>
#
# Une boucle `for` sur les pas, avec une seule sortie en son milieu. Quelle est la réponse quand la boucle s'achève
# d'elle-même ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# messages <- la question
# max_steps fois :
#     réponse <- ce que le modèle dit aux messages ; l'ajouter
#     appel   <- ce que la réponse demande
#     aucun : c'est la réponse finale, terminé
#     ajouter ce que dit l'outil
# la réponse finale est None
# ```
#
# </details>


# %% id="run-agent"
def run_agent(
    llm: Callable[[list[dict[str, str]]], str], tools: dict[str, Callable[..., Any]], question: str, max_steps: int
) -> tuple[str | None, list[dict[str, str]]]:
    """(answer, messages) of a model that may call tools: model and tools take turns until it answers.

    llm: from the messages so far to the next reply; tools: the functions it may call, by name.
    max_steps >= 0: how many times the model is called at most; the answer is None when they run out.
    run_agent(lambda messages: "Hi.", {}, "Hello?", 5)
    -> ("Hi.", [{"role": "user", "content": "Hello?"}, {"role": "assistant", "content": "Hi."}])
    Source: Yao et al. 2023, "ReAct: Synergizing Reasoning and Acting in Language Models", section 2.
    """
    ### BEGIN SOLUTION
    messages = [{"role": "user", "content": question}]
    for _ in range(max_steps):
        reply = llm(messages)
        messages.append({"role": "assistant", "content": reply})
        call = parse_call(reply)
        if call is None:
            return reply, messages
        messages.append({"role": "tool", "content": run_tool(call, tools)})
    return None, messages
    ### END SOLUTION


# %% group="agent"
def repeats_what_it_reads(messages: list[dict[str, str]]) -> str:
    if messages[-1]["role"] == "tool":
        return "It is " + messages[-1]["content"]
    return '<tool_call>{"name": "double", "arguments": {"x": 21}}</tool_call>'


answer, messages = run_agent(repeats_what_it_reads, {"double": lambda x: 2 * x}, "Twice 21?", 5)
same(answer, "It is 42", en="the answer of a model that reads its tool", fr="la réponse d'un modèle qui lit son outil")
same(
    [message["role"] for message in messages],
    ["user", "assistant", "tool", "assistant"],
    en="the roles of the messages",
    fr="les rôles des messages",
)
answer, messages = run_agent(lambda messages: '<tool_call>{"name": "wait"}</tool_call>', {"wait": str}, "Done?", 3)
same(answer, None, en="the answer of a model that never answers", fr="la réponse d'un modèle qui ne répond jamais")
same(len(messages), 7, en="the number of messages after 3 steps", fr="le nombre de messages après 3 pas")

# %% [markdown] lang="en"
# ### Try it: an agent that is wrong, and recovers
#
# The model here recites: it stands for one that first cites a tool that does not exist, then writes Python instead of
# JSON, and gets there in the end. Set `max_steps` to 2. Then write a tool of your own and a script that calls it.

# %% [markdown] lang="fr"
# ### À essayer : un agent qui se trompe, et se rattrape
#
# Ici, le modèle récite : il joue celui qui nomme d'abord un outil qui n'existe pas, écrit ensuite du Python au lieu de
# JSON, et finit par y arriver. Mettez `max_steps` à 2. Écrivez ensuite un outil à vous, et un script qui l'appelle.

# %% try="agent"
script = iter(
    [
        '<tool_call>{"name": "google", "arguments": {"query": "hare"}}</tool_call>',
        "<tool_call>{'name': 'search', 'arguments': {'query': 'hare'}}</tool_call>",
        'I mend my call.\n<tool_call>\n{"name": "search", "arguments": {"query": "hare tortoise"}}\n</tool_call>',
        "The passage stops before the race does.",
    ]
)


def search(query: str) -> str:
    scores = bm25(words(query), index)
    return passages[scores.index(max(scores))]


answer, messages = run_agent(lambda messages: next(script), {"search": search}, "Why did the hare lose?", max_steps=8)
for message in messages:
    print(f"{message['role']:>9} │ {message['content']}")

# %% [markdown] lang="en"
# ## Where this stands today
#
# | here | in practice |
# |---|---|
# | `bm25` over lists | an inverted index: Lucene, Elasticsearch, OpenSearch; `bm25s` in Python |
# | `cosine_topk` over all rows | approximate search in millions of vectors (FAISS, HNSW), with a trained encoder |
# | one or the other | both, their rankings merged, then a cross-encoder that rereads the best passages |
# | `chunk` by number of tokens | cuts at headings, paragraphs and sentences, within the same limits |
# | `parse_call` after the fact | decoding constrained to a JSON schema: malformed calls cannot be written at all |
# | `tools` in a dict | described to the model with their schemas; shared between programs by the Model Context Protocol (2024) |
# | `run_agent` | the same loop, with rights, budgets, logs, and a human who confirms what cannot be undone |
#
# The format of `"arguments"` is a classic trap: several web APIs send them as a *string* of JSON inside the JSON.

# %% [markdown] lang="fr"
# ## Et aujourd'hui ?
#
# | ici | en pratique |
# |---|---|
# | `bm25` sur des listes | un index inversé : Lucene, Elasticsearch, OpenSearch ; `bm25s` en Python |
# | `cosine_topk` sur toutes les lignes | une recherche approchée parmi des millions de vecteurs (FAISS, HNSW), avec un encodeur entraîné |
# | l'un ou l'autre | les deux, classements fusionnés, puis un *cross-encoder* qui relit les meilleurs passages |
# | `chunk` au nombre de tokens | des coupes aux titres, aux paragraphes et aux phrases, dans les mêmes limites |
# | `parse_call` après coup | un décodage contraint par un schéma JSON : un appel mal formé ne peut même plus s'écrire |
# | `tools` dans un dict | décrits au modèle avec leurs schémas ; partagés entre programmes par le Model Context Protocol (2024) |
# | `run_agent` | la même boucle, avec des droits, des budgets, des journaux, et un humain qui confirme l'irréversible |
#
# Le format d'`"arguments"` est un piège classique : plusieurs API web les envoient comme une *chaîne* de JSON à
# l'intérieur du JSON.
