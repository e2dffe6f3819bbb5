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
# # From logits to text: decoding
#
# *Module M2, LLMs.* A language model never says a word. It reads a text and returns one score per token of its
# vocabulary, a **logit**; a softmax makes probabilities of them. Somebody has to choose. The choice is written, read by
# the model as if it had always been there, and the next one is due. That loop is **decoding**. It has no weights and
# learns nothing, yet the same model turns from a bore into a poet or a madman by three numbers in it: temperature, k
# and p.
#
# You write the loop and all that goes into it:
#
# | function | does |
# |---|---|
# | `greedy` | the best token |
# | `apply_temperature` | makes the model bolder or more cautious |
# | `top_k_filter` | leaves the k best tokens |
# | `top_p_filter` | leaves the best tokens that together hold the probability p |
# | `next_token_probs` | the three in order, then the softmax |
# | `sample` | throws the dice |
# | `generate` | writes until the end |
#
# | letter | is |
# |---|---|
# | `B` | texts in a batch, written side by side |
# | `T` | tokens read so far |
# | `V` | tokens in the vocabulary |
# | `N` | new tokens at most |
#
# **Rules for all functions.**
#
# - `logits` is a floating tensor `[B, V]`, one row per text. Rows know nothing of each other.
# - A logit of −∞ means probability 0: that token is out. Every row has at least one finite logit.
# - A **filter** returns a tensor of the same shape and dtype: −∞ for the tokens it removes, and for the others their
#   logit *as it was, where it was*.
# - **Equals are never separated**: a filter that leaves a token leaves every token of the same logit. It may therefore
#   leave more than k. (With logits in bfloat16, as models have them today, equals are not rare.)
# - No argument is ever modified, and every float result is differentiable with respect to `logits`. Where nothing is to
#   change, a function may return the very tensor it was given.
#
# All of torch is allowed; the ready-made filters of `transformers` are not. They differ from these rules at some edges
# (the last section says where): **here, the rules of this page count**.

# %% [markdown] lang="fr"
# # Des logits au texte : le décodage
#
# *Module M2, Les LLM.* Un modèle de langue ne dit jamais un mot. Il lit un texte et renvoie un score par token de son
# vocabulaire, un **logit** ; un softmax en fait des probabilités. Il faut bien que quelqu'un choisisse. Le choix est
# écrit, le modèle le lit comme s'il avait toujours été là, et c'est au tour du suivant. Cette boucle, c'est le
# **décodage**. Elle n'a pas de poids et n'apprend rien ; pourtant, avec trois nombres, la température, k et p, elle fait
# du même modèle un raseur, un poète ou un fou.
#
# Vous écrivez la boucle et tout ce qui y entre :
#
# | fonction | ce qu'elle fait |
# |---|---|
# | `greedy` | le meilleur token |
# | `apply_temperature` | rend le modèle plus audacieux ou plus prudent |
# | `top_k_filter` | laisse les k meilleurs tokens |
# | `top_p_filter` | laisse les meilleurs tokens qui réunissent la probabilité p |
# | `next_token_probs` | les trois dans l'ordre, puis le softmax |
# | `sample` | jette les dés |
# | `generate` | écrit jusqu'à la fin |
#
# | lettre | ce que c'est |
# |---|---|
# | `B` | nombre de textes d'un lot (*batch*), écrits côte à côte |
# | `T` | nombre de tokens lus jusqu'ici |
# | `V` | nombre de tokens du vocabulaire |
# | `N` | nombre maximal de nouveaux tokens |
#
# **Règles pour toutes les fonctions.**
#
# - `logits` est un tenseur flottant `[B, V]`, une ligne par texte. Les lignes s'ignorent les unes les autres.
# - Un logit de −∞ signifie une probabilité nulle : ce token est exclu. Chaque ligne a au moins un logit fini.
# - Un **filtre** renvoie un tenseur de même forme et de même dtype : −∞ pour les tokens qu'il retire et, pour les autres,
#   leur logit *tel qu'il était, là où il était*.
# - **On ne sépare jamais les ex aequo** : un filtre qui laisse un token laisse tous ceux de même logit. Il peut donc en
#   laisser plus de k. (Avec des logits en bfloat16, comme dans les modèles d'aujourd'hui, les ex aequo ne sont pas rares.)
# - Aucun argument n'est jamais modifié, et tout résultat flottant est différentiable par rapport à `logits`. Là où rien ne
#   doit changer, une fonction peut renvoyer le tenseur même qu'elle a reçu.
#
# Tout torch est permis, mais pas les filtres tout faits de `transformers`. Ils s'écartent de ces règles dans quelques cas
# limites (la dernière section dit lesquels) : **ici, ce sont les règles de cette page qui comptent**.

# %% id="imports"
import math
from collections.abc import Callable

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, gradients, raises, same, shape, unchanged

