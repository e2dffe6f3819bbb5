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
# # Sequence to sequence with additive attention
#
# In the last lab a recurrent network read a text one token at a time and predicted the next one. To *translate*, one
# network is not enough: the French sentence has another length and another order than the English one. The
# **encoder-decoder** (Sutskever et al., 2014; Cho et al., 2014) uses two. The *encoder* reads the whole source and
# hands over its last hidden state; the *decoder* starts from that state and writes the target, token after token.
#
# It works, for short sentences. For long ones the last state is a **bottleneck**: one vector of a few hundred numbers
# must hold everything. Bahdanau, Cho and Bengio (2015) removed it with one idea: keep *all* the states of the encoder,
# and let each step of the decoder choose where to look. The choice is soft, a weighted average, so that it can be
# learned with the rest. This is **additive attention**, the ancestor of the attention in Transformers.
#
# You write the five pieces of that model:
#
# | function | what it does |
# |---|---|
# | `encode` | reads the source; gives every hidden state, and the last one |
# | `additive_attention` | where one decoder state looks, and what it sees there |
# | `decoder_step` | one token in; scores for the next one, and a new state, out |
# | `teacher_forced` | all the steps of a known target, for training |
# | `greedy_generate` | writes a target of its own, token by token |
#
# The weights of the model come in a dict `p`, under these names ($D$: width of an embedding, $H$: of a state, $A$: of the
# attention's hidden layer):
#
# | name | shape | | name | shape |
# |---|---|---|---|---|
# | `E_src` | `[V_src, D]` | | `E_tgt` | `[V, D]` |
# | `W_enc` | `[H, D]` | | `W_dec` | `[H, D + H]` |
# | `U_enc` | `[H, H]` | | `U_dec` | `[H, H]` |
# | `b_enc` | `[H]` | | `b_dec` | `[H]` |
# | `W_a` | `[A, H + H]` | | `W_out` | `[V, H]` |
# | `v_a` | `[A]` | | `b_out` | `[V]` |
#
# As in `torch.nn.Linear`, a matrix named `[out, in]` is applied to a row vector as `x @ W.T`.

# %% [markdown] lang="fr"
# # De séquence à séquence avec attention additive
#
# Au TP précédent, un réseau récurrent lisait un texte token par token et prédisait le suivant. Pour *traduire*, un
# réseau ne suffit pas : la phrase française n'a ni la longueur ni l'ordre de la phrase anglaise.
# L'**encodeur-décodeur** (Sutskever et al., 2014 ; Cho et al., 2014) en emploie deux. L'*encodeur* lit toute la source
# et transmet son dernier état caché ; le *décodeur* part de cet état et écrit la cible, token après token.
#
# Cela marche, pour des phrases courtes. Pour les longues, le dernier état est un **goulot d'étranglement** : un seul
# vecteur de quelques centaines de nombres doit tout contenir. Bahdanau, Cho et Bengio (2015) l'ont fait sauter avec une
# idée : garder *tous* les états de l'encodeur, et laisser chaque pas du décodeur choisir où regarder. Le choix est
# souple, c'est une moyenne pondérée, si bien qu'il s'apprend avec le reste. C'est l'**attention additive**, l'ancêtre
# de celle des Transformers.
#
# Vous écrivez les cinq pièces de ce modèle :
#
# | fonction | ce qu'elle fait |
# |---|---|
# | `encode` | lit la source ; donne tous les états cachés, et le dernier |
# | `additive_attention` | où regarde un état du décodeur, et ce qu'il y voit |
# | `decoder_step` | un token entre ; des scores pour le suivant et un nouvel état sortent |
# | `teacher_forced` | tous les pas d'une cible connue, pour l'entraînement |
# | `greedy_generate` | écrit sa propre cible, token par token |
#
# Les poids du modèle arrivent dans un dict `p`, sous ces noms ($D$ : largeur d'un plongement, $H$ : d'un état, $A$ : de
# la couche cachée de l'attention) :
#
# | nom | forme | | nom | forme |
# |---|---|---|---|---|
# | `E_src` | `[V_src, D]` | | `E_tgt` | `[V, D]` |
# | `W_enc` | `[H, D]` | | `W_dec` | `[H, D + H]` |
# | `U_enc` | `[H, H]` | | `U_dec` | `[H, H]` |
# | `b_enc` | `[H]` | | `b_dec` | `[H]` |
# | `W_a` | `[A, H + H]` | | `W_out` | `[V, H]` |
# | `v_a` | `[A]` | | `b_out` | `[V]` |
#
# Comme dans `torch.nn.Linear`, une matrice notée `[sortie, entrée]` s'applique à un vecteur ligne par `x @ W.T`.

