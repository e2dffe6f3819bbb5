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
# # Tokenization: from text to symbols
#
# **What you will be able to do:** explain why models read pieces of words, follow BPE by hand, and say what a
# vocabulary of 50,000 costs and buys.
#
# ## The idea
#
# A network computes with numbers, so text must first become a sequence of **known symbols**, each with an id. The two
# obvious choices are extremes. With one symbol per *word* a text is short, but the vocabulary is large and never
# complete: *chats* has nothing to do with *chat*, and a new word is `<unk>`. With one symbol per *character* nothing
# is ever unknown, but a text is five times longer and a single symbol says almost nothing.
#
# **Byte pair encoding** goes from one extreme towards the other in steps. Start with characters. Find the pair of
# neighbours that occurs most often in the corpus, and make it one new symbol. Repeat. Frequent words end up as one
# symbol, rare ones as a few pieces, and an unseen word falls back to smaller pieces.
#
# ![Left: symbols per word of the French fables, from 5 with characters to about 1.2 after 1,600 merges, while the vocabulary grows from 36 to 1,379 symbols. Right: the word corbeau in eight pieces at first, in one after 800 merges.](figures/tokenization.en.svg)
#
# The figure measures the trade on La Fontaine's fables: the first 200 merges halve the length of the text; the next
# 1,400 gain much less. A vocabulary is chosen where the curve flattens. GPT-2 took 50,257 symbols, for a corpus of 40
# GB.

# %% [markdown] lang="fr"
# # La tokenisation : du texte aux symboles
#
# **Ce que vous saurez faire :** expliquer pourquoi les modèles lisent des morceaux de mots, suivre BPE à la main, et
# dire ce que coûte et ce que rapporte un vocabulaire de 50 000 symboles.
#
# ## L'idée
#
# Un réseau calcule avec des nombres : le texte doit donc d'abord devenir une suite de **symboles connus**, chacun
# muni d'un identifiant. Les deux choix évidents sont des extrêmes. Avec un symbole par *mot*, un texte est court,
# mais le vocabulaire est grand et jamais complet : *chats* n'a rien à voir avec *chat*, et un mot nouveau devient
# `<unk>`. Avec un symbole par *caractère*, rien n'est jamais inconnu, mais un texte est cinq fois plus long et un
# symbole seul ne dit presque rien.
#
# Le **Byte Pair Encoding** va d'un extrême vers l'autre, pas à pas. On part des caractères. On cherche la paire de
# voisins la plus fréquente du corpus, et on en fait un nouveau symbole. On recommence. Les mots fréquents deviennent
# un seul symbole, les rares quelques morceaux, et un mot jamais vu se replie sur des morceaux plus petits.
#
# ![À gauche : symboles par mot des fables françaises, de 5 avec des caractères à environ 1,2 après 1 600 fusions, tandis que le vocabulaire passe de 36 à 1 379 symboles. À droite : le mot corbeau, en huit morceaux au départ, en un seul après 800 fusions.](figures/tokenization.fr.svg)
#
# La figure mesure l'échange sur les fables de La Fontaine : les 200 premières fusions divisent par deux la longueur
# du texte ; les 1 400 suivantes rapportent bien moins. On choisit le vocabulaire là où la courbe s'aplatit. GPT-2 a
# pris 50 257 symboles, pour un corpus de 40 Go.

# %% [markdown] lang="en"
# ## The formula
#
# BPE has no formula but a rule. With $c(a, b)$ the number of times the pair $a\,b$ occurs in the corpus, each step
# merges
#
# $$(a, b) = \arg\max_{(a, b)} c(a, b) \qquad \text{into the new symbol } ab$$
#
# and counts again. The merges, **in their order**, are the tokenizer: a new word is split by replaying them.
#
# {{bpe.train_bpe}}
#
# {{bpe.apply_bpe}}

# %% [markdown] lang="fr"
# ## La formule
#
# BPE n'a pas de formule mais une règle. En notant $c(a, b)$ le nombre de fois où la paire $a\,b$ apparaît dans le
# corpus, chaque pas fusionne
#
# $$(a, b) = \arg\max_{(a, b)} c(a, b) \qquad \text{en un nouveau symbole } ab$$
#
# et recompte. Les fusions, **dans leur ordre**, sont le tokeniseur : on découpe un mot nouveau en les rejouant.
#
# {{bpe.train_bpe}}
#
# {{bpe.apply_bpe}}

# %% [markdown] lang="en"
# ## In code
#
# Eight merges on a corpus of a dozen words, in plain Python. Which merge gives *dort*? Add words of your own and run
# it again.