# %% [markdown] lang="en"
# ## 1. The best token, and the temperature
#
# `greedy(logits)` returns the id of the highest logit of each row, int64 `[B]`. Of several with the same highest logit,
# it takes the **smallest id**.
#
# Always taking the best token is called **greedy decoding**. It is fine where there is one right answer. In open text it
# soon goes round in circles, and people do not write that way: their words are often not the likeliest ones (Holtzman
# et al., 2020). So one draws at random instead, each token with its probability, and to master chance one first changes
# the probabilities.
#
# `apply_temperature(logits, temperature)` divides the logits by the **temperature** $T$. By hand, with the logits
# $(\ln 4, 0)$, hence the probabilities $(\frac45, \frac15)$:
#
# | $T$ | logits | probabilities | |
# |---|---|---|---|
# | 1 | $\ln 4,\ 0$ | $\frac45,\ \frac15$ | what the model says |
# | 2 | $\ln 2,\ 0$ | $\frac23,\ \frac13$ | flatter: bolder |
# | 1/2 | $\ln 16,\ 0$ | $\frac{16}{17},\ \frac1{17}$ | sharper: more cautious |
#
# The smaller $T$, the nearer to greedy. **$T = 0$** cannot be divided by; it is agreed to mean greedy: the token that
# `greedy` picks keeps its logit, **all others are removed** (−∞), even one with the same logit. A negative temperature
# raises `ValueError`. A positive one is never so tiny that a divided logit overflows (with $T = 10^{-37}$, a logit of 100
# would become infinite in float32, and the softmax NaN): you need not guard against it. The hidden tests go down to 0.001.
#
# <details><summary>Hint</summary>
#
# Does the temperature act on the logits or on the probabilities? Which of the two would a division change nothing in,
# once each row is made to sum to 1 again? For $T = 0$, compare the number of each column with the id that `greedy` picks.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# refuse a negative temperature
# when it is 0:
#     best   <- what greedy picks, one id per row
#     answer <- the logits, with −∞ in every column but best
# otherwise:
#     answer <- the logits divided by the temperature
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Le meilleur token, et la température
#
# `greedy(logits)` renvoie l'identifiant du plus grand logit de chaque ligne, int64 `[B]`. Si plusieurs ont ce même logit
# maximal, elle prend le **plus petit identifiant**.
#
# Prendre toujours le meilleur token s'appelle le **décodage glouton** (*greedy*). Il convient quand il n'y a qu'une bonne
# réponse. Pour un texte libre, il tourne vite en rond, et ce n'est pas ainsi que l'on écrit : nos mots sont souvent loin
# d'être les plus probables (Holtzman et al., 2020). On tire donc plutôt au hasard, chaque token selon sa probabilité ; et
# pour maîtriser le hasard, on commence par modifier les probabilités.
#
# `apply_temperature(logits, temperature)` divise les logits par la **température** $T$. À la main, avec les logits
# $(\ln 4, 0)$, donc les probabilités $(\frac45, \frac15)$ :
#
# | $T$ | logits | probabilités | |
# |---|---|---|---|
# | 1 | $\ln 4,\ 0$ | $\frac45,\ \frac15$ | ce que dit le modèle |
# | 2 | $\ln 2,\ 0$ | $\frac23,\ \frac13$ | plus plat : plus audacieux |
# | 1/2 | $\ln 16,\ 0$ | $\frac{16}{17},\ \frac1{17}$ | plus pointu : plus prudent |
#
# Plus $T$ est petite, plus on s'approche du décodage glouton. On ne peut pas diviser par **$T = 0$** ; par convention,
# cela veut dire glouton : le token que choisit `greedy` garde son logit, **tous les autres sont retirés** (−∞), même un
# ex aequo. Une température négative lève une `ValueError`. Une température positive n'est jamais infime au point qu'un
# logit divisé déborde (avec $T = 10^{-37}$, un logit de 100 deviendrait infini en float32, et le softmax NaN) : vous n'avez
# pas à vous en protéger. Les tests cachés descendent jusqu'à 0,001.
#
# <details><summary>Indice</summary>
#
# La température agit-elle sur les logits ou sur les probabilités ? Pour laquelle de ces deux grandeurs une division ne
# changerait-elle rien, une fois chaque ligne ramenée à une somme de 1 ? Pour $T = 0$, comparez le numéro de chaque colonne
# à l'identifiant que choisit `greedy`.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# refuser une température négative
# si elle est nulle :
#     meilleur <- ce que choisit greedy, un identifiant par ligne
#     réponse  <- les logits, avec −∞ dans toutes les colonnes sauf meilleur
# sinon :
#     réponse  <- les logits divisés par la température
# ```
#
# </details>


# %% id="greedy"
def greedy(logits: Tensor) -> Tensor:
    """The id of the highest logit of each row; of equal ones the smallest.

    logits: [B, V], left unmodified; returns int64[B].
    [[1., 3., 3.], [0., -1., -2.]] -> [1, 0]
    """
    ### BEGIN SOLUTION
    return logits.argmax(1)
    ### END SOLUTION


# %% id="apply-temperature"
def apply_temperature(logits: Tensor, temperature: float) -> Tensor:
    """Logits divided by the temperature; at 0, only what `greedy` picks is left.

    logits: [B, V], left unmodified; temperature >= 0, else ValueError. Returns [B, V] in the dtype of the logits;
    at 0: the logit itself for the token of `greedy`, -inf for all others.
    [[2., 4.]], temperature=2 -> [[1., 2.]]; temperature=0 -> [[-inf, 4.]]
    Source: Ackley, Hinton and Sejnowski 1985, "A Learning Algorithm for Boltzmann Machines".
    """
    ### BEGIN SOLUTION
    if temperature < 0:
        raise ValueError(f"the temperature is {temperature}; it must be 0 or more")
    if temperature == 0:
        best = greedy(logits)[:, None]
        return logits.masked_fill(torch.arange(logits.shape[1]) != best, -math.inf)
    return logits / temperature
    ### END SOLUTION


# %% group="temperature"
# Two rows; in the second, tokens 1 and 2 are equal.
inf = math.inf
two = torch.tensor([[math.log(4.0), 0.0, -inf], [1.0, 3.0, 3.0]])
same(greedy(two), torch.tensor([0, 1]), en="greedy", fr="greedy")
close(
    apply_temperature(two, 2.0),
    torch.tensor([[math.log(2.0), 0.0, -inf], [0.5, 1.5, 1.5]]),
    FLOAT32,
    en="the logits at temperature 2",
    fr="les logits à la température 2",
)
close(
    apply_temperature(two, 0.0),
    torch.tensor([[math.log(4.0), -inf, -inf], [-inf, 3.0, -inf]]),
    FLOAT32,
    en="the logits at temperature 0",
    fr="les logits à la température 0",
)
raises("ValueError", apply_temperature, two, -1.0, en="a negative temperature", fr="une température négative")

