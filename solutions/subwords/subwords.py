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
# # WordPiece and unigram
#
# Byte Pair Encoding learns merges and replays them on every new word. It is one answer to two separate questions:
# *which pieces go into the vocabulary?* and, once the vocabulary is there, *how is a new word split into them?* Two
# other families of tokenizers answer differently, and you will write the heart of both:
#
# | family | known from | the vocabulary comes from | a new word is split by |
# |---|---|---|---|
# | BPE | GPT | gluing the most frequent pair | replaying the merges |
# | **WordPiece** | BERT | gluing the pair with the best *score* | the longest match first, from the left |
# | **unigram** | T5 | starting large, dropping the least useful pieces | the most probable of all splits |
#
# Sections 1 and 2 are about how WordPiece builds its vocabulary, section 3 about how it splits a word, and section 4
# about how unigram does.
#
# | function | what it does |
# |---|---|
# | `start_pieces`, `join_pieces` | a word as single characters with WordPiece's mark; two pieces glued |
# | `wordpiece_score` | which pair to glue next |
# | `wordpiece` | splits a new word as BERT does |
# | `viterbi` | the most probable split of a word, as T5 does, and its score |
#
# The functions do not call one another, so each can be written on its own. The libraries that do all this
# (`tokenizers`, `sentencepiece`, …) are forbidden here; everything else is allowed.

# %% [markdown] lang="fr"
# # WordPiece et unigramme
#
# Le Byte Pair Encoding apprend des fusions et les rejoue sur chaque mot nouveau. C'est une réponse à deux questions
# distinctes : *quels morceaux mettre dans le vocabulaire ?* et, le vocabulaire étant là, *comment y découper un mot
# nouveau ?* Deux autres familles de tokeniseurs répondent autrement, et vous allez écrire le cœur de chacune :
#
# | famille | connue par | le vocabulaire s'obtient en | un mot nouveau se découpe en |
# |---|---|---|---|
# | BPE | GPT | collant la paire la plus fréquente | rejouant les fusions |
# | **WordPiece** | BERT | collant la paire au meilleur *score* | prenant le plus long d'abord, depuis la gauche |
# | **unigramme** | T5 | partant d'un grand, puis en élaguant | cherchant le plus probable de tous les découpages |
#
# Les parties 1 et 2 montrent comment WordPiece construit son vocabulaire, la partie 3 comment il découpe un mot, et la
# partie 4 comment le fait unigramme.
#
# | fonction | ce qu'elle fait |
# |---|---|
# | `start_pieces`, `join_pieces` | un mot en caractères portant la marque de WordPiece ; deux morceaux collés |
# | `wordpiece_score` | quelle paire coller ensuite |
# | `wordpiece` | découpe un mot nouveau comme BERT |
# | `viterbi` | le découpage le plus probable d'un mot, comme T5, et son score |
#
# Les fonctions ne s'appellent pas entre elles : chacune peut s'écrire seule. Les bibliothèques qui font tout cela
# (`tokenizers`, `sentencepiece`, …) sont ici interdites ; tout le reste est permis.

# %% id="imports"
import math
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

from autograder.checks import FLOAT64, close, parts, same

MARK = "##"  # what a piece carries when it continues a word
UNK = "[UNK]"  # what a word becomes when it cannot be split


# %% [markdown] lang="en"
# ## 1. Pieces that carry a mark
#
# BPE closes every word with `</w>`. WordPiece does the opposite: it marks every piece that **continues** a word with
# `##`, and leaves the first one bare. `chat` starts as `c ##h ##a ##t`, and the pieces `at` (a word that begins with
# *at*) and `##at` (*at* inside a word) are two different entries of the vocabulary. The mark belongs to the *name* of a
# piece, not to the text: it says nothing about characters `#` in the word itself.
#
# - `start_pieces(word)` gives the pieces of one character, in order; an empty word gives `[]`.
# - `join_pieces(left, right)` gives the name of the two pieces glued together. `right` always carries the mark, since
#   something stands before it, and loses it; `left` keeps its own, if it has one.
#
# | left | right | glued |
# |---|---|---|
# | `c` | `##h` | `ch` |
# | `##h` | `##a` | `##ha` |
# | `##c` | `###` (the character `#`, marked) | `##c#` |
#
# <details><summary>Hint</summary>
#
# Exactly two characters have to go, and only at the start of `right`. `lstrip` and `replace` look alike but do
# something else: try them on `"###"`.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# start_pieces: the first character as it is, every later one with the mark in front
# join_pieces:  left, then right from its third character on
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Des morceaux qui portent une marque
#
# Le BPE ferme chaque mot par `</w>`. WordPiece fait l'inverse : il marque de `##` tout morceau qui **continue** un mot,
# et laisse le premier nu. `chat` commence comme `c ##h ##a ##t`, et les morceaux `at` (un mot qui commence par *at*) et
# `##at` (*at* à l'intérieur d'un mot) sont deux entrées différentes du vocabulaire. La marque appartient au *nom* du
# morceau, pas au texte : elle ne dit rien d'éventuels caractères `#` dans le mot lui-même.
#
# - `start_pieces(word)` donne les morceaux d'un caractère, dans l'ordre ; un mot vide donne `[]`.
# - `join_pieces(left, right)` donne le nom des deux morceaux une fois collés. `right` porte toujours la marque,
#   puisque quelque chose le précède, et la perd ; `left` garde la sienne, s'il en a une.
#
# | gauche | droite | collés |
# |---|---|---|
# | `c` | `##h` | `ch` |
# | `##h` | `##a` | `##ha` |
# | `##c` | `###` (le caractère `#`, marqué) | `##c#` |
#
# <details><summary>Indice</summary>
#
# Deux caractères exactement doivent disparaître, et seulement au début de `right`. `lstrip` et `replace` y ressemblent
# mais font autre chose : essayez-les sur `"###"`.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# start_pieces : le premier caractère tel quel, chacun des suivants précédé de la marque
# join_pieces :  left, puis right à partir de son troisième caractère
# ```
#
# </details>


