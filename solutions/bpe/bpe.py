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
# # Byte Pair Encoding
#
# A language model reads numbers, so a text is first cut into *symbols* from a fixed vocabulary. The two simplest cuts
# fail in opposite ways. Whole words keep their meaning, but any word never seen before becomes `<unk>`, and *chat* and
# *chats* have nothing in common. Characters are hardly ever unknown, but sequences get long and one letter says little.
#
# **Byte Pair Encoding** (BPE) finds a middle way by itself: it starts from characters and, again and again, glues
# together the two neighbours that occur together most often. Frequent words end up as one symbol, rare words as a few
# pieces. Philip Gage published it in 1994 to compress files; Sennrich, Haddow and Birch made a tokenizer of it in 2016;
# GPT-2 (2019) runs it on bytes, with 50,000 merges.
#
# You will write it twice with the same two building blocks: first on the characters of words, then on the bytes of any
# text.
#
# | function | what it does |
# |---|---|
# | `pair_counts` | how often each pair of neighbours occurs |
# | `merge_pair` | glues one pair together in one sequence |
# | `train_bpe`, `apply_bpe` | learn merges from words; split a new word |
# | `train_bytes`, `encode`, `decode` | the same on bytes: text to ids and back |

# %% [markdown] lang="fr"
# # Le Byte Pair Encoding
#
# Un modèle de langue lit des nombres : un texte est donc d'abord découpé en *symboles* d'un vocabulaire fixe. Les deux
# découpages les plus simples échouent de façon opposée. Les mots entiers gardent leur sens, mais un mot jamais vu
# devient `<unk>`, et *chat* et *chats* n'ont rien en commun. Les caractères ne sont presque jamais inconnus, mais les
# séquences s'allongent et une lettre seule ne dit pas grand-chose.
#
# Le **Byte Pair Encoding** (BPE, codage par paires d'octets) trouve seul un juste milieu : il part des caractères et
# recolle, encore et encore, les deux voisins qui apparaissent le plus souvent ensemble. Les mots fréquents finissent en
# un seul symbole, les mots rares en quelques morceaux. Philip Gage l'a publié en 1994 pour compresser des fichiers ;
# Sennrich, Haddow et Birch en ont fait un tokeniseur en 2016 ; GPT-2 (2019) l'exécute sur des octets, avec 50 000
# fusions.
#
# Vous allez l'écrire deux fois avec les deux mêmes briques : d'abord sur les caractères des mots, puis sur les octets
# d'un texte quelconque.
#
# | fonction | ce qu'elle fait |
# |---|---|
# | `pair_counts` | combien de fois apparaît chaque paire de voisins |
# | `merge_pair` | recolle une paire dans une séquence |
# | `train_bpe`, `apply_bpe` | apprendre les fusions à partir de mots ; découper un mot nouveau |
# | `train_bytes`, `encode`, `decode` | la même chose sur des octets : du texte aux identifiants, et retour |

# %% id="imports"
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from autograder.checks import same

END = "</w>"  # the symbol that closes every word
BYTES = 256  # ids 0 to 255 are bytes, merges get the ids from 256 on

Symbol = TypeVar("Symbol", str, int)  # strings in words, integers in bytes


# %% id="word-frequencies"
def word_frequencies(texts: list[str]) -> dict[str, int]:
    """How often each word of the texts occurs, in lower case; a punctuation mark is a word of its own.

    word_frequencies(["Le chat dort.", "le rat"]) -> {"le": 2, "chat": 1, "dort": 1, ".": 1, "rat": 1}
    """
    return dict(Counter(word for text in texts for word in re.findall(r"\w+|[^\w\s]", text.lower())))