# %% id="imports"
import math

import torch
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, finite, gradients, parts, same, shape, unchanged

# %% [markdown] lang="en"
# ## 1. The encoder
#
# A tanh recurrent network over the source, one state per position:
#
# $$h_j = \tanh\left(W_{enc}\, E_{src}[x_j] + U_{enc}\, h_{j-1} + b_{enc}\right), \qquad h_0 = 0$$
#
# `encode(source, mask, p)` returns **`(enc, s0)`**: the states of every position, and the state the decoder starts
# from. Sentences of a batch have different lengths, so short ones are padded at the end; `mask` is `True` on real
# tokens. Two rules follow:
#
# - **`s0` is the state after the last real token.** Padding must not move it: a sentence gives the same `s0` whatever the
#   length it was padded to.
# - **`enc` is zero at padding positions.**
#
# There is at least one position ($S \ge 1$), but a sentence may be without a single real token: it has `s0 = 0`.
#
# <details><summary>Hint</summary>
#
# At each position compute the new state for the whole batch, then choose row by row: the new one where the token is
# real, the old one where it is padding. `torch.where` chooses.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# h <- zeros, one row per sentence
# for each position j of the source:
#     new   <- tanh(embedding of the tokens at j, through W_enc, + h through U_enc + b_enc)
#     h     <- new where the token is real, h where it is not
#     state of position j <- new where the token is real, 0 where it is not
# answer <- the states side by side [B, S, H], and h
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. L'encodeur
#
# Un réseau récurrent à tanh sur la source, un état par position :
#
# $$h_j = \tanh\left(W_{enc}\, E_{src}[x_j] + U_{enc}\, h_{j-1} + b_{enc}\right), \qquad h_0 = 0$$
#
# `encode(source, mask, p)` renvoie **`(enc, s0)`** : les états de toutes les positions, et l'état dont part le
# décodeur. Les phrases d'un lot ont des longueurs différentes ; on complète donc les courtes à la fin (*padding*) ;
# `mask` vaut `True` sur les vrais tokens. D'où deux règles :
#
# - **`s0` est l'état après le dernier vrai token.** Le padding ne doit pas le changer : une phrase donne le même `s0`
#   quelle que soit la longueur à laquelle on l'a complétée.
# - **`enc` est nul aux positions de padding.**
#
# Il y a au moins une position ($S \ge 1$), mais une phrase peut n'avoir aucun vrai token : elle a alors `s0 = 0`.
#
# <details><summary>Indice</summary>
#
# À chaque position, calculez le nouvel état pour tout le lot, puis choisissez ligne par ligne : le nouveau là où le
# token est vrai, l'ancien là où c'est du padding. `torch.where` choisit.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# h <- zéros, une ligne par phrase
# pour chaque position j de la source :
#     nouveau <- tanh(plongement des tokens en j, par W_enc, + h par U_enc + b_enc)
#     h       <- nouveau là où le token est vrai, h ailleurs
#     état de la position j <- nouveau là où le token est vrai, 0 ailleurs
# réponse <- les états côte à côte [B, S, H], et h
# ```
#
# </details>