# %% id="start-pieces"
def start_pieces(word: str) -> list[str]:
    """The characters of a word as pieces: the first one bare, the others with MARK in front.

    start_pieces("chat") -> ["c", "##h", "##a", "##t"]
    Source: Devlin et al. 2019, "BERT", the vocabulary of its released code.
    """
    ### BEGIN SOLUTION
    return [MARK + character if position else character for position, character in enumerate(word)]
    ### END SOLUTION


# %% id="join-pieces"
def join_pieces(left: str, right: str) -> str:
    """The piece that two neighbours make: `left` as it is, then `right` without its MARK.

    right: carries MARK; left: with or without.
    join_pieces("##h", "##a") -> "##ha"
    """
    ### BEGIN SOLUTION
    return left + right.removeprefix(MARK)
    ### END SOLUTION


# %% group="marks"
same(start_pieces("chat"), ["c", "##h", "##a", "##t"], en="the pieces of chat", fr="les morceaux de chat")
same(join_pieces("c", "##h"), "ch", en="c and ##h glued", fr="c et ##h collés")
same(join_pieces("##h", "##a"), "##ha", en="##h and ##a glued", fr="##h et ##a collés")


# %% [markdown] lang="en"
# ## 2. A score for pairs
#
# BPE glues the pair that occurs most often. But frequent letters meet often by mere chance. WordPiece divides by what
# chance would give:
#
# $$\mathrm{score}(a, b) = \frac{\mathrm{count}(a\,b)}{\mathrm{count}(a) \cdot \mathrm{count}(b)}$$
#
# Up to a constant, its logarithm is the *pointwise mutual information* of the two pieces: high when they hardly ever
# go without each other. Write `wordpiece_score`: the score of **every pair of neighbours that occurs**, in a corpus
# given as a dictionary from words, each a tuple of pieces, to their frequency.
#
# - Everything is counted over the whole corpus, and what stands in a word that occurs 5 times counts 5 times.
# - $\mathrm{count}(a)$ is the number of times the piece $a$ occurs, **anywhere**: on the left of a pair, on its right,
#   or alone in its word. A word of one piece has no pair, but its piece counts.
# - Every position counts, even where pairs overlap: `("a", "##a", "##a", "##a")` holds the pair `("##a", "##a")` twice.
# - The order matters, and so does the mark: `a` and `##a` are different pieces.
# - The dictionary is left as it was.
#
# By hand, for 4 × `c ##h ##a ##t`, 2 × `c ##h ##a ##t ##s`, 5 × `r ##a ##t` and 1 × `r ##a ##t ##s`:
#
# | pair | count | count of the left piece | of the right piece | score |
# |---|---|---|---|---|
# | `(c, ##h)` | 6 | 6 | 6 | **1/6** |
# | `(##h, ##a)` | 6 | 6 | 12 | 1/12 |
# | `(##a, ##t)` | **12** | 12 | 12 | 1/12 |
# | `(##t, ##s)` | 3 | 12 | 3 | 1/12 |
# | `(r, ##a)` | 6 | 6 | 12 | 1/12 |
#
# BPE would begin with *at*, which occurs 12 times; WordPiece begins with *ch*: here, a *c* never comes without its *h*.
#
# <details><summary>Hint</summary>
#
# Two `Counter`s: one of pieces, one of pairs. `itertools.pairwise` gives the neighbours of a sequence.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# for each word and its frequency:
#     for each piece in it: add the frequency to the count of this piece
#     for each two neighbours in it: add the frequency to the count of this pair
# for each pair: divide its count by the product of the counts of its two pieces
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Un score pour les paires
#
# Le BPE colle la paire la plus fréquente. Mais des lettres fréquentes se rencontrent souvent par pur hasard. WordPiece
# divise par ce que donnerait le hasard :
#
# $$\mathrm{score}(a, b) = \frac{\mathrm{compte}(a\,b)}{\mathrm{compte}(a) \cdot \mathrm{compte}(b)}$$
#
# À une constante près, son logarithme est l'*information mutuelle ponctuelle* des deux morceaux : elle est grande quand
# l'un ne va guère sans l'autre. Écrivez `wordpiece_score` : le score de **chaque paire de voisins qui apparaît** dans
# un corpus, donné comme un dictionnaire qui associe à chaque mot, un tuple de morceaux, sa fréquence.
#
# - Tout se compte sur le corpus entier, et ce qui est dans un mot vu 5 fois compte 5 fois.
# - $\mathrm{compte}(a)$ est le nombre de fois que le morceau $a$ apparaît, **où que ce soit** : à gauche d'une paire, à
#   droite, ou seul dans son mot. Un mot d'un seul morceau n'a pas de paire, mais son morceau compte.
# - Chaque position compte, même quand les paires se chevauchent : `("a", "##a", "##a", "##a")` contient deux fois la
#   paire `("##a", "##a")`.
# - L'ordre compte, la marque aussi : `a` et `##a` sont deux morceaux différents.
# - Le dictionnaire reste tel quel.
#
# À la main, pour 4 × `c ##h ##a ##t`, 2 × `c ##h ##a ##t ##s`, 5 × `r ##a ##t` et 1 × `r ##a ##t ##s` :
#
# | paire | compte | compte du morceau de gauche | de celui de droite | score |
# |---|---|---|---|---|
# | `(c, ##h)` | 6 | 6 | 6 | **1/6** |
# | `(##h, ##a)` | 6 | 6 | 12 | 1/12 |
# | `(##a, ##t)` | **12** | 12 | 12 | 1/12 |
# | `(##t, ##s)` | 3 | 12 | 3 | 1/12 |
# | `(r, ##a)` | 6 | 6 | 12 | 1/12 |
#
# Le BPE commencerait par *at*, vu 12 fois ; WordPiece commence par *ch* : ici, un *c* ne va jamais sans son *h*.
#
# <details><summary>Indice</summary>
#
# Deux `Counter` : un pour les morceaux, un pour les paires. `itertools.pairwise` donne les voisins d'une séquence.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# pour chaque mot et sa fréquence :
#     pour chacun de ses morceaux : ajouter la fréquence au compte de ce morceau
#     pour chaque couple de voisins : ajouter la fréquence au compte de cette paire
# pour chaque paire : diviser son compte par le produit des comptes de ses deux morceaux
# ```
#
# </details>