# %% [markdown] lang="en"
# ## 1. Counting pairs
#
# A word is a tuple of symbols, and a corpus says how often each word occurs. Write `pair_counts`: for every pair of
# neighbours, how often it occurs in the whole corpus.
#
# - A pair inside a word that occurs 5 times counts 5 times.
# - Every position counts, even where pairs overlap: `("a", "a", "a")` contains the pair `("a", "a")` twice.
# - A pair never spans two words, and a word of one symbol has no pair.
#
# Symbols are strings here and will be integers later; your function need not know which.
#
# <details><summary>Hint</summary>
#
# `itertools.pairwise` gives the neighbours of a sequence, and a `Counter` starts every count at 0.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# counts: everything at 0
# for each word and its frequency:
#     for each two neighbours in the word:
#         add the frequency to the count of this pair
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Compter les paires
#
# Un mot est un tuple de symboles, et un corpus dit combien de fois chaque mot apparaît. Écrivez `pair_counts` : pour
# chaque paire de voisins, combien de fois elle apparaît dans tout le corpus.
#
# - Une paire à l'intérieur d'un mot qui apparaît 5 fois compte 5 fois.
# - Chaque position compte, même quand les paires se chevauchent : `("a", "a", "a")` contient deux fois la paire
#   `("a", "a")`.
# - Une paire n'est jamais à cheval sur deux mots, et un mot d'un seul symbole n'a pas de paire.
#
# Les symboles sont ici des chaînes et seront plus loin des entiers ; votre fonction n'a pas à le savoir.
#
# <details><summary>Indice</summary>
#
# `itertools.pairwise` donne les voisins d'une séquence, et un `Counter` commence tous les comptes à 0.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# comptes : tout à 0
# pour chaque mot et sa fréquence :
#     pour chaque couple de voisins du mot :
#         ajouter la fréquence au compte de cette paire
# ```
#
# </details>


# %% id="pair-counts"
def pair_counts(words: dict[tuple[Symbol, ...], int]) -> dict[tuple[Symbol, Symbol], int]:
    """How often each pair of neighbouring symbols occurs.

    words: a word as a tuple of symbols -> its frequency (>= 1). Pairs that do not occur are absent.
    pair_counts({("a", "a", "b"): 2, ("a", "b"): 1}) -> {("a", "a"): 2, ("a", "b"): 3}
    """
    ### BEGIN SOLUTION
    counts: Counter[tuple[Symbol, Symbol]] = Counter()
    for symbols, frequency in words.items():
        for pair in pairwise(symbols):
            counts[pair] += frequency
    return dict(counts)
    ### END SOLUTION


# %% group="counts"
same(
    dict(pair_counts({("a", "a", "b"): 2, ("a", "b"): 1})),
    {("a", "a"): 2, ("a", "b"): 3},
    en="pair counts of two words",
    fr="les comptes de paires de deux mots",
)
same(
    dict(pair_counts({(7, 7, 7): 1, (7,): 9})),
    {(7, 7): 2},
    en="pair counts where pairs overlap",
    fr="les comptes quand les paires se chevauchent",
)


# %% [markdown] lang="en"
# ## 2. Merging a pair
#
# Write `merge_pair`: it replaces every occurrence of a pair by one new symbol, **from left to right, without overlap**.
# A symbol that was just merged cannot be used again in the same pass:
#
# | symbols | pair | new | result |
# |---|---|---|---|
# | `a b c a b` | `(a, b)` | `ab` | `ab c ab` |
# | `a a a` | `(a, a)` | `aa` | `aa a` |
# | `a a a a` | `(a, a)` | `aa` | `aa aa` |
#
# The input may be a list or a tuple and is left as it was; the result is a new list. The new symbol is given, so that
# the same function serves strings (`"a"`, `"b"` become `"ab"`) and ids (97, 98 become 256).
#
# <details><summary>Hint</summary>
#
# A `while` loop with an index of your own: the index moves by 2 after a merge and by 1 otherwise. What about the last
# symbol, which has no right neighbour?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# result: empty list, position 0
# while there are symbols left:
#     if this symbol and the next one are the pair: append the new symbol, move by 2
#     else: append this symbol, move by 1
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Fusionner une paire
#
# Écrivez `merge_pair` : elle remplace chaque occurrence d'une paire par un nouveau symbole, **de gauche à droite, sans
# chevauchement**. Un symbole qui vient d'être fusionné ne peut pas resservir dans le même passage :
#
# | symboles | paire | nouveau | résultat |
# |---|---|---|---|
# | `a b c a b` | `(a, b)` | `ab` | `ab c ab` |
# | `a a a` | `(a, a)` | `aa` | `aa a` |
# | `a a a a` | `(a, a)` | `aa` | `aa aa` |
#
# L'entrée peut être une liste ou un tuple et reste telle quelle ; le résultat est une nouvelle liste. Le nouveau
# symbole est donné, si bien que la même fonction sert aux chaînes (`"a"`, `"b"` deviennent `"ab"`) et aux identifiants
# (97, 98 deviennent 256).
#
# <details><summary>Indice</summary>
#
# Une boucle `while` avec votre propre indice : il avance de 2 après une fusion et de 1 sinon. Et le dernier symbole,
# qui n'a pas de voisin de droite ?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# résultat : liste vide, position 0
# tant qu'il reste des symboles :
#     si ce symbole et le suivant sont la paire : ajouter le nouveau symbole, avancer de 2
#     sinon : ajouter ce symbole, avancer de 1
# ```
#
# </details>


