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
# # Vocabulary, special tokens, padding
#
# Welcome! This is the first assignment of the course, and the first step that every language model takes: turning text
# into numbers. You need Python and a little PyTorch, nothing else; in about 45 minutes you will have written a complete
# small tokenizer.
#
# **How to work.** Stay in this notebook, or write in `vocabulary.py`, whichever you prefer: replace each
# `raise NotImplementedError` by your code, in order. Under each part a check cell tells you at once what is right.
# **Check and hand in.** `autograder check vocabulary.ipynb` (or `vocabulary.py`) runs all the checks again; then hand
# in that one file the way your course says. Hidden tests look at the same seven groups, on other inputs.
#
# Stuck? Below each task there is a hint, and then the steps in words. Opening them costs nothing.
#
# ## The way from text to a batch
#
# A network multiplies matrices of numbers. So a text is cut into **tokens**, each token of a fixed **vocabulary** has a
# number, its **id**, and several texts together make a rectangle of ids, the **batch**:
#
# | step | function | `"le chat dort"` |
# |---|---|---|
# | cut | `tokenize` | `["le", "chat", "dort"]` |
# | number the tokens of a corpus | `build_vocab` | `{…, "le": 4, "chat": 5, "dort": 6, …}` |
# | text to ids | `encode` | `[1, 4, 5, 6, 2]` |
# | ids to text | `decode` | `"le chat dort"` |
# | several texts, one rectangle | `pad_batch` | two tensors `[B, T]`: ids and mask |
#
# `B` is the number of texts in the batch, `T` the number of ids in the longest one.
#
# **Special tokens.** Four tokens are in no text, yet no model does without them:
#
# | token | name here | why it exists |
# |---|---|---|
# | `<pad>` | `PAD` | a tensor is a rectangle, texts are not: it fills the short rows, and a mask says "ignore this" |
# | `<s>` | `BOS` | beginning of sequence: a model that predicts the next token needs something to start from |
# | `</s>` | `EOS` | end of sequence: the only way a model can say "I am done" |
# | `<unk>` | `UNK` | unknown: stands for whatever is not in the vocabulary |
#
# Read the middle two like HTML tags: **`<s>` opens, `</s>` closes.** The course's slides show the two swapped; this is
# the usual convention, that of the libraries, and the one to follow here. Not every model has all four, nor under these
# names: BERT opens with `[CLS]` and closes with `[SEP]`, T5 opens with nothing, GPT-2 has only `<|endoftext|>`.

# %% [markdown] lang="fr"
# # Vocabulaire, tokens spéciaux, remplissage
#
# Bienvenue ! Voici le premier devoir du cours, et le premier pas de tout modèle de langue : changer du texte en nombres.
# Il vous faut Python et un peu de PyTorch, rien de plus ; en 45 minutes environ, vous aurez écrit un petit tokeniseur
# complet.
#
# **Comment travailler.** Restez dans ce notebook, ou écrivez dans `vocabulary.py`, comme vous préférez : remplacez
# chaque `raise NotImplementedError` par votre code, dans l'ordre. Sous chaque partie, une cellule de vérification vous
# dit aussitôt ce qui est juste.
# **Vérifier et rendre.** `autograder check vocabulary.fr.ipynb` (ou `vocabulary.py`) relance toutes les vérifications ;
# rendez ensuite ce seul fichier comme votre cours le demande. Des tests cachés regardent les sept mêmes groupes, sur
# d'autres données.
#
# Bloqué ? Sous chaque tâche se trouvent un indice, puis les étapes en mots. Les ouvrir ne coûte rien.
#
# ## Du texte au lot
#
# Un réseau multiplie des matrices de nombres. Un texte est donc découpé en **tokens**, chaque token d'un
# **vocabulaire** fixe a un numéro, son **identifiant**, et plusieurs textes réunis forment un rectangle d'identifiants,
# le **lot** (*batch*) :
#
# | étape | fonction | `"le chat dort"` |
# |---|---|---|
# | découper | `tokenize` | `["le", "chat", "dort"]` |
# | numéroter les tokens d'un corpus | `build_vocab` | `{…, "le": 4, "chat": 5, "dort": 6, …}` |
# | du texte aux identifiants | `encode` | `[1, 4, 5, 6, 2]` |
# | des identifiants au texte | `decode` | `"le chat dort"` |
# | plusieurs textes, un rectangle | `pad_batch` | deux tenseurs `[B, T]` : identifiants et masque |
#
# `B` est le nombre de textes du lot, `T` le nombre d'identifiants du plus long.
#
# **Tokens spéciaux.** Quatre tokens ne sont dans aucun texte, et pourtant aucun modèle ne s'en passe :
#
# | token | nom ici | sa raison d'être |
# |---|---|---|
# | `<pad>` | `PAD` | un tenseur est un rectangle, les textes non : il complète les lignes courtes, et un masque dit « à ignorer » |
# | `<s>` | `BOS` | début de suite (*beginning of sequence*) : un modèle qui prédit le token suivant doit partir de quelque chose |
# | `</s>` | `EOS` | fin de suite (*end of sequence*) : la seule façon pour un modèle de dire « j'ai fini » |
# | `<unk>` | `UNK` | inconnu (*unknown*) : remplace tout ce qui n'est pas dans le vocabulaire |
#
# Lisez les deux du milieu comme des balises HTML : **`<s>` ouvre, `</s>` ferme.** Les diapositives du cours les
# montrent inversés ; ceci est la convention habituelle, celle des bibliothèques, et celle que nous suivons. Tous les
# modèles n'ont pas les quatre, ni sous ces noms : BERT ouvre par `[CLS]` et ferme par `[SEP]`, T5 n'ouvre par rien,
# GPT-2 n'a que `<|endoftext|>`.