# %% id="wordpiece-score"
def wordpiece_score(words: dict[tuple[str, ...], int]) -> dict[tuple[str, str], float]:
    """For each pair of neighbours: its count divided by the product of the counts of its two pieces.

    words: a word as a tuple of pieces -> its frequency (>= 1), left as it was. Pairs that do not occur are absent.
    wordpiece_score({("a", "##b"): 2, ("a",): 2}) -> {("a", "##b"): 0.25}
    Source: Hugging Face LLM course, chapter 6, after Schuster & Nakajima 2012, "Japanese and Korean voice search".
    """
    ### BEGIN SOLUTION
    pieces: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for word, frequency in words.items():
        for piece in word:
            pieces[piece] += frequency
        for pair in pairwise(word):
            pairs[pair] += frequency
    return {(left, right): count / (pieces[left] * pieces[right]) for (left, right), count in pairs.items()}
    ### END SOLUTION


# %% group="score"
rodents = {
    ("c", "##h", "##a", "##t"): 4,
    ("c", "##h", "##a", "##t", "##s"): 2,
    ("r", "##a", "##t"): 5,
    ("r", "##a", "##t", "##s"): 1,
}
scores = wordpiece_score(rodents)
same(len(scores), 5, en="number of pairs in the table above", fr="le nombre de paires du tableau ci-dessus")
close(scores["c", "##h"], 1 / 6, FLOAT64, en="score of (c, ##h)", fr="le score de (c, ##h)")
close(scores["##t", "##s"], 1 / 12, FLOAT64, en="score of (##t, ##s)", fr="le score de (##t, ##s)")
close(
    wordpiece_score({("a", "##b"): 2, ("a",): 2})["a", "##b"],
    0.25,
    FLOAT64,
    en="score when one piece also stands alone",
    fr="le score quand l'un des morceaux apparaît aussi seul",
)


# %% try="learning"
def learn(word_freqs, merges, value):
    """Pieces glued one after the other, each time the pair with the highest value."""
    words = {tuple(start_pieces(word)): frequency for word, frequency in word_freqs.items()}
    learned = []
    for _ in range(merges):
        values = value(words)
        best = max(values, key=lambda pair: (values[pair], pair))
        learned.append(join_pieces(*best))
        for word in [word for word in words if best in pairwise(word)]:
            glued = [word[0]]
            for piece in word[1:]:
                if (glued[-1], piece) == best:
                    glued[-1] = learned[-1]
                else:
                    glued.append(piece)
            words[tuple(glued)] = words.pop(word)
    return learned


def pair_counts(words):
    counts = Counter()
    for word, frequency in words.items():
        for pair in pairwise(word):
            counts[pair] = counts[pair] + frequency
    return counts


fables = Path("data/fables.fr.txt").read_text(encoding="utf-8").lower()
word_freqs = Counter(re.findall(r"\w+", fables))
by_count = learn(word_freqs, 300, pair_counts)
by_score = learn(word_freqs, 300, wordpiece_score)
print("by count / par compte :", " ".join(by_count[:16]))
print("by score / par score  :", " ".join(by_score[:16]))