# %% id="merge-pair"
def merge_pair(symbols: Sequence[Symbol], pair: tuple[Symbol, Symbol], new: Symbol) -> list[Symbol]:
    """The symbols with every occurrence of `pair` replaced by `new`, from left to right, without overlap.

    symbols: a list or tuple, left as it was; returns a new list.
    merge_pair(["a", "a", "a", "b"], ("a", "a"), "aa") -> ["aa", "a", "b"]
    Source: Sennrich, Haddow & Birch 2016, "Neural machine translation of rare words with subword units", section 3.2.
    """
    ### BEGIN SOLUTION
    merged: list[Symbol] = []
    position = 0
    while position < len(symbols):
        if tuple(symbols[position : position + 2]) == pair:
            merged.append(new)
            position += 2
        else:
            merged.append(symbols[position])
            position += 1
    return merged
    ### END SOLUTION


# %% group="merge"
same(
    merge_pair(["a", "b", "c", "a", "b"], ("a", "b"), "ab"),
    ["ab", "c", "ab"],
    en="a b c a b with (a, b) merged",
    fr="a b c a b où (a, b) est fusionné",
)
same(
    merge_pair(["a", "a", "a"], ("a", "a"), "aa"),
    ["aa", "a"],
    en="a a a with (a, a) merged",
    fr="a a a où (a, a) est fusionné",
)
same(merge_pair((1, 2, 3), (2, 3), 256), [1, 256], en="1 2 3 with (2, 3) merged", fr="1 2 3 où (2, 3) est fusionné")


