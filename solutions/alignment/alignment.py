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
# # Alignment: learning from preferences
#
# Fine-tuning shows a model good answers and lets it imitate them. But for most questions nobody can write *the* good
# answer, and yet anyone can say which of two they like better. **Alignment** learns from such pairs: for one prompt, an
# answer that was **chosen** and one that was **rejected**.
#
# There are two ways from pairs to a model, and you will write the heart of both:
#
# ```text
# RLHF   pairs -> reward model -> reinforcement learning -> policy
# DPO    pairs -------------------------------------------> policy
# ```
#
# **RLHF** first trains a *reward model* that gives the chosen answer the higher score, then trains the language model
# (called the *policy*) to earn high scores without moving too far from where it started (the *reference*, a frozen
# copy). **DPO** notices that the policy already contains a reward model, and trains it on the pairs directly.
#
# | name | shape | what it is |
# |---|---|---|
# | `r_chosen`, `r_rejected` | `[B]` | rewards of the two answers of each pair |
# | `logits` | `[B, T, V]` | what a language model says at each position |
# | `labels` | int64 `[B, T]` | the tokens that were read; -100 where a token is not part of the answer |
# | `policy`, `reference` | `[B]` | log-probability of each answer, under the model that learns and under the frozen one |
# | `beta` | float | what it costs to move away from the reference |
#
# You write four functions; the last one is short, because it is made of the others. Torch's ready-made losses
# (`F.cross_entropy`, `F.nll_loss`, `F.soft_margin_loss`, `F.binary_cross_entropy` and their like, and their classes)
# are forbidden. Everything else is allowed, `torch.log_softmax` and `F.logsigmoid` included. All batches have at least
# one row, and none of your functions may write into what it is given. `torch` and `F` are at hand.

# %% [markdown] lang="fr"
# # L'alignement : apprendre de préférences
#
# Le fine-tuning supervisé montre au modèle de bonnes réponses et le laisse les imiter. Mais pour la plupart des
# questions, personne ne sait écrire *la* bonne réponse, alors que chacun sait dire laquelle de deux réponses il préfère.
# L'**alignement** apprend de telles paires : pour un même prompt, une réponse **préférée** (*chosen*) et une réponse
# **rejetée** (*rejected*).
#
# Deux chemins mènent des paires à un modèle, et vous allez écrire le cœur des deux :
#
# ```text
# RLHF   paires -> modèle de récompense -> apprentissage par renforcement -> politique
# DPO    paires -----------------------------------------------------------> politique
# ```
#
# Le **RLHF** entraîne d'abord un *modèle de récompense*, qui donne la meilleure note à la réponse préférée, puis
# entraîne le modèle de langue (la *politique*) à obtenir de bonnes notes sans trop s'éloigner de son point de départ (la
# *référence*, une copie figée). **DPO** remarque que la politique contient déjà un modèle de récompense, et l'entraîne
# directement sur les paires.
#
# | nom | forme | rôle |
# |---|---|---|
# | `r_chosen`, `r_rejected` | `[B]` | récompenses des deux réponses de chaque paire |
# | `logits` | `[B, T, V]` | ce que dit un modèle de langue à chaque position |
# | `labels` | int64 `[B, T]` | les tokens lus ; -100 là où un token ne fait pas partie de la réponse |
# | `policy`, `reference` | `[B]` | log-probabilité de chaque réponse, selon le modèle qui apprend et selon le modèle figé |
# | `beta` | float | ce qu'il en coûte de s'éloigner de la référence |
#
# Vous écrivez quatre fonctions ; la dernière est courte, car elle est faite des autres. Les pertes toutes faites de
# torch (`F.cross_entropy`, `F.nll_loss`, `F.soft_margin_loss`, `F.binary_cross_entropy` et leurs semblables, ainsi que
# leurs classes) sont interdites. Tout le reste est permis, y compris `torch.log_softmax` et `F.logsigmoid`. Tout lot a
# au moins une ligne, et aucune de vos fonctions ne doit écrire dans ce qu'elle reçoit. `torch` et `F` sont déjà
# importés.

# %% id="imports"
import math

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import FLOAT32, Tolerance, close, dtype, expect, finite, gradients, shape, unchanged