# %% id="imports"
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from autograder.checks import dtype, parts, raises, same, shape

PAD, BOS, EOS, UNK = "<pad>", "<s>", "</s>", "<unk>"
SPECIALS = (PAD, BOS, EOS, UNK)

# %% [markdown] lang="en"
# ## 1. Cutting a text into tokens
#
# Words and characters are the two extremes between which every tokenizer of today lies (BPE, the next assignment, is
# one). Words carry meaning, but there are too many of them; characters are few, but one alone says little.
#
# Write `tokenize(text, level)`. Two steps:
#
# 1. **Normalise** the text to Unicode's form NFC. An `é` can be stored as one character (U+00E9), or as two: an `e` and
#    the accent U+0301. They look the same, yet Python says they differ, and `été` would get two ids depending on who
#    typed it. NFC composes: one `é`, one character. The standard library's `unicodedata` does it. NFC leaves case,
#    ligatures and everything else as they are.
# 2. **Cut.** With `level="word"`, at whitespace: what `str.split()` does without arguments, so no empty tokens, however
#    many spaces there are. Punctuation stays with its word. With `level="char"`, into single characters, spaces and line
#    breaks included. Any other level raises a `ValueError` that names it.
#
# An empty text has no tokens, at either level.
#
# <details><summary>Hint</summary>
#
# Look up `unicodedata.normalize`. What does `list("chat")` give?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# composed <- the text in form NFC
# word:  composed, split at whitespace
# char:  the list of the characters of composed
# other: raise ValueError
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Découper un texte en tokens
#
# Les mots et les caractères sont les deux extrêmes entre lesquels se situent tous les tokeniseurs d'aujourd'hui (le BPE,
# votre prochain devoir, en est un). Les mots portent du sens, mais il y en a trop ; les caractères sont peu nombreux,
# mais un seul ne dit pas grand-chose.
#
# Écrivez `tokenize(text, level)`. Deux étapes :
#
# 1. **Normaliser** le texte dans la forme NFC d'Unicode. Un `é` peut être enregistré comme un caractère (U+00E9), ou
#    comme deux : un `e` et l'accent U+0301. Ils se ressemblent, mais pour Python ils diffèrent, et `été` aurait deux
#    identifiants selon qui l'a tapé. NFC compose : un `é`, un caractère. Le module `unicodedata` de la bibliothèque
#    standard s'en charge. NFC laisse la casse, les ligatures et tout le reste tels quels.
# 2. **Découper.** Avec `level="word"`, aux espaces : ce que fait `str.split()` sans argument, donc aucun token vide,
#    quel que soit le nombre d'espaces. La ponctuation reste avec son mot. Avec `level="char"`, en caractères isolés,
#    espaces et sauts de ligne compris. Tout autre niveau lève une `ValueError` qui le nomme.
#
# Un texte vide n'a aucun token, quel que soit le niveau.
#
# <details><summary>Indice</summary>
#
# Cherchez `unicodedata.normalize`. Que donne `list("chat")` ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# composé <- le texte dans la forme NFC
# word :  composé, découpé aux espaces
# char :  la liste des caractères de composé
# autre : lever ValueError
# ```
#
# </details>


# %% id="tokenize"
def tokenize(text: str, level: str) -> list[str]:
    """The tokens of a text in Unicode's form NFC: its words (cut at whitespace) or its characters.

    level: "word" or "char"; raises ValueError for any other.
    tokenize("le chat", "word") -> ["le", "chat"]
    tokenize("un é", "char") -> ["u", "n", " ", "é"]
    Source for NFC: Unicode Standard Annex #15, "Unicode Normalization Forms".
    """
    ### BEGIN SOLUTION
    composed = unicodedata.normalize("NFC", text)
    if level == "word":
        return composed.split()
    if level == "char":
        return list(composed)
    raise ValueError(f"level is {level!r}; 'word' or 'char' was expected")
    ### END SOLUTION


# %% group="tokens"
same(
    tokenize("Le chat  dort, non ?", "word"),
    ["Le", "chat", "dort,", "non", "?"],
    en="the words of a sentence",
    fr="les mots d'une phrase",
)
same(
    tokenize("un an", "char"), ["u", "n", " ", "a", "n"], en="the characters of a text", fr="les caractères d'un texte"
)
same(
    tokenize("e\u0301te\u0301", "char"),
    ["\u00e9", "t", "\u00e9"],
    en="the characters of été when its accents are stored apart",
    fr="les caractères de été quand ses accents sont enregistrés à part",
)
raises("ValueError", tokenize, "le chat", "syllable", en="an unknown level", fr="un niveau inconnu")