# %% id="encode"
def encode(source: Tensor, mask: Tensor, p: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Hidden states of a batch of source sentences.

    source: int64 [B, S], S >= 1; mask: bool [B, S], True = real token, padding at the end.
    p: E_src [V_src, D], W_enc [H, D], U_enc [H, H], b_enc [H].
    Returns (enc: [B, S, H], zero at padding; s0: [B, H], the state after the last real token).
    Source: Cho et al. 2014, "Learning Phrase Representations using RNN Encoder-Decoder", section 2.
    """
    ### BEGIN SOLUTION
    h = p["b_enc"].new_zeros(len(source), len(p["b_enc"]))
    states = []
    for j in range(source.shape[1]):
        real = mask[:, j, None]
        new = torch.tanh(p["E_src"][source[:, j]] @ p["W_enc"].T + h @ p["U_enc"].T + p["b_enc"])
        states.append(torch.where(real, new, 0.0))
        h = torch.where(real, new, h)
    return torch.stack(states, dim=1), h
    ### END SOLUTION


# %% group="encoder"
# D = H = 1. Both sentences start with token 1 (embedding 1); the second one stops there.
weights = {
    "E_src": torch.tensor([[0.0], [1.0], [2.0]]),
    "W_enc": torch.tensor([[0.5]]),
    "U_enc": torch.tensor([[1.0]]),
    "b_enc": torch.tensor([0.0]),
}
enc, s0 = parts(
    encode(torch.tensor([[1, 2], [1, 0]]), torch.tensor([[True, True], [True, False]]), weights),
    2,
    en="(enc, s0)",
    fr="(enc, s0)",
)
first = math.tanh(0.5)
second = math.tanh(1.0 + first)
close(
    enc,
    torch.tensor([[[first], [second]], [[first], [0.0]]]),
    en="states of the encoder",
    fr="les états de l'encodeur",
)
close(s0, torch.tensor([[second], [first]]), en="the last state (s0)", fr="le dernier état (s0)")

# %% [markdown] lang="en"
# ## 2. Additive attention
#
# The decoder is in state $s$ and wonders which part of the source matters now. A small network with one hidden layer
# compares $s$ with each state $h_j$ of the encoder:
#
# $$e_j = v_a \cdot \tanh\left(W_a\,[s;\, h_j]\right), \qquad \alpha_j = \frac{\exp(e_j)}{\sum_i \exp(e_i)}, \qquad c = \sum_j \alpha_j\, h_j$$
#
# $[s; h_j]$ puts the two vectors one after the other, **the decoder's state first**. In the words of retrieval: $s$ is
# the query, the states of the encoder are both the keys and the values.
#
# `additive_attention(s, enc, mask, W_a, v_a)` returns **`(context, weights)`**: $c$ and $\alpha$ for each sentence of the
# batch. Rules:
#
# - The weights of one sentence sum to 1 **over the positions of the source**.
# - A padding position (`mask` is `False`) weighs **exactly 0**, and the others share 1 as if it did not exist.
# - A sentence of nothing but padding gets weights 0 and context 0.
# - `enc` is finite everywhere, but here it may hold any numbers at padding positions, not only zeros; and padding may stand
#   anywhere, not only at the end.
#
# Watch the shapes. When a score is computed as `[B, S, 1]` and the softmax is taken over the last dimension, it is a
# softmax over *one* number: every weight is 1, the context is a plain sum, and nothing crashes.
#
# <details><summary>Hint</summary>
#
# `s` is `[B, H]` and `enc` is `[B, S, H]`: give `s` a dimension for the positions and repeat it along it before you
# concatenate. After `tanh(...) @ v_a` there is one number per position: `[B, S]`.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# pairs   <- s repeated S times, next to enc                 [B, S, H + H]
# scores  <- tanh(pairs through W_a) times v_a               [B, S]
# scores  <- a very low finite number where the mask is False
# weights <- softmax of the scores over the positions        [B, S]
# weights <- 0 where the mask is False
# context <- sum over the positions of weight times state    [B, H]
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. L'attention additive
#
# Le décodeur est dans l'état $s$ et se demande quelle partie de la source compte maintenant. Un petit réseau à une
# couche cachée compare $s$ à chaque état $h_j$ de l'encodeur :
#
# $$e_j = v_a \cdot \tanh\left(W_a\,[s;\, h_j]\right), \qquad \alpha_j = \frac{\exp(e_j)}{\sum_i \exp(e_i)}, \qquad c = \sum_j \alpha_j\, h_j$$
#
# $[s; h_j]$ met les deux vecteurs bout à bout, **l'état du décodeur en premier**. Dans les mots de la recherche
# documentaire : $s$ est la requête, les états de l'encodeur sont à la fois les clés et les valeurs.
#
# `additive_attention(s, enc, mask, W_a, v_a)` renvoie **`(context, weights)`** : $c$ et $\alpha$ pour chaque phrase du
# lot. Règles :
#
# - Les poids d'une phrase somment à 1 **sur les positions de la source**.
# - Une position de padding (`mask` vaut `False`) pèse **exactement 0**, et les autres se partagent 1 comme si elle
#   n'existait pas.
# - Une phrase faite de padding seulement reçoit des poids nuls et un contexte nul.
# - `enc` est fini partout, mais peut contenir ici n'importe quels nombres aux positions de padding, pas seulement des zéros ;
#   et le padding peut se trouver n'importe où, pas seulement à la fin.
#
# Surveillez les formes. Si le score est calculé en `[B, S, 1]` et que le softmax porte sur la dernière dimension, c'est
# un softmax sur *un seul* nombre : chaque poids vaut 1, le contexte est une simple somme, et rien ne plante.
#
# <details><summary>Indice</summary>
#
# `s` est de forme `[B, H]` et `enc` de forme `[B, S, H]` : donnez à `s` une dimension pour les positions, et répétez-le
# le long de celle-ci avant de concaténer. Après `tanh(...) @ v_a`, il reste un nombre par position : `[B, S]`.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# paires  <- s répété S fois, à côté de enc                  [B, S, H + H]
# scores  <- tanh(paires par W_a) fois v_a                   [B, S]
# scores  <- un nombre fini très petit là où le masque vaut False
# poids   <- softmax des scores sur les positions            [B, S]
# poids   <- 0 là où le masque vaut False
# context <- somme sur les positions du poids fois l'état    [B, H]
# ```
#
# </details>


# %% id="attention"
def additive_attention(s: Tensor, enc: Tensor, mask: Tensor, W_a: Tensor, v_a: Tensor) -> tuple[Tensor, Tensor]:
    """What a decoder state sees of the source, and where it looks.

    s: [B, H]; enc: [B, S, H]; mask: bool [B, S], True = may be looked at; W_a: [A, H + H], on [s; h_j]; v_a: [A].
    Returns (context: [B, H], weights: [B, S]); weights sum to 1 over S, or are all 0 where the mask is all False.
    Source: Bahdanau et al. 2015, "Neural Machine Translation by Jointly Learning to Align and Translate", appendix A.1.2.
    """
    ### BEGIN SOLUTION
    pairs = torch.cat([s.unsqueeze(1).expand_as(enc), enc], dim=-1)
    # Finite, so that a sentence of padding alone has no NaN, in its gradient either.
    lowest = torch.finfo(enc.dtype).min
    scores = (torch.tanh(pairs @ W_a.T) @ v_a).masked_fill(~mask, lowest)
    weights = torch.softmax(scores, dim=-1) * mask
    return torch.einsum("bs,bsh->bh", weights, enc), weights
    ### END SOLUTION


# %% group="attention"
# H = 1, A = 1: the scores are 2 tanh(h_j), whatever s is; h = 0 and h = artanh(ln(3) / 2) give 0 and ln 3.
state = math.atanh(math.log(3.0) / 2)
context, weights = parts(
    additive_attention(
        torch.tensor([[5.0]]),
        torch.tensor([[[0.0], [state]]]),
        torch.tensor([[True, True]]),
        torch.tensor([[0.0, 1.0]]),
        torch.tensor([2.0]),
    ),
    2,
    en="(context, weights)",
    fr="(context, weights)",
)
shape(weights, (1, 2), en="weights", fr="les poids")
close(weights, torch.tensor([[0.25, 0.75]]), en="weights of two positions", fr="les poids de deux positions")
close(context, torch.tensor([[0.75 * state]]), en="context", fr="le contexte")

# %% group="padding"
# Equal states: equal scores. Two real positions share 1; in the last sentence nothing is left to look at.
context, weights = additive_attention(
    torch.zeros(3, 1),
    torch.ones(3, 3, 1),
    torch.tensor([[True, True, True], [True, True, False], [False, False, False]]),
    torch.ones(1, 2),
    torch.ones(1),
)
close(
    weights,
    torch.tensor([[1 / 3, 1 / 3, 1 / 3], [0.5, 0.5, 0.0], [0.0, 0.0, 0.0]]),
    en="weights under a mask",
    fr="les poids sous un masque",
)
close(context, torch.tensor([[1.0], [1.0], [0.0]]), en="context under a mask", fr="le contexte sous un masque")

# %% [markdown] lang="en"
# ## 3. One step of the decoder
#
# Given the token $y$ written last and the state $s$, `decoder_step(y, s, enc, mask, p)` returns
# **`(logits, s_new, weights)`**:
#
# 1. look at the source with the **old** state: $c, \alpha = \mathrm{attention}(s, h)$;
# 2. update the state from the embedding of $y$, **then** the context: $s' = \tanh\left(W_{dec}\,[E_{tgt}[y];\, c] + U_{dec}\, s + b_{dec}\right)$;
# 3. score every token of the target vocabulary with the **new** state: $\mathrm{logits} = W_{out}\, s' + b_{out}$.
#
# The logits are scores, not probabilities: no softmax here (the loss applies it). Here and in the next two sections, `mask`
# is the mask of the **source**, `[B, S]`: it goes to the attention.
#
# <details><summary>Pseudocode</summary>
#
# ```text
# context, weights <- additive_attention of s over enc, with W_a and v_a
# x      <- embeddings of y next to context                   [B, D + H]
# s_new  <- tanh(x through W_dec + s through U_dec + b_dec)
# logits <- s_new through W_out + b_out                       [B, V]
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Un pas du décodeur
#
# À partir du dernier token écrit $y$ et de l'état $s$, `decoder_step(y, s, enc, mask, p)` renvoie
# **`(logits, s_new, weights)`** :
#
# 1. regarder la source avec l'**ancien** état : $c, \alpha = \mathrm{attention}(s, h)$ ;
# 2. mettre l'état à jour à partir du plongement de $y$, **puis** du contexte : $s' = \tanh\left(W_{dec}\,[E_{tgt}[y];\, c] + U_{dec}\, s + b_{dec}\right)$ ;
# 3. noter chaque token du vocabulaire cible avec le **nouvel** état : $\mathrm{logits} = W_{out}\, s' + b_{out}$.
#
# Les logits sont des scores, pas des probabilités : pas de softmax ici (la fonction de coût s'en charge). Ici et dans les
# deux sections suivantes, `mask` est le masque de la **source**, `[B, S]` : il va à l'attention.
#
# <details><summary>Pseudo-code</summary>
#
# ```text
# context, poids <- additive_attention de s sur enc, avec W_a et v_a
# x      <- plongements de y à côté de context                [B, D + H]
# s_new  <- tanh(x par W_dec + s par U_dec + b_dec)
# logits <- s_new par W_out + b_out                           [B, V]
# ```
#
# </details>


# %% id="step"
def decoder_step(
    y: Tensor, s: Tensor, enc: Tensor, mask: Tensor, p: dict[str, Tensor]
) -> tuple[Tensor, Tensor, Tensor]:
    """Reads one token per sentence; scores the next one.

    y: int64 [B], the tokens read; s: [B, H]; enc: [B, S, H]; mask: bool [B, S].
    p: E_tgt [V, D], W_dec [H, D + H], on [embedding; context], U_dec [H, H], b_dec [H], W_out [V, H], b_out [V],
    W_a [A, H + H], v_a [A].
    Returns (logits: [B, V], s_new: [B, H], weights: [B, S]).
    Source: Bahdanau et al. 2015, section 3.1 and appendix A.2.2, with a tanh cell in place of the gated one.
    """
    ### BEGIN SOLUTION
    context, weights = additive_attention(s, enc, mask, p["W_a"], p["v_a"])
    x = torch.cat([p["E_tgt"][y], context], 1)
    s_new = torch.tanh(x @ p["W_dec"].T + s @ p["U_dec"].T + p["b_dec"])
    return s_new @ p["W_out"].T + p["b_out"], s_new, weights
    ### END SOLUTION


# %% group="step"
# One source position, so that the context is its state, 2. D = H = 1, V = 2; token 1 has the embedding 3.
weights = {
    "E_tgt": torch.tensor([[0.0], [3.0]]),
    "W_a": torch.zeros(1, 2),
    "v_a": torch.zeros(1),
    "W_dec": torch.tensor([[0.1, 0.2]]),
    "U_dec": torch.tensor([[0.5]]),
    "b_dec": torch.tensor([0.1]),
    "W_out": torch.tensor([[1.0], [-2.0]]),
    "b_out": torch.tensor([0.0, 1.0]),
}
logits, s_new, _ = parts(
    decoder_step(torch.tensor([1]), torch.tensor([[-1.0]]), torch.tensor([[[2.0]]]), torch.tensor([[True]]), weights),
    3,
    en="(logits, s_new, weights)",
    fr="(logits, s_new, weights)",
)
# 0.1 * 3 + 0.2 * 2 + 0.5 * (-1) + 0.1 = 0.3
new = math.tanh(0.3)
close(s_new, torch.tensor([[new]]), en="the new state", fr="le nouvel état")
close(logits, torch.tensor([[new, 1.0 - 2.0 * new]]), en="logits", fr="les logits")

# %% [markdown] lang="en"
# ## 4. Teacher forcing
#
# During training the right target is known: `target` is `[B, T]`, $T \ge 2$, from `<s>` to `</s>`, padded at the end if needed.
# The decoder reads the *right* token at each step, whatever it would have written itself: that is teacher forcing.
# At step $t$ it reads `target[:, t]` and its logits predict `target[:, t + 1]`. So $T$ tokens make $T - 1$ steps: the
# last token is only ever predicted, the first one only ever read.
#
# `teacher_forced(target, s, enc, mask, p)` returns **`(logits, weights)`**, `[B, T - 1, V]` and `[B, T - 1, S]`. The
# state goes from each step to the next. The cross-entropy of `logits` with `target[:, 1:]`, ignoring the padding, is then
# the loss. Nothing special is done here where the target is padding: it is read like any token, and the loss leaves it out.
#
# <details><summary>Pseudocode</summary>
#
# ```text
# for each token of the target but the last, in order:
#     logits, s, weights <- decoder_step of that token and s
# answer <- the logits of all steps side by side, and the weights of all steps
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Le forçage (*teacher forcing*)
#
# Pendant l'entraînement, la bonne cible est connue : `target` est de forme `[B, T]`, $T \ge 2$, de `<s>` à `</s>`, complétée
# à la fin s'il le faut. Le décodeur lit à chaque pas le *bon* token, quoi qu'il ait écrit lui-même : c'est le *teacher
# forcing*. Au pas $t$, il lit `target[:, t]` et ses logits prédisent `target[:, t + 1]`. Ainsi, $T$ tokens font $T - 1$
# pas : le dernier token n'est jamais que prédit, le premier n'est jamais que lu.
#
# `teacher_forced(target, s, enc, mask, p)` renvoie **`(logits, weights)`**, `[B, T - 1, V]` et `[B, T - 1, S]`. L'état
# passe de chaque pas au suivant. L'entropie croisée de `logits` avec `target[:, 1:]`, padding exclu, est alors la fonction
# de coût. Rien de particulier ne se fait ici là où la cible est du padding : on le lit comme tout autre token, et c'est la
# fonction de coût qui l'écarte.
#
# <details><summary>Pseudo-code</summary>
#
# ```text
# pour chaque token de la cible sauf le dernier, dans l'ordre :
#     logits, s, poids <- decoder_step de ce token et de s
# réponse <- les logits de tous les pas côte à côte, et les poids de tous les pas
# ```
#
# </details>


# %% id="teacher-forced"
def teacher_forced(target: Tensor, s: Tensor, enc: Tensor, mask: Tensor, p: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Scores of the next token at every step of a known target.

    target: int64 [B, T], T >= 2, from <s> to </s>; s: [B, H], the first state; enc: [B, S, H]; mask: bool [B, S].
    Returns (logits: [B, T - 1, V], weights: [B, T - 1, S]); logits[:, t] is about target[:, t + 1].
    Source: Williams and Zipser 1989, "A Learning Algorithm for Continually Running Fully Recurrent Neural Networks".
    """
    ### BEGIN SOLUTION
    all_logits, all_weights = [], []
    for y in target[:, :-1].unbind(1):
        logits, s, weights = decoder_step(y, s, enc, mask, p)
        all_logits.append(logits)
        all_weights.append(weights)
    return torch.stack(all_logits, dim=1), torch.stack(all_weights, dim=1)
    ### END SOLUTION


# %% group="teacher-forcing"
# A decoder that copies: the state is the embedding of the token just read, and so are the logits, times 10.
copier = {
    "E_tgt": torch.eye(3),
    "W_a": torch.zeros(1, 6),
    "v_a": torch.zeros(1),
    "W_dec": torch.cat([5 * torch.eye(3), torch.zeros(3, 3)], dim=1),
    "U_dec": torch.zeros(3, 3),
    "b_dec": torch.zeros(3),
    "W_out": 10 * torch.eye(3),
    "b_out": torch.zeros(3),
}
logits, weights = parts(
    teacher_forced(torch.tensor([[0, 2, 1]]), torch.zeros(1, 3), torch.zeros(1, 2, 3), torch.ones(1, 2).bool(), copier),
    2,
    en="(logits, weights)",
    fr="(logits, weights)",
)
shape(
    logits,
    (1, 2, 3),
    en="logits: one step less than the target has tokens",
    fr="logits : un pas de moins que de tokens",
)
shape(weights, (1, 2, 2), en="weights", fr="les poids")
expect(
    logits.argmax(-1).tolist() == [[0, 2]],
    en="step t reads the token t of the target",
    fr="le pas t lit le token t de la cible",
)

# %% [markdown] lang="en"
# ## 5. Greedy generation
#
# When the model is used there is no right target. `greedy_generate(s, enc, mask, p, bos, eos, max_len)` starts from the
# token `bos` (`<s>`), and at each step writes the token with the **greatest logit** and reads it at the next step.
# Rules:
#
# - If several tokens have the greatest logit, the one with the **smallest id** is written.
# - A sentence ends when it writes `eos` (`</s>`), or after `max_len` tokens (0 or more).
# - The answer is a **list of lists of ints**, one per sentence, with neither `bos` at its start nor `eos` at its end.
# - Sentences of a batch end at different steps; one that has ended gets nothing more.
#
# If the model writes `bos` in the middle of a sentence, it is a token like any other.
#
# <details><summary>Hint</summary>
#
# Keep a list of bools: which sentences have ended? The batch goes on until all have, or `max_len` is reached.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# y <- bos for each sentence
# at most max_len times, and while a sentence has not ended:
#     logits, s, _ <- decoder_step of y and s
#     y <- id of the greatest logit, for each sentence
#     for each sentence that has not ended:
#         it has ended if its y is eos; else append its y to its list
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 5. Génération gloutonne
#
# À l'usage, il n'y a pas de bonne cible. `greedy_generate(s, enc, mask, p, bos, eos, max_len)` part du token `bos`
# (`<s>`), et à chaque pas écrit le token de **plus grand logit**, puis le lit au pas suivant. Règles :
#
# - Si plusieurs tokens ont le plus grand logit, on écrit celui de **plus petit identifiant**.
# - Une phrase finit quand elle écrit `eos` (`</s>`), ou après `max_len` tokens (0 ou plus).
# - La réponse est une **liste de listes d'int**, une par phrase, sans `bos` au début ni `eos` à la fin.
# - Les phrases d'un lot finissent à des pas différents ; une phrase finie ne reçoit plus rien.
#
# Si le modèle écrit `bos` au milieu d'une phrase, c'est un token comme un autre.
#
# <details><summary>Indice</summary>
#
# Gardez une liste de booléens : quelles phrases sont finies ? Le lot continue jusqu'à ce que toutes le soient, ou que
# `max_len` soit atteint.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# y <- bos pour chaque phrase
# au plus max_len fois, et tant qu'une phrase n'est pas finie :
#     logits, s, _ <- decoder_step de y et s
#     y <- identifiant du plus grand logit, pour chaque phrase
#     pour chaque phrase qui n'est pas finie :
#         elle est finie si son y est eos ; sinon, ajouter son y à sa liste
# ```
#
# </details>


# %% id="greedy-generate"
def greedy_generate(
    s: Tensor, enc: Tensor, mask: Tensor, p: dict[str, Tensor], bos: int, eos: int, max_len: int
) -> list[list[int]]:
    """The most likely next token, over and over: ids from after <s> to before </s>.

    s: [B, H], the first state; enc: [B, S, H]; mask: bool [B, S]; max_len >= 0: tokens written at most.
    Returns B lists of ints, without bos at the start and eos at the end; of equal logits the smallest id wins.
    Source: Sutskever et al. 2014, "Sequence to Sequence Learning with Neural Networks", section 3.2 (a beam of 1).
    """
    ### BEGIN SOLUTION
    y = torch.full((len(s),), bos)
    written: list[list[int]] = [[] for _ in s]
    going = set(range(len(s)))
    for _ in range(max_len):
        logits, s, _ = decoder_step(y, s, enc, mask, p)
        y = logits.argmax(1)
        going -= {row for row in going if y[row] == eos}
        for row in going:
            written[row].append(int(y[row]))
    return written
    ### END SOLUTION


# %% group="generation"
# Token k leads to token k + 1: the next embedding is the state. From 0: 1, 2, 3, and 3 is the end.
chain = {
    "E_tgt": torch.eye(4),
    "W_a": torch.zeros(1, 8),
    "v_a": torch.zeros(1),
    "W_dec": torch.cat([5 * torch.eye(4).roll(1, 0), torch.zeros(4, 4)], dim=1),
    "U_dec": torch.zeros(4, 4),
    "b_dec": torch.zeros(4),
    "W_out": 10 * torch.eye(4),
    "b_out": torch.zeros(4),
}
start, enc, mask = torch.zeros(2, 4), torch.zeros(2, 1, 4), torch.ones(2, 1).bool()
same(
    greedy_generate(start, enc, mask, chain, bos=0, eos=3, max_len=9),
    [[1, 2], [1, 2]],
    en="tokens written until </s>",
    fr="les tokens écrits jusqu'à </s>",
)
same(
    greedy_generate(start, enc, mask, chain, bos=0, eos=3, max_len=1),
    [[1], [1]],
    en="tokens written when max_len is 1",
    fr="les tokens écrits quand max_len vaut 1",
)

# %% group="invariants"
states = torch.tensor([[[1.0], [2.0]]])
unchanged(
    additive_attention,
    torch.zeros(1, 1),
    states,
    torch.tensor([[True, False]]),
    torch.ones(1, 2),
    torch.ones(1),
    en="additive_attention",
    fr="additive_attention",
)
# Equal weights: the gradient of the context with respect to each state is 1/2, plus nothing when v_a is 0.
(to_states,) = gradients(
    additive_attention,
    torch.zeros(1, 1),
    states,
    torch.tensor([[True, True]]),
    torch.ones(1, 2),
    torch.zeros(1),
    wrt=(1,),
)
finite(to_states, en="gradient with respect to enc", fr="le gradient par rapport à enc")
close(
    to_states,
    torch.tensor([[[0.5], [0.5]]]),
    FLOAT32,
    en="gradient with respect to enc",
    fr="le gradient par rapport à enc",
)

# %% [markdown] lang="en"
# ## 6. To try: a model that learns to read backwards
#
# With your five functions and an optimiser, a model trains in about ten seconds. The task: write the source backwards.
# It has a known **gold alignment** (the first token to write is the last that was read), so the attention weights can
# be judged, not only admired: after training they should form the other diagonal.
#
# Nobody told the model where to look. Change the task to copying (delete `.flip(1)` in `batch`) and run again: what
# do the weights look like now? Then train with sequences of length 12: what would the bottleneck model do?

# %% [markdown] lang="fr"
# ## 6. À essayer : un modèle qui apprend à lire à l'envers
#
# Avec vos cinq fonctions et un optimiseur, un modèle s'entraîne en une dizaine de secondes. La tâche : écrire la source
# à l'envers. Elle a un **alignement connu** (le premier token à écrire est le dernier lu), si bien qu'on peut juger les
# poids d'attention, et pas seulement les admirer : après l'entraînement, ils doivent former l'autre diagonale.
#
# Personne n'a dit au modèle où regarder. Changez la tâche en copie (supprimez `.flip(1)` dans `batch`) et relancez : à
# quoi ressemblent les poids ? Entraînez ensuite sur des séquences de longueur 12 : que ferait le modèle sans attention ?

# %% try="reverse"
import matplotlib.pyplot as plt
import torch.nn.functional as F

torch.manual_seed(0)
D, H, A, symbols, length = 16, 48, 32, 8, 6
bos, eos, vocabulary = symbols, symbols + 1, symbols + 2
shapes = {
    "E_src": (vocabulary, D), "W_enc": (H, D), "U_enc": (H, H), "b_enc": (H,), "W_a": (A, 2 * H), "v_a": (A,),
    "E_tgt": (vocabulary, D), "W_dec": (H, D + H), "U_dec": (H, H), "b_dec": (H,), "W_out": (vocabulary, H), "b_out": (vocabulary,),
}  # fmt: skip
p = {name: (torch.randn(size) / size[-1] ** 0.5).requires_grad_() for name, size in shapes.items()}
optimiser = torch.optim.Adam(p.values(), lr=0.01)


def batch(count):
    """Sources, their masks, and the same backwards between <s> and </s>."""
    source = torch.randint(symbols, (count, length))
    ends = torch.full((count, 1), bos), torch.full((count, 1), eos)
    return source, torch.ones(count, length, dtype=torch.bool), torch.cat([ends[0], source.flip(1), ends[1]], dim=1)


losses = []
for _ in range(300):
    source, mask, target = batch(64)
    enc, s0 = encode(source, mask, p)
    logits, _ = teacher_forced(target, s0, enc, mask, p)
    loss = F.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten())
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    losses.append(loss.item())