# %% [markdown] lang="en"
# ## 2. Only the k best: `top_k_filter`
#
# A vocabulary has a hundred thousand tokens, and nearly all of them are nonsense at any given place. Each is unlikely,
# but together they are not: if 5 % of the probability lies in that tail, one token in twenty comes out of it, and the
# model then has to make sense of what it reads there. **Top-k** (Fan, Lewis and Dauphin, 2018) cuts the tail off: only
# the $k$ best tokens of each row are left.
#
# A token stays when **fewer than $k$ tokens of its row have a higher logit**. By hand, $k = 2$:
#
# ```text
# logits     2    5    3    3    1
# left      −∞    5    3    3   −∞        one token is better than a 3, three are better than the 2
# ```
#
# A $k$ larger than the vocabulary leaves everything; $k$ below 1 raises `ValueError`.
#
# <details><summary>Hint</summary>
#
# Find the smallest logit that is let in, one per row; then every token can be compared with it, without moving any.
# `topk` refuses a k larger than the number of columns.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# refuse k below 1
# bar    <- the k-th highest logit of each row (or the lowest, if there are fewer)     [B, 1]
# answer <- the logits, with −∞ where they are below the bar of their row
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Les k meilleurs seulement : `top_k_filter`
#
# Un vocabulaire compte cent mille tokens, et presque tous seraient absurdes à un endroit donné. Chacun est improbable,
# mais pas leur ensemble : si 5 % de la probabilité se trouve dans cette queue, un token sur vingt en sort, et le modèle
# doit ensuite s'accommoder de ce qu'il y lit. Le **top-k** (Fan, Lewis et Dauphin, 2018) coupe la queue : il ne laisse
# que les $k$ meilleurs tokens de chaque ligne.
#
# Un token reste quand **moins de $k$ tokens de sa ligne ont un logit plus grand**. À la main, $k = 2$ :
#
# ```text
# logits     2    5    3    3    1
# restent   −∞    5    3    3   −∞        un token est meilleur que les 3, trois sont meilleurs que le 2
# ```
#
# Un $k$ plus grand que le vocabulaire laisse tout ; un $k$ inférieur à 1 lève une `ValueError`.
#
# <details><summary>Indice</summary>
#
# Trouvez le plus petit logit admis, un par ligne ; on peut alors lui comparer chaque token, sans en déplacer aucun.
# `topk` refuse un k plus grand que le nombre de colonnes.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# refuser k inférieur à 1
# barre   <- le k-ième plus grand logit de chaque ligne (ou le plus petit, s'il y en a moins)   [B, 1]
# réponse <- les logits, avec −∞ là où ils sont sous la barre de leur ligne
# ```
#
# </details>


# %% id="top-k"
def top_k_filter(logits: Tensor, k: int) -> Tensor:
    """The logits with -inf for every token that k tokens of its row are better than.

    logits: [B, V], left unmodified; k >= 1, else ValueError; k may exceed V.
    Returns [B, V] in the dtype of the logits; equal logits share their fate, so more than k may be left.
    [[2., 5., 3., 3., 1.]], k=2 -> [[-inf, 5., 3., 3., -inf]]
    Source: Fan, Lewis and Dauphin 2018, "Hierarchical Neural Story Generation".
    """
    ### BEGIN SOLUTION
    if k < 1:
        raise ValueError(f"k is {k}; at least one token must be left")
    bar = logits.topk(min(k, logits.shape[1])).values[:, -1:]
    return logits.masked_fill(logits < bar, -math.inf)
    ### END SOLUTION


# %% group="top-k"
inf = math.inf
rows = torch.tensor([[2.0, 5.0, 3.0, 3.0, 1.0], [0.0, -1.0, -2.0, 9.0, 8.0]])
close(
    top_k_filter(rows, 2),
    torch.tensor([[-inf, 5.0, 3.0, 3.0, -inf], [-inf, -inf, -inf, 9.0, 8.0]]),
    FLOAT32,
    en="what top-k leaves for k = 2",
    fr="ce que laisse le top-k pour k = 2",
)
close(top_k_filter(rows, 50), rows, FLOAT32, en="what top-k leaves for k = 50", fr="ce que laisse le top-k pour k = 50")
raises("ValueError", top_k_filter, rows, 0, en="k = 0", fr="k = 0")

# %% [markdown] lang="en"
# ## 3. As many as it takes: `top_p_filter`
#
# After "*once upon a*" one token is enough; after "*she opened the box and found a*" fifty would be fine. No $k$ suits
# both. **Top-p**, or nucleus sampling (Holtzman et al., 2020), fixes the probability instead of the number: take the
# tokens from the most likely down, add up their probabilities, and stop **as soon as the sum reaches $p$**. The token
# that reaches it is the last one in. By hand, $p = 0.6$:
#
# ```text
# probabilities     0.10    0.50    0.15    0.25
# order                      1st             2nd
# sum so far                0.50            0.75        0.60 is reached: stop
# left                out     in     out      in
# ```
#
# Leaving out the token that crosses the line is the classical slip: with $p = 0.4$, nothing would be left at all.
#
# **Rules.** The probabilities are the softmax of the logits as given, so what an earlier filter removed counts for
# nothing, and the others share 1. Equals are not separated: with probabilities 0.4, 0.2, 0.2, 0.2 and $p = 0.5$, the
# first 0.2 is needed, and the other two come along. In other words, a token stays when **the tokens of its row with a
# higher logit hold less than $p$ together**, or when there are none. `p = 0` thus leaves the best token (and its equals);
# **`p = 1` leaves everything as it is** (you may return the same tensor); $p$ outside $[0, 1]$ raises `ValueError`. Logits
# of some thousands are legal. A sum that equals $p$ has reached it; the hidden tests stay clear of that border, where
# rounding decides. With logits in bfloat16, better take softmax and sums in float32: bfloat16 keeps fewer than three decimal
# digits, so over a long vocabulary its sums may reach $p$ hundreds of tokens too early. The result is in bfloat16 all the
# same.
#
# <details><summary>Hint</summary>
#
# Sort a *copy* of the logits and find, as for top-k, the bar: the smallest logit that is let in. How many partial sums
# are still below $p$? With that number, which place in the sorted row is the bar? In the example the sums are 0.50, 0.75,
# 0.90 and 1: how many are below 0.6, and at which place, counted from 0, is the last token that is let in? Then compare the
# logits, unsorted, with the bar. And what if rounding keeps even the last sum just below $p$, or makes it 1 too early?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# refuse p outside [0, 1]; when p is 1, nothing is removed
# sorted <- the logits of each row, highest first
# sums   <- running sums of the softmax of sorted (in float32 or wider)
# place  <- how many of the sums are below p, but the last place at most
# bar    <- the logit at that place of sorted                                          [B, 1]
# answer <- the logits, with −∞ where they are below the bar of their row
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Autant qu'il en faut : `top_p_filter`
#
# Après « *il était une* », un token suffit ; après « *elle ouvrit la boîte et y trouva un* », cinquante conviendraient.
# Aucun $k$ ne va aux deux. Le **top-p**, ou *nucleus sampling* (Holtzman et al., 2020), fixe la probabilité plutôt que le
# nombre : prenez les tokens du plus probable au moins probable, additionnez leurs probabilités, et arrêtez-vous **dès que
# la somme atteint $p$**. Le token qui la fait atteindre est le dernier admis. À la main, $p = 0{,}6$ :
#
# ```text
# probabilités      0,10    0,50    0,15    0,25
# ordre                      1er              2e
# somme                     0,50            0,75        0,60 est atteint : stop
# admis              non     oui     non     oui
# ```
#
# Exclure le token qui franchit la ligne est l'erreur classique : avec $p = 0{,}4$, il ne resterait rien du tout.
#
# **Règles.** Les probabilités sont le softmax des logits reçus : ce qu'un filtre précédent a retiré ne compte donc pour
# rien, et les autres se partagent 1. On ne sépare pas les ex aequo : avec les probabilités 0,4, 0,2, 0,2, 0,2 et
# $p = 0{,}5$, il faut le premier 0,2, et les deux autres viennent avec lui. Autrement dit, un token reste quand **les
# tokens de sa ligne de logit plus grand réunissent moins de $p$**, ou quand il n'y en a aucun. `p = 0` laisse donc le
# meilleur token (et ses ex aequo) ; **`p = 1` laisse tout tel quel** (vous pouvez renvoyer le même tenseur) ; $p$ hors de
# $[0, 1]$ lève une `ValueError`. Des logits de quelques milliers sont permis. Une somme égale à $p$ l'a atteint ; les tests
# cachés restent loin de cette frontière, où ce sont les arrondis qui décident. Avec des logits en bfloat16, mieux vaut
# calculer softmax et sommes en float32 : le bfloat16 garde moins de trois chiffres décimaux, et sur un long vocabulaire
# ses sommes peuvent atteindre $p$ des centaines de tokens trop tôt. Le résultat n'en est pas moins en bfloat16.
#
# <details><summary>Indice</summary>
#
# Triez une *copie* des logits et trouvez, comme pour le top-k, la barre : le plus petit logit admis. Combien de sommes
# partielles sont encore inférieures à $p$ ? Ce nombre donne quelle place de la ligne triée ? Dans l'exemple, les sommes
# sont 0,50, 0,75, 0,90 et 1 : combien sont inférieures à 0,6, et à quelle place, comptée à partir de 0, se trouve le dernier
# token admis ? Comparez ensuite à la barre les logits non triés. Et si un arrondi laisse même la dernière somme juste en
# dessous de $p$, ou la porte trop tôt à 1 ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# refuser p hors de [0, 1] ; si p vaut 1, ne rien retirer
# triés   <- les logits de chaque ligne, le plus grand d'abord
# sommes  <- les sommes cumulées du softmax de triés (en float32 ou plus précis)
# place   <- combien de sommes sont inférieures à p, mais au plus la dernière place
# barre   <- le logit à cette place dans triés                                         [B, 1]
# réponse <- les logits, avec −∞ là où ils sont sous la barre de leur ligne
# ```
#
# </details>