# %% [markdown] lang="en"
# ## 2. Building the vocabulary
#
# Write `build_vocab(texts, level, specials)`: a dictionary from tokens to ids. The ids are 0, 1, 2, … without a gap:
# they will be the row numbers of an embedding matrix.
#
# 1. The special tokens come first, in the given order. They are all different, but there may be more or fewer than the
#    four above, in another order: `<pad>` is not always 0.
# 2. Then comes every other token of the texts, **the most frequent first**. Each occurrence counts, also several within
#    one text.
# 3. **Ties:** equally frequent tokens are in the order of their code points, as `sorted` puts strings: `"Z"` before
#    `"a"`, `"z"` before `"é"`.
#
# Why such care about the order? A model's weights only make sense with the very ids it was trained with. A Python `set`
# puts strings in another order each time Python starts: a model saved today would read gibberish tomorrow. And with the
# frequent tokens first, a vocabulary is easily cut to size: keep the beginning.
#
# A word in a text may be spelled like a special token. It is then that special token: it already has its id and gets no
# second one.
#
# **By hand.** In `["le chat dort", "le rat dort", "le chat !"]` there are 3 `le`, 2 `chat`, 2 `dort`, 1 `!`, 1 `rat`:
#
# | id | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
# |---|---|---|---|---|---|---|---|---|---|
# | token | `<pad>` | `<s>` | `</s>` | `<unk>` | `le` | `chat` | `dort` | `!` | `rat` |
#
# The arguments are left as they were, and no texts at all give the special tokens alone.
#
# <details><summary>Hint</summary>
#
# A `Counter` counts. `sorted` takes a `key`, and the key may be a tuple: tuples are compared by their first item, and by
# the second one only if the first items are equal. How do you get "largest count first" and "smallest token first" in
# one and the same sort?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# counts  <- how often each token occurs in all the texts, special tokens left out
# ordered <- the counted tokens, sorted by (minus their count, the token)
# number the specials, then the ordered tokens: 0, 1, 2, …
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Construire le vocabulaire
#
# Écrivez `build_vocab(texts, level, specials)` : un dictionnaire qui associe un identifiant à chaque token. Les
# identifiants sont 0, 1, 2, … sans trou : ce seront les numéros de ligne d'une matrice d'embeddings.
#
# 1. Les tokens spéciaux viennent d'abord, dans l'ordre donné. Ils sont tous différents, mais il peut y en avoir plus ou
#    moins que les quatre ci-dessus, dans un autre ordre : `<pad>` ne vaut pas toujours 0.
# 2. Vient ensuite chaque autre token des textes, **le plus fréquent d'abord**. Chaque occurrence compte, même s'il y en
#    a plusieurs dans un même texte.
# 3. **Ex aequo :** les tokens de même fréquence suivent l'ordre de leurs points de code, celui où `sorted` range les
#    chaînes : `"Z"` avant `"a"`, `"z"` avant `"é"`.
#
# Pourquoi tant de soin pour l'ordre ? Les poids d'un modèle n'ont de sens qu'avec les identifiants de son entraînement.
# Un `set` de Python range les chaînes dans un autre ordre à chaque lancement : un modèle enregistré aujourd'hui lirait
# du charabia demain. Et quand les tokens fréquents sont devant, il est facile de réduire un vocabulaire : on garde le
# début.
#
# Un mot d'un texte peut s'écrire comme un token spécial. Il est alors ce token spécial : il a déjà son identifiant et
# n'en reçoit pas de second.
#
# **À la main.** Dans `["le chat dort", "le rat dort", "le chat !"]`, il y a 3 `le`, 2 `chat`, 2 `dort`, 1 `!`, 1 `rat` :
#
# | identifiant | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
# |---|---|---|---|---|---|---|---|---|---|
# | token | `<pad>` | `<s>` | `</s>` | `<unk>` | `le` | `chat` | `dort` | `!` | `rat` |
#
# Les arguments restent tels quels, et sans aucun texte on obtient les seuls tokens spéciaux.
#
# <details><summary>Indice</summary>
#
# Un `Counter` compte. `sorted` accepte une clé `key`, et la clé peut être un tuple : les tuples se comparent par leur
# premier élément, puis par le second seulement si les premiers sont égaux. Comment obtenir « le plus grand compte
# d'abord » et « le plus petit token d'abord » dans un même tri ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# comptes  <- combien de fois chaque token apparaît dans tous les textes, tokens spéciaux exclus
# ordonnés <- les tokens comptés, triés par (moins leur compte, le token)
# numéroter les spéciaux, puis les tokens ordonnés : 0, 1, 2, …
# ```
#
# </details>


# %% id="build-vocab"
def build_vocab(texts: list[str], level: str, specials: Sequence[str] = SPECIALS) -> dict[str, int]:
    """Token -> id: the special tokens in their order, then the texts' tokens, most frequent first; ties by code point.

    level: as in `tokenize`; specials: all different. The ids are 0, 1, 2, … without a gap.
    build_vocab(["b a b", "c a"], "word", ["<unk>"]) -> {"<unk>": 0, "a": 1, "b": 2, "c": 3}
    """
    ### BEGIN SOLUTION
    counts = Counter(token for text in texts for token in tokenize(text, level) if token not in specials)
    ordered = sorted(counts, key=lambda token: (-counts[token], token))
    return {token: number for number, token in enumerate([*specials, *ordered])}
    ### END SOLUTION


