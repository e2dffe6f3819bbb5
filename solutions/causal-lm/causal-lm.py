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
# # Causal language modelling
#
# GPT, Llama, Mistral and their like are all trained on one question, asked again and again: **given these tokens,
# which comes next?** No labels, no tasks: a text is a list of questions whose answers stand right after them.
#
# Such a model, a *decoder* (the half of the transformer that writes), reads `T` tokens and returns `T` rows of
# **logits**, one score per token of the vocabulary. Its *causal mask*, which hides from each position what comes after
# it, guarantees that row `t` has seen tokens `0 … t` and nothing after; so row `t` is free to be asked for token
# `t + 1`:
#
# ```text
# position        0      1      2      3
# token          the    crow   held    a
# row t has seen  the   … crow … held  … a
# is asked for   crow   held    a      (nothing: the sequence ends)
# ```
#
# All questions of a text are answered in one pass. What is left to write is the bookkeeping, and that is where things
# go wrong: labels shifted twice, or not at all; padding (the filler after a short sequence) in the loss; a mean of
# means. None of these raises an error. The model trains, the curve goes down, and the number means nothing.
#
# | name | shape | what it is |
# |---|---|---|
# | `ids` | int64 `[N]`, or `[B, T]` | a text, or a batch of sequences |
# | `logits` | `[B, T, V]` | what the model says at each position |
# | `losses` | `[B, T - 1]` | what each prediction costs, in nats (the unit of natural logarithms, as the bit is that of base 2) |
# | `counted` | bool `[B, T - 1]` | does this prediction count? |
#
# You write four small functions. Torch's ready-made losses (`F.cross_entropy`, `F.nll_loss` and their classes) are
# forbidden, since they would hide the interesting part; everything else is allowed, `torch.log_softmax` included.

# %% [markdown] lang="fr"
# # La modélisation de langue causale
#
# GPT, Llama, Mistral et leurs semblables sont tous entraînés sur une seule question, posée encore et encore : **étant
# donné ces tokens, lequel vient ensuite ?** Ni labels, ni tâches : un texte est une liste de questions dont la réponse
# se trouve juste après.
#
# Un tel modèle, un *décodeur* (la moitié du transformer qui écrit), lit `T` tokens et rend `T` lignes de **logits**, un
# score par token du vocabulaire. Son *masque causal*, qui cache à chaque position ce qui vient après elle, garantit que
# la ligne `t` a vu les tokens `0 … t` et rien au-delà ; on peut donc demander à la ligne `t` le token `t + 1` :
#
# ```text
# position             0        1        2       3
# token               le     corbeau   tenait    un
# la ligne t a vu     le   … corbeau … tenait  … un
# on lui demande   corbeau   tenait     un     (rien : la séquence finit)
# ```
#
# Un seul passage répond à toutes les questions d'un texte. Il reste à tenir les comptes, et c'est là que tout se gâte :
# labels décalés deux fois, ou pas du tout ; remplissage (ce qui complète une séquence courte) dans la perte ; moyenne
# de moyennes. Rien de cela ne lève d'erreur. Le modèle s'entraîne, la courbe descend, et le nombre ne veut rien dire.
#
# | nom | forme | rôle |
# |---|---|---|
# | `ids` | int64 `[N]`, ou `[B, T]` | un texte, ou un lot de séquences |
# | `logits` | `[B, T, V]` | ce que dit le modèle à chaque position |
# | `losses` | `[B, T - 1]` | ce que coûte chaque prédiction, en nats (l'unité du logarithme naturel, comme le bit est celle de la base 2) |
# | `counted` | bool `[B, T - 1]` | cette prédiction compte-t-elle ? |
#
# Vous écrivez quatre petites fonctions. Les pertes toutes faites de torch (`F.cross_entropy`, `F.nll_loss` et leurs
# classes) sont interdites, car elles cacheraient l'essentiel ; tout le reste est permis, y compris
# `torch.log_softmax`.

# %% id="imports"
import math

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, dtype, finite, gradients, parts, raises, same, shape, unchanged

