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
# # Masked language modelling
#
# A causal model guesses the *next* token, so it may never look to the right. BERT (2018) asks another question: hide
# some tokens of a text, show all the rest, **left and right**, and have the hidden ones guessed. T5 (2019) hides whole
# spans and has them *written*. Both need no labels: the text is its own answer.
#
# What a model learns this way serves a second task, with few labelled examples: one vector per text (a mean over its
# tokens), one linear layer, one score per class. That is the whole of fine-tuning a classifier. The lesson
# *Encoder-only models: reading in both directions* tells why such models exist; here you write what stands around
# them:
#
# | function | from | to |
# |---|---|---|
# | `mask_tokens` | a batch of ids `[B, T]` | what BERT reads, and what it must guess |
# | `span_corrupt` | one text `[N]` and its spans | what T5 reads, and what it must write |
# | `masked_mean_pool` | vectors `[B, T, d]` | one vector per text `[B, d]` |
# | `classification_logits` | vectors `[B, T, d]` | one score per class `[B, K]` |
# | `macro_f1` | predictions and truth `[N]` | one number that does not forget the rare classes |
#
# None of the usual slips raises an error: a model that must guess its padding, or whose targets have lost their last
# sentinel, trains all the same, and is worse for reasons that nobody sees.
#
# **What all functions share.** Ids are int64 tensors. Nothing you are given may be modified: neither a tensor nor a
# list. Everything in torch is allowed; `torch` and `Tensor` are imported.

# %% [markdown] lang="fr"
# # La modélisation de langue masquée
#
# Un modèle causal devine le token *suivant* : il n'a donc jamais le droit de regarder à droite. BERT (2018) pose une
# autre question : on cache quelques tokens d'un texte, on montre tout le reste, **à gauche et à droite**, et on fait
# deviner ceux qui sont cachés. T5 (2019) cache des segments entiers et les fait *écrire*. Ni l'un ni l'autre n'a besoin
# de labels : le texte est sa propre réponse.
#
# Ce qu'un modèle apprend ainsi sert à une seconde tâche, avec peu d'exemples étiquetés : un vecteur par texte (une
# moyenne sur ses tokens), une couche linéaire, un score par classe. C'est tout l'affinage (*fine-tuning*) d'un
# classifieur. La leçon *Les modèles encoder-only : lire dans les deux sens* dit pourquoi de tels modèles existent ; ici,
# vous écrivez ce qui les entoure :
#
# | fonction | de | à |
# |---|---|---|
# | `mask_tokens` | un lot d'ids `[B, T]` | ce que lit BERT, et ce qu'il doit deviner |
# | `span_corrupt` | un texte `[N]` et ses segments | ce que lit T5, et ce qu'il doit écrire |
# | `masked_mean_pool` | des vecteurs `[B, T, d]` | un vecteur par texte `[B, d]` |
# | `classification_logits` | des vecteurs `[B, T, d]` | un score par classe `[B, K]` |
# | `macro_f1` | prédictions et vérité `[N]` | un nombre qui n'oublie pas les classes rares |
#
# Aucune des fautes courantes ne lève d'erreur : un modèle qui doit deviner son remplissage, ou dont les cibles ont perdu
# leur dernière sentinelle, s'entraîne tout de même, et il est moins bon pour des raisons que personne ne voit.
#
# **Ce que toutes les fonctions partagent.** Les ids sont des tenseurs int64. Rien de ce que vous recevez ne doit être
# modifié : ni tenseur, ni liste. Tout torch est permis ; `torch` et `Tensor` sont importés.

# %% id="imports"
from collections.abc import Callable

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, dtype, finite, gradients, parts, raises, same, shape, unchanged