# %% group="vocabulary"
same(
    build_vocab(["le chat dort", "le rat dort", "le chat !"], "word"),
    {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "le": 4, "chat": 5, "dort": 6, "!": 7, "rat": 8},
    en="the vocabulary of the example worked by hand",
    fr="le vocabulaire de l'exemple fait à la main",
)
same(
    build_vocab(["été"], "char", ["<unk>", "<pad>"]),
    {"<unk>": 0, "<pad>": 1, "é": 2, "t": 3},
    en="the vocabulary of the characters of été, with two special tokens",
    fr="le vocabulaire des caractères de été, avec deux tokens spéciaux",
)


# %% [markdown] lang="en"
# ## 3. From text to ids
#
# Write `encode(text, vocab, level)`: the id of `<s>`, the ids of the tokens, the id of `</s>`. A token that is not in the
# vocabulary gets the id of `<unk>`: one per unknown token.
#
# - The vocabulary always holds the four special tokens, **but their ids are the vocabulary's business**: look them up.
# - An empty text gives two ids: a sequence that opens and closes at once.
# - The vocabulary is left as it was. Once a model is trained, nothing may be added: its matrices have no row for it.
#
# **By hand**, with the vocabulary above: `"le loup dort"` gives `[1, 4, 3, 6, 2]`. The wolf is lost for good: nothing in
# the ids says which word it was.
#
# At the word level, a user who types `</s>` gets the id of `</s>` and so ends the sequence early. Real tokenizers have
# to guard against this; the assignment on chat templates comes back to it. Here, do nothing about it.
#
# <details><summary>Hint</summary>
#
# `vocab[token]` fails for a token that is not there. Which method of a dictionary takes a second choice?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# inner  <- for each token of the text: its id, or the id of <unk>
# answer <- id of <s>, then inner, then id of </s>
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Du texte aux identifiants
#
# Écrivez `encode(text, vocab, level)` : l'identifiant de `<s>`, ceux des tokens, celui de `</s>`. Un token absent du
# vocabulaire reçoit l'identifiant de `<unk>` : un par token inconnu.
#
# - Le vocabulaire contient toujours les quatre tokens spéciaux, **mais c'est lui qui décide de leurs identifiants** :
#   cherchez-les dedans.
# - Un texte vide donne deux identifiants : une suite qui s'ouvre et se ferme aussitôt.
# - Le vocabulaire reste tel quel. Une fois le modèle entraîné, on n'y ajoute plus rien : ses matrices n'auraient pas de
#   ligne pour cela.
#
# **À la main**, avec le vocabulaire ci-dessus : `"le loup dort"` donne `[1, 4, 3, 6, 2]`. Le loup est perdu pour de
# bon : rien dans les identifiants ne dit de quel mot il s'agissait.
#
# Au niveau des mots, un utilisateur qui tape `</s>` obtient l'identifiant de `</s>` et termine donc la suite avant
# l'heure. Les vrais tokeniseurs doivent s'en protéger ; le devoir sur les gabarits de conversation y revient. Ici, ne
# faites rien contre cela.
#
# <details><summary>Indice</summary>
#
# `vocab[token]` échoue pour un token absent. Quelle méthode d'un dictionnaire accepte un second choix ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# milieu  <- pour chaque token du texte : son identifiant, ou celui de <unk>
# réponse <- identifiant de <s>, puis milieu, puis identifiant de </s>
# ```
#
# </details>


# %% id="encode"
def encode(text: str, vocab: dict[str, int], level: str) -> list[int]:
    """The ids of a text, between those of <s> and </s>; a token that is not in `vocab` gets the id of <unk>.

    vocab: token -> id, as `build_vocab` returns it, with PAD, BOS, EOS and UNK in it; level: as in `tokenize`.
    encode("le loup", {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "le": 4}, "word") -> [1, 4, 3, 2]
    """
    ### BEGIN SOLUTION
    inner = [vocab.get(token, vocab[UNK]) for token in tokenize(text, level)]
    return [vocab[BOS], *inner, vocab[EOS]]
    ### END SOLUTION


# %% group="encode"
animals = {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "le": 4, "chat": 5, "dort": 6, "!": 7, "rat": 8}
same(
    encode("le loup dort", animals, "word"),
    [1, 4, 3, 6, 2],
    en="the ids of a sentence with an unknown word",
    fr="les identifiants d'une phrase qui contient un mot inconnu",
)
same(encode("", animals, "word"), [1, 2], en="the ids of an empty text", fr="les identifiants d'un texte vide")
same(
    encode("aha", {"a": 0, "</s>": 1, "<s>": 2, "<unk>": 3, "<pad>": 4}, "char"),
    [2, 0, 3, 0, 1],
    en="the ids of three characters, with other ids for the special tokens",
    fr="les identifiants de trois caractères, avec d'autres identifiants pour les tokens spéciaux",
)