# %% [markdown] lang="en"
# ## 1. Blocks
#
# A corpus is one long row of ids; a model reads `k` of them at a time. `make_blocks(ids, k)` cuts it into consecutive
# blocks:
#
# - block `i` holds tokens `i k` to `i k + k - 1`, in order; no token is in two blocks;
# - what is left over at the **end** (fewer than `k` tokens) is dropped;
# - a text shorter than `k` gives no block: a tensor of shape `[0, k]`;
# - `k` below 1 is a `ValueError`;
# - `ids` is left as it is; the blocks may share its memory (a view), or be a copy.
#
# ```text
# make_blocks([5, 6, 7, 8, 9], 2)  ->  [[5, 6],
#                                       [7, 8]]      9 is dropped
# ```
#
# <details><summary>Hint</summary>
#
# How many whole blocks are there? Cut the text to exactly that many tokens first; then only its shape has to change.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# refuse k < 1
# count  <- number of whole blocks
# answer <- the first count * k ids, seen as a table of count rows
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. Des blocs
#
# Un corpus est une longue suite d'ids ; un modèle en lit `k` à la fois. `make_blocks(ids, k)` la coupe en blocs
# consécutifs :
#
# - le bloc `i` contient les tokens `i k` à `i k + k - 1`, dans l'ordre ; aucun token n'est dans deux blocs ;
# - ce qui reste à la **fin** (moins de `k` tokens) est abandonné ;
# - un texte plus court que `k` ne donne aucun bloc : un tenseur de forme `[0, k]` ;
# - `k` inférieur à 1 lève une `ValueError` ;
# - `ids` reste tel quel ; les blocs peuvent partager sa mémoire (une vue), ou être une copie.
#
# ```text
# make_blocks([5, 6, 7, 8, 9], 2)  ->  [[5, 6],
#                                       [7, 8]]      9 est abandonné
# ```
#
# <details><summary>Indice</summary>
#
# Combien y a-t-il de blocs entiers ? Coupez d'abord le texte à exactement ce nombre de tokens ; il ne reste plus qu'à
# changer sa forme.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# refuser k < 1
# nombre  <- nombre de blocs entiers
# réponse <- les nombre * k premiers ids, vus comme un tableau de nombre lignes
# ```
#
# </details>


# %% id="make-blocks"
def make_blocks(ids: Tensor, k: int) -> Tensor:
    """Consecutive blocks of k tokens; what is left over at the end is dropped.

    ids: int64 [N], left unmodified; returns int64 [N // k, k], a view or a copy. Raises ValueError if k < 1.
    make_blocks(tensor([5, 6, 7, 8, 9]), 2) -> tensor([[5, 6], [7, 8]])
    """
    ### BEGIN SOLUTION
    if k < 1:
        raise ValueError(f"a block has at least one token, not {k}")
    count = len(ids) // k
    return ids[: count * k].reshape(count, k)
    ### END SOLUTION


# %% group="blocks"
same(
    make_blocks(torch.tensor([5, 6, 7, 8, 9]), 2).tolist(),
    [[5, 6], [7, 8]],
    en="five tokens in blocks of two",
    fr="cinq tokens en blocs de deux",
)
shape(
    make_blocks(torch.tensor([5, 6, 7, 8, 9, 10]), 3),
    (2, 3),
    en="six tokens in blocks of three",
    fr="six tokens en blocs de trois",
)
shape(
    make_blocks(torch.tensor([5, 6]), 4), (0, 4), en="a text shorter than a block", fr="un texte plus court qu'un bloc"
)
raises("ValueError", make_blocks, torch.tensor([5, 6]), 0, en="blocks of 0 tokens", fr="des blocs de 0 token")