# %% id="top-p"
def top_p_filter(logits: Tensor, p: float) -> Tensor:
    """The logits with -inf for every token that is not needed to reach the probability p.

    logits: [B, V], left unmodified; 0 <= p <= 1, else ValueError. A token stays when the tokens of its row with a
    higher logit hold less than p together, or when there are none; p = 1 removes nothing.
    Returns [B, V] in the dtype of the logits; equal logits share their fate.
    logits of the probabilities [[0.1, 0.5, 0.15, 0.25]], p=0.6 -> tokens 1 and 3 are left
    Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.1.
    """
    ### BEGIN SOLUTION
    if not 0 <= p <= 1:
        raise ValueError(f"p is {p}; it is a probability")
    if p == 1:
        return logits
    ranked = logits.sort(descending=True).values
    short = (ranked.softmax(1).cumsum(1) < p).sum(1, keepdim=True)
    bar = ranked.gather(1, torch.clamp(short, max=logits.shape[1] - 1))
    return logits.masked_fill(logits < bar, -math.inf)
    ### END SOLUTION


# %% group="top-p"
inf = math.inf
logs = torch.tensor([[0.10, 0.50, 0.15, 0.25], [0.20, 0.20, 0.40, 0.20]]).log()
left = top_p_filter(logs, 0.7)
close(
    left,
    torch.tensor([[-inf, logs[0, 1], -inf, logs[0, 3]], logs[1].tolist()]),
    FLOAT32,
    en="what top-p leaves for p = 0.7",
    fr="ce que laisse le top-p pour p = 0,7",
)
close(
    top_p_filter(logs, 0.3),
    torch.tensor([[-inf, logs[0, 1], -inf, -inf], [-inf, -inf, logs[1, 2], -inf]]),
    FLOAT32,
    en="what top-p leaves for p = 0.3",
    fr="ce que laisse le top-p pour p = 0,3",
)
close(top_p_filter(logs, 1.0), logs, FLOAT32, en="what top-p leaves for p = 1", fr="ce que laisse le top-p pour p = 1")
raises("ValueError", top_p_filter, logs, 1.5, en="p = 1.5", fr="p = 1,5")

# %% [markdown] lang="en"
# ## 4. All together: `next_token_probs`
#
# `next_token_probs(logits, temperature, top_k, top_p)` returns the probabilities that are drawn from, `[B, V]`, in this
# order: **temperature, then top-k, then top-p, then softmax**. Each works on what the one before returned. `None` turns
# a filter off; nothing else does (`top_p = 0` is a setting, not an absence).
#
# The softmax comes **last**, so the tokens that are left share 1 and the removed ones have exactly 0. The order matters,
# because the temperature changes what top-p adds up. By hand: three tokens, whose logits are $\ln 36, \ln 9, \ln 4$,
# with $T = 2$ and $p = 0.9$.
#
# | order | probabilities that are added up | sums | left |
# |---|---|---|---|
# | temperature first | $\frac6{11}, \frac3{11}, \frac2{11}$ | 0.55, 0.82, 1 | all three |
# | temperature last | $\frac{36}{49}, \frac9{49}, \frac4{49}$ | 0.73, 0.92, 1 | the first two |
#
# <details><summary>Hint</summary>
#
# You have all the pieces. How does Python tell a `None` from a 0?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# logits <- apply_temperature of the logits
# logits <- top_k_filter of the logits, if there is a top_k
# logits <- top_p_filter of the logits, if there is a top_p
# answer <- the softmax of each row
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Tout ensemble : `next_token_probs`
#
# `next_token_probs(logits, temperature, top_k, top_p)` renvoie les probabilités dont on tire, `[B, V]`, dans cet ordre :
# **température, puis top-k, puis top-p, puis softmax**. Chacun travaille sur ce que le précédent a renvoyé. `None`
# désactive un filtre, et rien d'autre ne le fait (`top_p = 0` est un réglage, pas une absence).
#
# Le softmax vient **en dernier** : les tokens restants se partagent donc 1, et ceux qui ont été retirés ont exactement 0.
# L'ordre compte, car la température change ce que le top-p additionne. À la main : trois tokens, de logits
# $\ln 36, \ln 9, \ln 4$, avec $T = 2$ et $p = 0{,}9$.
#
# | ordre | probabilités additionnées | sommes | restent |
# |---|---|---|---|
# | température d'abord | $\frac6{11}, \frac3{11}, \frac2{11}$ | 0,55, 0,82, 1 | tous les trois |
# | température à la fin | $\frac{36}{49}, \frac9{49}, \frac4{49}$ | 0,73, 0,92, 1 | les deux premiers |
#
# <details><summary>Indice</summary>
#
# Vous avez toutes les pièces. Comment Python distingue-t-il un `None` d'un 0 ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# logits  <- apply_temperature des logits
# logits  <- top_k_filter des logits, s'il y a un top_k
# logits  <- top_p_filter des logits, s'il y a un top_p
# réponse <- le softmax de chaque ligne
# ```
#
# </details>