# %% [markdown] lang="en"
# ## 1. The loss of a reward model
#
# Bradley and Terry ranked players in 1952 by supposing that each has a strength, and that the first beats the second
# with a probability that depends on the difference alone: $\sigma(r_1 - r_2)$, where $\sigma(x) = 1 / (1 + e^{-x})$.
# Answers are players, rewards are strengths, and a reward model is trained by the surprise of each result:
#
# $$\mathrm{loss} = \frac{1}{B} \sum_{b} -\ln \sigma\left(r^{\mathrm{chosen}}_b - r^{\mathrm{rejected}}_b\right)$$
#
# `reward_loss(r_chosen, r_rejected)` returns this **mean over the pairs**: a tensor without dimensions, of the rewards'
# dtype (float32 or float64), through which gradients flow to both arguments.
#
# **Rewards may be as large as ±1000.** A pair that is 2000 in the wrong order costs 2000, and its gradient is not 0: it
# is the pair from which there is most to learn. But $\sigma(-2000)$ is exactly 0 in any dtype, and the logarithm of 0 is
# of no use to anyone. A clamp or a small number added inside the logarithm only hides this: the loss is then wrong, and
# the gradient gone.
#
# By hand: the pairs `(2, 1)` and `(0, 0)` cost $-\ln \sigma(1) \approx 0.313$ and $\ln 2 \approx 0.693$, on average
# $0.503$. Adding 10 to all rewards changes nothing: a reward has no zero of its own.
#
# <details><summary>Hint</summary>
#
# Write $-\ln \sigma(x)$ without $\sigma$: what is $-\ln \frac{1}{1 + e^{-x}}$ close to when $x$ is very negative? Torch
# knows several functions that compute it without ever computing $\sigma$.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# advance <- by how much each chosen answer is ahead
# answer  <- mean of the surprises, each computed as one function of the advance (not as a logarithm of a sigmoid)
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. La perte d'un modèle de récompense
#
# En 1952, Bradley et Terry classent des joueurs en supposant que chacun a une force, et que le premier bat le second
# avec une probabilité qui ne dépend que de l'écart : $\sigma(r_1 - r_2)$, où $\sigma(x) = 1 / (1 + e^{-x})$. Les
# réponses sont les joueurs, les récompenses leurs forces, et le modèle de récompense s'entraîne sur la surprise que
# cause chaque résultat :
#
# $$\mathrm{perte} = \frac{1}{B} \sum_{b} -\ln \sigma\left(r^{\mathrm{chosen}}_b - r^{\mathrm{rejected}}_b\right)$$
#
# `reward_loss(r_chosen, r_rejected)` renvoie cette **moyenne sur les paires** : un tenseur sans dimension, du dtype des
# récompenses (float32 ou float64), par lequel le gradient remonte aux deux arguments.
#
# **Les récompenses peuvent atteindre ±1000.** Une paire dans le mauvais ordre de 2000 coûte 2000, et son gradient n'est
# pas nul : c'est d'elle qu'il y a le plus à apprendre. Or $\sigma(-2000)$ vaut exactement 0 dans tout dtype, et le
# logarithme de 0 ne sert à personne. Borner, ou ajouter un petit nombre dans le logarithme, ne fait que cacher le mal :
# la perte est alors fausse, et le gradient perdu.
#
# À la main : les paires `(2, 1)` et `(0, 0)` coûtent $-\ln \sigma(1) \approx 0{,}313$ et $\ln 2 \approx 0{,}693$, en
# moyenne $0{,}503$. Ajouter 10 à toutes les récompenses ne change rien : une récompense n'a pas de zéro propre.
#
# <details><summary>Indice</summary>
#
# Écrivez $-\ln \sigma(x)$ sans $\sigma$ : de quoi $-\ln \frac{1}{1 + e^{-x}}$ est-il proche quand $x$ est très négatif ?
# Torch connaît plusieurs fonctions qui le calculent sans jamais calculer $\sigma$.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# avance  <- de combien chaque réponse préférée est devant
# réponse <- moyenne des surprises, chacune calculée par une seule fonction de l'avance (non le log d'une sigmoïde)
# ```
#
# </details>


# %% id="reward-loss"
def reward_loss(r_chosen: Tensor, r_rejected: Tensor) -> Tensor:
    """Mean surprise, in nats, that the chosen answers are preferred: minus the logarithm of Bradley-Terry's probability.

    r_chosen, r_rejected: [B], float32 or float64, up to ±1000; returns a tensor of shape [] and of the same dtype.
    reward_loss(tensor([2., 0.]), tensor([1., 0.])) -> 0.5032
    Source: Ouyang et al. 2022, "Training language models to follow instructions with human feedback", equation 1.
    """
    ### BEGIN SOLUTION
    lead = r_chosen - r_rejected
    return -F.logsigmoid(lead).mean()
    ### END SOLUTION


# %% group="reward"
close(
    reward_loss(torch.tensor([2.0, 0.0]), torch.tensor([1.0, 0.0])),
    torch.tensor((math.log(1 + math.exp(-1.0)) + math.log(2.0)) / 2),
    FLOAT32,
    en="loss of two pairs",
    fr="la perte de deux paires",
)
close(
    reward_loss(torch.tensor([11.0]), torch.tensor([12.0])),
    torch.tensor(math.log(1 + math.exp(1.0))),
    FLOAT32,
    en="loss of a pair in the wrong order",
    fr="la perte d'une paire dans le mauvais ordre",
)