# %% [markdown] lang="en"
# ## 2. What each prediction costs
#
# A prediction costs what the right token *surprises* the model by: $-\ln p$, with $p$ the probability that the softmax
# of the logits gives it. Sure and right costs 0, one chance in a hundred $\ln 100 \approx 4.6$, sure and wrong a lot.
#
# `next_token_losses(logits, ids, ignore)`, with `T` at least 1 and an `ignore` that is -100 unless given, returns **the
# tuple `(losses, counted)`**, both of shape `[B, T - 1]`:
#
# $$\mathrm{losses}_{b,t} = -\ln \mathrm{softmax}(\mathrm{logits}_{b,t})_{\,\mathrm{ids}_{b,t+1}}$$
#
# - **The shift is yours to make, once.** `ids` are the tokens that the model read, not shifted, with `ignore` in place
#   of those that are not to be learned. The last row of logits is asked for nothing, the first token is asked of
#   nobody. With `T = 1` there is no prediction: shape `[B, 0]`.
# - **Targets that do not count.** A prediction whose *target* equals `ignore` does not count: `counted` is `False`
#   there and the loss is exactly 0, whatever its logits hold (even NaN). For NaN or infinite logits only the loss
#   counts: their gradient may be NaN, and nobody looks at it. (Throwing a NaN away after the softmax saves the loss,
#   not the gradient; whoever wants both puts zeros in such rows before the softmax.) Only the target decides: from a
#   padding token to a real one, as happens with padding on the left, the prediction counts.
# - **`ignore` may be any integer**, -100 by custom. It may be the id of a real token (a `<pad>`), or lie outside the
#   vocabulary: then it cannot be an index. And an id of 0 is a token like any other.
# - **Large logits** ($\pm 10^4$) must give the right losses: $e^{89}$ is infinite in float32.
# - **dtype.** float32 and float64 stay what they are; float16 and bfloat16 logits are converted to float32 *before*
#   anything is computed, and the losses are float32. (Model libraries do the same: 3 digits are too few for a sum.)
#
# By hand: with `V = 2` and a row of logits `[0, ln 3]`, the softmax is `[1/4, 3/4]`. If the next token is 1 the loss is
# $-\ln(3/4) \approx 0.288$; if it is 0, $\ln 4 \approx 1.386$.
#
# <details><summary>Hint</summary>
#
# First make two tensors that face each other: the rows of logits that are asked something, and what they are asked
# for. Then everything happens along the last dimension. For a target that is no index, any valid index will do, as long
# as the result is thrown away afterwards (multiplying by 0 does not throw a NaN away).
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# asked   <- logits without the last position, in float32 if they are in float16 or bfloat16
# targets <- ids without the first position
# counted <- where the targets are not `ignore`
# logp    <- logarithm of the softmax over the vocabulary
# picked  <- at each position, logp of the target (of token 0 where it does not count)
# losses  <- -picked, set to 0 where it does not count
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Ce que coûte chaque prédiction
#
# Une prédiction coûte la *surprise* que le bon token cause au modèle : $-\ln p$, où $p$ est la probabilité que lui donne
# le softmax des logits. Sûr et juste coûte 0, une chance sur cent $\ln 100 \approx 4{,}6$, sûr et faux très cher.
#
# `next_token_losses(logits, ids, ignore)`, où `T` vaut au moins 1 et où `ignore` vaut -100 s'il n'est pas donné,
# renvoie **le tuple `(losses, counted)`**, tous deux de forme `[B, T - 1]` :
#
# $$\mathrm{losses}_{b,t} = -\ln \mathrm{softmax}(\mathrm{logits}_{b,t})_{\,\mathrm{ids}_{b,t+1}}$$
#
# - **Le décalage est à votre charge, une seule fois.** `ids` contient les tokens que le modèle a lus, non décalés, avec
#   `ignore` à la place de ceux qu'il n'y a pas à apprendre. On ne demande rien à la dernière ligne de logits, et
#   personne ne prédit le premier token. Avec `T = 1`, il n'y a pas de prédiction : forme `[B, 0]`.
# - **Cibles qui ne comptent pas.** Une prédiction dont la *cible* vaut `ignore` ne compte pas : `counted` y vaut
#   `False` et la perte exactement 0, quoi que contiennent ses logits (même NaN). Pour des logits NaN ou infinis, seule
#   la perte compte : leur gradient peut valoir NaN, et personne ne le regarde. (Jeter un NaN après le softmax sauve la
#   perte, mais non le gradient ; qui veut les deux met des zéros dans ces lignes avant le softmax.) Seule la cible
#   décide : d'un token de remplissage à un vrai, comme il arrive avec un remplissage à gauche, la prédiction compte.
# - **`ignore` peut être n'importe quel entier**, -100 par usage. Ce peut être l'id d'un vrai token (un `<pad>`), ou un
#   nombre hors du vocabulaire : ce n'est alors pas un indice. Et l'id 0 est un token comme un autre.
# - **Grands logits** ($\pm 10^4$) : les pertes doivent être justes, alors que $e^{89}$ est infini en float32.
# - **dtype.** float32 et float64 restent ce qu'ils sont ; les logits en float16 et bfloat16 sont convertis en float32
#   *avant* tout calcul, et les pertes sont en float32. (Les bibliothèques de modèles font de même : 3 chiffres sont trop
#   peu pour une somme.)
#
# À la main : avec `V = 2` et une ligne de logits `[0, ln 3]`, le softmax est `[1/4, 3/4]`. Si le token suivant est 1, la
# perte vaut $-\ln(3/4) \approx 0{,}288$ ; si c'est 0, $\ln 4 \approx 1{,}386$.
#
# <details><summary>Indice</summary>
#
# Faites d'abord deux tenseurs qui se font face : les lignes de logits à qui l'on demande quelque chose, et ce qu'on
# leur demande. Ensuite, tout se passe le long de la dernière dimension. Pour une cible qui n'est pas un indice,
# n'importe quel indice valable convient, pourvu que le résultat soit jeté ensuite (multiplier par 0 ne jette pas un
# NaN).
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# lignes  <- logits sans la dernière position, en float32 s'ils sont en float16 ou bfloat16
# cibles  <- ids sans la première position
# counted <- là où les cibles ne valent pas `ignore`
# logp    <- logarithme du softmax sur le vocabulaire
# choisi  <- à chaque position, logp de la cible (du token 0 là où elle ne compte pas)
# losses  <- -choisi, mis à 0 là où la cible ne compte pas
# ```
#
# </details>


