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
# # Retrieval and tools: what a model does not know
#
# **What you will be able to do:** decide between retrieval, a tool and fine-tuning, build the path from documents to
# an answer, and say who runs what a model "calls".
#
# ## The idea
#
# A model's weights are frozen on the day its training ends. It has not read your files, cannot know yesterday's news,
# and multiplies large numbers badly. None of this is mended by training: it is mended by **what is put into the
# context**.
#
# **Retrieval-augmented generation** (RAG): cut the documents into *passages* and index them, once; for each question,
# fetch the passages nearest to it and put them before the question. The model then answers from a text in front of
# it, and can say which. New documents are known as soon as they are indexed; **no weight changes**.
#
# **Tools**: the model *writes* a call, for instance in JSON. It does nothing more than that. A program reads the
# call, decides whether to allow it, runs it, and appends the result to the context as an *observation*; the model
# goes on from there. Repeated, with a bound on the number of steps, this loop is what is called an *agent* (ReAct:
# thought, action, observation).
#
# The same holds for the memory of a chat application: what it "remembers" of you are notes that it stores and puts
# back into the context. Talking to a model does not train it.
#
# ![Left: share of questions whose place in the fables is found, by number of passages fetched: from 78% to 95% with a cosine in which rare words weigh more, from 47% to 81% with the plain cosine of word counts, from 39% to 78% with the number of words in common. Right: the same share when 200 words are fetched, in 20 passages of 10 words, 10 of 20, 5 of 40, 2 of 100 or 1 of 200: about 92% for short passages, 77% for a single long one.](figures/rag-tools.en.svg)
#
# Three words from somewhere in a few fables, and the place is to be found. *The* and *and* tell nothing: weighing
# words by how rare they are is worth more than fetching five times as many passages. On the right, the room in the
# prompt is fixed: several short passages find the place more often than one long one, but say less around it.

# %% [markdown] lang="fr"
# # Recherche documentaire et outils : ce qu'un modèle ne sait pas
#
# **Ce que vous saurez faire :** choisir entre recherche documentaire, outil et affinage, construire le chemin des
# documents à la réponse, et dire qui exécute ce qu'un modèle « appelle ».
#
# ## L'idée
#
# Les poids d'un modèle sont figés le jour où finit son entraînement. Il n'a pas lu vos fichiers, ne peut pas
# connaître les nouvelles d'hier, et multiplie mal les grands nombres. Rien de cela ne se répare par l'entraînement :
# on le répare par **ce que l'on met dans le contexte**.
#
# La **génération augmentée par la recherche** (*retrieval-augmented generation*, RAG) : découper les documents en
# *passages* et les indexer, une fois ; à chaque question, aller chercher les passages les plus proches et les placer
# avant la question. Le modèle répond alors d'après un texte qu'il a sous les yeux, et peut dire lequel. De nouveaux
# documents sont connus dès qu'ils sont indexés ; **aucun poids ne change**.
#
# Les **outils** : le modèle *écrit* un appel, par exemple en JSON. Il ne fait rien de plus. Un programme lit l'appel,
# décide s'il l'autorise, l'exécute, et ajoute le résultat au contexte, comme une *observation* ; le modèle continue à
# partir de là. Répétée, avec une borne sur le nombre de pas, cette boucle est ce que l'on appelle un *agent* (ReAct :
# pensée, action, observation).
#
# Il en va de même de la mémoire d'une application de chat : ce dont elle se « souvient » à votre sujet, ce sont des
# notes qu'elle garde et remet dans le contexte. Parler à un modèle ne l'entraîne pas.
#
# ![À gauche : part des questions dont on trouve l'endroit dans les fables, selon le nombre de passages rapportés : de 78 % à 95 % avec un cosinus où les mots rares pèsent davantage, de 47 % à 81 % avec le simple cosinus des comptes de mots, de 39 % à 78 % avec le nombre de mots en commun. À droite : la même part quand on rapporte 200 mots, en 20 passages de 10 mots, 10 de 20, 5 de 40, 2 de 100 ou 1 de 200 : environ 92 % pour des passages courts, 77 % pour un seul long.](figures/rag-tools.fr.svg)
#
# Trois mots pris quelque part dans quelques fables (anglaises), et il faut retrouver l'endroit. *The* et *and*
# n'apprennent rien : peser les mots selon leur rareté vaut mieux que de rapporter cinq fois plus de passages. À
# droite, la place dans le prompt est fixée : plusieurs passages courts trouvent l'endroit plus souvent qu'un seul
# long, mais en disent moins autour.