# %% [markdown] lang="en"
# ## 3. Learning the merges
#
# **Start.** Every word becomes its characters, followed by the symbol `END`, written `</w>`: `rat` starts as
# `r a t </w>`. `END` is a symbol like any other: it counts in pairs and it can be merged. Thanks to it, the `at` that
# ends a word (`at</w>`) and the `at` inside one are different symbols, and the spaces can be put back.
#
# **Repeat**, up to `n_merges` times: count the pairs over the whole corpus, take the most frequent one, merge it in
# every word, and write it down. The merges, in order, *are* the tokenizer. Here are the first three for this corpus:
#
# | corpus | most frequent pair |
# |---|---|
# | 4 × `c h a t </w>`, 2 × `c h a t s </w>`, 5 × `r a t </w>`, 1 × `r a t s </w>` | `(a, t)`: 12 |
# | 4 × `c h at </w>`, 2 × `c h at s </w>`, 5 × `r at </w>`, 1 × `r at s </w>` | `(at, </w>)`: 9 |
# | 4 × `c h at</w>`, 2 × `c h at s </w>`, 5 × `r at</w>`, 1 × `r at s </w>` | `(c, h)`: 6 |
#
# **Stop early** when no pair is left, that is when every word is a single symbol: the list is then shorter than
# `n_merges`. A pair that occurs once is still a pair.
#
# **Ties.** Two pairs often have the same count, and a tokenizer must not depend on chance. Give every symbol a
# *number*:
#
# 1. the characters of the corpus, sorted by code point (as `sorted` does), are numbered 0, 1, 2, …;
# 2. `END` gets the next number;
# 3. each symbol made by a merge gets the next number at the moment it is made.
#
# Among the most frequent pairs, take the one whose left symbol has the smallest number; if the left symbols are the
# same, the one whose right symbol has the smallest number. (HF's `tokenizers`, without a suffix, decides by the same
# rule: its numbers are the ids.) Ties are a check of their own, after part 5: it looks at both of your training
# functions.
#
# The dictionary that you are given must be left as it was.
#
# <details><summary>Hint</summary>
#
# Keep the corpus as a dictionary from tuples of symbols to frequencies, and rebuild it after each merge: that is slower
# than updating the counts in place, but hard to get wrong. `min` with a `key` that returns a tuple compares the first
# entries, then the second ones, and so on: which tuple puts the most frequent pair first?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# corpus: characters + END of each word -> its frequency
# number: sorted characters, then END
# while fewer than n_merges merges:
#     count the pairs; if there are none, stop
#     best: highest count, then smallest number on the left, then smallest number on the right
#     number the new symbol, merge best in every word, write best down
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Apprendre les fusions
#
# **Départ.** Chaque mot devient la suite de ses caractères, suivie du symbole `END`, écrit `</w>` : `rat` commence par
# être `r a t </w>`. `END` est un symbole comme les autres : il compte dans les paires et peut être fusionné. Grâce à
# lui, le `at` qui termine un mot (`at</w>`) et le `at` à l'intérieur d'un mot sont deux symboles différents, et l'on
# peut remettre les espaces.
#
# **Répéter**, au plus `n_merges` fois : compter les paires de tout le corpus, prendre la plus fréquente, la fusionner
# dans chaque mot et la noter. Les fusions, dans l'ordre, *sont* le tokeniseur. Voici les trois premières pour ce
# corpus :
#
# | corpus | paire la plus fréquente |
# |---|---|
# | 4 × `c h a t </w>`, 2 × `c h a t s </w>`, 5 × `r a t </w>`, 1 × `r a t s </w>` | `(a, t)` : 12 |
# | 4 × `c h at </w>`, 2 × `c h at s </w>`, 5 × `r at </w>`, 1 × `r at s </w>` | `(at, </w>)` : 9 |
# | 4 × `c h at</w>`, 2 × `c h at s </w>`, 5 × `r at</w>`, 1 × `r at s </w>` | `(c, h)` : 6 |
#
# **S'arrêter plus tôt** quand il ne reste aucune paire, c'est-à-dire quand chaque mot est un seul symbole : la liste
# est alors plus courte que `n_merges`. Une paire qui n'apparaît qu'une fois reste une paire.
#
# **Ex aequo.** Deux paires ont souvent le même compte, et un tokeniseur ne doit pas dépendre du hasard. Donnez à chaque
# symbole un *numéro* :
#
# 1. les caractères du corpus, triés par point de code (comme le fait `sorted`), sont numérotés 0, 1, 2, … ;
# 2. `END` reçoit le numéro suivant ;
# 3. chaque symbole issu d'une fusion reçoit le numéro suivant au moment où il est créé.
#
# Parmi les paires les plus fréquentes, prenez celle dont le symbole de gauche a le plus petit numéro ; si les symboles
# de gauche sont les mêmes, celle dont le symbole de droite a le plus petit numéro. (La bibliothèque `tokenizers` de HF,
# sans suffixe, tranche par la même règle : ses numéros sont les identifiants.) Les ex aequo ont leur propre
# vérification, après la partie 5 : elle porte sur vos deux fonctions d'apprentissage.
#
# Le dictionnaire reçu doit rester tel quel.
#
# <details><summary>Indice</summary>
#
# Gardez le corpus sous la forme d'un dictionnaire qui associe des tuples de symboles à des fréquences, et
# reconstruisez-le après chaque fusion : c'est plus lent que de mettre les comptes à jour sur place, mais difficile à
# rater. `min` avec une `key` qui renvoie un tuple compare les premiers éléments, puis les deuxièmes, etc. : quel tuple
# place la paire la plus fréquente en tête ?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# corpus : caractères + END de chaque mot -> sa fréquence
# numéro : les caractères triés, puis END
# tant qu'il y a moins de n_merges fusions :
#     compter les paires ; s'il n'y en a pas, s'arrêter
#     meilleure : plus grand compte, puis plus petit numéro à gauche, puis plus petit numéro à droite
#     numéroter le nouveau symbole, fusionner la meilleure dans chaque mot, la noter
# ```
#
# </details>