# %% [markdown] lang="en"
# ## 2. How probable is an answer?
#
# A language model gives a probability to each token; an answer is many tokens. The probability of the whole answer is
# the **product** of those of its tokens, so its logarithm is the **sum** of theirs:
#
# $$\ln \pi(y \mid x) = \sum_{t} \ln \pi(y_t \mid x, y_{<t})$$
#
# `sequence_logps(logits, labels)` returns it for every row: shape `[B]`.
#
# - **The shift is yours to make, once.** `labels` face the model's inputs, unshifted: `labels[b, t]` is the token at
#   position `t`, and the logits that were asked for it are those of position `t - 1`. The label at position 0 and the
#   last row of logits never count.
# - **-100 counts for nothing.** The prompt, and the padding after a short answer, stand in `labels` as -100; they add
#   exactly 0, whatever the logits hold that were asked for them (even NaN). They may stand anywhere in a row. -100 is
#   no index: `gather` would fail on it. And 0 is a token like any other.
# - **Nothing to sum gives 0**: a row of nothing but -100, and every row when `T = 1`.
# - **A sum, not a mean.** A long answer *is* less probable than a short one.
# - **Numbers.** Logits may be as large as ±10,000, and an answer hundreds of tokens long: its probability is then far
#   below the smallest float, but its logarithm is a modest number.
# - **dtype.** float32 and float64 stay what they are; float16 and bfloat16 logits are converted to float32 *before*
#   anything is computed, and the result is float32. (In bfloat16, the neighbours of -300 are -298 and -302; DPO lives
#   on differences of a tenth.)
#
# By hand, with `V = 2`: the labels are `[-100, 1, 0]` (a prompt of one token, then the answer `1 0`), and the logits
# `[[0, ln 3], [0, 0], [7, 7]]`. Row 0 gives token 1 the probability $3/4$, row 1 gives token 0 the probability $1/2$, row
# 2 is asked for nothing: $\ln \frac{3}{4} + \ln \frac{1}{2} = \ln \frac{3}{8} \approx -0.981$.
#
# <details><summary>Hint</summary>
#
# First make two tensors that face each other: what is asked for, and the logits that were asked. Where nothing is asked
# for, look up any valid token and throw the result away. (Multiplying a NaN by 0 does not throw it away.)
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# asked   <- labels from position 1 on
# counts  <- where they are not -100
# logp    <- logarithm of the softmax of all logits but the last row, from float32 on
# each    <- at every position, logp of the token asked for (of token 0 where it does not count)
# answer  <- sum over each row, of 0 instead of `each` where it does not count
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Quelle est la probabilité d'une réponse ?
#
# Un modèle de langue donne une probabilité à chaque token ; une réponse est faite de beaucoup de tokens. La probabilité
# de la réponse entière est le **produit** de celles de ses tokens ; son logarithme est donc la **somme** des leurs :
#
# $$\ln \pi(y \mid x) = \sum_{t} \ln \pi(y_t \mid x, y_{<t})$$
#
# `sequence_logps(logits, labels)` le renvoie pour chaque ligne : forme `[B]`.
#
# - **Le décalage est à votre charge, une seule fois.** `labels` fait face aux entrées du modèle, sans décalage :
#   `labels[b, t]` est le token de la position `t`, et les logits à qui on l'a demandé sont ceux de la position `t - 1`.
#   Le label de la position 0 et la dernière ligne de logits ne comptent jamais.
# - **-100 ne compte pour rien.** Le prompt, et le remplissage qui suit une réponse courte, valent -100 dans `labels` ;
#   ils ajoutent exactement 0, quoi que contiennent les logits à qui on les a demandés (même NaN). Ils peuvent se trouver
#   n'importe où dans une ligne. -100 n'est pas un indice : `gather` échouerait. Et 0 est un token comme un autre.
# - **Rien à sommer donne 0** : une ligne où il n'y a que des -100, et toute ligne quand `T = 1`.
# - **Une somme, pas une moyenne.** Une longue réponse *est* moins probable qu'une courte.
# - **Nombres.** Les logits peuvent atteindre ±10 000, et une réponse compter des centaines de tokens : sa probabilité
#   est alors bien plus petite que le plus petit des flottants, mais son logarithme est un nombre ordinaire.
# - **dtype.** float32 et float64 restent ce qu'ils sont ; les logits en float16 et bfloat16 sont convertis en float32
#   *avant* tout calcul, et le résultat est en float32. (En bfloat16, les voisins de -300 sont -298 et -302 ; DPO vit
#   d'écarts d'un dixième.)
#
# À la main, avec `V = 2` : les labels sont `[-100, 1, 0]` (un prompt d'un token, puis la réponse `1 0`), et les logits
# `[[0, ln 3], [0, 0], [7, 7]]`. La ligne 0 donne au token 1 la probabilité $3/4$, la ligne 1 donne au token 0 la
# probabilité $1/2$, on ne demande rien à la ligne 2 : $\ln \frac{3}{4} + \ln \frac{1}{2} = \ln \frac{3}{8} \approx
# -0{,}981$.
#
# <details><summary>Indice</summary>
#
# Faites d'abord deux tenseurs qui se font face : ce qu'on demande, et les logits à qui on le demande. Là où l'on ne
# demande rien, lisez n'importe quel token valable, et jetez le résultat. (Multiplier un NaN par 0 ne le jette pas.)
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# demandé <- labels à partir de la position 1
# compte  <- là où ils ne valent pas -100
# logp    <- logarithme du softmax de tous les logits sauf la dernière ligne, en float32 au moins
# chacun  <- à chaque position, logp du token demandé (du token 0 là où il ne compte pas)
# réponse <- somme de chaque ligne, avec 0 au lieu de `chacun` là où il ne compte pas
# ```
#
# </details>