# %% [markdown] lang="en"
# ## The formula
#
# Documents and questions become vectors, $d_i$ and $q$, $[N, d]$ and $[d]$; the nearest are those of the largest
# cosine:
#
# $$\cos(q, d_i) = \frac{q \cdot d_i}{\|q\|\,\|d_i\|}, \qquad \text{with } q_w = n_w(q)\, \log \frac{N}{N_w} \text{ when the vectors count words,}$$
#
# where $n_w$ is how often the word $w$ occurs and $N_w$ the number of passages that contain it. BM25, the standard of
# word search, refines this: a word counts less and less each time it is repeated, and long passages are held back. An
# *embedding model* gives vectors of meaning instead, which also match *car* with *automobile*. With rows of norm 1
# all scores are one product: $[Q, d]\,[d, N] \to [Q, N]$.
#
# {{rag-tools.cosine_topk}}
#
# {{rag-tools.bm25}}

# %% [markdown] lang="fr"
# ## La formule
#
# Documents et questions deviennent des vecteurs, $d_i$ et $q$, $[N, d]$ et $[d]$ ; les plus proches sont ceux du plus
# grand cosinus :
#
# $$\cos(q, d_i) = \frac{q \cdot d_i}{\|q\|\,\|d_i\|}, \qquad \text{avec } q_w = n_w(q)\, \log \frac{N}{N_w} \text{ quand les vecteurs comptent des mots,}$$
#
# où $n_w$ est le nombre d'occurrences du mot $w$, et $N_w$ le nombre de passages qui le contiennent. BM25, la norme
# de la recherche par mots, affine cela : un mot compte de moins en moins à chaque répétition, et les longs passages
# sont retenus. Un *modèle de plongements* donne plutôt des vecteurs de sens, qui rapprochent aussi *voiture*
# d'*automobile*. Avec des lignes de norme 1, tous les scores sont un seul produit : $[Q, d]\,[d, N] \to [Q, N]$.
#
# {{rag-tools.cosine_topk}}
#
# {{rag-tools.bm25}}

# %% [markdown] lang="en"
# ## In code
#
# First a search in four passages, word by word, the rare ones weighing more. Then one turn with a tool: the model
# (here a fixed text) only writes; everything that *happens* stands in the program.

# %% [markdown] lang="fr"
# ## En code
#
# D'abord une recherche dans quatre passages, mot à mot, les mots rares pesant davantage. Puis un tour avec un outil :
# le modèle (ici un texte fixe) ne fait qu'écrire ; tout ce qui *se passe* est dans le programme.

# %% id="search"
import math

passages = [
    "the library is open until ten in the evening",
    "the cafeteria is open from noon until two",
    "the exam of the course is in the main hall",
    "parking in front of the library costs two euros",
]
question = "how late is the library open"
known = [set(passage.split()) for passage in passages]


def weight(word):
    """log N / N_w: nothing for a word of every passage or of none."""
    holders = sum(word in words for words in known)
    return math.log(len(known) / holders) if holders else 0.0


scores = [sum(weight(word) for word in set(question.split()) & words) for words in known]
for score, passage in sorted(zip(scores, passages, strict=True), reverse=True):
    print(f"{score:.2f}  {passage}")

# %% id="tool"
import json

written = '{"tool": "multiply", "a": 48271, "b": 1693}'  # all that the model does is to write this
tools = {"multiply": lambda a, b: a * b}