# %% id="next-token-losses"
def next_token_losses(logits: Tensor, ids: Tensor, ignore: int = -100) -> tuple[Tensor, Tensor]:
    """What each position pays for the token after it, in nats, and whether that prediction counts.

    logits: [B, T, V], floating point; ids: int64 [B, T], T >= 1, the tokens that were read, or `ignore` in place of
    those that are not to be learned; both left unmodified. Returns (losses: [B, T - 1], counted: bool [B, T - 1]); a
    prediction counts unless its target is `ignore`, and its loss is 0 if it does not. float16 and bfloat16 logits give
    float32 losses, others keep their dtype.
    logits [[[0., ln 3], [5., 5.]]], ids [[0, 1]] -> losses [[0.2877]], counted [[True]]
    Source: Radford et al. 2018, "Improving Language Understanding by Generative Pre-Training", section 3.1.
    """
    ### BEGIN SOLUTION
    targets = ids[:, 1:]
    counted = targets != ignore
    asked = logits[:, :-1]
    if asked.dtype in (torch.float16, torch.bfloat16):
        asked = asked.float()
    indices = targets.masked_fill(~counted, 0).unsqueeze(-1)
    picked = torch.log_softmax(asked, dim=-1).gather(-1, indices).squeeze(-1)
    return (-picked).masked_fill(~counted, 0.0), counted
    ### END SOLUTION


# %% group="shapes"
for rows, length in ((2, 5), (3, 1)):
    losses, counted = parts(
        next_token_losses(torch.zeros(rows, length, 7), torch.ones(rows, length, dtype=torch.int64)),
        2,
        en="(losses, counted)",
        fr="(losses, counted)",
    )
    shape(losses, (rows, length - 1), en="losses", fr="losses")
    shape(counted, (rows, length - 1), en="counted", fr="counted")
    dtype(counted, torch.bool, en="counted", fr="counted")

# %% group="shift"
# Three positions over two tokens: 1/4 and 3/4, then 1/2 and 1/2, then a row that is asked for nothing.
table = torch.tensor([[[0.0, math.log(3.0)], [0.0, 0.0], [9.0, -9.0]]])
losses, _ = next_token_losses(table, torch.tensor([[0, 1, 0]]))
close(
    losses,
    torch.tensor([[math.log(4 / 3), math.log(2.0)]]),
    FLOAT32,
    en="losses of two predictions",
    fr="les pertes de deux prédictions",
)
losses, _ = next_token_losses(table, torch.tensor([[1, 0, 1]]))
close(
    losses,
    torch.tensor([[math.log(4.0), math.log(2.0)]]),
    FLOAT32,
    en="losses after other tokens",
    fr="les pertes pour d'autres tokens",
)