# %% id="sequence-logps"
def sequence_logps(logits: Tensor, labels: Tensor) -> Tensor:
    """Log-probability of each row's answer, in nats: the sum over its tokens that are not -100.

    logits: [B, T, V], floating point; labels: int64 [B, T], unshifted; both left unmodified. Returns [B]: float32 for
    float16 and bfloat16 logits, else the logits' dtype. 0 where nothing counts.
    logits [[[0., ln 3], [0., 0.], [7., 7.]]], labels [[-100, 1, 0]] -> [-0.9808] (ln 3/8)
    Source: Sutskever et al. 2014, "Sequence to Sequence Learning with Neural Networks", section 2.
    """
    ### BEGIN SOLUTION
    wanted = labels[:, 1:]
    spoken = wanted != -100
    wide = logits[:, :-1].to(torch.promote_types(logits.dtype, torch.float32))
    of_each = wide.log_softmax(dim=-1).take_along_dim(wanted.where(spoken, 0).unsqueeze(-1), dim=-1)
    return of_each.squeeze(-1).where(spoken, 0.0).sum(dim=-1)
    ### END SOLUTION


# %% group="logps"
# Two answers of two tokens: 3/4 then 1/2, and 1/4 then 1/2. The last row of logits is asked for nothing.
close(
    sequence_logps(
        torch.tensor([[[0.0, math.log(3.0)], [0.0, 0.0], [9.0, -9.0]]]).expand(2, 3, 2),
        torch.tensor([[0, 1, 0], [1, 0, 1]]),
    ),
    torch.tensor([math.log(3 / 8), math.log(1 / 8)]),
    FLOAT32,
    en="log-probabilities of two answers",
    fr="les log-probabilités de deux réponses",
)

# %% group="ignore"
# Every token costs ln 2: only their number matters. A prompt, padding, both, nothing but -100.
close(
    sequence_logps(
        torch.zeros(4, 4, 2),
        torch.tensor([[-100, -100, 1, 0], [1, 1, 0, -100], [-100, 0, -100, -100], [-100, -100, -100, -100]]),
    ),
    torch.tensor([-2.0, -2.0, -1.0, 0.0]) * math.log(2.0),
    FLOAT32,
    en="log-probabilities of answers with a prompt and padding",
    fr="les log-probabilités de réponses avec un prompt et du remplissage",
)

# %% [markdown] lang="en"
# ## 3. The reward hidden in a policy
#
# The second half of RLHF seeks the policy $\pi$ whose answers earn the most, minus a toll for being more probable than
# the reference $\pi_{\mathrm{ref}}$ would have them:
#
# $$\max_{\pi} \; \mathbb{E}_{y \sim \pi} \left[ r(y) - \beta \left( \ln \pi(y) - \ln \pi_{\mathrm{ref}}(y) \right) \right]$$
#
# Without the toll, training would find the answers that the reward model overrates, and the language would decay. The
# best policy is known in closed form: $\pi^*(y) \propto \pi_{\mathrm{ref}}(y) \, e^{r(y) / \beta}$. The reference, with
# each answer made more probable by an exponential of its reward. Now read this formula backwards, and solve it for $r$:
#
# $$r(y) = \beta \left( \ln \pi^*(y) - \ln \pi_{\mathrm{ref}}(y) \right) + \text{a constant of the prompt}$$
#
# So **every policy is the best one for some reward**, and this is it. Its toll and its reward are the same expression.
#
# `implicit_rewards(policy, reference, beta)` returns it without the constant, shape `[B]`. The reference is **frozen**:
# no gradient flows to it, even if the tensor given asks for one.
#
# By hand: an answer of log-probability $-5$ under the policy and $-8$ under the reference has, with $\beta = 0.1$, the
# implicit reward $0.1 \times 3 = 0.3$.
#
# <details><summary>Hint</summary>
#
# Ask torch for the values of a tensor without its history.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# gain   <- log-probability under the policy, less the one under the reference (its values only)
# answer <- beta times the gain
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. La récompense cachée dans une politique
#
# La seconde moitié du RLHF cherche la politique $\pi$ dont les réponses rapportent le plus, moins un péage pour les
# avoir rendues plus probables que ne le ferait la référence $\pi_{\mathrm{ref}}$ :
#
# $$\max_{\pi} \; \mathbb{E}_{y \sim \pi} \left[ r(y) - \beta \left( \ln \pi(y) - \ln \pi_{\mathrm{ref}}(y) \right) \right]$$
#
# Sans le péage, l'entraînement trouverait les réponses que le modèle de récompense surestime, et la langue se
# dégraderait. On connaît la meilleure politique sous forme close : $\pi^*(y) \propto \pi_{\mathrm{ref}}(y) \, e^{r(y) /
# \beta}$. C'est la référence, où chaque réponse est rendue plus probable par l'exponentielle de sa récompense. Lisez
# maintenant cette formule à l'envers, en la résolvant pour $r$ :
#
# $$r(y) = \beta \left( \ln \pi^*(y) - \ln \pi_{\mathrm{ref}}(y) \right) + \text{une constante du prompt}$$
#
# Ainsi, **toute politique est la meilleure pour une certaine récompense**, et la voici. Son péage et sa récompense sont
# une seule et même expression.
#
# `implicit_rewards(policy, reference, beta)` la renvoie sans la constante, de forme `[B]`. La référence est **figée** :
# aucun gradient n'y remonte, même si le tenseur reçu en demande un.
#
# À la main : une réponse de log-probabilité $-5$ selon la politique et $-8$ selon la référence a, avec $\beta = 0{,}1$,
# la récompense implicite $0{,}1 \times 3 = 0{,}3$.
#
# <details><summary>Indice</summary>
#
# Demandez à torch les valeurs d'un tenseur sans son histoire.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# gain    <- log-probabilité selon la politique, moins celle selon la référence (ses valeurs seulement)
# réponse <- beta fois le gain
# ```
#
# </details>