# %% [markdown] lang="en"
# The first pieces by score are rare: a *ù* hardly ever occurs, and always after *o*. At the extreme, two pieces seen
# once each, side by side, score 1, the highest there is. That is the weak side of the formula, and one reason to drop
# rare words before training. It is also not sure that Google does exactly this: the code that learned BERT's vocabulary
# was never published. The 2012 paper adds the piece that increases the likelihood of the training data the most; the
# formula is how the Hugging Face course puts it, and Hugging Face's own `WordPieceTrainer` simply glues by count, as
# BPE does.
#
# ## 3. Longest match first
#
# What *is* published, and the same in every library, is how BERT splits a word once the vocabulary is fixed. No merge
# is replayed and nothing is counted:
#
# 1. Take the longest piece of the vocabulary with which the word begins. Write it down.
# 2. From the first character not yet covered, take the longest piece again, now looked up **with the mark**.
# 3. Repeat until the word is covered.
#
# With `chat`, `ch`, `##at`, `##a`, `##ts`, `##s` in the vocabulary: `chats` is `chat ##s`, and `chas` is `ch ##a ##s`.
# The pieces are returned as they stand in the vocabulary: the first one bare, the others with the mark.
#
# **Unknown words.** Write these rules down before you code; they are a check of their own:
#
# - When at some point no piece fits, the **whole word** becomes `[unk]`, one token, however much of it was covered.
# - There is **no way back**: with `ab`, `a`, `##bc` in the vocabulary, `abc` is `[unk]`. The longest match takes `ab`,
#   then finds no `##c`; that `a ##bc` would have worked does not count.
# - A word of **more than** `max_chars` characters is `[unk]` at once, even if it is in the vocabulary. A word of
#   exactly `max_chars` characters is split. Characters are counted as Python's `len` does.
# - An empty word gives `[]`.
# - The vocabulary is a dictionary from pieces to ids. Only its keys matter here, none is an empty string or a mark
#   alone, and 0 is an id like any other. It is left as it was, and the word is neither put in lower case nor
#   normalised: that has been done before.
#
# The default of `max_chars` is 200, as in Google's BERT. It keeps the quadratic search away from endless strings.
# Hugging Face's `tokenizers` has 100: a "word" of 150 characters is split by the one and `[UNK]` for the other. Two
# programs with the same vocabulary file can disagree.
#
# <details><summary>Hint</summary>
#
# Two positions: where the next piece starts, and where it may end. For a given start, from which end do you begin, and
# in which direction do you go, so that the first piece found is the longest?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# if the word is too long: the answer is [unk]
# start: 0
# while start is before the end of the word:
#     for each possible end, the farthest first:
#         name: the characters from start to end, with the mark unless start is 0
#         if name is in the vocabulary: write it down, start again from end
#     if no end was right: the answer is [unk]
# ```
#
# </details>

# %% [markdown] lang="fr"
# Les premiers morceaux selon le score sont rares : un *ù* n'apparaît presque jamais, et toujours après *o*. À
# l'extrême, deux morceaux vus une seule fois, côte à côte, ont un score de 1, le plus haut possible. C'est le point
# faible de la formule, et une raison d'écarter les mots rares avant l'apprentissage. Il n'est d'ailleurs pas sûr que
# Google fasse exactement cela : le code qui a appris le vocabulaire de BERT n'a jamais été publié. L'article de 2012
# ajoute le morceau qui augmente le plus la vraisemblance des données ; la formule est la version du cours de Hugging
# Face, et le `WordPieceTrainer` de Hugging Face lui-même colle tout simplement selon le compte, comme le BPE.
#
# ## 3. Le plus long d'abord
#
# Ce qui *est* publié, et pareil dans toutes les bibliothèques, c'est comment BERT découpe un mot une fois le
# vocabulaire fixé. Aucune fusion à rejouer, rien à compter :
#
# 1. Prendre le plus long morceau du vocabulaire par lequel le mot commence. Le noter.
# 2. À partir du premier caractère pas encore couvert, reprendre le plus long morceau, cherché cette fois **avec la
#    marque**.
# 3. Recommencer jusqu'à couvrir le mot.
#
# Avec `chat`, `ch`, `##at`, `##a`, `##ts`, `##s` dans le vocabulaire : `chats` donne `chat ##s`, et `chas` donne
# `ch ##a ##s`. Les morceaux sont renvoyés tels qu'ils figurent dans le vocabulaire : le premier nu, les autres avec la
# marque.
#
# **Mots inconnus.** Notez ces règles avant de coder ; elles ont leur propre vérification :
#
# - Dès qu'aucun morceau ne convient, c'est le **mot entier** qui devient `[unk]`, un seul token, quelle que soit la
#   part déjà couverte.
# - On ne **revient jamais en arrière** : avec `ab`, `a`, `##bc` dans le vocabulaire, `abc` donne `[unk]`. Le plus long
#   d'abord prend `ab`, puis ne trouve pas de `##c` ; que `a ##bc` eût convenu ne compte pas.
# - Un mot de **plus de** `max_chars` caractères donne aussitôt `[unk]`, même s'il est dans le vocabulaire. Un mot
#   d'exactement `max_chars` caractères est découpé. Les caractères se comptent comme le fait `len` en Python.
# - Un mot vide donne `[]`.
# - Le vocabulaire est un dictionnaire qui associe des identifiants aux morceaux. Seules ses clés comptent ici, aucune
#   n'est vide ni réduite à la marque, et 0 est un identifiant comme un autre. Il reste tel quel, et le mot n'est ni mis
#   en minuscules ni normalisé : cela a été fait avant.
#
# La valeur par défaut de `max_chars` est 200, comme dans le BERT de Google. Elle épargne à la recherche, quadratique,
# les chaînes sans fin. La bibliothèque `tokenizers` de Hugging Face prend 100 : un « mot » de 150 caractères est
# découpé par l'un et vaut `[UNK]` pour l'autre. Deux programmes au même fichier de vocabulaire peuvent donc être en
# désaccord.
#
# <details><summary>Indice</summary>
#
# Deux positions : là où commence le prochain morceau, et là où il peut finir. Pour un début donné, par quelle fin
# commencer, et dans quel sens aller, pour que le premier morceau trouvé soit le plus long ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# si le mot est trop long : la réponse est [unk]
# début : 0
# tant que le début est avant la fin du mot :
#     pour chaque fin possible, la plus lointaine d'abord :
#         nom : les caractères du début à la fin, avec la marque sauf si le début vaut 0
#         si le nom est dans le vocabulaire : le noter, repartir de cette fin
#     si aucune fin ne convenait : la réponse est [unk]
# ```
#
# </details>