# %% group="ignore"
# Padding on the right, then on the left: only the target decides.
for row, expected in (([1, 1, -100], [True, False]), ([-100, 1, 1], [True, True])):
    losses, counted = next_token_losses(torch.zeros(1, 3, 2), torch.tensor([row]))
    same(counted.tolist(), [expected], en="which predictions count", fr="quelles prédictions comptent")
    close(
        losses,
        torch.tensor([expected]).float() * math.log(2.0),
        FLOAT32,
        en="losses with padding",
        fr="les pertes avec du remplissage",
    )
_, counted = next_token_losses(torch.zeros(1, 3, 2), torch.tensor([[1, 1, 0]]), ignore=1)
same(
    counted.tolist(),
    [[False, True]],
    en="which predictions count, with ignore=1",
    fr="quelles prédictions comptent, avec ignore=1",
)

# %% [markdown] lang="en"
# ## 3. One number for the batch
#
# `lm_loss(logits, ids, ignore)`, where `ignore` is again -100 unless given, is the mean of the losses **over the
# predictions that count**: a tensor without dimensions, of the losses' dtype, through which gradients flow back to the
# logits. Every prediction weighs the same: a sequence of 3 tokens does not weigh as much as one of 300. If nothing
# counts, the loss is **0**, not NaN: one batch of padding must not ruin a model. (`F.cross_entropy` answers NaN here: 0
# divided by 0.)
#
# <details><summary>Hint</summary>
#
# Losses that do not count are 0 already, so their sum is right as it stands. What is the sum to be divided by, and what
# must that never be?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# losses, counted <- what each prediction costs, and whether it counts
# answer          <- sum of losses / (number that count, at least 1)
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Un seul nombre pour le lot
#
# `lm_loss(logits, ids, ignore)`, où `ignore` vaut encore -100 s'il n'est pas donné, est la moyenne des pertes **sur les
# prédictions qui comptent** : un tenseur sans dimension, du dtype des pertes, par lequel le gradient remonte jusqu'aux
# logits. Chaque prédiction pèse autant : une séquence de 3 tokens ne pèse pas autant qu'une de 300. Si rien ne compte,
# la perte est **0** et non NaN : un lot de remplissage ne doit pas ruiner un modèle. (`F.cross_entropy` répond ici
# NaN : 0 divisé par 0.)
#
# <details><summary>Indice</summary>
#
# Les pertes qui ne comptent pas valent déjà 0 : leur somme est juste telle quelle. Par quoi la diviser, et que ce
# diviseur ne doit-il jamais valoir ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# losses, counted <- ce que coûte chaque prédiction, et si elle compte
# réponse         <- somme de losses / (nombre de celles qui comptent, au moins 1)
# ```
#
# </details>


# %% id="lm-loss"
def lm_loss(logits: Tensor, ids: Tensor, ignore: int = -100) -> Tensor:
    """Mean cost of the predictions that count, in nats; 0 if none does.

    logits: [B, T, V]; ids: int64 [B, T]; returns a tensor of shape [], differentiable with respect to the logits.
    lm_loss(zeros(2, 5, 7), ones(2, 5)) -> 1.9459 (ln 7)
    """
    ### BEGIN SOLUTION
    losses, counted = next_token_losses(logits, ids, ignore)
    return losses.sum() / counted.sum().clamp(min=1)
    ### END SOLUTION


# %% group="mean"
# Row 0 predicts three times at ln 2; row 1 once, at ln 4: 5 ln 2 over 4 predictions.
table = torch.zeros(2, 4, 2)
table[1, 0] = torch.tensor([math.log(3.0), 0.0])
batch = torch.tensor([[0, 1, 0, 1], [0, 1, -100, -100]])
close(
    lm_loss(table, batch),
    torch.tensor(5 * math.log(2.0) / 4),
    FLOAT32,
    en="loss of two sequences of different lengths",
    fr="la perte de deux séquences de longueurs différentes",
)
close(
    lm_loss(table, torch.full((2, 4), -100)),
    torch.tensor(0.0),
    FLOAT32,
    en="loss when nothing counts",
    fr="la perte quand rien ne compte",
)