# %% id="next-token-probs"
def next_token_probs(
    logits: Tensor, temperature: float = 1.0, top_k: int | None = None, top_p: float | None = None
) -> Tensor:
    """The probabilities from which the next token is drawn: temperature, top-k, top-p, softmax, in this order.

    logits: [B, V], left unmodified; temperature >= 0; top_k >= 1 or None = off; 0 <= top_p <= 1 or None = off.
    Returns [B, V] in the dtype of the logits; every row sums to 1, removed tokens have 0.
    logits [[ln 36, ln 9, ln 4]], temperature=2, top_p=0.8 -> [[2/3, 1/3, 0]]
    Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.
    """
    ### BEGIN SOLUTION
    logits = apply_temperature(logits, temperature)
    if top_k is not None:
        logits = top_k_filter(logits, top_k)
    if top_p is not None:
        logits = top_p_filter(logits, top_p)
    return logits.softmax(1)
    ### END SOLUTION


# %% group="distribution"
# The example by hand: at temperature 2, the probabilities are 6/11, 3/11 and 2/11.
three = torch.tensor([[36.0, 9.0, 4.0]]).log()
for p, wanted, en, fr in (
    (0.9, [6 / 11, 3 / 11, 2 / 11], "temperature 2 and top-p 0.9", "température 2 et top-p 0,9"),
    (0.7, [2 / 3, 1 / 3, 0.0], "temperature 2 and top-p 0.7", "température 2 et top-p 0,7"),
):
    close(
        next_token_probs(three, temperature=2.0, top_p=p),
        torch.tensor([wanted]),
        FLOAT32,
        en=f"probabilities at {en}",
        fr=f"les probabilités à {fr}",
    )
close(
    next_token_probs(three, top_k=2),
    torch.tensor([[0.8, 0.2, 0.0]]),
    FLOAT32,
    en="probabilities with top-k 2",
    fr="les probabilités avec top-k 2",
)

# %% [markdown] lang="en"
# ## 5. Throwing the dice: `sample`
#
# How does one draw from probabilities with a number that is uniform between 0 and 1? Lay the tokens end to end, in the
# order of their ids, each as long as its probability: together they fill the line from 0 to 1. Throw the number on it and
# take the token it falls on. With the probabilities $(0, \frac12, \frac14, \frac14)$:
#
# ```text
# 0                        0.5          0.75           1
# ├─────────────────────────┼────────────┼────────────┤
#  token 1                   token 2      token 3           token 0 has no length
# ```
#
# `sample(probs, dice)` does this for every row: `probs` `[B, V]`, `dice` `[B]` with $0 \le \mathtt{dice} < 1$; it returns
# the ids, int64 `[B]`. All chance comes from outside, in `dice`: the same dice give the same text, so a text can be
# written again, and your function can be tested.
#
# **Rules.**
#
# - A number that falls exactly between two tokens belongs to the one on the right: 0.5 above is token 2.
# - A token of probability 0 is **never** taken: 0 above is token 1.
# - Rounding may leave the sum of a row slightly below 1, and a number beyond it. It then belongs to the last token whose
#   probability is not 0.
#
# <details><summary>Hint</summary>
#
# Where does each token end? How many tokens end at or before the number, and which token is then the right one? What does
# that count give when the number lies beyond the last end?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# ends   <- running sums of the probabilities                                 [B, V]
# count  <- how many of the ends are at or below the number of their row       [B]
# last   <- the greatest id whose probability is above 0                       [B]
# answer <- the smaller of count and last
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 5. Jeter les dés : `sample`
#
# Comment tirer selon des probabilités avec un nombre uniforme entre 0 et 1 ? Mettez les tokens bout à bout, dans l'ordre
# de leurs identifiants, chacun aussi long que sa probabilité : ensemble, ils remplissent le segment de 0 à 1. Jetez-y le
# nombre, et prenez le token sur lequel il tombe. Avec les probabilités $(0, \frac12, \frac14, \frac14)$ :
#
# ```text
# 0                        0,5          0,75           1
# ├─────────────────────────┼────────────┼────────────┤
#  token 1                   token 2      token 3           le token 0 n'a pas de longueur
# ```
#
# `sample(probs, dice)` le fait pour chaque ligne : `probs` `[B, V]`, `dice` `[B]` avec $0 \le \mathtt{dice} < 1$ ; elle
# renvoie les identifiants, int64 `[B]`. Tout le hasard vient du dehors, dans `dice` (les dés) : les mêmes dés donnent le
# même texte ; on peut donc réécrire un texte, et tester votre fonction.
#
# **Règles.**
#
# - Un nombre qui tombe exactement entre deux tokens appartient à celui de droite : ci-dessus, 0,5 donne le token 2.
# - Un token de probabilité nulle n'est **jamais** pris : ci-dessus, 0 donne le token 1.
# - Un arrondi peut laisser la somme d'une ligne un peu en dessous de 1, et le nombre au-delà. Il revient alors au dernier
#   token dont la probabilité n'est pas nulle.
#
# <details><summary>Indice</summary>
#
# Où chaque token finit-il ? Combien de tokens finissent au nombre ou avant lui, et quel est alors le bon token ? Que donne
# ce compte quand le nombre se trouve au-delà de la dernière fin ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# fins    <- les sommes cumulées des probabilités                                     [B, V]
# compte  <- combien de fins sont inférieures ou égales au nombre de leur ligne       [B]
# dernier <- le plus grand identifiant dont la probabilité est supérieure à 0         [B]
# réponse <- le plus petit de compte et de dernier
# ```
#
# </details>