# %% [markdown] lang="en"
# ## 4. From ids to text
#
# Write `decode(ids, vocab, level)`, the way back: look up each token and join them, words with one space, characters
# with nothing between them.
#
# - `<pad>`, `<s>` and `</s>` belong to the sequence, not to the text: **leave them out, wherever they stand**.
# - **`<unk>` stays**, as `<unk>`: there was something there, and whoever reads the text should see that it was lost.
#   Any other special token of the vocabulary stays too.
# - What the dictionary says counts, not the order in which it stores its items: a vocabulary that went through a JSON
#   file may come back sorted by token.
#
# Every id is in the vocabulary, and no ids give the empty text. Then `decode(encode(text, …), …)` gives the text back,
# in form NFC, as long as every token is known; at the word level, with single spaces.
#
# <details><summary>Hint</summary>
#
# The vocabulary goes from tokens to ids, and you need the opposite direction. Build it once, before you look at the ids.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# token_of <- the vocabulary turned around: id -> token
# kept     <- the tokens of the ids, without <pad>, <s> and </s>
# join kept with a space (word) or with nothing (char)
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Des identifiants au texte
#
# Écrivez `decode(ids, vocab, level)`, le chemin du retour : retrouvez chaque token et mettez-les bout à bout, les mots
# séparés par une espace, les caractères sans rien entre eux.
#
# - `<pad>`, `<s>` et `</s>` appartiennent à la suite, pas au texte : **omettez-les, où qu'ils se trouvent**.
# - **`<unk>` reste**, sous la forme `<unk>` : il y avait là quelque chose, et qui lit le texte doit voir que c'est
#   perdu. Tout autre token spécial du vocabulaire reste aussi.
# - Ce qui compte est ce que dit le dictionnaire, pas l'ordre où il range ses éléments : un vocabulaire passé par un
#   fichier JSON peut en revenir trié par token.
#
# Chaque identifiant est dans le vocabulaire, et aucun identifiant donne le texte vide. Alors `decode(encode(text, …), …)`
# redonne le texte, dans la forme NFC, tant que chaque token est connu ; au niveau des mots, avec des espaces simples.
#
# <details><summary>Indice</summary>
#
# Le vocabulaire va des tokens aux identifiants, et il vous faut la direction opposée. Construisez-la une seule fois,
# avant de regarder les identifiants.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# token_de <- le vocabulaire retourné : identifiant -> token
# gardés   <- les tokens des identifiants, sans <pad>, <s> ni </s>
# mettre bout à bout les gardés, avec une espace (word) ou sans rien (char)
# ```
#
# </details>


# %% id="decode"
def decode(ids: list[int], vocab: dict[str, int], level: str) -> str:
    """The text of some ids, without <pad>, <s> and </s>: words joined by one space, characters by nothing.

    ids: each one in `vocab`; vocab: token -> id, in any order; level: as in `tokenize`.
    decode([1, 4, 3, 2, 0], {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "le": 4}, "word") -> "le <unk>"
    """
    ### BEGIN SOLUTION
    token_of = {number: token for token, number in vocab.items()}
    kept = [token_of[number] for number in ids if token_of[number] not in (PAD, BOS, EOS)]
    return (" " if level == "word" else "").join(kept)
    ### END SOLUTION


# %% group="decode"
words = {"<pad>": 0, "<s>": 1, "</s>": 2, "<unk>": 3, "le": 4, "chat": 5, "dort": 6}
same(
    decode([1, 4, 3, 6, 2, 0, 0], words, "word"),
    "le <unk> dort",
    en="the text of a padded sequence with an unknown word",
    fr="le texte d'une suite complétée qui contient un mot inconnu",
)
same(
    decode([2, 0, 5, 0, 1], {"a": 0, "</s>": 1, "<s>": 2, "<unk>": 3, "<pad>": 4, "h": 5}, "char"),
    "aha",
    en="the text of characters",
    fr="le texte de caractères",
)

# %% try="fables"
fables = Path("data/fables.fr.txt").read_text(encoding="utf-8").splitlines()
vocabs = {level: build_vocab(fables, level) for level in ("word", "char")}
sentence = "Le Renard mange une pizza"
for level, vocab in vocabs.items():
    ids = encode(sentence, vocab, level)
    print(f"{level}: {len(vocab)} tokens; ids of the sentence / identifiants de la phrase: {ids}")
    print("   ", repr(decode(ids, vocab, level)))

# %% try="coverage"
import matplotlib.pyplot as plt

# The last third of the fables plays the part of a text that nobody has seen yet.
cut = 2 * len(fables) // 3
seen, unseen = fables[:cut], fables[cut:]
for level, name in [("word", "words / mots"), ("char", "characters / caractères")]:
    ranked = list(build_vocab(seen, level, []))
    target = [token for line in unseen for token in tokenize(line, level)]
    sizes = [size for size in (1, 3, 10, 30, 100, 300, 1000, 3000) if size < len(ranked)] + [len(ranked)]
    known = [100 * sum(token in set_ for token in target) / len(target) for set_ in (set(ranked[:n]) for n in sizes)]
    plt.plot(sizes, known, marker="o", label=name)
plt.xscale("log")
plt.ylim(0, 102)
plt.xlabel("tokens kept, most frequent first / tokens gardés, les plus fréquents d'abord")
plt.ylabel("% of an unseen text that is known / d'un texte nouveau qui est connu")
plt.legend()
plt.show()