# %% [markdown] lang="en"
# ## 1. Hide some tokens
#
# `mask_tokens(ids, special, vocab_size, rng, p)` returns **the tuple `(inputs, labels)`**, both int64 `[B, T]`: what the
# model reads, and what it must guess.
#
# **Which tokens are chosen.** Each token, on its own, with probability `p`; but **never a special token**. `special` maps
# names to ids, for instance `{"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[MASK]": 3}`. Every id in it is special, whatever its
# name and value; `"[MASK]"` is always there. (So a `[MASK]` that already stands in the text is not chosen either.)
#
# **Labels.** The *original* id where a token was chosen, **-100** everywhere else: the number that torch's losses skip
# by custom. The model pays for chosen tokens only, and for all of these, also where the next rule leaves the token as
# it is.
#
# **Inputs.** Of the chosen tokens
#
# - 80 % become `[MASK]`;
# - 10 % become a random token;
# - 10 % stay as they are.
#
# Why not 100 % `[MASK]`? Because no text that the model meets later holds a `[MASK]`. This way it can trust no token
# blindly, and must form an opinion on every position. All other tokens stay.
#
# **Where chance comes from.** From `rng`, and only from there, so that your result can be compared id by id. `rng` is
# called like `torch.rand`: `rng(B, T)` gives a new float tensor `[B, T]` of numbers in $[0, 1)$. (With a generator:
# `lambda *size: torch.rand(*size, generator=g)`.) Call it **exactly three times, each time for the shape of `ids`, in
# this order**, whatever `p` is:
#
# 1. `u` chooses: a token that is not special is chosen if `u < p`;
# 2. `v` decides what a chosen token becomes: `[MASK]` if `v < 0.8`, a random token if `0.8 <= v < 0.9`, itself otherwise;
# 3. `w` gives the random token: `w * vocab_size`, rounded down. Any id of the vocabulary may come, even a special one, even
#    the very token that stood there.
#
# So with `p = 0` nothing is chosen, even where `u` is 0, and with `p = 1` everything that is not special.
#
# By hand, with the `special` above, 10 words and `p = 0.15`:
#
# ```text
# ids       1     7     8     9     2        1 and 2 are special
# u       .00   .10   .90   .05   .10
# chosen    -   yes     -   yes     -
# v       .50   .30   .30   .85   .10
# w       .90   .00   .10   .42   .70
# inputs    1     3     8     4     2        7 -> [MASK];  9 -> the word 0.42 * 10, rounded down
# labels -100     7  -100     9  -100
# ```
#
# <details><summary>Hint</summary>
#
# Make one boolean table for "chosen" and never lose it: everything else is "chosen **and** …". `torch.isin` looks an id
# up among several. Take the labels from `ids`, which you leave alone.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# u, v, w <- three tables of numbers, each as large as ids
# chosen  <- u is below p, and the id is none of the special ones
# labels  <- ids where chosen, -100 elsewhere
# inputs  <- [MASK] where chosen and v is below 0.8
#            w times the size of the vocabulary, as a whole number, where chosen and v is in [0.8, 0.9)
#            ids elsewhere
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Cacher quelques tokens
#
# `mask_tokens(ids, special, vocab_size, rng, p)` renvoie **le tuple `(inputs, labels)`**, tous deux int64 `[B, T]` : ce
# que le modèle lit, et ce qu'il doit deviner.
#
# **Quels tokens sont choisis.** Chacun, indépendamment des autres, avec la probabilité `p` ; mais **jamais un token
# spécial**. `special` associe des noms à des ids, par exemple `{"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[MASK]": 3}`. Tout
# id qui s'y trouve est spécial, quels que soient son nom et sa valeur ; `"[MASK]"` y est toujours. (Un `[MASK]` déjà
# présent dans le texte n'est donc pas choisi non plus.)
#
# **Labels.** L'id *d'origine* là où un token est choisi, **-100** partout ailleurs : le nombre que les pertes de torch
# sautent par usage. Le modèle paie pour les tokens choisis seulement, et pour tous, même là où la règle suivante laisse
# le token tel quel.
#
# **Entrées.** Parmi les tokens choisis,
#
# - 80 % deviennent `[MASK]` ;
# - 10 % deviennent un token au hasard ;
# - 10 % restent tels quels.
#
# Pourquoi pas 100 % de `[MASK]` ? Parce qu'aucun des textes que le modèle rencontrera plus tard n'en contient. Ainsi, il
# ne peut se fier aveuglément à aucun token, et doit se faire un avis sur chaque position. Tous les autres tokens restent.
#
# **D'où vient le hasard.** De `rng`, et de là seulement, pour que votre résultat se compare id par id. `rng` s'appelle
# comme `torch.rand` : `rng(B, T)` donne un nouveau tenseur flottant `[B, T]` de nombres dans $[0, 1[$. (Avec un
# générateur : `lambda *size: torch.rand(*size, generator=g)`.) Appelez-le **exactement trois fois, chaque fois pour la
# forme de `ids`, dans cet ordre**, quel que soit `p` :
#
# 1. `u` choisit : un token non spécial est choisi si `u < p` ;
# 2. `v` décide de ce que devient un token choisi : `[MASK]` si `v < 0.8`, un token au hasard si `0.8 <= v < 0.9`, lui-même
#    sinon ;
# 3. `w` donne le token au hasard : `w * vocab_size`, arrondi vers le bas. Tout id du vocabulaire peut sortir, même un
#    spécial, même le token qui était là.
#
# Avec `p = 0`, rien n'est donc choisi, même là où `u` vaut 0, et avec `p = 1`, tout ce qui n'est pas spécial.
#
# À la main, avec le `special` ci-dessus, 10 mots et `p = 0.15` :
#
# ```text
# ids       1     7     8     9     2        1 et 2 sont spéciaux
# u       .00   .10   .90   .05   .10
# choisi    -   oui     -   oui     -
# v       .50   .30   .30   .85   .10
# w       .90   .00   .10   .42   .70
# inputs    1     3     8     4     2        7 -> [MASK] ; 9 -> le mot 0,42 * 10, arrondi vers le bas
# labels -100     7  -100     9  -100
# ```
#
# <details><summary>Indice</summary>
#
# Faites un tableau booléen « choisi » et ne le perdez plus : tout le reste est « choisi **et** … ». `torch.isin` cherche
# un id parmi plusieurs. Prenez les labels dans `ids`, auquel vous ne touchez pas.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# u, v, w <- trois tableaux de nombres, chacun aussi grand que ids
# choisi  <- u est inférieur à p, et l'id n'est aucun des spéciaux
# labels  <- ids là où c'est choisi, -100 ailleurs
# inputs  <- [MASK] là où c'est choisi et où v est inférieur à 0,8
#            w fois la taille du vocabulaire, en nombre entier, là où c'est choisi et où v est dans [0,8 ; 0,9[
#            ids ailleurs
# ```
#
# </details>