# %% group="invariants"
raised = torch.tensor([[[10_000.0, 10_000.0], [-10_000.0, -10_000.0], [0.0, 0.0]]])
close(
    lm_loss(raised, torch.tensor([[0, 1, 1]])),
    torch.tensor(math.log(2.0)),
    FLOAT32,
    en="loss for very large logits",
    fr="la perte pour de très grands logits",
)
unchanged(lm_loss, torch.zeros(1, 3, 2), torch.tensor([[0, 1, -100]]), en="lm_loss", fr="lm_loss")
(slope,) = gradients(lm_loss, torch.zeros(1, 3, 2), torch.tensor([[0, 1, 1]]), wrt=(0,))
finite(slope, en="gradient with respect to the logits", fr="le gradient par rapport aux logits")

# %% [markdown] lang="en"
# ## 4. Perplexity
#
# A loss of 3.2 nats speaks to nobody. Its exponential does: **perplexity** is the number of equally likely tokens that
# would leave the model as undecided. A model that knows nothing of a vocabulary of `V` has perplexity `V`; a perfect
# one, 1.
#
# `perplexity(batches, ignore)` takes a list of pairs `(logits, ids)`, and the same `ignore` (-100 unless given), and
# returns a Python `float`:
#
# $$\exp\left(\frac{\text{sum of all losses of all batches}}{\text{number of all predictions that count}}\right)$$
#
# - **One mean over the whole corpus.** A mean of the batches' means (or of their perplexities) gives a short last
#   batch too much weight. Example: 3 predictions at a loss of 1 and one at 5, in batches of 3 and 1. The mean is
#   $8/4 = 2$; the mean of means is $(1+5)/2 = 3$.
# - Losses are in nats, so the base is $e$.
# - A mean loss too large for a `float` (above 709) gives `math.inf`, not an error.
# - If nothing counts in any batch, there is no perplexity: `ValueError`.
#
# Perplexities compare only between models **with the same tokenizer, on the same text**: a model with smaller
# tokens makes more and easier predictions.
#
# <details><summary>Hint</summary>
#
# Carry two totals through the batches, and divide once. `math.exp(1000)` raises an error; `torch.exp` does not, but use
# it in float64: in float32 it is infinite from 89 on.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# total, count <- 0, 0
# for each batch: add the sum of its losses to total, and the number that count to count
# refuse count = 0
# answer <- exponential of total / count, infinite if it is too large
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. La perplexité
#
# Une perte de 3,2 nats ne parle à personne. Son exponentielle, si : la **perplexité** est le nombre de tokens
# équiprobables qui laisseraient le modèle aussi indécis. Un modèle qui ignore tout d'un vocabulaire de taille `V` a une
# perplexité de `V` ; un modèle parfait, de 1.
#
# `perplexity(batches, ignore)` prend une liste de paires `(logits, ids)`, et le même `ignore` (-100 s'il n'est pas
# donné), et renvoie un `float` de Python :
#
# $$\exp\left(\frac{\text{somme de toutes les pertes de tous les lots}}{\text{nombre de toutes les prédictions qui comptent}}\right)$$
#
# - **Une seule moyenne sur tout le corpus.** Une moyenne des moyennes des lots (ou de leurs perplexités) donne trop de
#   poids à un dernier lot plus court. Exemple : 3 prédictions de perte 1 et une de perte 5, en lots de 3 et de 1. La
#   moyenne est $8/4 = 2$ ; la moyenne des moyennes, $(1+5)/2 = 3$.
# - Les pertes sont en nats : la base est donc $e$.
# - Une perte moyenne trop grande pour un `float` (au-delà de 709) donne `math.inf`, pas une erreur.
# - Si rien ne compte dans aucun lot, il n'y a pas de perplexité : `ValueError`.
#
# Des perplexités ne se comparent qu'entre modèles **de même tokenizer, sur le même texte** : un modèle aux tokens plus
# petits fait des prédictions plus nombreuses et plus faciles.
#
# <details><summary>Indice</summary>
#
# Portez deux totaux d'un lot à l'autre, et ne divisez qu'une fois. `math.exp(1000)` lève une erreur ; `torch.exp` non,
# mais employez-la en float64 : en float32, elle est infinie dès 89.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# total, nombre <- 0, 0
# pour chaque lot : ajouter la somme de ses pertes à total, et le nombre de celles qui comptent à nombre
# refuser nombre = 0
# réponse <- exponentielle de total / nombre, infinie si elle est trop grande
# ```
#
# </details>