# %% id="wordpiece"
def wordpiece(word: str, vocab: dict[str, int], unk: str = UNK, max_chars: int = 200) -> list[str]:
    """The pieces of a word, the longest match first from the left; `[unk]` when it cannot be covered.

    vocab: piece -> id, where a piece that continues a word carries MARK; left as it was. max_chars: the longest word
    that is split, in characters. An empty word gives [].
    wordpiece("chats", {"chat": 0, "##s": 1}) -> ["chat", "##s"]
    Source: Devlin et al. 2019, "BERT", `tokenization.py` of its released code.
    """
    ### BEGIN SOLUTION
    if len(word) > max_chars:
        return [unk]
    pieces: list[str] = []
    start = 0
    while start < len(word):
        mark = MARK if start else ""
        ends = (end for end in range(len(word), start, -1) if mark + word[start:end] in vocab)
        end = next(ends, None)
        if end is None:
            return [unk]
        pieces.append(mark + word[start:end])
        start = end
    return pieces
    ### END SOLUTION


# %% group="longest"
cats = {"chat": 0, "ch": 1, "##at": 2, "##a": 3, "##ts": 4, "##s": 5}
same(wordpiece("chats", cats), ["chat", "##s"], en="the pieces of chats", fr="les morceaux de chats")
same(wordpiece("chas", cats), ["ch", "##a", "##s"], en="the pieces of chas", fr="les morceaux de chas")

# %% group="unknown"
same(
    wordpiece("abcx", {"a": 0, "##b": 1, "##c": 2}),
    ["[UNK]"],
    en="the pieces of a word whose last character is unknown",
    fr="les morceaux d'un mot dont le dernier caractère est inconnu",
)
same(
    wordpiece("abc", {"a": 0, "ab": 1, "##bc": 2}, unk="<unk>"),
    ["<unk>"],
    en="the pieces of a word where the longest match leads nowhere",
    fr="les morceaux d'un mot où le plus long d'abord ne mène nulle part",
)
same(
    wordpiece("aaaa", {"a": 0, "##a": 1}, max_chars=3),
    ["[UNK]"],
    en="the pieces of a word of 4 characters when max_chars is 3",
    fr="les morceaux d'un mot de 4 caractères quand max_chars vaut 3",
)


# %% try="longest-match"
letters = sorted(set("".join(word_freqs)))
names = dict.fromkeys([UNK, *letters, *(MARK + letter for letter in letters), *by_count])
vocab = {piece: number for number, piece in enumerate(names)}
for word in ["renard", "renards", "fromage", "grenouille", "tokeniseur"]:
    print(f"{word:12}", " ".join(wordpiece(word, vocab)))

# %% [markdown] lang="en"
# The last word holds a letter, `k`, that these fables never use: one unknown character, and the whole word is lost.
#
# ## 4. The most probable split
#
# The longest match is quick, and blind: it never asks whether another split would have been better. The **unigram**
# tokenizer (Kudo, 2018) does. It gives every piece a probability, supposes that pieces follow one another
# independently, and takes the split whose product of probabilities is the largest. Products of many small numbers
# underflow, so one adds logarithms:
#
# $$\mathrm{score}(x_1 \dots x_m) = \sum_{i=1}^{m} \log p(x_i)$$
#
# A word of $n$ characters has $2^{n-1}$ splits, too many to try. But the best split of the first $j$ characters ends
# with *some* piece, say the characters $i$ to $j$, and what comes before it must be the best split of the first $i$
# characters. So one table of $n + 1$ cells is enough, filled from left to right: this is the **Viterbi algorithm**
# (1967). `best[0]` is 0, the empty split; then
#
# $$\mathrm{best}[j] = \max_{i < j} \; \mathrm{best}[i] + \log p(\mathrm{word}[i{:}j])$$
#
# Beside each cell, note the start $i$ of the piece that won (the *back-pointer*). At the end, follow the back-pointers
# from the last cell to the first: the pieces appear in reverse order.
#
# By hand, for `renard`, with $\log p$: `re` −2, `nard` −3, `renar` −6, and every single letter −4:
#
# | cell | 0 | 1 `r` | 2 `re` | 3 `ren` | 4 `rena` | 5 `renar` | 6 `renard` |
# |---|---|---|---|---|---|---|---|
# | best | 0 | −4 | **−2** | −6 | −10 | −6 | **−5** |
# | piece that won | | `r` | `re` | `n` | `a` | `renar` | `nard` |
# | back-pointer | | 0 | 0 | 2 | 3 | 0 | 2 |
#
# From cell 6 back to 2, then 0: `re nard`, with a score of −5. The longest match would have taken `renar d`: −10.
#
# Write `viterbi(word, logp)`, which returns **the tuple `(pieces, score)`**. Pieces carry no mark here, and none is
# empty. The log-probabilities are finite and at most 0; 0 (a probability of 1) is a value like any other, and nobody
# promises that the probabilities sum to 1.
#
# **Ties.** Several splits can have the same score. Every cell then keeps the way in whose **last piece is the
# longest**, that is, the one that starts earliest; what comes before that piece is decided by the same rule. With `a`,
# `c` at −1 and `ab`, `bc` at −3, `abc` is `a bc`, not `ab c`: both score −4, and `bc` is longer than `c`. (HF's
# `tokenizers` decides by the same rule.)
#
# **Dead ends and long texts.**
#
# - A cell that no piece leads to has a score of $-\infty$, and so has all that would have to pass through it. When the
#   whole word cannot be split, the answer is `([], -math.inf)`.
# - An empty word gives `([], 0.0)`.
# - A text of several hundred characters takes no noticeable time, and its score may be as low as −10,000.
# - `logp` is left as it was.
#
# <details><summary>Hint</summary>
#
# Two lists of `len(word) + 1` entries: the best scores, all $-\infty$ but the first, and the back-pointers. `dict.get`
# with a second argument says what the log-probability of a piece outside the vocabulary is. Try the starts from left to
# right: which of `>` and `>=` keeps the first of two equals?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# best: 0 for cell 0, -inf for the others
# for each cell j from 1 to n:
#     for each i before j, in increasing order:
#         candidate: best[i] + log-probability of word[i:j] (-inf if it is no piece)
#         if the candidate is better than best[j]: note it, and i as the back-pointer of j
# if best[n] is -inf: no split
# from cell n, follow the back-pointers to cell 0, noting the pieces; put them in order
# ```
#
# </details>