# %% [markdown] lang="en"
# The curves are the whole dilemma. A few dozen characters know nearly everything; with words, each further one is rarer
# and helps less, and even the full vocabulary turns a good part of a new text into `<unk>`. Subwords, in the next two
# assignments, are the way out.
#
# ## 5. Padding, truncation and the mask
#
# A GPU works on rectangles, so the sequences of a batch must have one length. The short ones are filled up with `<pad>`,
# and a **mask** says which positions are real. Without it the model would take padding for text: attention would look at
# it, the loss would reward predicting it, an average over the sequence would be diluted by it.
#
# Write `pad_batch(ids, pad_id, max_len, side)`. It returns the tuple **`(padded, mask)`**, both of shape `[B, T]`:
#
# - `padded` is int64, what `nn.Embedding` usually gets; the filling is `pad_id`, **which is any integer, not always 0**.
# - `mask` is bool, **`True` = a real token**, `False` = padding. (This course always means "may be attended to" by
#   `True`.)
#
# The rules:
#
# 1. **Truncation first.** A row longer than `max_len` keeps its first `max_len - 1` ids and its **last** one: rows end
#    with `</s>`, and a model that is trained on rows without an end never learns to stop. `None` cuts nothing; otherwise
#    `max_len >= 1`. A row of exactly `max_len` ids is not touched.
# 2. **Padding.** `T` is the length of the longest row after truncation, no more: every extra column is computed for
#    nothing. `side` says where the *filling* goes, `"right"` (usual in training) or `"left"` (for generation, so that
#    the last column holds the last token of every row). The side of the padding does not change the truncation. Any
#    other side raises a `ValueError` that names it.
# 3. **The mask knows positions, not ids.** GPT-2 has no `<pad>`, so people often pad with its end token: then a real
#    `</s>` and the filling have the same id. Hence never compute the mask from the ids; use the lengths of the rows.
#
# **By hand**, with `pad_id=0` and `side="right"`:
#
# | rows | `max_len` | `padded` | `mask` |
# |---|---|---|---|
# | `[1, 4, 3, 6, 2]`, `[1, 5, 2]` | `None` | `[[1, 4, 3, 6, 2], [1, 5, 2, 0, 0]]` | `[[T, T, T, T, T], [T, T, T, F, F]]` |
# | the same | 4 | `[[1, 4, 3, 2], [1, 5, 2, 0]]` | `[[T, T, T, T], [T, T, T, F]]` |
#
# **Edges.** A row may be empty: it is all padding, masked everywhere. A batch may have no rows, or only empty ones: `T`
# is then 0, and the shapes are `[0, 0]` and `[B, 0]`, with the dtypes above. The lists you are given are left as they
# were. `torch.nn.utils.rnn.pad_sequence` is not allowed: you are writing it.
#
# <details><summary>Hint</summary>
#
# Make both rectangles first, full of `pad_id` and full of `False`, then write each row into its place. Where does a row
# of length `n` start, on either side? And `max` has an option for "nothing to compare".
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# other side than left or right: raise ValueError
# rows   <- the rows, each longer one cut to its first max_len - 1 ids and its last
# T      <- length of the longest row, 0 if there is none
# padded <- rectangle [B, T] of pad_id, int64
# mask   <- rectangle [B, T] of False, bool
# for each row, number b, of length n:
#     start <- 0 when padding is on the right, T - n when it is on the left
#     padded[b, start to start + n] <- the row
#     mask[b, start to start + n]   <- True
# ```
#
# </details>