# %% id="perplexity"
def perplexity(batches: list[tuple[Tensor, Tensor]], ignore: int = -100) -> float:
    """Exponential of the mean loss over all predictions that count, in all batches together.

    batches: pairs (logits [B, T, V], ids int64 [B, T]), whose sizes may differ; inf if too large for a float.
    Raises ValueError if no prediction counts.
    perplexity([(zeros(2, 5, 7), ones(2, 5))]) -> 7.0
    Source: Jelinek et al. 1977, "Perplexity: a measure of the difficulty of speech recognition tasks".
    """
    ### BEGIN SOLUTION
    total, count = 0.0, 0
    for logits, ids in batches:
        losses, counted = next_token_losses(logits, ids, ignore)
        total += losses.sum().item()
        count += int(counted.sum())
    if not count:
        raise ValueError("no prediction counts, so there is no perplexity")
    try:
        return math.exp(total / count)
    except OverflowError:
        return math.inf
    ### END SOLUTION


# %% group="perplexity"
# Three predictions at ln 2, then one at ln 32: 8 ln 2 over 4 predictions, hence 2 to the power of 2.
first = (torch.zeros(1, 4, 2), torch.tensor([[0, 1, 1, 0]]))
second = (torch.tensor([[[0.0, math.log(31.0)], [0.0, 0.0]]]), torch.tensor([[1, 0]]))
close(
    perplexity([first, second]),
    4.0,
    FLOAT32,
    en="perplexity of two batches of different sizes",
    fr="la perplexité de deux lots de tailles différentes",
)
close(
    perplexity([(torch.zeros(2, 5, 7), torch.ones(2, 5, dtype=torch.int64))]),
    7.0,
    FLOAT32,
    en="perplexity of a model that knows nothing",
    fr="la perplexité d'un modèle qui ne sait rien",
)
raises(
    "ValueError",
    perplexity,
    [(torch.zeros(1, 1, 2), torch.tensor([[0]]))],
    en="perplexity without any prediction",
    fr="la perplexité sans aucune prédiction",
)

# %% [markdown] lang="en"
# ## 5. To try: the smallest language model, on La Fontaine
#
# Characters are the tokens, and the model is a table: row $i$ holds the logits of what follows character $i$. It looks
# at one character only, so its causal mask is free. It is trained with **your** functions; nothing else in the cell
# would change for GPT, except the model.
#
# The last cell of the notebook draws two figures. The first follows the perplexity on the tenth of the text that
# training never sees, from the size of the vocabulary downwards. The second shows the price of each character of one
# verse: where is the model surprised, and why there? Then compare with the counts: a table of *counted* pairs needs no
# gradient at all, and learning it by descent comes close to the same number.

# %% [markdown] lang="fr"
# ## 5. À essayer : le plus petit modèle de langue, sur La Fontaine
#
# Les caractères sont les tokens, et le modèle est une table : la ligne $i$ contient les logits de ce qui suit le
# caractère $i$. Il ne regarde qu'un caractère, donc son masque causal est gratuit. Il s'entraîne avec **vos**
# fonctions ; rien d'autre ne changerait dans la cellule pour GPT, sauf le modèle.
#
# La dernière cellule du notebook trace deux figures. La première suit la perplexité sur le dixième du texte que
# l'entraînement ne voit pas, à partir de la taille du vocabulaire. La seconde montre le prix de chaque caractère d'un
# vers : où le modèle est-il surpris, et pourquoi là ? Comparez ensuite aux comptes : une table de paires *comptées* n'a
# besoin d'aucun gradient, et l'apprentissage par descente approche le même nombre.

# %% try="fables"
from pathlib import Path

import matplotlib.pyplot as plt