call = json.loads(written)
name = call.pop("tool")
observation = tools[name](**call) if name in tools else f"there is no tool '{name}'"
context = ["user: what is 48271 times 1693?", f"assistant: {written}", f"observation: {observation}"]
print("\n".join(context))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Measuring the answers only.** Measure the search by itself: a passage that was not fetched cannot be used, and
#   no prompt mends that.
# - **Passages cut through a sentence**, without overlap; or so long that ten subjects share one vector.
# - **Trusting sources blindly.** A model with the right passage in front of it can still invent; check that the cited
#   passage says so.
# - **No way out.** If nothing relevant is found, the prompt must allow "I do not know".
# - **`eval` on what the model wrote.** And the model writes under the influence of all that it reads: a web page may
#   hold instructions (*prompt injection*). Give tools few rights, and confirm what cannot be undone.
# - **No bound on the steps**, or the observation not appended: the loop repeats itself.
# - **Fine-tuning for facts.** It teaches form far more reliably than knowledge.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Ne mesurer que les réponses.** Mesurez la recherche pour elle-même : un passage qui n'a pas été rapporté ne peut
#   pas servir, et aucun prompt n'y remédie.
# - **Des passages coupés au milieu d'une phrase**, sans chevauchement ; ou si longs que dix sujets partagent un
#   vecteur.
# - **Se fier aveuglément aux sources.** Un modèle qui a le bon passage sous les yeux peut encore inventer ; vérifiez
#   que le passage cité le dit.
# - **Aucune issue.** Si rien de pertinent n'est trouvé, le prompt doit permettre « je ne sais pas ».
# - **`eval` sur ce que le modèle a écrit.** Et le modèle écrit sous l'influence de tout ce qu'il lit : une page web
#   peut contenir des instructions (*prompt injection*). Donnez peu de droits aux outils, et faites confirmer ce qui
#   est irréversible.
# - **Pas de borne sur le nombre de pas**, ou l'observation non ajoutée : la boucle se répète.
# - **Affiner pour apprendre des faits.** L'affinage enseigne la forme bien plus sûrement que le savoir.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `bm25s` or Elasticsearch for words, `sentence-transformers` with FAISS or pgvector for meaning; good systems use
# both and let a *reranker*, which reads question and passage together, sort the first fifty. Chat templates have a
# place for tool descriptions (JSON Schema) and models are fine-tuned to write calls; the *Model Context Protocol*
# describes how programs offer tools to them. Contexts of a million tokens have not made search superfluous: reading
# costs, and models still overlook what stands in the middle.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `bm25s` ou Elasticsearch pour les mots, `sentence-transformers` avec FAISS ou pgvector pour le sens ; les bons
# systèmes emploient les deux et laissent un *reranker*, qui lit ensemble la question et le passage, trier les
# cinquante premiers. Les gabarits de chat ont une place pour la description des outils (JSON Schema), et les modèles
# sont affinés pour écrire des appels ; le *Model Context Protocol* décrit comment des programmes leur offrent des
# outils. Les contextes d'un million de tokens n'ont pas rendu la recherche superflue : lire coûte, et les modèles
# négligent encore ce qui se trouve au milieu.

# %% [markdown] lang="en"
# ## Sources
#
# - P. Lewis et al. (2020), [*Retrieval-Augmented Generation for Knowledge-Intensive NLP
#   Tasks*](https://arxiv.org/abs/2005.11401), section 2.
# - S. Yao et al. (2023), [*ReAct*](https://arxiv.org/abs/2210.03629), section 2; T. Schick et al. (2023),
#   [*Toolformer*](https://arxiv.org/abs/2302.04761).
# - N. Liu et al. (2024), [*Lost in the Middle*](https://arxiv.org/abs/2307.03172); K. Greshake et al. (2023), [*Not
#   what you've signed up for*](https://arxiv.org/abs/2302.12173), on injected instructions.

# %% [markdown] lang="fr"
# ## Sources
#
# - P. Lewis et al. (2020), [*Retrieval-Augmented Generation for Knowledge-Intensive NLP
#   Tasks*](https://arxiv.org/abs/2005.11401), section 2.
# - S. Yao et al. (2023), [*ReAct*](https://arxiv.org/abs/2210.03629), section 2 ; T. Schick et al. (2023),
#   [*Toolformer*](https://arxiv.org/abs/2302.04761).
# - N. Liu et al. (2024), [*Lost in the Middle*](https://arxiv.org/abs/2307.03172) ; K. Greshake et al. (2023), [*Not
#   what you've signed up for*](https://arxiv.org/abs/2302.12173), sur les instructions injectées.