# %% id="sample"
def sample(probs: Tensor, dice: Tensor) -> Tensor:
    """The token on which each number falls, with the tokens end to end, each as long as its probability.

    probs: [B, V], rows sum to 1 up to rounding; dice: [B], 0 <= dice < 1; both left unmodified.
    Returns int64[B]; a number between two tokens belongs to the right one, one beyond the last to the last, and a
    token of probability 0 is never taken.
    [[0., 0.5, 0.25, 0.25]], dice [0.6] -> [2]
    Source: Devroye 1986, "Non-Uniform Random Variate Generation", section III.2 (inversion).
    """
    ### BEGIN SOLUTION
    last = ((probs > 0) * torch.arange(probs.shape[1])).argmax(1)
    count = torch.count_nonzero(probs.cumsum(1) <= dice[:, None], 1)
    return torch.minimum(count, last)
    ### END SOLUTION


# %% group="sample"
drawing = torch.tensor([[0.0, 0.5, 0.25, 0.25]])
for number, token in ((0.0, 1), (0.49, 1), (0.5, 2), (0.74, 2), (0.76, 3)):
    same(
        sample(drawing, torch.tensor([number])),
        torch.tensor([token]),
        en=f"the token on which {number} falls",
        fr=f"le token sur lequel tombe {str(number).replace('.', ',')}",
    )

# %% [markdown] lang="en"
# ## 6. Until the end: `generate`
#
# Write `generate(step, ids, dice, eos_id, temperature, top_k, top_p)`, which returns **the new tokens only**, int64
# `[B, n]`.
#
# - `step` is the model: `step(ids)` reads **everything** written so far, int64 `[B, T]`, prompt included, and returns the
#   logits of the next token, `[B, V]`. Whatever becomes of the rows, it always gets all of them.
# - `ids`, int64 `[B, T]` with `T` at least 1: the prompts.
# - `dice`, `[B, N]`: column $t$ decides the new token number $t$ of each row. `N` is the most that may be written.
# - `eos_id` is the token that ends a text (*end of sequence*). It is written like any other; after it, the row gets
#   `eos_id` again and again, whatever the model and the dice say, so that the result stays rectangular.
# - **Stop** as soon as every row has ended, or after `N` columns. So $n \le N$; and $n = 0$ when `N` is 0.
# - `step` is what costs: call it once per new column, not once more.
# - An `eos_id` in the *prompt* ends nothing (GPT-2 puts the same token between two texts as at the end).
#
# With `eos_id = 0`, a prompt each, and `N = 10`:
#
# ```text
#            prompt     new
# row 0      3 0 4      5 7 0 0
# row 1      2 6 1      0 0 0 0
# row 2      4 4 2      6 6 8 0          every row has ended: n = 4, and step was called 4 times
# ```
#
# <details><summary>Hint</summary>
#
# Keep one bool per row: has it ended? Use it twice: to choose between the token that was drawn and `eos_id`, and to know
# whether to go on. Where in the loop must the question "has every row ended?" stand, so that `step` is not called in
# vain?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# text  <- ids ; ended <- no, for each row
# for each column of dice, while some row has not ended:
#     logits <- step of text
#     token  <- sample of (next_token_probs of the logits and the settings, the column)
#     token  <- eos_id where the row had already ended
#     text   <- text with this token added on the right of each row
#     ended  <- ended, or the token is eos_id
# answer <- what stands in text after the prompt
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 6. Jusqu'à la fin : `generate`
#
# Écrivez `generate(step, ids, dice, eos_id, temperature, top_k, top_p)`, qui renvoie **les nouveaux tokens seulement**,
# int64 `[B, n]`.
#
# - `step` est le modèle : `step(ids)` lit **tout** ce qui est écrit jusqu'ici, int64 `[B, T]`, prompt compris, et renvoie
#   les logits du token suivant, `[B, V]`. Quoi qu'il advienne des lignes, il les reçoit toujours toutes.
# - `ids`, int64 `[B, T]` avec `T` au moins égal à 1 : les prompts.
# - `dice`, `[B, N]` : la colonne $t$ décide du nouveau token numéro $t$ de chaque ligne. On en écrit au plus `N`.
# - `eos_id` est le token qui finit un texte (*end of sequence*). On l'écrit comme les autres ; après lui, la ligne reçoit
#   encore et encore `eos_id`, quoi que disent le modèle et les dés, pour que le résultat reste rectangulaire.
# - **Arrêtez-vous** dès que toutes les lignes sont finies, ou après `N` colonnes. Ainsi $n \le N$ ; et $n = 0$ si `N`
#   vaut 0.
# - C'est `step` qui coûte : appelez-le une fois par nouvelle colonne, pas une de plus.
# - Un `eos_id` dans le *prompt* ne finit rien (GPT-2 met entre deux textes le même token qu'à la fin).
#
# Avec `eos_id = 0`, un prompt par ligne et `N = 10` :
#
# ```text
#            prompt     nouveaux
# ligne 0    3 0 4      5 7 0 0
# ligne 1    2 6 1      0 0 0 0
# ligne 2    4 4 2      6 6 8 0          toutes les lignes sont finies : n = 4, et step a été appelé 4 fois
# ```
#
# <details><summary>Indice</summary>
#
# Gardez un booléen par ligne : est-elle finie ? Servez-vous-en deux fois : pour choisir entre le token tiré et `eos_id`,
# et pour savoir s'il faut continuer. À quel endroit de la boucle la question « toutes les lignes sont-elles finies ? »
# doit-elle se trouver pour que `step` ne soit pas appelé pour rien ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# texte <- ids ; finie <- non, pour chaque ligne
# pour chaque colonne de dice, tant qu'une ligne n'est pas finie :
#     logits <- step de texte
#     token  <- sample de (next_token_probs des logits et des réglages, la colonne)
#     token  <- eos_id là où la ligne était déjà finie
#     texte  <- texte, avec ce token ajouté à droite de chaque ligne
#     finie  <- finie, ou le token est eos_id
# réponse <- ce qui se trouve dans texte après le prompt
# ```
#
# </details>