# %% id="implicit-rewards"
def implicit_rewards(policy: Tensor, reference: Tensor, beta: float) -> Tensor:
    """The rewards for which this policy is the best one, up to a constant of the prompt.

    policy, reference: [B], log-probabilities of the same answers; beta > 0, in units of reward per nat. Returns [B], of
    their dtype, differentiable with respect to `policy` only.
    implicit_rewards(tensor([-5.]), tensor([-8.]), 0.1) -> tensor([0.3])
    Source: Rafailov et al. 2023, "Direct Preference Optimization", equation 5.
    """
    ### BEGIN SOLUTION
    return beta * (policy - reference.detach())
    ### END SOLUTION


# %% [markdown] lang="en"
# ## 4. DPO
#
# You have a loss for reward models, and a reward inside every policy. **Direct preference optimisation** is the one
# applied to the other. `dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta)` takes the
# four log-probabilities of each pair, `[B]` each, and returns the reward model's loss on the implicit rewards: a tensor
# without dimensions. The unknown constants cancel, because both answers of a pair belong to one prompt.
#
# $$-\frac{1}{B} \sum_b \ln \sigma\left( \beta \ln \frac{\pi(y^{\mathrm{chosen}}_b)}{\pi_{\mathrm{ref}}(y^{\mathrm{chosen}}_b)}
#   - \beta \ln \frac{\pi(y^{\mathrm{rejected}}_b)}{\pi_{\mathrm{ref}}(y^{\mathrm{rejected}}_b)} \right)$$
#
# Training starts with the policy equal to the reference. All implicit rewards are then 0 and the loss is $\ln 2 \approx
# 0.693$, whatever $\beta$ and the pairs. **Look at the first value of your loss curve**: any other number means that the
# two models were not given the same tokens.
#
# By hand, with $\beta = 0.1$: policy $-5$ and $-9$, reference $-8$ and $-7$. The implicit rewards are $0.3$ and $-0.2$,
# and the loss is $-\ln \sigma(0.5) \approx 0.474$.
#
# <details><summary>Hint</summary>
#
# All the parts exist. Which two vectors does the loss of a reward model want?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# r_chosen, r_rejected <- implicit rewards of the chosen answers, and of the rejected ones
# answer               <- loss of a reward model that gives these rewards
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. DPO
#
# Vous avez une perte pour les modèles de récompense, et une récompense dans chaque politique. L'**optimisation directe
# des préférences** (DPO) applique l'une à l'autre. `dpo_loss(policy_chosen, policy_rejected, reference_chosen,
# reference_rejected, beta)` prend les quatre log-probabilités de chaque paire, chacune de forme `[B]`, et renvoie la
# perte du modèle de récompense sur les récompenses implicites : un tenseur sans dimension. Les constantes inconnues
# s'annulent, car les deux réponses d'une paire répondent au même prompt.
#
# $$-\frac{1}{B} \sum_b \ln \sigma\left( \beta \ln \frac{\pi(y^{\mathrm{chosen}}_b)}{\pi_{\mathrm{ref}}(y^{\mathrm{chosen}}_b)}
#   - \beta \ln \frac{\pi(y^{\mathrm{rejected}}_b)}{\pi_{\mathrm{ref}}(y^{\mathrm{rejected}}_b)} \right)$$
#
# L'entraînement commence avec une politique égale à la référence. Toutes les récompenses implicites sont alors nulles et
# la perte vaut $\ln 2 \approx 0{,}693$, quels que soient $\beta$ et les paires. **Regardez la première valeur de votre
# courbe de perte** : tout autre nombre signifie que les deux modèles n'ont pas reçu les mêmes tokens.
#
# À la main, avec $\beta = 0{,}1$ : politique $-5$ et $-9$, référence $-8$ et $-7$. Les récompenses implicites valent
# $0{,}3$ et $-0{,}2$, et la perte $-\ln \sigma(0{,}5) \approx 0{,}474$.
#
# <details><summary>Indice</summary>
#
# Toutes les pièces existent. Quels deux vecteurs la perte d'un modèle de récompense demande-t-elle ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# r_chosen, r_rejected <- récompenses implicites des réponses préférées, et des réponses rejetées
# réponse              <- perte d'un modèle de récompense qui donne ces récompenses
# ```
#
# </details>