# %% [markdown] lang="fr"
# Le dernier mot contient une lettre, `k`, que ces fables n'emploient jamais : un seul caractère inconnu, et le mot
# entier est perdu.
#
# ## 4. Le découpage le plus probable
#
# Le plus long d'abord est rapide, et aveugle : il ne se demande jamais si un autre découpage aurait été meilleur. Le
# tokeniseur **unigramme** (Kudo, 2018), si. Il donne à chaque morceau une probabilité, suppose que les morceaux se
# suivent de façon indépendante, et prend le découpage dont le produit des probabilités est le plus grand. Un produit de
# beaucoup de petits nombres tombe à zéro par manque de précision ; on additionne donc des logarithmes :
#
# $$\mathrm{score}(x_1 \dots x_m) = \sum_{i=1}^{m} \log p(x_i)$$
#
# Un mot de $n$ caractères a $2^{n-1}$ découpages, bien trop pour les essayer tous. Mais le meilleur découpage des $j$
# premiers caractères se termine par *un certain* morceau, disons les caractères $i$ à $j$, et ce qui le précède est
# forcément le meilleur découpage des $i$ premiers caractères. Un seul tableau de $n + 1$ cases suffit donc, rempli de
# gauche à droite : c'est l'**algorithme de Viterbi** (1967). `best[0]` vaut 0, le découpage vide ; puis
#
# $$\mathrm{best}[j] = \max_{i < j} \; \mathrm{best}[i] + \log p(\mathrm{word}[i{:}j])$$
#
# À côté de chaque case, notez le début $i$ du morceau gagnant (le *pointeur arrière*). À la fin, remontez les pointeurs
# de la dernière case à la première : les morceaux apparaissent dans l'ordre inverse.
#
# À la main, pour `renard`, avec pour $\log p$ : `re` −2, `nard` −3, `renar` −6, et chaque lettre seule −4 :
#
# | case | 0 | 1 `r` | 2 `re` | 3 `ren` | 4 `rena` | 5 `renar` | 6 `renard` |
# |---|---|---|---|---|---|---|---|
# | best | 0 | −4 | **−2** | −6 | −10 | −6 | **−5** |
# | morceau gagnant | | `r` | `re` | `n` | `a` | `renar` | `nard` |
# | pointeur arrière | | 0 | 0 | 2 | 3 | 0 | 2 |
#
# De la case 6, on remonte à 2, puis à 0 : `re nard`, de score −5. Le plus long d'abord aurait pris `renar d` : −10.
#
# Écrivez `viterbi(word, logp)`, qui renvoie **le tuple `(pieces, score)`**. Les morceaux ne portent ici aucune marque,
# et aucun n'est vide. Les log-probabilités sont finies et au plus égales à 0 ; 0 (une probabilité de 1) est une valeur
# comme une autre, et rien ne promet que les probabilités somment à 1.
#
# **Ex aequo.** Plusieurs découpages peuvent avoir le même score. Chaque case garde alors l'arrivée dont le **dernier
# morceau est le plus long**, c'est-à-dire celle qui commence le plus tôt ; ce qui précède ce morceau se décide par la
# même règle. Avec `a`, `c` à −1 et `ab`, `bc` à −3, `abc` donne `a bc`, et non `ab c` : les deux ont un score de −4, et
# `bc` est plus long que `c`. (La bibliothèque `tokenizers` de HF tranche par la même règle.)
#
# **Impasses et longs textes.**
#
# - Une case où ne mène aucun morceau a un score de $-\infty$, comme tout ce qui devrait passer par elle. Quand le mot
#   entier ne peut pas être découpé, la réponse est `([], -math.inf)`.
# - Un mot vide donne `([], 0.0)`.
# - Un texte de plusieurs centaines de caractères ne demande pas de temps sensible, et son score peut descendre à
#   −10 000.
# - `logp` reste tel quel.
#
# <details><summary>Indice</summary>
#
# Deux listes de `len(word) + 1` éléments : les meilleurs scores, tous à $-\infty$ sauf le premier, et les pointeurs
# arrière. `dict.get` avec un deuxième argument dit ce que vaut la log-probabilité d'un morceau hors du vocabulaire.
# Essayez les débuts de gauche à droite : de `>` et `>=`, lequel garde le premier de deux ex aequo ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# best : 0 pour la case 0, -inf pour les autres
# pour chaque case j de 1 à n :
#     pour chaque i avant j, en ordre croissant :
#         candidat : best[i] + log-probabilité de word[i:j] (-inf si ce n'est pas un morceau)
#         si le candidat bat best[j] : le noter, avec i comme pointeur arrière de j
# si best[n] vaut -inf : aucun découpage
# de la case n, remonter les pointeurs jusqu'à la case 0 en notant les morceaux ; les remettre dans l'ordre
# ```
#
# </details>