# %% [markdown] lang="fr"
# ## En code
#
# Huit fusions sur un corpus d'une douzaine de mots, en Python pur. Quelle fusion donne *dort* ? Ajoutez des mots à
# vous et relancez.

# %% id="merges"
from collections import Counter

corpus = [
    "le",
    "chat",
    "dort",
    "le",
    "chien",
    "dort",
    "la",
    "chatte",
    "et",
    "le",
    "chaton",
    "dorment",
    "le",
    "chat",
    "chasse",
]
pieces = {word: list(word) for word in corpus}
merges = []
for _ in range(8):
    counts = Counter(pair for word in corpus for pair in zip(pieces[word], pieces[word][1:], strict=False))
    best = max(counts, key=counts.get)
    merges.append("".join(best))
    for word, parts in pieces.items():
        joined, rest = [], list(parts)
        while rest:
            if tuple(rest[:2]) == best:
                joined.append(rest[0] + rest[1])
                rest = rest[2:]
            else:
                joined.append(rest[0])
                rest = rest[1:]
        pieces[word] = joined
print("merges", merges)
print({word: " ".join(parts) for word, parts in pieces.items()})

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Cutting a new word into its longest known pieces.** The merges are replayed in the order they were learned; the
#   longest match is WordPiece's rule, and gives other pieces.
# - **Counting each word once.** A pair counts as often as its word occurs.
# - **Merging across words.** Counts stay inside a word (or inside what the pre-tokenizer cuts out).
# - **Forgetting who ties.** When two pairs are equally frequent, an implementation must choose by a stated rule, or
#   the tokenizer changes from run to run.
# - **Using another model's tokenizer.** Ids mean nothing outside their own vocabulary.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Découper un mot nouveau en ses plus longs morceaux connus.** On rejoue les fusions dans l'ordre où elles ont été
#   apprises ; le plus long préfixe est la règle de WordPiece, et donne d'autres morceaux.
# - **Compter chaque mot une fois.** Une paire compte autant de fois que son mot apparaît.
# - **Fusionner d'un mot à l'autre.** On compte à l'intérieur d'un mot (ou de ce que découpe le pré-tokeniseur).
# - **Oublier les ex æquo.** Quand deux paires sont aussi fréquentes, une implémentation doit choisir selon une règle
#   énoncée, sans quoi le tokeniseur change d'une exécution à l'autre.
# - **Prendre le tokeniseur d'un autre modèle.** Un identifiant n'a pas de sens hors de son vocabulaire.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `tokenizers` (Hugging Face) trains and runs BPE, WordPiece and unigram models; `tiktoken` runs OpenAI's BPE;
# `sentencepiece` learns from raw text, spaces included. BERT uses WordPiece, the GPT family byte-level BPE (its
# alphabet is the 256 bytes, so nothing is ever unknown), T5 and the first Llama models SentencePiece. Prices and
# context lengths of today's services are counted in such tokens; a language that was rare in the tokenizer's corpus
# needs more of them for the same sentence.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `tokenizers` (Hugging Face) entraîne et exécute des modèles BPE, WordPiece et unigram ; `tiktoken` exécute le BPE
# d'OpenAI ; `sentencepiece` apprend sur le texte brut, espaces comprises. BERT emploie WordPiece, la famille GPT un
# BPE sur octets (son alphabet est celui des 256 octets : rien n'est jamais inconnu), T5 et les premiers Llama
# SentencePiece. Les prix et les longueurs de contexte des services actuels se comptent en tokens ; une langue rare
# dans le corpus du tokeniseur en demande davantage pour la même phrase.

# %% [markdown] lang="en"
# ## Sources
#
# - R. Sennrich, B. Haddow, A. Birch (2016), [*Neural Machine Translation of Rare Words with Subword
#   Units*](https://arxiv.org/abs/1508.07909), ACL.
# - T. Kudo, J. Richardson (2018), [*SentencePiece*](https://arxiv.org/abs/1808.06226), EMNLP.
# - A. Radford et al. (2019), *Language Models are Unsupervised Multitask Learners*, section 2.2.

# %% [markdown] lang="fr"
# ## Sources
#
# - R. Sennrich, B. Haddow, A. Birch (2016), [*Neural Machine Translation of Rare Words with Subword
#   Units*](https://arxiv.org/abs/1508.07909), ACL.
# - T. Kudo, J. Richardson (2018), [*SentencePiece*](https://arxiv.org/abs/1808.06226), EMNLP.
# - A. Radford et al. (2019), *Language Models are Unsupervised Multitask Learners*, section 2.2.