# %% id="train-bpe"
def train_bpe(word_freqs: dict[str, int], n_merges: int) -> list[tuple[str, str]]:
    """The first `n_merges` merges learned from a corpus, in order; fewer when no pair is left.

    word_freqs: word -> frequency (>= 1), left as it was; n_merges >= 0. Ties: smallest number on the left, then on the
    right; numbers go to the sorted characters, then END, then the merged symbols in the order they are made.
    train_bpe({"ab": 2, "abc": 1}, 2) -> [("a", "b"), ("ab", "</w>")]
    Source: Sennrich, Haddow & Birch 2016, algorithm 1; Gage 1994, "A new algorithm for data compression".
    """
    ### BEGIN SOLUTION
    words = {(*word, END): frequency for word, frequency in word_freqs.items()}
    characters = sorted({character for word in word_freqs for character in word})
    number = {symbol: position for position, symbol in enumerate([*characters, END])}
    merges: list[tuple[str, str]] = []
    while len(merges) < n_merges and (counts := pair_counts(words)):
        left, right = min(counts, key=lambda pair: (-counts[pair], number[pair[0]], number[pair[1]]))
        number[left + right] = len(number)
        words = {tuple(merge_pair(word, (left, right), left + right)): count for word, count in words.items()}
        merges.append((left, right))
    return merges
    ### END SOLUTION


# %% group="train"
rodents = {"chat": 4, "chats": 2, "rat": 5, "rats": 1}
same(
    train_bpe(rodents, 4),
    [("a", "t"), ("at", END), ("c", "h"), ("r", "at" + END)],
    en="the first four merges of chat, chats, rat, rats",
    fr="les quatre premières fusions de chat, chats, rat, rats",
)
same(
    rodents,
    {"chat": 4, "chats": 2, "rat": 5, "rats": 1},
    en="the dictionary you were given, after training",
    fr="le dictionnaire reçu, après l'apprentissage",
)
same(
    train_bpe({"a": 3}, 10),
    [("a", END)],
    en="merges when pairs run out",
    fr="les fusions quand les paires s'épuisent",
)


# %% [markdown] lang="en"
# ## 4. Splitting new words
#
# To split a word, start from its characters followed by `END` and replay the merges **in the order in which they were
# learned**: the first merge wherever it occurs, then the second one, and so on. Return the symbols that remain.
#
# - The order decides, not the length: a later merge never wins over an earlier one, even if it would make a longer
#   symbol.
# - A character that was never seen in training is left as it is. (A model without a byte level then maps it to
#   `<unk>`.)
# - An empty word gives `[END]`.
# - A text that happens to contain the four characters `</w>` is not a special symbol: they are four characters.
#
# <details><summary>Hint</summary>
#
# `merge_pair` does one merge. What does a merge change in a word that does not contain its pair?
#
# Real tokenizers do not try all the merges: they look for the pair of the word that was learned earliest, merge it, and
# repeat until no pair of the word is a merge. The result is the same.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# symbols: the characters of the word, then END
# for each merge, in order:
#     merge it in the symbols
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Découper des mots nouveaux
#
# Pour découper un mot, partez de ses caractères suivis de `END` et rejouez les fusions **dans l'ordre où elles ont été
# apprises** : la première partout où elle apparaît, puis la deuxième, et ainsi de suite. Renvoyez les symboles qui
# restent.
#
# - C'est l'ordre qui décide, pas la longueur : une fusion ne l'emporte jamais sur une plus ancienne, même si elle
#   donnait un symbole plus long.
# - Un caractère jamais vu à l'apprentissage reste tel quel. (Un modèle sans niveau octet le change ensuite en `<unk>`.)
# - Un mot vide donne `[END]`.
# - Un texte qui contient par hasard les quatre caractères `</w>` n'est pas un symbole spécial : ce sont quatre
#   caractères.
#
# <details><summary>Indice</summary>
#
# `merge_pair` fait une fusion. Que change une fusion dans un mot qui ne contient pas sa paire ?
#
# Les vrais tokeniseurs n'essaient pas toutes les fusions : ils cherchent la paire du mot qui a été apprise le plus tôt,
# la fusionnent, et recommencent jusqu'à ce qu'aucune paire du mot ne soit une fusion. Le résultat est le même.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# symboles : les caractères du mot, puis END
# pour chaque fusion, dans l'ordre :
#     la fusionner dans les symboles
# ```
#
# </details>