# %% id="viterbi"
def viterbi(word: str, logp: dict[str, float]) -> tuple[list[str], float]:
    """The split of a word whose log-probabilities have the largest sum, and that sum: (pieces, score).

    logp: piece -> its natural log-probability, finite, <= 0; left as it was. Ties: the longest last piece, then the
    longest one before it, and so on. ([], -math.inf) when there is no split, ([], 0.0) for an empty word.
    viterbi("aab", {"a": -1.0, "ab": -1.5, "b": -2.0}) -> (["a", "ab"], -2.5)
    Source: Kudo 2018, "Subword regularization", section 3.2; Viterbi 1967, "Error bounds for convolutional codes".
    """
    ### BEGIN SOLUTION
    best = [0.0] + [-math.inf] * len(word)
    back = [0] * len(best)
    for end in range(1, len(best)):
        for start in range(end):
            score = best[start] + logp.get(word[start:end], -math.inf)
            if score > best[end]:
                best[end], back[end] = score, start
    if best[-1] == -math.inf:
        return [], -math.inf
    pieces: list[str] = []
    end = len(word)
    while end:
        pieces.append(word[back[end] : end])
        end = back[end]
    return pieces[::-1], best[-1]
    ### END SOLUTION


# %% group="best"
renard = {**dict.fromkeys("renard", -4.0), "re": -2.0, "nard": -3.0, "renar": -6.0}
pieces, score = parts(viterbi("renard", renard), 2, en="(pieces, score)", fr="(pieces, score)")
same(pieces, ["re", "nard"], en="the best split of renard", fr="le meilleur découpage de renard")
close(score, -5.0, FLOAT64, en="score of the best split of renard", fr="le score du meilleur découpage de renard")

# %% group="ties"
equal = {"a": -1.0, "c": -1.0, "ab": -3.0, "bc": -3.0}
pieces, _ = parts(viterbi("abc", equal), 2, en="(pieces, score)", fr="(pieces, score)")
same(
    pieces,
    ["a", "bc"],
    en="the split of abc, where two have the same score",
    fr="le découpage de abc, où deux se valent",
)

# %% group="edges"
pieces, score = parts(viterbi("axb", {"a": -1.0, "b": -1.0}), 2, en="(pieces, score)", fr="(pieces, score)")
same(
    pieces,
    [],
    en="pieces of a word with a character in no piece",
    fr="les morceaux quand un caractère n'est nulle part",
)
close(score, -math.inf, FLOAT64, en="score of a word without a split", fr="le score d'un mot sans découpage")
pieces, score = parts(viterbi("abc", {"ab": -1.0, "bc": -1.0}), 2, en="(pieces, score)", fr="(pieces, score)")
same(pieces, [], en="pieces of a word where nothing fits together", fr="les morceaux d'un mot où rien ne s'emboîte")
close(score, -math.inf, FLOAT64, en="score of that word", fr="le score de ce mot")


# %% try="pruning"
def log_probabilities(counts):
    total = math.fsum(counts.values())
    return {piece: math.log(count / total) for piece, count in counts.items()}


substrings = Counter()
for word, frequency in word_freqs.items():
    for start in range(len(word)):
        for end in range(start + 1, min(start + 8, len(word)) + 1):
            substrings[word[start:end]] += frequency
print("all substrings / toutes les sous-chaînes :", len(substrings))
for size in [2000, 1000, 500, 300]:
    kept = Counter(dict(Counter({p: c for p, c in substrings.items() if len(p) > 1}).most_common(size)))
    kept.update({letter: max(substrings[letter], 1) for letter in letters})
    logp = log_probabilities(kept)
    substrings = Counter()
    corpus_score = 0.0
    for word, frequency in word_freqs.items():
        pieces, score = viterbi(word, logp)
        corpus_score += frequency * score
        substrings.update(dict.fromkeys(pieces, 0))
        for piece in pieces:
            substrings[piece] += frequency
    print(f"{len(logp):5} pieces / morceaux, log p(corpus) = {corpus_score:.0f}")
for word in ["renard", "renards", "fromage", "grenouille", "tokeniseur"]:
    print(
        f"{word:12} unigram: {' '.join(viterbi(word, logp)[0]) or '-':26} WordPiece: {' '.join(wordpiece(word, vocab))}"
    )

# %% try="lattice"
import matplotlib.pyplot as plt