fables = Path("data/fables.fr.txt").read_text(encoding="utf-8")
symbols = sorted(set(fables))
number = {symbol: i for i, symbol in enumerate(symbols)}
encoded = torch.tensor([number[symbol] for symbol in fables])
border = len(encoded) * 9 // 10
training, unseen = make_blocks(encoded[:border], 64), make_blocks(encoded[border:], 64)

torch.manual_seed(0)
bigram = torch.zeros(len(symbols), len(symbols), requires_grad=True)  # zeros: at first, every character is as likely
optimizer = torch.optim.Adam([bigram], lr=0.1)
curve = []
for step in range(121):
    if step % 10 == 0:
        with torch.no_grad():
            curve.append(perplexity([(bigram[unseen], unseen)]))
    batch = training[torch.randint(len(training), (16,))]
    loss = lm_loss(bigram[batch], batch)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

pairs = torch.full((len(symbols), len(symbols)), 0.1)  # a tenth of each, so that no pair is impossible
pairs.index_put_((encoded[: border - 1], encoded[1:border]), torch.tensor(1.0), accumulate=True)
by_counting = perplexity([(pairs.log()[unseen], unseen)])
print(f"{len(symbols)} symbols; perplexity {curve[0]:.1f} -> {curve[-1]:.1f} learned, {by_counting:.1f} counted")

verse = "Maître Corbeau, sur un arbre perché,"
row = torch.tensor([[number[symbol] for symbol in verse]])
prices, _ = next_token_losses(bigram.detach()[row], row)

figure, panels = plt.subplots(2, 1, figsize=(10, 6), layout="constrained")
panels[0].plot(range(0, 121, 10), curve, label="learned / appris")
panels[0].axhline(by_counting, color="grey", linestyle="--", label="counted / compté")
panels[0].set(yscale="log", xlabel="step / pas", ylabel="perplexity / perplexité")
panels[0].legend()
panels[1].bar(range(1, len(verse)), prices[0].tolist())
panels[1].set_xticks(range(len(verse)), list(verse))
panels[1].set_ylabel("loss (nats) / perte (nats)")
plt.show()

# %% [markdown] lang="en"
# ## Where this stands in today's libraries
#
# - **transformers**: `model(input_ids, labels=input_ids)` shifts *inside* the model: labels are the ids, unshifted, with
#   -100 where nothing is to be learned. Whoever shifts them beforehand shifts twice.
# - **nanoGPT** and many training scripts shift in the data instead: `x = data[i : i + k]`,
#   `y = data[i + 1 : i + k + 1]`. The loss then does not shift. Neither is wrong; both at once, or neither, is.
# - **Gradient accumulation** splits a batch into small ones and averages their losses: a mean of means. Trainers
#   divided this way for years; transformers mended it in October 2024 by dividing by the number of tokens of the
#   whole batch.
# - Long models never keep `[B, T, V]` logits: with `V = 128 000` they are larger than the model's activations, so the
#   loss is computed piece by piece (`F.linear_cross_entropy`, Liger kernels).

# %% [markdown] lang="fr"
# ## Où cela se trouve dans les bibliothèques d'aujourd'hui
#
# - **transformers** : `model(input_ids, labels=input_ids)` décale *dans* le modèle : les labels sont les ids, non
#   décalés, avec -100 là où il n'y a rien à apprendre. Qui les décale avant décale deux fois.
# - **nanoGPT** et bien des scripts d'entraînement décalent plutôt dans les données : `x = data[i : i + k]`,
#   `y = data[i + 1 : i + k + 1]`. La perte ne décale alors pas. Aucun des deux n'est faux ; les deux à la fois, ou aucun,
#   le sont.
# - **L'accumulation de gradient** découpe un lot en petits et fait la moyenne de leurs pertes : une moyenne de moyennes.
#   Les outils d'entraînement ont divisé ainsi pendant des années ; transformers l'a corrigé en octobre 2024, en divisant
#   par le nombre de tokens du lot entier.
# - Les grands modèles ne gardent jamais les logits `[B, T, V]` : avec `V = 128 000`, ils dépassent les activations du
#   modèle ; la perte se calcule donc morceau par morceau (`F.linear_cross_entropy`, noyaux Liger).