# %% id="apply-bpe"
def apply_bpe(word: str, merges: list[tuple[str, str]]) -> list[str]:
    """The symbols of a word: its characters and END, with the merges replayed in the order they were learned.

    merges: as `train_bpe` returns them. Unseen characters stay as they are; joined, the symbols give word + END.
    apply_bpe("rats", [("a", "t"), ("at", "</w>"), ("r", "at")]) -> ["rat", "s", "</w>"]
    Source: Sennrich, Haddow & Birch 2016, section 3.2.
    """
    ### BEGIN SOLUTION
    symbols = [*word, END]
    for left, right in merges:
        symbols = merge_pair(symbols, (left, right), left + right)
    return symbols
    ### END SOLUTION


# %% group="apply"
learned = [("a", "t"), ("at", END), ("c", "h"), ("r", "at" + END)]
same(apply_bpe("rat", learned), ["rat" + END], en="the symbols of rat", fr="les symboles de rat")
same(apply_bpe("chats", learned), ["ch", "at", "s", END], en="the symbols of chats", fr="les symboles de chats")
same(
    apply_bpe("état", learned),
    ["é", "t", "at" + END],
    en="a word with an unseen character",
    fr="un mot avec un caractère jamais vu",
)


# %% try="fables"
fables = Path("data/fables.fr.txt").read_text(encoding="utf-8").splitlines()
french = word_frequencies(fables)
french_merges = train_bpe(french, 300)
print("first merges :", french_merges[:8])
print("longest      :", sorted({left + right for left, right in french_merges}, key=len, reverse=True)[:12])
for word in ["renard", "renards", "fromage", "grenouille", "tokeniseur"]:
    print(f"{word:12}", " ".join(apply_bpe(word, french_merges)))

# %% try="languages"
import matplotlib.pyplot as plt

english = word_frequencies(Path("data/fables.en.txt").read_text(encoding="utf-8").splitlines())
steps = [0, 25, 50, 100, 200, 300]
for name, frequencies in [("français", french), ("English", english)]:
    frequent = sorted(frequencies, key=frequencies.get, reverse=True)[:200]
    total = sum(frequencies[word] for word in frequent)
    lengths = [sum(len(apply_bpe(w, french_merges[:n])) * frequencies[w] for w in frequent) / total for n in steps]
    plt.plot(steps, lengths, marker="o", label=name)
plt.xlabel("merges learned on French / fusions apprises sur du français")
plt.ylabel("symbols per word / symboles par mot")
plt.legend()
plt.show()


# %% [markdown] lang="en"
# The curve is why a tokenizer matters: merges learned on French shorten French much more than English. A model that
# reads a language which its tokenizer hardly saw reads longer sequences, pays more, and fits less into its context.
#
# ## 5. From characters to bytes
#
# Words and characters leave two problems: how to split a text into words, and what to do with a character never seen.
# GPT-2 removes both by starting from the **bytes** of the text in UTF-8. There are only 256, so nothing is ever
# unknown. A letter without an accent is one byte, `é` is two, an emoji is four.
#
# Symbols are now integers: ids 0 to 255 are the bytes, and merge number `i` (counted from 0) makes the id `256 + i`.
# Here the whole text is one sequence: no words, no `END`. (GPT-2 first cuts the text into words with a regular
# expression; the merging is the same.)
#
# Write `train_bytes` and `encode`:
#
# - `train_bytes(text, n_merges)` learns the merges as before. **Ties:** the pair with the smallest ids, left first; ids
#   are already numbers, so plain comparison of two pairs does it. It stops early when fewer than two ids are left.
# - `encode(text, merges)` replays the merges, in order, on the bytes of the text. No text is ever an error; an empty
#   one gives `[]`.
#
# A classic to follow on paper, with three merges: `aaabdaaabac` becomes `[258, 100, 258, 97, 99]`.
#
# <details><summary>Hint</summary>
#
# `list("é".encode("utf-8"))` is `[195, 169]`. Your two building blocks work on integers already; for `pair_counts`, the
# whole text is one word seen once.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# train_bytes:
#     ids: the bytes of the text
#     while fewer than n_merges merges:
#         count the pairs of ids; if there are none, stop
#         best: highest count, then smallest pair
#         merge best into the next new id, write best down
# encode:
#     ids: the bytes of the text
#     for each merge, in order: merge it into its id
# ```
#
# </details>