# %% id="generate"
def generate(
    step: Callable[[Tensor], Tensor],
    ids: Tensor,
    dice: Tensor,
    eos_id: int,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
) -> Tensor:
    """The tokens written after each prompt, drawn one by one with the dice, until eos_id or the last column of dice.

    step: int64[B, T] -> logits [B, V] of the next token, called once per new column; ids: int64[B, T], the prompts;
    dice: [B, N], 0 <= dice < 1, N >= 0; settings as in `next_token_probs`; all left unmodified.
    Returns int64[B, n], n <= N: the new tokens only; after its first new eos_id a row holds eos_id, and n is the
    least number of columns in which every row has ended, or N.
    Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.
    """
    ### BEGIN SOLUTION
    text, ended = ids, torch.zeros(len(ids), dtype=torch.bool)
    for column in dice.T:
        if ended.all():
            break
        probs = next_token_probs(step(text), temperature, top_k, top_p)
        token = sample(probs, column).masked_fill(ended, eos_id)
        text = torch.cat([text, token[:, None]], 1)
        ended = ended | (token == eos_id)
    return text[:, ids.shape[1] :]
    ### END SOLUTION


# %% group="generate"
# A model that counts down: after token i comes i - 1, or i - 2 with half that chance; 0 is the end.
def countdown(ids):
    logits = torch.full((len(ids), 6), -math.inf)
    for row, last in enumerate(ids[:, -1].tolist()):
        logits[row, max(last - 1, 0)] = math.log(2.0)
        logits[row, max(last - 2, 0)] = 0.0 if last > 1 else math.log(2.0)
    return logits


prompts = torch.tensor([[0, 5], [0, 2]])
same(
    generate(countdown, prompts, torch.full((2, 9), 0.99), 0, top_k=1),
    torch.tensor([[4, 3, 2, 1, 0], [1, 0, 0, 0, 0]]),
    en="the countdown with top-k 1",
    fr="le compte à rebours avec top-k 1",
)
# The smaller id comes first on the line: 1/3 of it belongs to i - 2.
numbers = torch.tensor([[0.1, 0.9, 0.1, 0.5], [0.1, 0.9, 0.9, 0.9]])
same(
    generate(countdown, prompts, numbers, 0),
    torch.tensor([[3, 2, 0], [0, 0, 0]]),
    en="the countdown with other dice",
    fr="le compte à rebours avec d'autres dés",
)
same(
    generate(countdown, prompts, numbers[:, :1], 0),
    torch.tensor([[3], [0]]),
    en="the countdown when one token may be written",
    fr="le compte à rebours quand on peut écrire un token",
)

# %% group="invariants"
logits = torch.tensor([[1.0, 3.0, 2.0]])
for function, setting in ((apply_temperature, 2.0), (apply_temperature, 0.0), (top_k_filter, 1), (top_p_filter, 0.5)):
    unchanged(function, logits, setting, en="the logits of the caller", fr="les logits de l'appelant")
# Two tokens of probability 1/2 are left; the slope of one with respect to its own logit is 1/2 · 1/2.
(to_logits,) = gradients(
    next_token_probs, torch.tensor([[2.0, 0.0, 2.0]]), 1.0, 2, wrt=(0,), weights=torch.tensor([[1.0, 0.0, 0.0]])
)
close(
    to_logits,
    torch.tensor([[0.25, 0.0, -0.25]]),
    FLOAT32,
    en="gradient of the probability of token 0 with respect to the logits",
    fr="le gradient de la probabilité du token 0 par rapport aux logits",
)
shape(to_logits, (1, 3), en="the gradient", fr="le gradient")

# %% [markdown] lang="en"
# ## 7. To try: one model, many voices
#
# The model below is the simplest there is: it counts which letter followed which four letters in the fables. It has no
# weights to train, so it is ready at once, and its `step` is all that your functions need to know of it. (With a real
# one, `step = lambda ids: model(ids).logits[:, -1]`.)
#
# First, the letters that may follow a beginning. The bars are the probabilities at three temperatures; the dashed line
# stands where top-p with $p = 0.9$ cuts, on the right of the last letter that is left. Change the beginning: end it in the
# middle of a word, then after a space.

# %% [markdown] lang="fr"
# ## 7. À essayer : un modèle, bien des voix
#
# Le modèle ci-dessous est le plus simple qui soit : il compte quelle lettre a suivi quelles quatre lettres dans les
# fables. Il n'a pas de poids à entraîner, il est donc prêt tout de suite, et son `step` est tout ce que vos fonctions ont
# à savoir de lui. (Avec un vrai modèle : `step = lambda ids: model(ids).logits[:, -1]`.)
#
# D'abord, les lettres qui peuvent suivre un début. Les barres sont les probabilités à trois températures ; la ligne
# pointillée se trouve là où coupe le top-p avec $p = 0{,}9$, à droite de la dernière lettre qui reste. Changez le début :
# arrêtez-le au milieu d'un mot, puis après une espace.

# %% try="letters"
from collections import Counter, defaultdict
from pathlib import Path

import matplotlib.pyplot as plt

LANGUAGE, BEGINNING = "fr", "Le Renard "  # or, in English: "en", "The Fox "
fables = Path(f"data/fables.{LANGUAGE}.txt").read_text(encoding="utf-8")
symbols = sorted(set(fables))
id_of = {symbol: i for i, symbol in enumerate(symbols)}
followers = defaultdict(Counter)
for i, symbol in enumerate(fables):
    for n in range(min(i, 4) + 1):
        followers[fables[i - n : i]][symbol] += 1


def fable_step(ids):
    """Logits of the next letter: the counts after the last four letters, smoothed by those after three, two, …"""
    rows = []
    for row in ids.tolist():
        read = "".join(symbols[i] for i in row[-4:])
        probs = torch.full((len(symbols),), 1 / len(symbols))
        for n in range(len(read) + 1):
            seen = followers.get(read[len(read) - n :], Counter())
            counts = torch.tensor([float(seen[symbol]) for symbol in symbols])
            probs = (counts + probs) / (counts.sum() + 1)
        rows.append(probs.log())
    return torch.stack(rows)


def as_ids(text):
    return torch.tensor([[id_of[symbol] for symbol in text]])