# %% id="mask-tokens"
def mask_tokens(
    ids: Tensor, special: dict[str, int], vocab_size: int, rng: Callable[..., Tensor], p: float = 0.15
) -> tuple[Tensor, Tensor]:
    """What a masked language model reads, and what it must guess: (inputs, labels), both int64 [B, T].

    ids: int64 [B, T], left unmodified; special: ids that are never chosen, "[MASK]" among them; rng(B, T): float
    [B, T] in [0, 1), called three times: u, v, w. Chosen where u < p and not special. Of the chosen: [MASK] where
    v < 0.8, the id floor(w * vocab_size) where 0.8 <= v < 0.9, else as before. labels: ids where chosen, else -100.
    ids [[7, 8]], u [[0., .9]], v [[.3, .3]], "[MASK]" = 3 -> inputs [[3, 8]], labels [[7, -100]]
    Source: Devlin et al. 2019, "BERT", section 3.1.
    """
    ### BEGIN SOLUTION
    u, v, w = (rng(*ids.shape) for _ in range(3))
    chosen = (u < p) & ~torch.isin(ids, torch.tensor(list(special.values())))
    other = torch.where(v < 0.8, special["[MASK]"], (w * vocab_size).long())
    return torch.where(chosen & (v < 0.9), other, ids), ids.masked_fill(~chosen, -100)
    ### END SOLUTION


# %% group="shapes"
asked = []


def counted_numbers(*size):
    asked.append(size)
    return torch.zeros(*size)


read, guessed = parts(
    mask_tokens(torch.tensor([[5, 6, 7], [7, 6, 5]]), {"[MASK]": 0}, 8, counted_numbers),
    2,
    en="(inputs, labels)",
    fr="(inputs, labels)",
)
for given, what in ((read, "inputs"), (guessed, "labels")):
    shape(given, (2, 3), en=what, fr=what)
    dtype(given, torch.int64, en=what, fr=what)
same(asked, [(2, 3)] * 3, en="sizes asked of rng", fr="les tailles demandées à rng")
unchanged(
    mask_tokens, torch.tensor([[5, 6]]), {"[MASK]": 0}, 8, counted_numbers, 1.0, en="mask_tokens", fr="mask_tokens"
)