# %% [markdown] lang="fr"
# La courbe montre pourquoi le tokeniseur compte : des fusions apprises sur du français raccourcissent bien plus le
# français que l'anglais. Un modèle qui lit une langue que son tokeniseur a peu vue lit des séquences plus longues,
# coûte plus cher et fait tenir moins de choses dans son contexte.
#
# ## 5. Des caractères aux octets
#
# Les mots et les caractères laissent deux problèmes : comment couper un texte en mots, et que faire d'un caractère
# jamais vu. GPT-2 les supprime tous deux en partant des **octets** du texte en UTF-8. Il n'y en a que 256 : rien n'est
# jamais inconnu. Une lettre sans accent occupe un octet, `é` deux, un emoji quatre.
#
# Les symboles sont maintenant des entiers : les identifiants 0 à 255 sont les octets, et la fusion numéro `i` (comptée
# à partir de 0) crée l'identifiant `256 + i`. Ici, tout le texte forme une seule séquence : ni mots, ni `END`. (GPT-2
# coupe d'abord le texte en mots avec une expression régulière ; les fusions sont les mêmes.)
#
# Écrivez `train_bytes` et `encode` :
#
# - `train_bytes(text, n_merges)` apprend les fusions comme avant. **Ex aequo :** la paire aux plus petits identifiants,
#   la gauche d'abord ; les identifiants étant déjà des numéros, il suffit de comparer les deux paires. On s'arrête plus
#   tôt quand il reste moins de deux identifiants.
# - `encode(text, merges)` rejoue les fusions, dans l'ordre, sur les octets du texte. Aucun texte n'est une erreur ; un
#   texte vide donne `[]`.
#
# Un classique à suivre sur papier, avec trois fusions : `aaabdaaabac` devient `[258, 100, 258, 97, 99]`.
#
# <details><summary>Indice</summary>
#
# `list("é".encode("utf-8"))` vaut `[195, 169]`. Vos deux briques acceptent déjà des entiers ; pour `pair_counts`, tout
# le texte est un seul mot vu une fois.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# train_bytes :
#     ids : les octets du texte
#     tant qu'il y a moins de n_merges fusions :
#         compter les paires d'ids ; s'il n'y en a pas, s'arrêter
#         meilleure : plus grand compte, puis plus petite paire
#         fusionner la meilleure en le prochain nouvel id, la noter
# encode :
#     ids : les octets du texte
#     pour chaque fusion, dans l'ordre : la fusionner en son id
# ```
#
# </details>


# %% id="train-bytes"
def train_bytes(text: str, n_merges: int) -> list[tuple[int, int]]:
    """The first `n_merges` merges learned from the UTF-8 bytes of a text; fewer when no pair is left.

    Merge number i makes the id 256 + i. Ties: the smallest pair of ids, left first. n_merges >= 0.
    train_bytes("abab", 2) -> [(97, 98), (256, 256)]
    Source: Radford et al. 2019, "Language models are unsupervised multitask learners", section 2.2.
    """
    ### BEGIN SOLUTION
    ids = list(text.encode("utf-8"))
    merges: list[tuple[int, int]] = []
    while len(merges) < n_merges and (counts := pair_counts({tuple(ids): 1})):
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        ids = merge_pair(ids, best, BYTES + len(merges))
        merges.append(best)
    return merges
    ### END SOLUTION


# %% id="encode"
def encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """The ids of a text: its UTF-8 bytes, with the merges replayed in order; merge number i makes the id 256 + i.

    merges: as `train_bytes` returns them.
    encode("abaé", [(97, 98)]) -> [256, 97, 195, 169]
    """
    ### BEGIN SOLUTION
    ids = list(text.encode("utf-8"))
    for new, pair in enumerate(merges, start=BYTES):
        ids = merge_pair(ids, pair, new)
    return ids
    ### END SOLUTION


# %% group="bytes"
same(train_bytes("abab", 2), [(97, 98), (256, 256)], en="merges learned from abab", fr="les fusions apprises de abab")
same(
    encode("aaabdaaabac", [(97, 97), (97, 98), (256, 257)]),
    [258, 100, 258, 97, 99],
    en="ids of aaabdaaabac",
    fr="les identifiants de aaabdaaabac",
)
same(encode("é", []), [195, 169], en="ids of é without merges", fr="les identifiants de é sans fusion")