scores = fable_step(as_ids(BEGINNING))
order = scores[0].argsort(descending=True)[:24]
figure, panels = plt.subplots(1, 3, figsize=(14, 3.6), sharey=True, layout="constrained")
for panel, heat in zip(panels, (0.5, 1.0, 2.0), strict=True):
    panel.bar(range(len(order)), next_token_probs(scores, heat)[0, order])
    left = int((next_token_probs(scores, heat, top_p=0.9) > 0).sum())
    panel.axvline(left - 0.5, linestyle="--", color="grey")
    panel.set_xticks(range(len(order)), [repr(symbols[i])[1:-1] for i in order])
    panel.set_title(f"T = {heat}, top-p 0.9: {left}")
figure.suptitle(repr(BEGINNING))
plt.show()

# %% [markdown] lang="en"
# Now let it write, with the same dice each time. Where does greedy decoding lead? What do you lose at $T = 2$, and how
# much of it does a top-p of 0.8 give back? Top-k 3 and top-p 0.8 look alike here: the plot below says where they differ. It
# shows how many letters top-p leaves at each place of a text. (`eos_id=-1` is no token, so nothing ends.)

# %% [markdown] lang="fr"
# Laissez-le maintenant écrire, avec les mêmes dés chaque fois. Où mène le décodage glouton ? Que perd-on à $T = 2$, et
# qu'en rend un top-p de 0,8 ? Le top-k 3 et le top-p 0,8 se ressemblent ici : la figure dit où ils diffèrent. Elle montre
# combien de lettres le top-p laisse à chaque endroit d'un texte. (`eos_id=-1` n'est aucun token : rien ne finit donc.)

# %% try="voices"
dice = torch.rand(1, 150, generator=torch.Generator().manual_seed(1))
for settings in (
    {"temperature": 0.0},
    {"temperature": 0.5},
    {},
    {"temperature": 2.0},
    {"temperature": 2.0, "top_p": 0.8},
    {"top_k": 3},
    {"top_p": 0.8},
):
    new = generate(fable_step, as_ids(BEGINNING), dice, eos_id=-1, **settings)
    said = ", ".join(f"{name}={value}" for name, value in settings.items())
    print(f"--- {said}\n" + BEGINNING + "".join(symbols[i] for i in new[0]) + "\n")

piece = fables[:60]
choices = [int((top_p_filter(fable_step(as_ids(piece[:i])), 0.8) > -math.inf).sum()) for i in range(1, len(piece))]
plt.figure(figsize=(14, 3))
plt.bar(range(1, len(piece)), choices)
plt.axhline(3, linestyle="--", color="grey")
plt.xticks(range(len(piece)), [repr(symbol)[1:-1] for symbol in piece])
plt.ylabel("top-p 0.8")
plt.show()

# %% [markdown] lang="en"
# ## Where this stands today
#
# In `transformers`, `model.generate(ids, do_sample=True, temperature=…, top_k=…, top_p=…)` is your `generate`, with the
# same order of settings. Two things to know: without `do_sample=True` it is greedy, and the settings do nothing; and its
# `top_k` is **50** unless the model or you say otherwise, so `top_p=0.9` alone means top-k 50, *then* top-p 0.9. Other
# libraries take other orders: llama.cpp applies the temperature last, so the same three numbers there give other texts.
#
# At the edges, its filters differ from yours:
#
# | case | here | `transformers` |
# |---|---|---|
# | temperature 0 | greedy | refused: one asks for greedy with `do_sample=False` |
# | equals at the edge of top-k | all stay | all stay |
# | equals at the edge of top-p | all stay | as many as are needed, those the sort happens to put first |
# | $p = 1$ | nothing is removed | the same in `generate`, which skips the filter; called alone, `TopPLogitsWarper(1.0)` removes tokens whose probability is rounded to 0 |
# | a sum that equals $p$ | has reached it | the same, but added up from the other end: rounding may decide otherwise |
#
# A real loop does not read everything again at each step: it keeps the keys and values of the past (the *KV cache*) and
# reads the new token only. Newer filters, such as min-p (Nguyen et al., 2024), compare each token with the best one; beam
# search, once the rule in translation, follows several texts at a time. And `temperature=0` on a server is not always the
# same text twice: sums of floats depend on their order, and the order on who else is being served.
#
# **Next.** A model that writes on does not yet answer. To make a conversation of it, one gives the text a form: chat
# templates.

# %% [markdown] lang="fr"
# ## Ce que c'est devenu
#
# Dans `transformers`, `model.generate(ids, do_sample=True, temperature=…, top_k=…, top_p=…)` est votre `generate`, avec
# le même ordre des réglages. Deux choses à savoir : sans `do_sample=True`, le décodage est glouton et les réglages ne font
# rien ; et son `top_k` vaut **50** tant que ni le modèle ni vous ne dites autre chose : `top_p=0.9` seul veut donc dire
# top-k 50, *puis* top-p 0,9. D'autres bibliothèques suivent un autre ordre : llama.cpp applique la température en dernier,
# et les trois mêmes nombres y donnent d'autres textes.
#
# Dans les cas limites, ses filtres s'écartent des vôtres :
#
# | cas | ici | `transformers` |
# |---|---|---|
# | température 0 | glouton | refusée : on demande le décodage glouton par `do_sample=False` |
# | ex aequo au bord du top-k | tous restent | tous restent |
# | ex aequo au bord du top-p | tous restent | autant qu'il en faut, ceux que le tri met devant |
# | $p = 1$ | rien n'est retiré | de même dans `generate`, qui saute le filtre ; appelé seul, `TopPLogitsWarper(1.0)` retire des tokens dont la probabilité s'arrondit à 0 |
# | une somme égale à $p$ | l'atteint | de même, mais en additionnant par l'autre bout : l'arrondi peut en décider autrement |
#
# Une vraie boucle ne relit pas tout à chaque pas : elle garde les clés et les valeurs du passé (le *cache KV*) et ne lit
# que le nouveau token. Des filtres plus récents, comme min-p (Nguyen et al., 2024), comparent chaque token au meilleur ; la
# recherche en faisceau (*beam search*), longtemps la règle en traduction, suit plusieurs textes à la fois. Et
# `temperature=0` sur un serveur ne donne pas toujours deux fois le même texte : une somme de flottants dépend de l'ordre
# de ses termes, et cet ordre, de qui d'autre est servi au même moment.
#
# **La suite.** Un modèle qui écrit la suite ne répond pas encore. Pour en faire une conversation, on donne au texte une
# forme : les gabarits de conversation.