# %% [markdown] lang="fr"
# Les courbes disent tout le dilemme. Quelques dizaines de caractères connaissent presque tout ; avec les mots, chaque
# nouveau venu est plus rare et sert moins, et même le vocabulaire entier change une bonne part d'un texte nouveau en
# `<unk>`. Les sous-mots, dans les deux prochains devoirs, sont la sortie.
#
# ## 5. Remplissage, troncature et masque
#
# Un GPU calcule sur des rectangles : les suites d'un lot doivent donc avoir une même longueur. Les plus courtes sont
# complétées par `<pad>` (le remplissage, *padding*), et un **masque** dit quelles positions sont réelles. Sans lui, le
# modèle prendrait le remplissage pour du texte : l'attention le regarderait, la perte récompenserait sa prédiction, une
# moyenne sur la suite en serait diluée.
#
# Écrivez `pad_batch(ids, pad_id, max_len, side)`. Elle renvoie le tuple **`(padded, mask)`**, deux tenseurs de forme
# `[B, T]` :
#
# - `padded` est en int64, ce que reçoit d'habitude `nn.Embedding` ; le remplissage est `pad_id`, **un entier quelconque,
#   pas toujours 0**.
# - `mask` est en bool, **`True` = un vrai token**, `False` = remplissage. (Dans ce cours, `True` veut toujours dire « on
#   peut le regarder ».)
#
# Les règles :
#
# 1. **D'abord la troncature.** Une ligne plus longue que `max_len` garde ses `max_len - 1` premiers identifiants et son
#    **dernier** : les lignes finissent par `</s>`, et un modèle entraîné sur des lignes sans fin n'apprend jamais à
#    s'arrêter. `None` ne coupe rien ; sinon, `max_len >= 1`. Une ligne d'exactement `max_len` identifiants n'est pas
#    touchée.
# 2. **Le remplissage.** `T` est la longueur de la plus longue ligne après troncature, pas davantage : chaque colonne de
#    plus est calculée pour rien. `side` dit où va le *remplissage*, `"right"` à droite (l'usage à l'entraînement) ou
#    `"left"` à gauche (pour générer : la dernière colonne contient alors le dernier token de chaque ligne). Le côté du
#    remplissage ne change rien à la troncature. Tout autre côté lève une `ValueError` qui le nomme.
# 3. **Le masque connaît des positions, pas des identifiants.** GPT-2 n'a pas de `<pad>` : on le complète donc souvent
#    avec son token de fin, et un vrai `</s>` a alors le même identifiant que le remplissage. Ne calculez donc jamais le
#    masque à partir des identifiants ; servez-vous de la longueur des lignes.
#
# **À la main**, avec `pad_id=0` et `side="right"` :
#
# | lignes | `max_len` | `padded` | `mask` |
# |---|---|---|---|
# | `[1, 4, 3, 6, 2]`, `[1, 5, 2]` | `None` | `[[1, 4, 3, 6, 2], [1, 5, 2, 0, 0]]` | `[[T, T, T, T, T], [T, T, T, F, F]]` |
# | les mêmes | 4 | `[[1, 4, 3, 2], [1, 5, 2, 0]]` | `[[T, T, T, T], [T, T, T, F]]` |
#
# **Cas limites.** Une ligne peut être vide : elle n'est que remplissage, masquée partout. Un lot peut n'avoir aucune
# ligne, ou seulement des lignes vides : `T` vaut alors 0, et les formes sont `[0, 0]` et `[B, 0]`, avec les dtypes
# ci-dessus. Les listes reçues restent telles quelles. `torch.nn.utils.rnn.pad_sequence` n'est pas permise : c'est elle
# que vous écrivez.
#
# <details><summary>Indice</summary>
#
# Fabriquez d'abord les deux rectangles, l'un plein de `pad_id` et l'autre plein de `False`, puis écrivez chaque ligne à
# sa place. Où commence une ligne de longueur `n`, d'un côté et de l'autre ? Et `max` a une option pour « rien à
# comparer ».
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# autre côté que left ou right : lever ValueError
# lignes <- les lignes, chaque ligne trop longue réduite à ses max_len - 1 premiers identifiants et son dernier
# T      <- longueur de la plus longue ligne, 0 s'il n'y en a pas
# padded <- rectangle [B, T] de pad_id, int64
# mask   <- rectangle [B, T] de False, bool
# pour chaque ligne, numéro b, de longueur n :
#     début <- 0 si le remplissage est à droite, T - n s'il est à gauche
#     padded[b, début à début + n] <- la ligne
#     mask[b, début à début + n]   <- True
# ```
#
# </details>


# %% id="pad-batch"
def pad_batch(
    ids: list[list[int]], pad_id: int, max_len: int | None = None, side: str = "right"
) -> tuple[Tensor, Tensor]:
    """(padded, mask) of a batch of rows: int64 [B, T], and bool [B, T] with True = a real token.

    ids: B rows of any length, 0 included; T is the longest length, at most max_len. A row longer than max_len (>= 1)
    keeps its first max_len - 1 ids and its last one. side: where the padding goes, "right" or "left"; raises ValueError
    for any other.
    pad_batch([[5, 6, 7], [8]], pad_id=9) -> ([[5, 6, 7], [8, 9, 9]], [[True, True, True], [True, False, False]])
    """
    ### BEGIN SOLUTION
    if side not in ("left", "right"):
        raise ValueError(f"side is {side!r}; 'left' or 'right' was expected")
    rows = [row if max_len is None or len(row) <= max_len else [*row[: max_len - 1], row[-1]] for row in ids]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), pad_id, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    return padded, mask
    ### END SOLUTION


# %% group="padding"
padded, _ = parts(pad_batch([[1, 4, 3, 6, 2], [1, 5, 2]], 0), 2, en="(padded, mask)", fr="(padded, mask)")
dtype(padded, torch.int64, en="padded", fr="padded")
same(padded.tolist(), [[1, 4, 3, 6, 2], [1, 5, 2, 0, 0]], en="padded, by hand", fr="padded, à la main")
padded, _ = parts(pad_batch([[1, 4, 3, 6, 2], [1, 5, 2]], 0, 4), 2, en="(padded, mask)", fr="(padded, mask)")
same(
    padded.tolist(),
    [[1, 4, 3, 2], [1, 5, 2, 0]],
    en="padded, with rows cut to 4 ids",
    fr="padded, avec des lignes coupées à 4 identifiants",
)
padded, _ = parts(pad_batch([[1, 2], [1, 5, 2]], 9, side="left"), 2, en="(padded, mask)", fr="(padded, mask)")
same(
    padded.tolist(),
    [[9, 1, 2], [1, 5, 2]],
    en="padded on the left, with pad_id=9",
    fr="padded complété à gauche, avec pad_id=9",
)