word = "grenouille"
chosen = viterbi(word, logp)[0]
ends = [sum(map(len, chosen[: count + 1])) for count in range(len(chosen))]
path = {(end - len(piece), end) for piece, end in zip(chosen, ends, strict=True)}
plt.figure(figsize=(9, 4))
for start in range(len(word)):
    for end in range(start + 1, len(word) + 1):
        piece = word[start:end]
        if piece in logp:
            on_path = (start, end) in path
            turn = [math.pi * step / 40 for step in range(41)]
            middle, radius = (start + end) / 2, (end - start) / 2
            xs = [middle - radius * math.cos(t) for t in turn]
            ys = [radius * math.sin(t) for t in turn]
            plt.plot(xs, ys, color="tab:red" if on_path else "0.75", linewidth=3 if on_path else 1, zorder=2 + on_path)
            label = f"{piece}\n{logp[piece]:.1f}"
            plt.text(middle, radius + 0.08, label, ha="center", fontsize=8, color="tab:red" if on_path else "0.45")
plt.title(
    "every piece that fits, the best path in red / tout ce qui convient, le meilleur chemin en rouge", fontsize=10
)
plt.yticks([])
plt.xticks([position + 0.5 for position in range(len(word))], word, fontsize=14)
plt.margins(y=0.3)
plt.show()


# %% [markdown] lang="en"
# You have just trained a small unigram tokenizer: start from all substrings, split the corpus with the pieces kept so
# far, recount, drop the rarest, repeat. Kudo's version is softer. It weighs *all* splits by their probability
# (expectation-maximisation, where yours keeps the best split only) and drops the pieces that the likelihood misses
# least. After the first line, whose counts overlap, the score of the corpus falls as the vocabulary shrinks: fewer
# pieces, longer sequences.
#
# ## Where this stands today
#
# - **WordPiece**: BERT and its children (DistilBERT, ELECTRA) and many of the small models that compute sentence
#   embeddings for search. In HF's library: `tokenizers.models.WordPiece(vocab, unk_token="[UNK]",
#   max_input_chars_per_word=100)`.
# - **Unigram**: T5, mT5, ALBERT, XLNet, XLM-RoBERTa and the multilingual embedding models built on it:
#   `tokenizers.models.Unigram([(piece, logp), …], unk_id)`. Where you answer `([], -math.inf)`, the library gives an
#   unknown character the lowest score of the vocabulary minus 10, and goes on.
# - **SentencePiece** is not a third algorithm but a library (Kudo and Richardson, 2018). It reads raw text, writes the
#   space as a character of its own, `▁`, so that no rule for words is needed and the text can be put back exactly, and
#   then runs unigram *or* BPE. T5 is SentencePiece with unigram. Llama 1 and 2 are SentencePiece with **BPE**, and fall
#   back on bytes for characters they do not know; Llama 3 left it for a byte-level BPE like GPT's.
# - Nearly all the large decoders of today use a byte-level BPE. To recognise a tokenizer, look at its pieces: `##` says
#   WordPiece, `▁` SentencePiece, and `Ġ` byte-level BPE.
#
# To go further: since every split has a probability, one may also *sample* splits, and show a model the same sentence
# cut in different ways at each epoch. That is the subword regularization of Kudo's title.

# %% [markdown] lang="fr"
# Vous venez d'entraîner un petit tokeniseur unigramme : partir de toutes les sous-chaînes, découper le corpus avec les
# morceaux gardés jusque-là, recompter, retirer les plus rares, recommencer. La version de Kudo est plus douce. Elle
# pèse *tous* les découpages par leur probabilité (espérance-maximisation, là où la vôtre ne garde que le meilleur) et
# retire les morceaux dont l'absence coûte le moins à la vraisemblance. Après la première ligne, dont les
# comptes se chevauchent, le score du corpus baisse à mesure que le vocabulaire rétrécit : moins de morceaux, des
# séquences plus longues.
#
# ## Où en est-on aujourd'hui ?
#
# - **WordPiece** : BERT et sa descendance (DistilBERT, ELECTRA), et beaucoup des petits modèles qui calculent des
#   plongements de phrases pour la recherche. Dans la bibliothèque de HF : `tokenizers.models.WordPiece(vocab,
#   unk_token="[UNK]", max_input_chars_per_word=100)`.
# - **Unigramme** : T5, mT5, ALBERT, XLNet, XLM-RoBERTa et les modèles de plongements multilingues bâtis sur lui :
#   `tokenizers.models.Unigram([(piece, logp), …], unk_id)`. Là où vous répondez `([], -math.inf)`, la bibliothèque
#   donne à un caractère inconnu le plus bas score du vocabulaire moins 10, et continue.
# - **SentencePiece** n'est pas un troisième algorithme mais une bibliothèque (Kudo et Richardson, 2018). Elle lit du
#   texte brut, écrit l'espace comme un caractère à part, `▁`, si bien qu'aucune règle sur les mots n'est nécessaire et
#   que le texte se rétablit exactement, puis exécute unigramme *ou* BPE. T5, c'est SentencePiece avec unigramme. Llama
#   1 et 2, c'est SentencePiece avec **BPE**, et un repli sur les octets pour les caractères inconnus ; Llama 3 l'a
#   quitté pour un BPE sur octets comme celui de GPT.
# - Presque tous les grands décodeurs d'aujourd'hui emploient un BPE sur octets. Pour reconnaître un tokeniseur,
#   regardez ses morceaux : `##` annonce WordPiece, `▁` SentencePiece, et `Ġ` un BPE sur octets.
#
# Pour aller plus loin : chaque découpage ayant une probabilité, on peut aussi *tirer au sort* des découpages, et
# montrer au modèle la même phrase coupée autrement à chaque époque. C'est la *subword regularization* du titre de Kudo.