with torch.no_grad():
    source, mask, target = batch(200)
    enc, s0 = encode(source, mask, p)
    written = greedy_generate(s0, enc, mask, p, bos, eos, max_len=2 * length)
    right = sum(ids == wanted[1:-1] for ids, wanted in zip(written, target.tolist(), strict=True))
    _, looked = teacher_forced(target, s0, enc, mask, p)
print(f"{right} of 200 new sequences are written without a fault")

figure, (curve, heat) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
curve.plot(losses)
curve.set_xlabel("step")
curve.set_ylabel("cross-entropy")
image = heat.imshow(looked[:, :length].mean(0), cmap="magma", vmin=0.0, vmax=1.0)
heat.set_xlabel("position in the source")
heat.set_ylabel("step of the decoder")
figure.colorbar(image, ax=heat)
plt.show()

# %% [markdown] lang="en"
# ## Where this stands today
#
# Encoder-decoders of this kind ran Google Translate from 2016 to about 2020 (with LSTMs, eight layers deep). The
# Transformer kept the shape, an encoder, a decoder, attention from one to the other, and replaced both recurrent
# networks; T5 and Whisper are built like that. In code: `torch.nn.GRU` for the recurrences; the scores by addition
# gave way to dot products, which need one matrix product in place of a small network per pair.

# %% [markdown] lang="fr"
# ## Et aujourd'hui ?
#
# Des encodeurs-décodeurs de ce genre ont fait tourner Google Traduction de 2016 à 2020 environ (avec des LSTM, sur
# huit couches). Le Transformer a gardé l'architecture (un encodeur, un décodeur, une attention de l'un vers l'autre) et
# remplacé les deux réseaux récurrents ; T5 et Whisper sont bâtis ainsi. Dans le code : `torch.nn.GRU` pour les
# récurrences ; les scores par addition ont cédé la place aux produits scalaires, un seul produit de matrices au lieu
# d'un petit réseau par paire.