# %% group="mask"
_, mask = parts(pad_batch([[1, 4, 3, 6, 2], [1, 5, 2]], 0), 2, en="(padded, mask)", fr="(padded, mask)")
dtype(mask, torch.bool, en="the mask", fr="le masque")
same(
    mask.tolist(),
    [[True, True, True, True, True], [True, True, True, False, False]],
    en="the mask, by hand",
    fr="le masque, à la main",
)
# Padding with the id of </s>, here 2, as is often done for GPT-2: the last 2 of each row is real.
_, mask = parts(pad_batch([[1, 5, 2], [1, 2]], 2), 2, en="(padded, mask)", fr="(padded, mask)")
same(
    mask.tolist(),
    [[True, True, True], [True, True, False]],
    en="the mask when a real token has the id pad_id",
    fr="le masque quand un vrai token a l'identifiant pad_id",
)

# %% group="edges"
padded, mask = parts(pad_batch([], 0), 2, en="(padded, mask)", fr="(padded, mask)")
shape(padded, (0, 0), en="padded for a batch without rows", fr="padded pour un lot sans lignes")
shape(mask, (0, 0), en="the mask of a batch without rows", fr="le masque d'un lot sans lignes")
padded, mask = parts(pad_batch([[], [4]], 7), 2, en="(padded, mask)", fr="(padded, mask)")
same(padded.tolist(), [[7], [4]], en="padded with an empty row", fr="padded avec une ligne vide")
same(mask.tolist(), [[False], [True]], en="the mask with an empty row", fr="le masque avec une ligne vide")
raises("ValueError", pad_batch, [[1]], 0, None, "top", en="an unknown side", fr="un côté inconnu")

# %% try="batch"
import matplotlib.pyplot as plt

fables = Path("data/fables.fr.txt").read_text(encoding="utf-8").splitlines()
vocab = build_vocab(fables, "word")
verses = [line for line in fables if line][1:9]
rows = [encode(verse, vocab, "word") for verse in verses]
names = sorted(vocab, key=vocab.get)

fig, axes = plt.subplots(1, 2, figsize=(12, 4), constrained_layout=True)
for axis, side in zip(axes, ("right", "left"), strict=True):
    padded, mask = pad_batch(rows, vocab[PAD], max_len=7, side=side)
    axis.imshow(mask, cmap="Greys", vmin=0, vmax=3, aspect="auto")
    for b, row in enumerate(padded.tolist()):
        for t, number in enumerate(row):
            axis.text(t, b, names[number], ha="center", va="center", fontsize=8)
    axis.set_title(f'side="{side}", max_len=7')
    axis.set_xlabel("position t (grey: mask True / gris : masque True)")
plt.show()
print(f"{(~mask).sum()} / {mask.numel()} positions: padding / remplissage")

# %% [markdown] lang="en"
# ## Where this stands in today's libraries
#
# You have written the essentials of Hugging Face's `tokenizers`: `WordLevel` is your dictionary, its trainer orders the
# tokens by the same rule, and `TemplateProcessing` puts `<s>` and `</s>` around the ids. In `transformers`,
#
# ```python
# tokenizer(texts, padding=True, truncation=True, max_length=128, return_tensors="pt")
# ```
#
# returns your two tensors as `input_ids` and `attention_mask`; it too cuts in such a way that the closing token survives.
# Three traps to know about:
#
# - Its mask is int64, 1 = real. Torch's `key_padding_mask` is a bool with the **opposite** meaning, `True` = ignore: pass
#   it `~mask`.
# - The ids of special tokens differ between models: `<pad>` is 0 for BERT and T5, 1 for RoBERTa. Ask the tokenizer.
# - There, `decode(ids, skip_special_tokens=True)` leaves out `<unk>` as well: lost words vanish without a trace.
#
# **To think about.** Your word vocabulary gives `Le` and `le` two ids that have nothing in common, and so it does for
# `chat` and `chats`. How would you share what they have in common, without going all the way down to characters?

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# Vous avez écrit l'essentiel de la bibliothèque `tokenizers` de Hugging Face : `WordLevel` est votre dictionnaire, son
# apprentissage range les tokens selon la même règle, et `TemplateProcessing` place `<s>` et `</s>` autour des
# identifiants. Dans `transformers`,
#
# ```python
# tokenizer(texts, padding=True, truncation=True, max_length=128, return_tensors="pt")
# ```
#
# renvoie vos deux tenseurs sous les noms `input_ids` et `attention_mask` ; lui aussi coupe de sorte que le token de fin
# survive. Trois pièges à connaître :
#
# - Son masque est en int64, 1 = réel. Le `key_padding_mask` de torch est un bool de sens **opposé**, `True` = ignorer :
#   passez-lui `~mask`.
# - Les identifiants des tokens spéciaux diffèrent d'un modèle à l'autre : `<pad>` vaut 0 pour BERT et T5, 1 pour
#   RoBERTa. Demandez au tokeniseur.
# - Là-bas, `decode(ids, skip_special_tokens=True)` omet aussi `<unk>` : les mots perdus disparaissent sans laisser de
#   trace.
#
# **Pour réfléchir.** Votre vocabulaire de mots donne à `Le` et à `le` deux identifiants qui n'ont rien en commun, et de
# même à `chat` et à `chats`. Comment partager ce qu'ils ont en commun, sans descendre jusqu'aux caractères ?