# %% id="dpo-loss"
def dpo_loss(
    policy_chosen: Tensor, policy_rejected: Tensor, reference_chosen: Tensor, reference_rejected: Tensor, beta: float
) -> Tensor:
    """Loss of a reward model on the policy's implicit rewards, mean over the pairs; ln 2 if policy = reference.

    Four tensors [B], log-probabilities of whole answers; beta > 0. Returns a tensor of shape [] and of their dtype,
    differentiable with respect to the policy only.
    dpo_loss(tensor([-5.]), tensor([-9.]), tensor([-8.]), tensor([-7.]), 0.1) -> 0.4741
    Source: Rafailov et al. 2023, "Direct Preference Optimization", equation 7.
    """
    ### BEGIN SOLUTION
    return reward_loss(
        implicit_rewards(policy_chosen, reference_chosen, beta),
        implicit_rewards(policy_rejected, reference_rejected, beta),
    )
    ### END SOLUTION


# %% group="dpo"
pair = [torch.tensor([log_probability]) for log_probability in (-5.0, -9.0, -8.0, -7.0)]
close(
    implicit_rewards(pair[0], pair[2], 0.1),
    torch.tensor([0.3]),
    FLOAT32,
    en="implicit reward of a chosen answer",
    fr="la récompense implicite d'une réponse préférée",
)
close(
    dpo_loss(*pair, 0.1),
    torch.tensor(math.log(1 + math.exp(-0.5))),
    FLOAT32,
    en="dpo_loss of one pair",
    fr="dpo_loss d'une paire",
)
close(
    dpo_loss(pair[2], pair[3], pair[2], pair[3], 0.1),
    torch.tensor(math.log(2.0)),
    FLOAT32,
    en="dpo_loss before the first step, when policy and reference are equal",
    fr="dpo_loss avant le premier pas, quand politique et référence sont égales",
)

# %% group="shapes"
zeros = torch.zeros(3)
shape(reward_loss(zeros, zeros), (), en="reward_loss", fr="reward_loss")
shape(implicit_rewards(zeros, zeros, 0.1), (3,), en="implicit_rewards", fr="implicit_rewards")
shape(dpo_loss(zeros, zeros, zeros, zeros, 0.1), (), en="dpo_loss", fr="dpo_loss")
for kind, expected in ((torch.bfloat16, torch.float32), (torch.float64, torch.float64)):
    logps = sequence_logps(torch.zeros(3, 1, 7, dtype=kind), torch.ones(3, 1, dtype=torch.int64))
    shape(logps, (3,), en="sequence_logps for T = 1", fr="sequence_logps pour T = 1")
    dtype(logps, expected, en="sequence_logps", fr="sequence_logps")

# %% group="large"
close(
    reward_loss(torch.tensor([-1000.0]), torch.tensor([1000.0])),
    torch.tensor(2000.0),
    FLOAT32,
    en="loss of a pair whose rewards are -1000 and 1000",
    fr="la perte d'une paire de récompenses -1000 et 1000",
)
close(
    sequence_logps(torch.full((1, 3, 4), 10_000.0), torch.tensor([[-100, 2, 3]])),
    torch.tensor([-2 * math.log(4.0)]),
    FLOAT32,
    en="log-probability for very large logits",
    fr="la log-probabilité pour de très grands logits",
)
close(
    sequence_logps(torch.zeros(1, 301, 4), torch.ones(1, 301, dtype=torch.int64)),
    torch.tensor([-300 * math.log(4.0)]),
    Tolerance(1e-5, 0.0, "float32: a sum of 300 terms"),
    en="log-probability of an answer of 300 tokens",
    fr="la log-probabilité d'une réponse de 300 tokens",
)