# %% group="ties"
same(
    train_bpe({"ba": 2, "ab": 2}, 3),
    [("a", "b"), ("a", END), ("b", "a" + END)],
    en="merges of ba and ab, where every count is a tie",
    fr="les fusions de ba et ab, où tous les comptes sont ex aequo",
)
same(
    train_bytes("baab", 1),
    [(97, 97)],
    en="train_bytes on baab, where every count is a tie",
    fr="train_bytes sur baab, où tous les comptes sont ex aequo",
)


# %% [markdown] lang="en"
# ## 6. From ids to text
#
# Write `decode`, the way back. Every id stands for some bytes: a byte for itself, a merge for the bytes of its two
# parts, which may be merges themselves. Put all the bytes together **first**, then read them as UTF-8: one character
# may be spread over several ids, so an id alone need not be readable.
#
# A model can also write ids whose bytes are not valid UTF-8, such as half an emoji. That must not be an error: as
# Python's `errors="replace"` does, invalid bytes become `�` (U+FFFD).
#
# For every text, `decode(encode(text, merges), merges) == text`. The reverse is not true. Can you see why?
#
# <details><summary>Hint</summary>
#
# Build the bytes of every id once, in order: the parts of a merge always have smaller ids than the merge itself.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# pieces: the 256 single bytes
# for each merge, in order: append the piece of the left part + the piece of the right part
# join the pieces of the ids, then read them as UTF-8, invalid bytes replaced
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 6. Des identifiants au texte
#
# Écrivez `decode`, le chemin du retour. Chaque identifiant représente des octets : un octet se représente lui-même, une
# fusion représente les octets de ses deux parties, qui peuvent être elles-mêmes des fusions. Mettez **d'abord** tous
# les octets bout à bout, puis lisez-les en UTF-8 : un caractère peut être réparti sur plusieurs identifiants, si bien
# qu'un identifiant seul n'est pas forcément lisible.
#
# Un modèle peut aussi écrire des identifiants dont les octets ne forment pas de l'UTF-8 valide, comme une moitié
# d'emoji. Ce ne doit pas être une erreur : comme le fait `errors="replace"` en Python, les octets invalides deviennent
# `�` (U+FFFD).
#
# Pour tout texte, `decode(encode(text, merges), merges) == text`. L'inverse n'est pas vrai. Voyez-vous pourquoi ?
#
# <details><summary>Indice</summary>
#
# Construisez une seule fois les octets de chaque identifiant, dans l'ordre : les parties d'une fusion ont toujours des
# identifiants plus petits qu'elle.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```
# morceaux : les 256 octets seuls
# pour chaque fusion, dans l'ordre : ajouter le morceau de la partie gauche + celui de la partie droite
# mettre bout à bout les morceaux des ids, puis lire en UTF-8, octets invalides remplacés
# ```
#
# </details>


# %% id="decode"
def decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """The text of some ids; bytes that are not valid UTF-8 become U+FFFD, as with errors="replace".

    ids: 0 <= id < 256 + len(merges); merges: as `train_bytes` returns them.
    decode([256, 195, 169], [(97, 98)]) -> "abé"
    """
    ### BEGIN SOLUTION
    pieces = [bytes([byte]) for byte in range(BYTES)]
    for left, right in merges:
        pieces.append(pieces[left] + pieces[right])
    return b"".join(pieces[token] for token in ids).decode("utf-8", errors="replace")
    ### END SOLUTION


# %% group="decode"
same(decode([256, 195, 169], [(97, 98)]), "abé", en="text of three ids", fr="le texte de trois identifiants")
same(decode([104, 195], []), "h\ufffd", en="text of an h and half of an é", fr="le texte d'un h et d'une moitié de é")

# %% try="bytes"
story = "\n".join(fables)
byte_merges = train_bytes(story, 150)
for text in ["le loup et l'agneau", "l'été, déjà", "the wolf", "🦊"]:
    ids = encode(text, byte_merges)
    print(f"{len(text.encode()):2} bytes, {len(ids):2} ids:", " | ".join(decode([token], byte_merges) for token in ids))
print("last merges:", [decode([token], byte_merges) for token in range(BYTES + 130, BYTES + 150)])