# %% group="chosen"
# The example by hand, then the two extremes of p.
names = {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[MASK]": 3}
sentence = torch.tensor([[1, 7, 8, 9, 2]])
for share, expected in (
    (0.15, [[-100, 7, -100, 9, -100]]),
    (0.0, [[-100] * 5]),
    (1.0, [[-100, 7, 8, 9, -100]]),
):
    numbers = iter(
        [
            torch.tensor([[0.00, 0.10, 0.90, 0.05, 0.10]]),
            torch.tensor([[0.50, 0.30, 0.30, 0.85, 0.10]]),
            torch.tensor([[0.90, 0.00, 0.10, 0.42, 0.70]]),
        ]
    )
    _, guessed = mask_tokens(sentence, names, 10, lambda *_, numbers=numbers: next(numbers), share)
    same(guessed.tolist(), expected, en="labels of the example by hand", fr="les labels de l'exemple à la main")

# %% group="corruption"
names = {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[MASK]": 3}
numbers = iter(
    [
        torch.tensor([[0.00, 0.10, 0.90, 0.05, 0.10]]),
        torch.tensor([[0.50, 0.30, 0.30, 0.85, 0.10]]),
        torch.tensor([[0.90, 0.00, 0.10, 0.42, 0.70]]),
    ]
)
read, _ = mask_tokens(torch.tensor([[1, 7, 8, 9, 2]]), names, 10, lambda *_: next(numbers))
same(read.tolist(), [[1, 3, 8, 4, 2]], en="inputs of the example by hand", fr="les entrées de l'exemple à la main")

# %% [markdown] lang="en"
# ## 2. Hide whole spans
#
# A `[MASK]` tells how many tokens are missing. T5 does not: a whole **span** gives way to *one* **sentinel**, and the
# decoder writes what was there.
#
# ```text
# text       the   crow   held    a   cheese   in   his   beak
# position    0     1      2      3     4      5     6     7       spans (1, 3) and (5, 6)
# inputs     the   <X>     a   cheese  <Y>    his   beak
# targets    <X>   crow   held   <Y>    in    <Z>
# ```
#
# `span_corrupt(ids, spans, first_sentinel)` returns **the tuple `(inputs, targets)`**, two int64 tensors with one
# dimension.
#
# - `ids` is *one* text, `[N]`. A span `(start, end)` holds the tokens `start … end - 1`, as a Python slice does.
# - **Sentinels count down.** The first is `first_sentinel`, the second `first_sentinel - 1`, and so on: T5 gave them the last
#   ids of its vocabulary. They are handed out **from left to right in the text**.
# - `spans` may come **in any order**.
# - **inputs**: the text, with each span replaced by its sentinel.
# - **targets**: for each span, from left to right, its sentinel and then its tokens; at the very end **one more sentinel,
#   the next one**, which says that there are no more.
# - Spans that **touch** stay two spans: `(1, 3)` and `(3, 4)` leave two sentinels in a row.
# - **No span**: the inputs are the text, the targets the first sentinel alone. The text may be empty; both tensors are
#   int64 all the same.
# - A span that is empty or reversed (`start >= end`), or reaches beyond the text (`start < 0`, `end > N`), or shares a
#   token with another, is a `ValueError`.
#
# Nothing is lost: put each span of the targets back in the place of its sentinel, and the text is there again.
#
# <details><summary>Hint</summary>
#
# Walk once through the sorted spans and remember where the last one ended: what lies between goes to the inputs as it
# is. That same number tells whether a span begins too early.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# inputs, targets <- nothing;  done <- 0;  sentinel <- the first
# for each span from left to right:
#     refuse it unless done <= start < end <= N
#     inputs  gets the tokens from done to start, then the sentinel
#     targets gets the sentinel, then the tokens of the span
#     done <- end;  sentinel <- the next one
# inputs  gets the tokens from done on
# targets gets the sentinel
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Cacher des segments entiers
#
# Un `[MASK]` dit combien de tokens manquent. Pas chez T5 : un **segment** entier (*span*) laisse la place à *une*
# **sentinelle**, et le décodeur écrit ce qui s'y trouvait.
#
# ```text
# texte      le   corbeau  tenait   un   fromage   en   son   bec
# position    0      1       2       3      4       5     6     7       segments (1, 3) et (5, 6)
# inputs     le     <X>     un    fromage  <Y>    son   bec
# targets    <X>  corbeau  tenait   <Y>    en     <Z>
# ```
#
# `span_corrupt(ids, spans, first_sentinel)` renvoie **le tuple `(inputs, targets)`**, deux tenseurs int64 à une
# dimension.
#
# - `ids` est *un* texte, `[N]`. Un segment `(start, end)` contient les tokens `start … end - 1`, comme une tranche de
#   Python.
# - **Les sentinelles décroissent.** La première est `first_sentinel`, la deuxième `first_sentinel - 1`, et ainsi de suite :
#   T5 leur a donné les derniers ids de son vocabulaire. Elles sont distribuées **de gauche à droite dans le texte**.
# - `spans` peut venir **dans n'importe quel ordre**.
# - **inputs** : le texte, où chaque segment est remplacé par sa sentinelle.
# - **targets** : pour chaque segment, de gauche à droite, sa sentinelle puis ses tokens ; et tout à la fin **une sentinelle
#   de plus, la suivante**, qui dit qu'il n'y en a plus.
# - Des segments qui **se touchent** restent deux segments : `(1, 3)` et `(3, 4)` laissent deux sentinelles de suite.
# - **Aucun segment** : les entrées sont le texte, les cibles la première sentinelle seule. Le texte peut être vide ; les
#   deux tenseurs sont tout de même en int64.
# - Un segment vide ou à l'envers (`start >= end`), ou qui dépasse du texte (`start < 0`, `end > N`), ou qui partage un token
#   avec un autre, lève une `ValueError`.
#
# Rien ne se perd : remettez chaque segment des cibles à la place de sa sentinelle, et le texte est de nouveau là.
#
# <details><summary>Indice</summary>
#
# Parcourez une fois les segments triés en retenant où finit le dernier : ce qui est entre deux passe tel quel dans les
# entrées. Ce même nombre dit aussi si un segment commence trop tôt.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# inputs, targets <- rien ;  fait <- 0 ;  sentinelle <- la première
# pour chaque segment, de gauche à droite :
#     le refuser, sauf si fait <= start < end <= N
#     inputs  reçoit les tokens de fait à start, puis la sentinelle
#     targets reçoit la sentinelle, puis les tokens du segment
#     fait <- end ;  sentinelle <- la suivante
# inputs  reçoit les tokens à partir de fait
# targets reçoit la sentinelle
# ```
#
# </details>


# %% id="span-corrupt"
def span_corrupt(ids: Tensor, spans: list[tuple[int, int]], first_sentinel: int) -> tuple[Tensor, Tensor]:
    """What T5 reads, and what it must write: (inputs, targets), int64 tensors of one dimension.

    ids: int64 [N], N may be 0; spans: (start, end) with end excluded, in any order; both left unmodified. Sentinels
    count down from first_sentinel, from left to right in the text; targets end with one more. Raises ValueError for
    spans that are empty, reversed, beyond the text, or overlap; spans that touch stay two.
    span_corrupt(tensor([5, 6, 7, 8]), [(1, 3)], 99) -> (tensor([5, 99, 8]), tensor([99, 6, 7, 98]))
    Source: Raffel et al. 2020, "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
    section 3.1.4.
    """
    ### BEGIN SOLUTION
    text = ids.tolist()
    inputs: list[int] = []
    targets: list[int] = []
    done, sentinel = 0, first_sentinel
    for start, end in sorted(spans):
        if not done <= start < end <= len(text):
            raise ValueError(f"span ({start}, {end}) is empty, overlaps another or leaves a text of {len(text)} tokens")
        inputs += [*text[done:start], sentinel]
        targets += [sentinel, *text[start:end]]
        done, sentinel = end, sentinel - 1
    return torch.tensor([*inputs, *text[done:]], dtype=torch.int64), torch.tensor([*targets, sentinel])
    ### END SOLUTION


# %% group="spans"
# The crow held a cheese in his beak, with the ids 10 to 17; <X>, <Y>, <Z> are 99, 98, 97.
seen, written = span_corrupt(torch.arange(10, 18), [(5, 6), (1, 3)], 99)
same(seen.tolist(), [10, 99, 13, 14, 98, 16, 17], en="inputs of two spans", fr="les entrées pour deux segments")
same(written.tolist(), [99, 11, 12, 98, 15, 97], en="targets of two spans", fr="les cibles pour deux segments")

# %% group="span-edges"
seen, written = span_corrupt(torch.tensor([5, 6, 7, 8]), [(1, 3), (3, 4)], 50)
same(seen.tolist(), [5, 50, 49], en="inputs when spans touch", fr="les entrées quand des segments se touchent")
same(written.tolist(), [50, 6, 7, 49, 8, 48], en="targets when spans touch", fr="les cibles quand ils se touchent")
seen, written = span_corrupt(torch.tensor([5, 6]), [], 50)
same([seen.tolist(), written.tolist()], [[5, 6], [50]], en="a text without spans", fr="un texte sans segment")
for impossible in ([(2, 2)], [(0, 2), (1, 3)], [(3, 5)]):
    raises(
        "ValueError",
        span_corrupt,
        torch.tensor([5, 6, 7, 8]),
        impossible,
        50,
        en="spans that make no sense",
        fr="des segments qui n'ont pas de sens",
    )

# %% [markdown] lang="en"
# ## 3. One vector per text
#
# An encoder returns a vector for each token; a classifier wants one for the whole text. The plainest is the mean over
# the **real** tokens:
#
# $$\mathrm{pool}(h, m)_b = \frac{\sum_t m_{b,t}\, h_{b,t}}{\sum_t m_{b,t}}$$
#
# In `masked_mean_pool(hidden, mask)`, `mask` is bool `[B, T]` and **True means a real token**, as everywhere in this course (torch's
# `key_padding_mask` is the inverse).
#
# - What stands at a padding position never matters, **even NaN or infinity**: models leave anything there.
#   (Beware: 0 times NaN is NaN.)
# - A vector of zeros at a *real* position is a token like any other, and counts.
# - A text **without any real token** gives zeros, not NaN.
# - Real tokens may stand anywhere: padding on the left or in the middle changes nothing.
# - dtype: float32 and float64 stay what they are. Gradients flow back to the real positions, and are 0 at the others.
#
# By hand: `hidden` = `[[2, 0], [4, 6], [9, 9]]`, mask `[True, True, False]` gives `[3, 3]`.
#
# <details><summary>Hint</summary>
#
# Put zeros where there is padding, then add along `T`. `[B, T]` and `[B, T, d]` meet once the mask has one more
# dimension. How small may the divisor become?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# kept  <- hidden, with zeros where the mask is False
# total <- sum of kept along T
# count <- number of real tokens of each text, at least 1
# answer <- total / count
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Un vecteur par texte
#
# Un encodeur renvoie un vecteur par token ; un classifieur en veut un pour tout le texte. Le plus simple est la moyenne
# sur les **vrais** tokens :
#
# $$\mathrm{pool}(h, m)_b = \frac{\sum_t m_{b,t}\, h_{b,t}}{\sum_t m_{b,t}}$$
#
# Dans `masked_mean_pool(hidden, mask)`, `mask` est bool `[B, T]` et **True signale un vrai token**, comme partout dans ce cours (le
# `key_padding_mask` de torch est l'inverse).
#
# - Ce qui se trouve à une position de remplissage ne compte jamais, **même NaN ou l'infini** : les modèles y laissent
#   n'importe quoi. (Attention : 0 fois NaN vaut NaN.)
# - Un vecteur nul à une *vraie* position est un token comme un autre, et il compte.
# - Un texte **sans aucun vrai token** donne des zéros, pas NaN.
# - Les vrais tokens peuvent être n'importe où : un remplissage à gauche ou au milieu ne change rien.
# - dtype : float32 et float64 restent ce qu'ils sont. Le gradient remonte aux vraies positions, et vaut 0 aux autres.
#
# À la main : `hidden` = `[[2, 0], [4, 6], [9, 9]]`, masque `[True, True, False]`, donne `[3, 3]`.
#
# <details><summary>Indice</summary>
#
# Mettez des zéros là où il y a du remplissage, puis sommez le long de `T`. `[B, T]` et `[B, T, d]` se rencontrent dès que
# le masque a une dimension de plus. Jusqu'où le diviseur peut-il descendre ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# gardé   <- hidden, avec des zéros là où le masque vaut False
# total   <- somme de gardé le long de T
# nombre  <- nombre de vrais tokens de chaque texte, au moins 1
# réponse <- total / nombre
# ```
#
# </details>


# %% id="masked-mean-pool"
def masked_mean_pool(hidden: Tensor, mask: Tensor) -> Tensor:
    """Mean of each text's real tokens; zeros for a text that has none.

    hidden: [B, T, d], float32 or float64, anything (even NaN) at padding; mask: bool [B, T], True = real token.
    Returns [B, d] of the same dtype, differentiable with respect to hidden.
    masked_mean_pool(tensor([[[2., 0.], [4., 6.], [9., 9.]]]), tensor([[True, True, False]])) -> tensor([[3., 3.]])
    Source: Reimers and Gurevych 2019, "Sentence-BERT", section 3.
    """
    ### BEGIN SOLUTION
    kept = hidden.masked_fill(~mask.unsqueeze(-1), 0.0)
    return kept.sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)
    ### END SOLUTION


# %% group="pooling"
vectors = torch.tensor([[[2.0, 0.0], [4.0, 6.0], [9.0, 9.0]], [[1.0, 5.0], [7.0, 7.0], [3.0, 1.0]]])
close(
    masked_mean_pool(vectors, torch.tensor([[True, True, False], [True, False, True]])),
    torch.tensor([[3.0, 3.0], [2.0, 3.0]]),
    FLOAT32,
    en="means of two texts",
    fr="les moyennes de deux textes",
)
hollow = torch.tensor([[[2.0, 4.0], [float("nan"), 1.0]], [[5.0, 5.0], [5.0, 5.0]]])
close(
    masked_mean_pool(hollow, torch.tensor([[True, False], [False, False]])),
    torch.tensor([[2.0, 4.0], [0.0, 0.0]]),
    FLOAT32,
    en="NaN in the padding, and a text without real tokens",
    fr="NaN dans le remplissage, et un texte sans vrai token",
)
(slope,) = gradients(masked_mean_pool, vectors, torch.tensor([[True, True, False], [False, False, False]]), wrt=(0,))
finite(slope, en="gradient with respect to hidden", fr="le gradient par rapport à hidden")

# %% [markdown] lang="en"
# ## 4. One score per class
#
# The **classification head** is one linear layer on the pooled vector:
#
# $$\mathrm{logits} = \mathrm{pool}(h, m)\, W^\top + b, \qquad W: [K, d], \quad b: [K], \quad \mathrm{logits}: [B, K]$$
#
# `classification_logits(hidden, mask, weight, bias)` returns **logits**, not probabilities: the loss applies the softmax
# itself, and the largest score is the largest probability. `weight` is laid out as in `nn.Linear`: a row per class. A
# text without real tokens gets the bias. Use your `masked_mean_pool`.
#
# <details><summary>Hint</summary>
#
# Which dimension of the pooled vectors must meet which dimension of `weight`?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# pooled <- one vector per text
# logits <- for each class: dot product of pooled with the row of that class, plus its bias
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Un score par classe
#
# La **tête de classification** est une couche linéaire sur le vecteur moyen :
#
# $$\mathrm{logits} = \mathrm{pool}(h, m)\, W^\top + b, \qquad W: [K, d], \quad b: [K], \quad \mathrm{logits}: [B, K]$$
#
# `classification_logits(hidden, mask, weight, bias)` renvoie des **logits**, pas des probabilités : la perte applique
# elle-même le softmax, et le plus grand score est la plus grande probabilité. `weight` est disposé comme dans
# `nn.Linear` : une ligne par classe. Un texte sans vrai token reçoit le biais. Servez-vous de votre `masked_mean_pool`.
#
# <details><summary>Indice</summary>
#
# Quelle dimension des vecteurs moyens doit rencontrer quelle dimension de `weight` ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# moyens <- un vecteur par texte
# logits <- pour chaque classe : produit scalaire de moyens avec la ligne de cette classe, plus son biais
# ```
#
# </details>


# %% id="classification-logits"
def classification_logits(hidden: Tensor, mask: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Scores of the classes, before any softmax: a linear layer on the mean of each text's real tokens.

    hidden: [B, T, d]; mask: bool [B, T], True = real token; weight: [K, d]; bias: [K]; returns [B, K].
    One text whose mean is [3., 3.], weight [[1., 0.], [0., -1.]], bias [0., 1.] -> [[3., -2.]]
    Source: Devlin et al. 2019, "BERT", section 4.1 (there on the vector of the first token).
    """
    ### BEGIN SOLUTION
    return masked_mean_pool(hidden, mask) @ weight.T + bias
    ### END SOLUTION


# %% [markdown] lang="en"
# ## 5. A mark that sees the rare classes
#
# If nine texts out of ten are of one class, always naming it gives an accuracy of 90 %, and knows nothing. **Macro-F1**
# marks each class on its own, and every class weighs the same. For one class $c$, let $\mathrm{TP}$ be the number of texts
# that are of class $c$ *and* were predicted so:
#
# $$F_1(c) = \frac{2\,\mathrm{TP}}{(\text{number predicted } c) + (\text{number that are } c)}$$
#
# (That is the harmonic mean of precision and recall.) `macro_f1(predicted, gold)` is the plain mean of the $F_1(c)$ over
# **the classes that occur in `predicted` or in `gold`**, as a Python `float`.
#
# - A class that is only predicted, or never predicted, has $F_1 = 0$ and counts in the mean.
# - A number that occurs in neither is no class here: classes may be 0, 3 and 7.
# - No text at all: `ValueError`.
#
# By hand: gold `[0, 0, 0, 1]`, predicted `[0, 0, 0, 0]`. $F_1(0) = 6/7$ and $F_1(1) = 0$, so macro-F1 is $3/7 \approx 0.43$, where
# accuracy says 0.75.
#
# <details><summary>Hint</summary>
#
# First gather the classes, without doubles. Then three counts per class are enough.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# refuse when there is no text
# for each class that occurs in predicted or gold:
#     score <- twice the number of texts where both say so / (number where one says so + number where the other does)
# answer <- mean of the scores
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 5. Une note qui voit les classes rares
#
# Si neuf textes sur dix sont d'une même classe, la nommer toujours donne une exactitude de 90 %, et ne sait rien. Le
# **macro-F1** note chaque classe pour elle-même, et toutes pèsent autant. Pour une classe $c$, soit $\mathrm{TP}$ le nombre de
# textes qui sont de la classe $c$ *et* ont été prédits tels :
#
# $$F_1(c) = \frac{2\,\mathrm{TP}}{(\text{nombre de prédits } c) + (\text{nombre de vrais } c)}$$
#
# (C'est la moyenne harmonique de la précision et du rappel.) `macro_f1(predicted, gold)` est la simple moyenne des
# $F_1(c)$ sur **les classes présentes dans `predicted` ou dans `gold`**, sous la forme d'un `float` de Python.
#
# - Une classe seulement prédite, ou jamais prédite, a $F_1 = 0$ et compte dans la moyenne.
# - Un nombre absent des deux n'est pas une classe ici : les classes peuvent être 0, 3 et 7.
# - Aucun texte : `ValueError`.
#
# À la main : gold `[0, 0, 0, 1]`, predicted `[0, 0, 0, 0]`. $F_1(0) = 6/7$ et $F_1(1) = 0$, donc le macro-F1 vaut
# $3/7 \approx 0{,}43$, là où l'exactitude dit 0,75.
#
# <details><summary>Indice</summary>
#
# Rassemblez d'abord les classes, sans doublons. Trois comptes par classe suffisent ensuite.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# refuser s'il n'y a aucun texte
# pour chaque classe présente dans predicted ou gold :
#     score <- deux fois le nombre de textes où les deux la disent / (nombre où l'un la dit + nombre où l'autre la dit)
# réponse <- moyenne des scores
# ```
#
# </details>


# %% id="macro-f1"
def macro_f1(predicted: Tensor, gold: Tensor) -> float:
    """Mean of the F1 of all classes that occur in `predicted` or `gold`, each class weighing the same; 0..1.

    predicted, gold: int64 [N]. Raises ValueError if N = 0.
    macro_f1(tensor([0, 0, 0, 0]), tensor([0, 0, 0, 1])) -> 0.428571 (3/7)
    """
    ### BEGIN SOLUTION
    if not len(gold):
        raise ValueError("there is no text, so there is no F1")
    scores = []
    for label in {*predicted.tolist(), *gold.tolist()}:
        guessed, true = predicted == label, gold == label
        scores.append(2 * int((guessed & true).sum()) / int(guessed.sum() + true.sum()))
    return sum(scores) / len(scores)
    ### END SOLUTION


# %% group="classes"
close(
    classification_logits(
        torch.tensor([[[2.0, 0.0], [4.0, 6.0], [9.0, 9.0]]]),
        torch.tensor([[True, True, False]]),
        torch.tensor([[1.0, 0.0], [0.0, -1.0], [1.0, 1.0]]),
        torch.tensor([0.0, 1.0, 2.0]),
    ),
    torch.tensor([[3.0, -2.0, 8.0]]),
    FLOAT32,
    en="logits of one text and three classes",
    fr="les logits d'un texte et trois classes",
)
close(
    macro_f1(torch.tensor([0, 0, 0, 0]), torch.tensor([0, 0, 0, 1])),
    3 / 7,
    FLOAT32,
    en="macro-F1 when a class is never predicted",
    fr="le macro-F1 quand une classe n'est jamais prédite",
)
none = torch.zeros(0, dtype=torch.int64)
raises("ValueError", macro_f1, none, none, en="macro-F1 of no text", fr="le macro-F1 d'aucun texte")

# %% [markdown] lang="en"
# ## 6. To try: is the other side worth reading?
#
# La Fontaine's fables, with characters as tokens. First one verse as BERT and as T5 would read it. Then a very small
# masked language model made of **your** functions: a hidden character is guessed from its eight neighbours, each of which
# has a vector for its place; the mean of these vectors goes through a classification head whose classes are the
# characters. It is trained twice: once it may read both sides, once `mask` shuts the right side, as in a causal model.
#
# Left: what `mask_tokens` did to the whole text, against the shares it should have. Right: how many hidden characters of
# verses never seen are guessed right, and the macro-F1. Why is the second so much lower? And what does the right side add?

# %% [markdown] lang="fr"
# ## 6. À essayer : l'autre côté vaut-il la peine d'être lu ?
#
# Les fables de La Fontaine, avec les caractères pour tokens. D'abord un vers tel que BERT et T5 le liraient. Puis un tout
# petit modèle de langue masqué fait de **vos** fonctions : un caractère caché se devine d'après ses huit voisins, dont
# chacun a un vecteur pour sa place ; la moyenne de ces vecteurs traverse une tête de classification dont les classes sont
# les caractères. Il s'entraîne deux fois : une fois il lit des deux côtés, une fois `mask` ferme le côté droit, comme dans
# un modèle causal.
#
# À gauche : ce que `mask_tokens` a fait du texte entier, et les parts attendues. À droite : combien de caractères cachés
# de vers jamais vus sont devinés, et le macro-F1. Pourquoi le second est-il tellement plus bas ? Et qu'apporte le côté
# droit ?

# %% try="fables"
from pathlib import Path

import matplotlib.pyplot as plt

fables = Path("data/fables.fr.txt").read_text(encoding="utf-8")
symbols = ["[PAD]", "[MASK]", *sorted(set(fables))]
number = {symbol: i for i, symbol in enumerate(symbols)}
special = {"[PAD]": 0, "[MASK]": 1}
generator = torch.Generator().manual_seed(0)


def chance(*size):
    return torch.rand(*size, generator=generator)


def spelled(row):
    signs = {1: "■"} | {len(symbols) + 2 - k: f"<{k}>" for k in range(3)}
    return "".join(signs.get(i) or symbols[i] for i in row.tolist())


verse = torch.tensor([number[symbol] for symbol in "Maître Corbeau, sur un arbre perché,"])
print("BERT reads / lit :", spelled(mask_tokens(verse[None], special, len(symbols), chance, 0.3)[0][0]))
reads, writes = span_corrupt(verse, [(7, 14), (23, 28)], len(symbols) + 2)  # three more ids, for the sentinels
print("T5   reads / lit :", spelled(reads))
print("T5 writes / écrit :", spelled(writes))

text = torch.tensor([number[symbol] for symbol in fables])
blocks = text[: len(text) // 64 * 64].reshape(-1, 64)
training, unseen = blocks[: len(blocks) * 9 // 10], blocks[len(blocks) * 9 // 10 :]


def questions(batch):
    """Neighbours [M, 8] and answers [M] of the hidden characters, places 1 to 4 left and 5 to 8 right."""
    shown, answers = mask_tokens(batch, special, len(symbols), chance)
    around = torch.nn.functional.pad(shown, (4, 4)).unfold(1, 9, 1)
    hidden_ones = answers != -100
    return around[hidden_ones][:, [0, 1, 2, 3, 5, 6, 7, 8]], answers[hidden_ones]


def trained(open_places):
    """Share of right guesses and macro-F1 of a model that reads these places only."""
    torch.manual_seed(0)
    vectors = (0.1 * torch.randn(8, len(symbols), 48)).requires_grad_()
    head = [(0.1 * torch.randn(len(symbols), 48)).requires_grad_(), torch.zeros(len(symbols), requires_grad=True)]

    def scores(around):
        return classification_logits(vectors[torch.arange(8), around], (around != 0) & open_places, *head)

    optimizer = torch.optim.Adam([vectors, *head], lr=0.02)
    for _ in range(250):
        around, answers = questions(training[torch.randint(len(training), (64,))])
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(scores(around), answers).backward()
        optimizer.step()
    around, answers = questions(unseen)
    guesses = scores(around).argmax(dim=-1)
    return float((guesses == answers).float().mean()), macro_f1(guesses, answers)


shown, answers = mask_tokens(blocks, special, len(symbols), chance)
hidden_ones = answers != -100
shares = [
    float(fate.float().mean()) for fate in (shown == 1, hidden_ones & (shown != 1) & (shown != blocks), hidden_ones)
]
results = {
    "left / gauche": trained(torch.arange(8) < 4),
    "both sides / des deux côtés": trained(torch.ones(8, dtype=torch.bool)),
}
for name, (accuracy, f1) in results.items():
    print(f"{name:28} accuracy {accuracy:.2f}   macro-F1 {f1:.2f}")

figure, panels = plt.subplots(1, 2, figsize=(12, 4.5), layout="constrained")
panels[0].bar(["[MASK]", "random / au hasard", "chosen / choisis"], shares)
panels[0].scatter(range(3), [0.12, 0.015, 0.15], color="black", zorder=2, label="expected / attendu")
panels[0].set_ylabel("share of all tokens / part des tokens")
panels[0].legend()
for offset, (name, (accuracy, f1)) in zip((-0.2, 0.2), results.items(), strict=True):
    panels[1].bar([offset, 1 + offset], [accuracy, f1], width=0.38, label=name)
panels[1].set_xticks([0, 1], ["accuracy / exactitude", "macro-F1"])
panels[1].legend()
plt.show()

# %% [markdown] lang="en"
# ## Where this stands in today's libraries
#
# - **transformers**: `DataCollatorForLanguageModeling(tokenizer, mlm_probability=0.15)` does what your `mask_tokens` does, each
#   time a batch is made: a text is masked anew in every epoch (RoBERTa, 2019: *dynamic masking*). Its method
#   `torch_mask_tokens` writes into the ids it is given. Its shares are those of BERT; ModernBERT (2024) hides 30 % instead of 15.
# - **T5**: `<extra_id_0>` to `<extra_id_99>` are the ids 32099 down to 32000. T5 draws its spans (15 % of the tokens, 3 long
#   on average) so that no two touch, and closes both sequences with `</s>`. UL2 and code models (*fill in the middle*) go
#   on with the same idea.
# - **sentence-transformers**: the mean over real tokens is the usual way to one vector per text. It adds up times the mask,
#   so a NaN in the padding spreads. `AutoModelForSequenceClassification` uses the vector of the first token for BERT.
# - **scikit-learn**: `f1_score(gold, predicted, average="macro")` is your `macro_f1`; mind that the truth comes first there.

# %% [markdown] lang="fr"
# ## Où cela se trouve dans les bibliothèques d'aujourd'hui
#
# - **transformers** : `DataCollatorForLanguageModeling(tokenizer, mlm_probability=0.15)` fait ce que fait votre `mask_tokens`,
#   chaque fois qu'un lot se forme : un texte est masqué autrement à chaque époque (RoBERTa, 2019 : *dynamic masking*). Sa
#   méthode `torch_mask_tokens` écrit dans les ids qu'elle reçoit. Ses parts sont celles de BERT ; ModernBERT (2024) cache 30 % des tokens au lieu de 15.
# - **T5** : `<extra_id_0>` à `<extra_id_99>` sont les ids 32099 à 32000, en décroissant. T5 tire ses segments (15 % des tokens,
#   de longueur 3 en moyenne) de sorte que deux ne se touchent jamais, et ferme les deux séquences par `</s>`. UL2 et les
#   modèles de code (*fill in the middle*) poursuivent la même idée.
# - **sentence-transformers** : la moyenne sur les vrais tokens est la façon usuelle d'obtenir un vecteur par texte. La somme
#   y est multipliée par le masque : un NaN dans le remplissage se répand. `AutoModelForSequenceClassification` prend, pour
#   BERT, le vecteur du premier token.
# - **scikit-learn** : `f1_score(gold, predicted, average="macro")` est votre `macro_f1` ; attention, la vérité y vient d'abord.