# %% group="gradients"
(slope,) = gradients(sequence_logps, torch.zeros(1, 3, 2), torch.tensor([[-100, 1, 0]]), wrt=(0,))
finite(slope, en="gradient of sequence_logps", fr="le gradient de sequence_logps")
unchanged(
    sequence_logps, torch.zeros(1, 3, 2), torch.tensor([[-100, 1, -100]]), en="sequence_logps", fr="sequence_logps"
)
up, down, *frozen = gradients(dpo_loss, *torch.zeros(4, 1), 0.1, wrt=(0, 1, 2, 3))
expect(
    bool(up < 0) and bool(down > 0),
    en="descending the loss must make the chosen answer more probable and the rejected one less",
    fr="descendre la perte doit rendre la réponse préférée plus probable et la réponse rejetée moins probable",
)
expect(
    not any(gradient is not None and bool(gradient != 0) for gradient in frozen),
    en="a gradient flows to the reference, which is frozen",
    fr="un gradient remonte à la référence, qui est figée",
)

# %% [markdown] lang="en"
# ## 5. To try: two roads to one policy
#
# A language model so small that everything about it can be computed: it answers in three parts, each from three
# possibilities, 27 answers in all. The table `taste` says what people like. Nobody knows it; we only see which of two
# answers they choose, 40 times, and they are not always consistent.
#
# - **RLHF without the RL.** A reward model learns from the pairs with **your** `reward_loss`. With 27 answers, the best
#   policy needs no reinforcement learning: it is the closed form of section 3.
# - **DPO.** The policy learns from the same pairs with **your** `dpo_loss`, and never sees a reward.
#
# The left figure shows what each earns, against how far it went from the reference (the KL divergence, in nats). Lines
# are RLHF for all $\beta$, circles are DPO for four of them: they lie on the lines, because both roads lead to the same
# policy. And the two lines part: the farther from the reference, the more the learned reward promises what people do not
# feel. That is what the toll is for. More pairs bring the lines together: try 4000. The right figure shows which answers
# gain.

# %% [markdown] lang="fr"
# ## 5. À essayer : deux chemins vers une politique
#
# Un modèle de langue si petit qu'on peut tout en calculer : il répond en trois parties, chacune choisie parmi trois, soit
# 27 réponses. Le tableau `taste` dit ce que les gens aiment. Personne ne le connaît ; on voit seulement, 40 fois,
# laquelle de deux réponses ils choisissent, et ils ne sont pas toujours cohérents.
#
# - **Le RLHF sans le RL.** Un modèle de récompense apprend des paires avec **votre** `reward_loss`. Pour 27 réponses, la
#   meilleure politique se passe d'apprentissage par renforcement : c'est la forme close de la section 3.
# - **DPO.** La politique apprend des mêmes paires avec **votre** `dpo_loss`, et ne voit jamais de récompense.
#
# La figure de gauche montre ce que chacun rapporte, selon la distance à la référence (la divergence KL, en nats). Les
# lignes sont le RLHF pour tous les $\beta$, les cercles DPO pour quatre d'entre eux : ils sont sur les lignes, car les deux
# chemins mènent à la même politique. Et les deux lignes s'écartent : plus on s'éloigne de la référence, plus la récompense
# apprise promet ce que les gens ne ressentent pas. C'est à cela que sert le péage. Davantage de paires rapprochent les
# lignes : essayez 4000. La figure de droite montre quelles réponses y gagnent.

# %% try="roads"
import matplotlib.pyplot as plt

words = [["Well,", "Sorry,", "Listen,"], ["I do not know", "it depends", "of course not"], [".", ", friend.", "!"]]
taste = torch.tensor([[0.0, 0.8, -0.4], [0.6, 0.4, -0.8], [0.0, 0.3, -0.5]])  # how much people like each of them
before = torch.tensor([[0.5, 0.0, 0.5], [-0.5, 0.0, 1.0], [0.5, -0.5, 0.5]])  # the reference's logits for each of them
answers = torch.cartesian_prod(*torch.arange(3).repeat(3, 1))
labels = torch.cat([torch.full((27, 1), -100), answers], dim=1)  # one token of prompt before each answer


def answer_logps(table):  # of all 27 answers; the last row of logits is asked for nothing
    return sequence_logps(torch.cat([table, torch.zeros(1, 3)]).expand(27, 4, 3), labels)


def total(scores):  # what the three parts of each answer are worth together
    return scores[torch.arange(3), answers].sum(dim=1)


def mean(worth, logps):  # of something that each answer is worth, over the answers of a policy
    return (logps.exp() * worth).sum()


def fit(loss_of, table):
    table = table.clone().requires_grad_()
    optimizer = torch.optim.Adam([table], lr=0.1)
    for _ in range(400):
        optimizer.zero_grad()
        loss_of(table).backward()
        optimizer.step()
    return table.detach()


torch.manual_seed(7)
pairs = 40
start, true = answer_logps(before), total(taste)
first, second = torch.multinomial(start.exp(), 2 * pairs, replacement=True).view(2, pairs)
liked = torch.rand(pairs) < torch.sigmoid(true[first] - true[second])
chosen, rejected = first.where(liked, second), second.where(liked, first)

# Road 1: a reward model, then the best policy for it, for many a beta.
learned = total(fit(lambda scores: reward_loss(total(scores)[chosen], total(scores)[rejected]), torch.zeros(3, 3)))
learned += mean(true - learned, start)  # a reward has no zero of its own: it is given that of the true one
best = [torch.log_softmax(start + learned / beta, dim=0) for beta in torch.logspace(-1.0, 1.5, 60)]


# Road 2: DPO.
def direct(beta):
    def loss(table):
        now = answer_logps(table)
        return dpo_loss(now[chosen], now[rejected], start[chosen], start[rejected], beta)

    return answer_logps(fit(loss, before))


betas = (0.2, 0.4, 0.8, 2.0)
aligned = [direct(beta) for beta in betas]

figure, (left, right) = plt.subplots(1, 2, figsize=(12, 5), layout="constrained", width_ratios=(3, 2))
for worth, colour, name in ((learned, "tab:orange", "learned / apprise"), (true, "tab:blue", "true / vraie")):
    for policies, style, label in ((best, "-", name), (aligned, "o", None)):
        far = [mean(logps - start, logps) for logps in policies]
        left.plot(far, [mean(worth, logps) for logps in policies], style, color=colour, label=label)
for beta, logps in zip(betas, aligned, strict=True):
    place = (mean(logps - start, logps), mean(learned, logps))
    left.annotate(f"β = {beta}", place, xytext=(6, -14), textcoords="offset points")
left.set(xlabel="KL (nats)", ylabel="mean reward / récompense moyenne")
left.legend()

top = aligned[1].topk(7).indices.flip(0)
texts = [f"{words[0][i]} {words[1][j]}{words[2][k]}" for i, j, k in answers[top].tolist()]
right.barh([y + 0.2 for y in range(7)], aligned[1][top].exp(), 0.4, label=f"DPO, β = {betas[1]}")
right.barh([y - 0.2 for y in range(7)], start[top].exp(), 0.4, color="grey", label="reference / référence")
right.set_yticks(range(7), texts)
right.set_xlabel("probability / probabilité")
right.legend()
plt.show()

# %% [markdown] lang="en"
# ## Where this stands in today's libraries
#
# - **TRL**: `RewardTrainer` minimises your `reward_loss`. `DPOTrainer` minimises your `dpo_loss` (`beta=0.1` by default)
#   and logs the implicit rewards as `rewards/chosen`, `rewards/rejected`, their difference as `rewards/margins`, and how
#   often it is positive as `rewards/accuracies`.
# - In a DPO run **both** log-probabilities often fall; the loss wants only that the rejected one falls faster. Watch
#   `rewards/chosen`, not the loss alone.
# - **RLHF** as in InstructGPT maximises the objective of section 3 with PPO; GRPO, its successor for reasoning models,
#   keeps the toll (or drops it) and compares several answers to one prompt with each other.
# - **Variants change one line of yours.** IPO replaces $-\ln \sigma$ by a square, so that sure preferences do not push
#   for ever; SimPO divides by the length and drops the reference; label smoothing (cDPO) supposes that some pairs were
#   swapped. The mean instead of the sum is thus an error here and a method there: know which one you run.
# - A sum favours nobody by itself, but raters like long answers, and DPO learns that too: watch the length.

# %% [markdown] lang="fr"
# ## Où cela se trouve dans les bibliothèques d'aujourd'hui
#
# - **TRL** : `RewardTrainer` minimise votre `reward_loss`. `DPOTrainer` minimise votre `dpo_loss` (`beta=0.1` par défaut)
#   et affiche les récompenses implicites sous les noms `rewards/chosen` et `rewards/rejected`, leur écart sous
#   `rewards/margins`, et la fréquence à laquelle il est positif sous `rewards/accuracies`.
# - Pendant un DPO, les **deux** log-probabilités baissent souvent ; la perte veut seulement que celle de la réponse
#   rejetée baisse plus vite. Surveillez `rewards/chosen`, et non la perte seule.
# - Le **RLHF**, comme dans InstructGPT, maximise l'objectif de la section 3 avec PPO ; GRPO, son successeur pour les modèles
#   de raisonnement, garde le péage (ou l'abandonne) et compare entre elles plusieurs réponses à un même prompt.
# - **Les variantes changent une de vos lignes.** IPO remplace $-\ln \sigma$ par un carré, pour que les préférences sûres
#   ne poussent pas sans fin ; SimPO divise par la longueur et se passe de référence ; le lissage des labels (cDPO) suppose
#   que certaines paires ont été inversées. La moyenne au lieu de la somme est donc une erreur ici et une méthode là :
#   sachez laquelle vous employez.
# - Une somme ne favorise personne par elle-même, mais les annotateurs aiment les longues réponses, et DPO l'apprend
#   aussi : surveillez la longueur.
