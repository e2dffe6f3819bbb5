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
# # Capstone: three translators
#
# Since the first lab of this module you have built parts. Here they become three machines that learn to translate
# English into French, on your own computer, in about a minute, and you see with your own eyes what each idea is worth:
#
# | model | what its decoder knows of the source | invented |
# |---|---|---|
# | `"plain"` | one vector, the encoder's last state | 2014, Sutskever et al., Cho et al. |
# | `"additive"` | at every step, an average of all states, weighted by additive attention | 2015, Bahdanau et al. |
# | `"transformer"` | the same idea with dot products and several heads, and nothing recurrent | 2017, Vaswani et al. |
#
# The sentences come from a small grammar (`data/translation.py`) that knows agreement, elision, negation, and adjectives
# on either side of the noun. It also knows its **gold alignment**: for each French word, the English words it
# translates. So we can ask the attention not only *"is the translation right?"* but also *"did you look where a linguist
# would?"*
#
# You write six functions:
#
# | function | what it does |
# |---|---|
# | `plain_logits` | recurrent encoder and decoder |
# | `additive_logits` | the same with additive attention; also returns where it looked |
# | `transformer_logits` | the Transformer; also returns where it looked |
# | `batch_loss` | how wrong the logits of a batch are |
# | `train` | the loop; its skeleton is given, you write the step |
# | `translate` | greedy translation |
#
# **Use your own work.** What you wrote in `rnn`, `seq2seq`, `multihead`, `transformer-block` and `transformer` is what is
# needed here, and the weights have the same names and shapes as there. Paste your functions above the `def`, in the cell
# where you need them, or in cells that you add. Two things to watch: `encode` exists in two labs (rename one), and the
# Transformer must now also say *where it looked*, which your `decoder_layer` does not return yet. If a part is missing or
# was never right, torch's small functions (`F.layer_norm`, `F.linear`, `F.cross_entropy`, `torch.softmax`, …) are
# allowed. The ready-made models (`torch.nn.RNN`, `torch.nn.Transformer`, `torch.nn.MultiheadAttention`, …) are not.
#
# ## How it is graded
#
# Five groups of checks look at your functions one by one, on small random weights. In the sixth, **your code trains**: two
# models from fresh weights, on other sentences than those below (2 500 pairs, 400 steps for the additive model and 300
# for the Transformer, 15 seconds in all on one core). Then they translate 200 sentences they have never seen:
#
# | model | translations without a single fault | French words whose greatest weight is in place |
# |---|---|---|
# | `"additive"` | at least 60 % | at least 60 %: on a gold word or the word just after it |
# | `"transformer"` | at least 70 % | at least 75 %: on a gold word |
#
# The additive model gets the word just after as well, for its encoder reads from left to right: the state after a word
# holds that word too. Right work stays well above these floors (at about 80 % and 90 %, 96 % and 94 %). Each of the
# two has 120 seconds and 1 GiB of memory.
#
# Notation: `B` sentences in the batch, `S` tokens of source, `T` tokens that the decoder reads, `V` tokens in the French
# vocabulary. Ids are `int64`; **0 is `<pad>`, 1 is `<s>`, 2 is `</s>`** (`PAD`, `BOS`, `EOS` below). A source is
# `[words]`, a target `[<s>, words, </s>]`; both are padded **at the end**, and have at least one real token. Weights are
# all of one dtype, float32 or float64, and results have the same. No function may modify its arguments in place.

# %% [markdown] lang="fr"
# # Projet de synthèse : trois traducteurs
#
# Depuis le premier TP de ce module, vous avez construit des pièces. Elles deviennent ici trois machines qui apprennent à
# traduire de l'anglais vers le français, sur votre ordinateur, en une minute environ, et vous verrez de vos yeux ce que
# vaut chaque idée :
#
# | modèle | ce que son décodeur sait de la source | inventé en |
# |---|---|---|
# | `"plain"` | un vecteur, le dernier état de l'encodeur | 2014, Sutskever et al., Cho et al. |
# | `"additive"` | à chaque pas, une moyenne de tous les états, pondérée par l'attention additive | 2015, Bahdanau et al. |
# | `"transformer"` | la même idée avec des produits scalaires et plusieurs têtes, sans rien de récurrent | 2017, Vaswani et al. |
#
# Les phrases viennent d'une petite grammaire (`data/translation.py`) qui connaît les accords, l'élision, la négation et
# les adjectifs de part et d'autre du nom. Elle connaît aussi leur **alignement de référence** : pour chaque mot français,
# les mots anglais qu'il traduit. On peut donc demander à l'attention non seulement « la traduction est-elle juste ? »,
# mais aussi « as-tu regardé là où un linguiste aurait regardé ? ».
#
# Vous écrivez six fonctions :
#
# | fonction | ce qu'elle fait |
# |---|---|
# | `plain_logits` | encodeur et décodeur récurrents |
# | `additive_logits` | les mêmes avec l'attention additive ; renvoie aussi où elle a regardé |
# | `transformer_logits` | le Transformer ; renvoie aussi où il a regardé |
# | `batch_loss` | à quel point les logits d'un batch se trompent |
# | `train` | la boucle ; son squelette est donné, vous écrivez le pas |
# | `translate` | la traduction gloutonne |
#
# **Servez-vous de votre travail.** Ce que vous avez écrit dans `rnn`, `seq2seq`, `multihead`, `transformer-block` et
# `transformer` est ce dont vous avez besoin ici, et les poids y portent les mêmes noms et ont les mêmes formes. Collez vos
# fonctions au-dessus du `def`, dans la cellule où elles servent, ou dans des cellules que vous ajoutez. Deux points
# d'attention : `encode` existe dans deux TP (renommez-en un), et le Transformer doit maintenant dire aussi *où il a
# regardé*, ce que votre `decoder_layer` ne renvoie pas encore. S'il vous manque une pièce, ou si elle n'a jamais été juste, les petites fonctions de
# torch (`F.layer_norm`, `F.linear`, `F.cross_entropy`, `torch.softmax`…) sont permises. Les modèles tout faits
# (`torch.nn.RNN`, `torch.nn.Transformer`, `torch.nn.MultiheadAttention`…) ne le sont pas.
#
# ## Comment c'est noté
#
# Cinq groupes de vérifications regardent vos fonctions une à une, sur de petits poids tirés au hasard. Dans le sixième,
# **votre code s'entraîne** : deux modèles aux poids neufs, sur d'autres phrases que celles d'ici (2 500 paires, 400 pas
# pour le modèle additif et 300 pour le Transformer, 15 secondes en tout sur un cœur). Ils traduisent ensuite 200 phrases
# qu'ils n'ont jamais vues :
#
# | modèle | traductions sans aucune faute | mots français dont le plus grand poids est à sa place |
# |---|---|---|
# | `"additive"` | au moins 60 % | au moins 60 % : sur un mot de référence ou le mot juste après |
# | `"transformer"` | au moins 70 % | au moins 75 % : sur un mot de référence |
#
# Le modèle additif a droit aussi au mot juste après, car son encodeur lit de gauche à droite : l'état qui suit un mot
# contient aussi ce mot. Un travail juste reste nettement au-dessus de ces seuils (vers 80 % et 90 %,
# 96 % et 94 %). Chacun des deux dispose de 120 secondes et de 1 Gio de mémoire.
#
# Notations : `B` phrases dans le batch, `S` tokens de source, `T` tokens lus par le décodeur, `V` tokens dans le
# vocabulaire français. Les ids sont des `int64` ; **0 est `<pad>`, 1 est `<s>`, 2 est `</s>`** (`PAD`, `BOS`, `EOS`
# ci-dessous). Une source est `[mots]`, une cible `[<s>, mots, </s>]` ; toutes deux sont complétées **à la fin** par du
# padding et ont au moins un vrai token. Les poids sont tous du même dtype, float32 ou float64, et les résultats aussi.
# Aucune fonction ne doit modifier ses arguments sur place.

# %% id="imports"
from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import FLOAT32, close, expect, parts, same, shape

# %% [markdown] lang="en"
# ## What is given
#
# The weights of each model, the batches, and the positions. The recurrent models' matrices are `[output, input]`, used as
# `x @ W.T`; the Transformer's are `[input, output]`, used as `x @ W`: each as in its lab.
#
# | of `"plain"` and `"additive"` | shape | | |
# |---|---|---|---|
# | `E_src`, `E_tgt` | `[V_src, D]`, `[V, D]` | `W_dec` | `[H, D]`; with attention `[H, D + H]` |
# | `W_enc`, `U_enc`, `b_enc` | `[H, D]`, `[H, H]`, `[H]` | `U_dec`, `b_dec` | `[H, H]`, `[H]` |
# | `W_a`, `v_a` (attention only) | `[A, H + H]`, `[A]` | `W_out`, `b_out` | `[V, H]`, `[V]` |
#
# | of `"transformer"` | shape |
# |---|---|
# | `E_src`, `E_tgt` | `[V_src, d]`, `[V, d]` |
# | `encoder` | list of dicts: `W_q`, `W_k`, `W_v`, `W_o` `[d, d]`; `W_1`, `b_1`, `W_2`, `b_2`; `gamma_1`, `beta_1`, `gamma_2`, `beta_2` |
# | `decoder` | list of dicts: the same, and `C_q`, `C_k`, `C_v`, `C_o` `[d, d]` (cross-attention), `gamma_3`, `beta_3` |
# | `W_out`, `b_out` | `[d, V]`, `[V]` |

# %% [markdown] lang="fr"
# ## Ce qui est donné
#
# Les poids de chaque modèle, les batchs et les positions. Les matrices des modèles récurrents sont `[sortie, entrée]` et
# s'appliquent par `x @ W.T` ; celles du Transformer sont `[entrée, sortie]` et s'appliquent par `x @ W` : chacune comme
# dans son TP.
#
# | de `"plain"` et `"additive"` | forme | | |
# |---|---|---|---|
# | `E_src`, `E_tgt` | `[V_src, D]`, `[V, D]` | `W_dec` | `[H, D]` ; avec attention `[H, D + H]` |
# | `W_enc`, `U_enc`, `b_enc` | `[H, D]`, `[H, H]`, `[H]` | `U_dec`, `b_dec` | `[H, H]`, `[H]` |
# | `W_a`, `v_a` (attention seulement) | `[A, H + H]`, `[A]` | `W_out`, `b_out` | `[V, H]`, `[V]` |
#
# | de `"transformer"` | forme |
# |---|---|
# | `E_src`, `E_tgt` | `[V_src, d]`, `[V, d]` |
# | `encoder` | liste de dicts : `W_q`, `W_k`, `W_v`, `W_o` `[d, d]` ; `W_1`, `b_1`, `W_2`, `b_2` ; `gamma_1`, `beta_1`, `gamma_2`, `beta_2` |
# | `decoder` | liste de dicts : les mêmes, et `C_q`, `C_k`, `C_v`, `C_o` `[d, d]` (attention croisée), `gamma_3`, `beta_3` |
# | `W_out`, `b_out` | `[d, V]`, `[V]` |

# %% id="given-parts"
PAD, BOS, EOS = 0, 1, 2
N_HEADS = 4  # of the Transformer
BATCH, RATE = 64, 0.005  # sentences per step, and Adam's learning rate at its highest


def add_positions(x: Tensor) -> Tensor:
    """Embeddings [B, T, d] with the sinusoidal encoding of their position added (Vaswani et al. 2017, section 3.5)."""
    place, column = torch.arange(x.shape[1]).unsqueeze(1), torch.arange(x.shape[2])
    angle = place / 10_000 ** ((column - column % 2) / x.shape[2])
    return x + torch.where(column % 2 == 0, angle.sin(), angle.cos())


def fresh_params(
    kind: str, V_src: int, V: int, seed: int = 0, D: int = 32, H: int = 96, A: int = 32, d: int = 48, d_ff: int = 96
) -> dict:
    """The weights of a model before training: matrices random, biases 0, gammas 1. The same seed gives the same."""
    dice = torch.Generator().manual_seed(seed)

    def drawn(*size: int, fan: int) -> Tensor:
        return torch.randn(*size, generator=dice) / fan**0.5

    def layer(attentions: str, norms: int) -> dict[str, Tensor]:
        weights = {f"{letter}_{role}": drawn(d, d, fan=d) for letter in attentions for role in "qkvo"}
        weights |= {"W_1": drawn(d, d_ff, fan=d), "b_1": torch.zeros(d_ff)}
        weights |= {"W_2": drawn(d_ff, d, fan=d_ff), "b_2": torch.zeros(d)}
        for i in range(1, norms + 1):
            weights |= {f"gamma_{i}": torch.ones(d), f"beta_{i}": torch.zeros(d)}
        return weights

    if kind == "transformer":
        params = {"E_src": drawn(V_src, d, fan=d), "E_tgt": drawn(V, d, fan=d)}
        params |= {"encoder": [layer("W", norms=2)], "decoder": [layer("WC", norms=3)]}
        return params | {"W_out": drawn(d, V, fan=d), "b_out": torch.zeros(V)}
    read = D + H if kind == "additive" else D  # what enters the decoder at each step
    params = {"E_src": drawn(V_src, D, fan=D), "W_enc": drawn(H, D, fan=D), "U_enc": drawn(H, H, fan=H)}
    params |= {"E_tgt": drawn(V, D, fan=D), "W_dec": drawn(H, read, fan=read), "U_dec": drawn(H, H, fan=H)}
    params |= {"b_enc": torch.zeros(H), "b_dec": torch.zeros(H)}
    params |= {"W_out": drawn(V, H, fan=H), "b_out": torch.zeros(V)}
    return params | ({"W_a": drawn(A, 2 * H, fan=2 * H), "v_a": drawn(A, fan=A)} if kind == "additive" else {})


def copied(params, trainable: bool):
    """The same dicts and lists with copies of their tensors, which gather gradients if `trainable`."""
    if isinstance(params, Tensor):
        return params.detach().clone().requires_grad_(trainable)
    if isinstance(params, dict):
        return {name: copied(part, trainable) for name, part in params.items()}
    return [copied(part, trainable) for part in params]


def leaves(params) -> list[Tensor]:
    """All tensors of nested dicts and lists, in order."""
    if isinstance(params, Tensor):
        return [params]
    inside = params.values() if isinstance(params, dict) else params
    return [leaf for part in inside for leaf in leaves(part)]


def batches(src: Tensor, tgt: Tensor, steps: int, seed: int) -> Iterator[tuple[Tensor, Tensor]]:
    """`steps` random batches of BATCH sentences, without the columns in which all of them are padding."""
    dice = torch.Generator().manual_seed(seed)
    for _ in range(steps):
        chosen = torch.randint(len(src), (BATCH,), generator=dice)
        source, target = src[chosen], tgt[chosen]
        yield source[:, (source != PAD).any(dim=0)], target[:, (target != PAD).any(dim=0)]


# %% [markdown] lang="en"
# ## 1. The plain encoder-decoder
#
# $$h_j = \tanh\left(W_{enc}\, E_{src}[x_j] + U_{enc}\, h_{j-1} + b_{enc}\right), \qquad h_0 = 0$$
#
# The state after the **last real token** of the source is the decoder's first state $s_0$; padding must not move it. Then,
# for each token $y_t$ that the decoder reads:
#
# $$s_t = \tanh\left(W_{dec}\, E_{tgt}[y_t] + U_{dec}\, s_{t-1} + b_{dec}\right), \qquad \text{logits}_t = W_{out}\, s_t + b_{out}$$
#
# `plain_logits(src, read, params)` takes the sources `[B, S]` and what the decoder reads `[B, T]`, from `<s>` on, and
# returns the logits `[B, T, V]`: those at `t` are a guess of what **follows** `read[:, t]`. That is teacher forcing: the
# decoder reads the right words, not its own. What stands where `read` is padding is never looked at.
#
# <details><summary>Hint</summary>
#
# Your `encode` of `seq2seq` gives $s_0$ as it is. The decoder is `teacher_forced` with a simpler step; here it reads *all*
# tokens it is given.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# h <- zeros, one row per sentence
# for each position of the source:
#     h <- the new state where the token is real, h where it is padding
# for each position of read:
#     h <- the decoder's new state
# answer <- all states of the decoder, side by side, through W_out and b_out
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. L'encodeur-décodeur simple
#
# $$h_j = \tanh\left(W_{enc}\, E_{src}[x_j] + U_{enc}\, h_{j-1} + b_{enc}\right), \qquad h_0 = 0$$
#
# L'état après le **dernier vrai token** de la source est le premier état $s_0$ du décodeur ; le padding ne doit pas le
# changer. Puis, pour chaque token $y_t$ que lit le décodeur :
#
# $$s_t = \tanh\left(W_{dec}\, E_{tgt}[y_t] + U_{dec}\, s_{t-1} + b_{dec}\right), \qquad \text{logits}_t = W_{out}\, s_t + b_{out}$$
#
# `plain_logits(src, read, params)` prend les sources `[B, S]` et ce que lit le décodeur `[B, T]`, depuis `<s>`, et renvoie
# les logits `[B, T, V]` : ceux de `t` devinent ce qui **suit** `read[:, t]`. C'est le *teacher forcing* : le décodeur lit
# les bons mots, et non les siens. Ce qui se trouve là où `read` est du padding n'est jamais regardé.
#
# <details><summary>Indice</summary>
#
# Votre `encode` de `seq2seq` donne $s_0$ tel quel. Le décodeur est `teacher_forced` avec un pas plus simple ; ici, il lit
# *tous* les tokens qu'on lui donne.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# h <- zéros, une ligne par phrase
# pour chaque position de la source :
#     h <- le nouvel état là où le token est vrai, h là où c'est du padding
# pour chaque position de read :
#     h <- le nouvel état du décodeur
# réponse <- tous les états du décodeur, côte à côte, à travers W_out et b_out
# ```
#
# </details>


# %% id="plain"
def plain_logits(src: Tensor, read: Tensor, params: dict) -> Tensor:
    """Scores of the next token at every position, from the encoder's last state alone.

    src: int64[B, S]; read: int64[B, T], from <s> on; params: see the table of "plain".
    Returns [B, T, V]; logits[:, t] is about what follows read[:, t].
    Source: Sutskever et al. 2014, "Sequence to Sequence Learning with Neural Networks", with a tanh cell.
    """
    ### BEGIN SOLUTION
    state = src_states(src, params)[:, -1]
    entering = F.linear(params["E_tgt"][read], params["W_dec"], params["b_dec"])
    written = []
    for now in entering.unbind(dim=1):
        state = (now + F.linear(state, params["U_dec"])).tanh()
        written.append(state)
    return F.linear(torch.stack(written, dim=1), params["W_out"], params["b_out"])


def src_states(src, params):
    """The encoder's states [B, S, H]; over padding the last real one is repeated."""
    entering = F.linear(params["E_src"][src], params["W_enc"], params["b_enc"])
    state, states = torch.zeros_like(entering[:, 0]), []
    for now, real in zip(entering.unbind(dim=1), (src != PAD).unbind(dim=1), strict=True):
        state = torch.where(real[:, None], (now + F.linear(state, params["U_enc"])).tanh(), state)
        states.append(state)
    return torch.stack(states, dim=1)
    ### END SOLUTION


# %% group="plain"
# H = D = 1, tanh(0.5) = 0.4621 enters the decoder, whatever the padding; the decoder hands it on through tanh.
_p = {"E_src": torch.tensor([[9.0], [0.5], [0.0]]), "W_enc": torch.ones(1, 1), "U_enc": torch.zeros(1, 1)}
_p |= {"b_enc": torch.zeros(1), "E_tgt": torch.zeros(2, 1), "W_dec": torch.ones(1, 1), "U_dec": torch.ones(1, 1)}
_p |= {"b_dec": torch.zeros(1), "W_out": torch.tensor([[1.0], [0.0]]), "b_out": torch.tensor([0.0, 5.0])}
_logits = plain_logits(torch.tensor([[2, 1], [1, 0]]), torch.tensor([[1, 1], [1, 1]]), _p)
shape(_logits, (2, 2, 2), en="logits of two sentences", fr="les logits de deux phrases")
_s = torch.tensor(0.5).tanh().tanh()
close(
    _logits,
    torch.stack([torch.stack([_s, _s.tanh()]), torch.full((2,), 5.0)], dim=1).expand(2, 2, 2),
    FLOAT32,
    en="logits of two sentences",
    fr="les logits de deux phrases",
)

# %% [markdown] lang="en"
# ## 2. With additive attention
#
# One vector is too narrow a door for a sentence. Now the decoder, in state $s_{t-1}$ and **before it reads $y_t$**, looks
# at all the states of the encoder:
#
# $$e_{tj} = v_a \cdot \tanh\left(W_a\,[s_{t-1};\, h_j]\right), \qquad \alpha_{tj} = \frac{\exp(e_{tj})}{\sum_i \exp(e_{ti})}, \qquad c_t = \sum_j \alpha_{tj}\, h_j$$
#
# $$s_t = \tanh\left(W_{dec}\,[E_{tgt}[y_t];\, c_t] + U_{dec}\, s_{t-1} + b_{dec}\right), \qquad \text{logits}_t = W_{out}\, s_t + b_{out}$$
#
# `additive_logits(src, read, params)` returns **`(logits, weights)`**, `[B, T, V]` and `[B, T, S]`: `weights[b, t]` is
# $\alpha_t$, sums to 1 over the source and is **exactly 0 on its padding**. The weights at `t` belong to the word that is
# about to be written, the one that follows `read[:, t]`.
#
# <details><summary>Hint</summary>
#
# This is `seq2seq`, whole: `encode`, `additive_attention`, `decoder_step`, `teacher_forced`. The product of $W_a$ with
# $[s; h_j]$ falls apart into one with $s$ and one with $h_j$; the second is the same at every step.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# states <- those of the encoder;  s <- its state after the last real token
# for each position of read:
#     scores  <- compare s with every state; very low where the source is padding
#     weights <- softmax of the scores over the source
#     context <- sum of weight times state
#     s       <- the new state, from the embedding next to the context
# answer <- all s through W_out and b_out; all weights
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. Avec l'attention additive
#
# Un seul vecteur est une porte trop étroite pour une phrase. Désormais le décodeur, dans l'état $s_{t-1}$ et **avant de
# lire $y_t$**, regarde tous les états de l'encodeur :
#
# $$e_{tj} = v_a \cdot \tanh\left(W_a\,[s_{t-1};\, h_j]\right), \qquad \alpha_{tj} = \frac{\exp(e_{tj})}{\sum_i \exp(e_{ti})}, \qquad c_t = \sum_j \alpha_{tj}\, h_j$$
#
# $$s_t = \tanh\left(W_{dec}\,[E_{tgt}[y_t];\, c_t] + U_{dec}\, s_{t-1} + b_{dec}\right), \qquad \text{logits}_t = W_{out}\, s_t + b_{out}$$
#
# `additive_logits(src, read, params)` renvoie **`(logits, weights)`**, `[B, T, V]` et `[B, T, S]` : `weights[b, t]` est
# $\alpha_t$, de somme 1 sur la source et **exactement 0 sur son padding**. Les poids de `t` sont ceux du mot qui va être
# écrit, celui qui suit `read[:, t]`.
#
# <details><summary>Indice</summary>
#
# C'est `seq2seq` tout entier : `encode`, `additive_attention`, `decoder_step`, `teacher_forced`. Le produit de $W_a$ et de
# $[s; h_j]$ se sépare en un produit avec $s$ et un avec $h_j$ ; le second est le même à chaque pas.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# états <- ceux de l'encodeur ;  s <- son état après le dernier vrai token
# pour chaque position de read :
#     scores   <- comparer s à chaque état ; très bas là où la source est du padding
#     poids    <- softmax des scores sur la source
#     contexte <- somme des poids fois les états
#     s        <- le nouvel état, depuis l'embedding à côté du contexte
# réponse <- tous les s à travers W_out et b_out ; tous les poids
# ```
#
# </details>


# %% id="additive"
def additive_logits(src: Tensor, read: Tensor, params: dict) -> tuple[Tensor, Tensor]:
    """Scores of the next token at every position, and where the decoder looked for each.

    src: int64[B, S]; read: int64[B, T], from <s> on; params: see the table of "additive".
    Returns (logits: [B, T, V], weights: [B, T, S]); weights sum to 1 over S and are 0 on padding.
    Source: Bahdanau et al. 2015, "Neural Machine Translation by Jointly Learning to Align and Translate", section 3.
    """
    ### BEGIN SOLUTION
    D, H = params["E_tgt"].shape[1], len(params["b_enc"])
    states, hidden = src_states(src, params), (src == PAD)
    state, keys = states[:, -1], F.linear(states, params["W_a"][:, H:])
    entering = F.linear(params["E_tgt"][read], params["W_dec"][:, :D], params["b_dec"])
    written, looked = [], []
    for now in entering.unbind(dim=1):
        scores = (F.linear(state, params["W_a"][:, :H])[:, None] + keys).tanh() @ params["v_a"]
        looked.append(scores.masked_fill(hidden, float("-inf")).softmax(dim=1))
        context = (looked[-1].unsqueeze(1) @ states).squeeze(1)
        state = (now + F.linear(context, params["W_dec"][:, D:]) + F.linear(state, params["U_dec"])).tanh()
        written.append(state)
    return F.linear(torch.stack(written, dim=1), params["W_out"], params["b_out"]), torch.stack(looked, dim=1)
    ### END SOLUTION


# %% group="additive"
# v_a = 0: every real token weighs the same. The states of the encoder are tanh(1) and tanh(3); the context is their mean.
_p = {"E_src": torch.tensor([[9.0], [1.0], [3.0]]), "W_enc": torch.ones(1, 1), "U_enc": torch.zeros(1, 1)}
_p |= {"b_enc": torch.zeros(1), "W_a": torch.ones(1, 2), "v_a": torch.zeros(1), "E_tgt": torch.tensor([[0.0], [2.0]])}
_p |= {"W_dec": torch.tensor([[0.1, 1.0]]), "U_dec": torch.zeros(1, 1), "b_dec": torch.zeros(1)}
_p |= {"W_out": torch.ones(1, 1), "b_out": torch.zeros(1)}
_logits, _weights = parts(
    additive_logits(torch.tensor([[1, 2, 0]]), torch.tensor([[1, 0]]), _p),
    2,
    en="(logits, weights)",
    fr="(logits, weights)",
)
close(
    _weights,
    torch.tensor([[[0.5, 0.5, 0.0], [0.5, 0.5, 0.0]]]),
    FLOAT32,
    en="weights when all scores are equal",
    fr="les poids quand tous les scores sont égaux",
)
_c = torch.tensor([1.0, 3.0]).tanh().mean()
close(_logits, torch.stack([0.2 + _c, _c]).tanh().reshape(1, 2, 1), FLOAT32, en="logits", fr="les logits")

# %% [markdown] lang="en"
# ## 3. The Transformer
#
# `transformer_logits(src, read, params)` is your `encode` and `decode` of the last lab, with `N_HEADS` heads and `PAD`:
# embeddings times $\sqrt{d}$ plus positions; layers with the norm **after** each addition (post-norm, $\epsilon = 10^{-5}$);
# the padding of the source hidden in both attentions that look at it; the future hidden in the decoder's
# self-attention. Padding of `read` needs no mask of its own: it stands at the end, so it is in the future of every real
# token.
#
# It returns **`(logits, weights)`**, `[B, T, V]` and `[B, T, S]`: the weights are those of the **cross-attention of the
# last decoder layer, averaged over its heads**.
#
# <details><summary>Hint</summary>
#
# `F.scaled_dot_product_attention` keeps its weights to itself; your own attention returned them. Let your multi-head
# attention return `(out, weights)`, and have `decoder_layer` hand them on.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# memory <- the encoder's layers over embed(src), source padding hidden
# y <- embed(read)
# for each layer of the decoder:
#     y <- norm 1 of y + self-attention of y, the future hidden
#     found, weights <- cross-attention of y (W_... become C_...) over memory, source padding hidden
#     y <- norm 2 of y + found
#     y <- norm 3 of y + feed-forward of y
# answer <- y through W_out and b_out; the mean of the last weights over the heads
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. Le Transformer
#
# `transformer_logits(src, read, params)`, ce sont vos `encode` et `decode` du dernier TP, avec `N_HEADS` têtes et `PAD` :
# embeddings fois $\sqrt{d}$ plus positions ; couches dont la normalisation vient **après** chaque addition (post-norm,
# $\epsilon = 10^{-5}$) ; le padding de la source caché dans les deux attentions qui la regardent ; le futur caché dans
# l'auto-attention du décodeur. Le padding de `read` n'a pas besoin de masque : il est à la fin, donc dans le futur de
# chaque vrai token.
#
# Elle renvoie **`(logits, weights)`**, `[B, T, V]` et `[B, T, S]` : les poids sont ceux de l'**attention croisée de la
# dernière couche du décodeur, moyennés sur ses têtes**.
#
# <details><summary>Indice</summary>
#
# `F.scaled_dot_product_attention` garde ses poids pour elle ; votre propre attention les renvoyait. Faites renvoyer
# `(out, weights)` à votre attention à plusieurs têtes, et faites-les suivre par `decoder_layer`.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# memory <- les couches de l'encodeur sur embed(src), padding de la source caché
# y <- embed(read)
# pour chaque couche du décodeur :
#     y <- norme 1 de y + auto-attention de y, le futur caché
#     trouvé, poids <- attention croisée de y (W_... devient C_...) sur memory, padding de la source caché
#     y <- norme 2 de y + trouvé
#     y <- norme 3 de y + feed-forward de y
# réponse <- y à travers W_out et b_out ; la moyenne des derniers poids sur les têtes
# ```
#
# </details>


# %% id="transformer"
def transformer_logits(src: Tensor, read: Tensor, params: dict) -> tuple[Tensor, Tensor]:
    """Scores of the next token at every position, and where the last layer's cross-attention looked for each.

    src: int64[B, S]; read: int64[B, T], from <s> on; params: see the table of "transformer"; N_HEADS heads.
    Returns (logits: [B, T, V], weights: [B, T, S], the mean over the heads); weights sum to 1 and are 0 on padding.
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.
    """
    ### BEGIN SOLUTION
    real = (src != PAD)[:, None, None]
    past = torch.ones(2 * read.shape[1:], dtype=torch.bool).tril()
    x, y = (scaled_rows(ids, params[table]) for ids, table in ((src, "E_src"), (read, "E_tgt")))
    for layer in params["encoder"]:
        x = normed(x + heads_look(x, x, layer, "W", real)[0], layer, 1)
        x = normed(x + two_maps(x, layer), layer, 2)
    for layer in params["decoder"]:
        y = normed(y + heads_look(y, y, layer, "W", past)[0], layer, 1)
        found, weights = heads_look(y, x, layer, "C", real)
        y = normed(y + found, layer, 2)
        y = normed(y + two_maps(y, layer), layer, 3)
    return y @ params["W_out"] + params["b_out"], weights.mean(dim=1)


def scaled_rows(ids, table):
    """What enters the first layer, [B, T, d]."""
    return add_positions(table[ids] * table.shape[1] ** 0.5)


def normed(x, layer, number):
    return F.layer_norm(x, x.shape[-1:], layer[f"gamma_{number}"], layer[f"beta_{number}"])


def two_maps(x, layer):
    return (x @ layer["W_1"] + layer["b_1"]).relu() @ layer["W_2"] + layer["b_2"]


def heads_look(asking, seen, layer, letter, allowed):
    """Attention of `asking` over `seen`: what was found [B, T, d], and the weights [B, heads, T, S]."""
    q, k, v = (
        (x @ layer[f"{letter}_{role}"]).unflatten(2, (N_HEADS, -1)).movedim(2, 1)
        for x, role in ((asking, "q"), (seen, "k"), (seen, "v"))
    )
    scores = q @ k.mT / q.shape[3] ** 0.5
    weights = scores.masked_fill(~allowed, float("-inf")).softmax(dim=3)
    return (weights @ v).movedim(1, 2).flatten(2) @ layer[f"{letter}_o"], weights
    ### END SOLUTION


# %% id="logits-of"
def logits_of(kind: str, src: Tensor, read: Tensor, params: dict) -> Tensor:
    """The logits [B, T, V] of the model of this kind: "plain", "additive" or "transformer"."""
    if kind == "plain":
        return plain_logits(src, read, params)
    return (additive_logits if kind == "additive" else transformer_logits)(src, read, params)[0]


# %% group="transformer"
_p = fresh_params("transformer", 5, 6, d=8, d_ff=4)
_src, _read = torch.tensor([[3, 4, 0], [4, 3, 3]]), torch.tensor([[1, 3, 4, 5], [1, 5, 5, 3]])
_logits, _weights = parts(transformer_logits(_src, _read, _p), 2, en="(logits, weights)", fr="(logits, weights)")
shape(_logits, (2, 4, 6), en="logits", fr="les logits")
shape(_weights, (2, 4, 3), en="weights", fr="les poids")
close(_weights.sum(dim=2), torch.ones(2, 4), FLOAT32, en="sums of the weights", fr="les sommes des poids")
close(
    transformer_logits(_src, _read[:, :2], _p)[0],
    _logits[:, :2],
    FLOAT32,
    en="logits once the future of `read` was cut off",
    fr="les logits une fois le futur de `read` coupé",
)
close(
    transformer_logits(_src[:1, :2], _read[:1], _p)[0],
    _logits[:1],
    FLOAT32,
    en="logits of a source without its padding",
    fr="les logits d'une source sans son padding",
)
# C_q = 0: every real token of the source weighs the same.
_even = _p | {"decoder": [_p["decoder"][0] | {"C_q": torch.zeros(8, 8)}]}
close(
    transformer_logits(_src, _read, _even)[1][0, 0],
    torch.tensor([0.5, 0.5, 0.0]),
    FLOAT32,
    en="weights when all scores are equal",
    fr="les poids quand tous les scores sont égaux",
)

# %% [markdown] lang="en"
# ## 4. The loss and the training step
#
# **`batch_loss(logits, target)`**: `target` is `[B, T]`, whole, from `<s>` to `</s>`; `logits` is `[B, T - 1, V]`, what a
# model says when it has read all of it **but its last column**. So `logits[:, t]` is about `target[:, t + 1]`. The loss is
# the mean of the cross-entropy $-\log p$ (natural logarithm) over **all real tokens of the batch taken together**; padding
# counts for nothing. It is a tensor without dimensions, through which gradients flow.
#
# **`train(kind, params, src, tgt, steps, seed)`** returns `(params, losses)`: the trained weights (`params` itself stays as
# it was) and one number per step, the loss **before** that step's change. You write the step, in this order: the loss of
# the batch; gradients to zero; backward; the gradient's norm cut to 1 over all weights
# (`torch.nn.utils.clip_grad_norm_`); the optimiser's step; the loss as a `float` into `losses`.
#
# <details><summary>Hint</summary>
#
# What does the decoder read, and what is it asked for? For `<s> le chat dort </s>` it reads `<s> le chat dort` and is asked
# for `le chat dort </s>`. `F.cross_entropy` takes `[N, V]` and `[N]`, and can ignore an id.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# batch_loss: wanted <- target without its first column
#             answer <- mean cross-entropy of logits and wanted, padding left out
# step:       logits <- those of the model, reading target without its last column
#             loss   <- batch_loss of logits and the whole target
#             gradients to zero; backward; clip; step; note the loss
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Le coût et le pas d'entraînement
#
# **`batch_loss(logits, target)`** : `target` est `[B, T]`, entière, de `<s>` à `</s>` ; `logits` est `[B, T - 1, V]`, ce que
# dit un modèle qui l'a lue **sauf sa dernière colonne**. `logits[:, t]` parle donc de `target[:, t + 1]`. Le coût est la
# moyenne de l'entropie croisée $-\log p$ (logarithme naturel) sur **tous les vrais tokens du batch pris ensemble** ; le
# padding ne compte pas. C'est un tenseur sans dimension, à travers lequel passent les gradients.
#
# **`train(kind, params, src, tgt, steps, seed)`** renvoie `(params, losses)` : les poids entraînés (`params` lui-même reste
# tel quel) et un nombre par pas, le coût **avant** le changement de ce pas. Vous écrivez le pas, dans cet ordre : le coût
# du batch ; gradients à zéro ; rétropropagation ; norme du gradient ramenée à 1 sur tous les poids
# (`torch.nn.utils.clip_grad_norm_`) ; pas de l'optimiseur ; le coût, en `float`, dans `losses`.
#
# <details><summary>Indice</summary>
#
# Que lit le décodeur, et que lui demande-t-on ? Pour `<s> le chat dort </s>`, il lit `<s> le chat dort` et on lui demande
# `le chat dort </s>`. `F.cross_entropy` prend `[N, V]` et `[N]`, et sait ignorer un id.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# batch_loss : voulu <- target sans sa première colonne
#              réponse <- entropie croisée moyenne de logits et voulu, padding laissé de côté
# pas :        logits <- ceux du modèle, qui lit target sans sa dernière colonne
#              coût <- batch_loss de logits et de target entière
#              gradients à zéro ; rétropropagation ; clip ; pas ; noter le coût
# ```
#
# </details>


# %% id="batch-loss"
def batch_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Mean cross-entropy over the real tokens of a batch, in nats.

    logits: [B, T - 1, V]; target: int64[B, T], from <s> to </s>, padded at the end; T >= 2; returns [].
    Two equal logits, one token to guess -> ln 2 = 0.6931.
    """
    ### BEGIN SOLUTION
    return F.cross_entropy(logits.transpose(1, 2), target[:, 1:], ignore_index=PAD)
    ### END SOLUTION


# %% id="train"
def train(kind: str, params: dict, src: Tensor, tgt: Tensor, steps: int, seed: int = 0) -> tuple[dict, list[float]]:
    """Trained copies of the weights, and the loss of every step.

    kind: "plain", "additive" or "transformer"; src: int64[N, S], tgt: int64[N, T], from <s> to </s>; steps >= 0.
    Returns (params, losses: list of `steps` floats, each before its step). The rate falls to 0 in the second half.
    """
    torch.set_num_threads(1)  # such small matrices are slower when several threads share and wait
    params = copied(params, trainable=True)
    weights = leaves(params)
    optimiser = torch.optim.Adam(weights, lr=RATE)
    losses: list[float] = []
    for step, (source, target) in enumerate(batches(src, tgt, steps, seed)):
        optimiser.param_groups[0]["lr"] = RATE * min(1.0, 2.0 * (1.0 - step / steps))
        ### BEGIN SOLUTION
        loss = batch_loss(logits_of(kind, source, target[:, :-1], params), target)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, max_norm=1.0)
        optimiser.step()
        losses.append(float(loss.detach()))
        ### END SOLUTION
    return copied(params, trainable=False), losses


# %% group="training"
# Two equal logits for the token that counts; the other one is padding.
close(
    batch_loss(
        torch.tensor([[[9.0, 0.0, 0.0], [1.0, 1.0, -50.0]], [[50.0, 2.0, 2.0], [0.0, 7.0, 9.0]]])[:, 1:],
        torch.tensor([[1, 1], [1, 0]]),
    ),
    torch.tensor(2.0).log(),
    FLOAT32,
    en="loss of one real token",
    fr="le coût d'un seul vrai token",
)
_src, _tgt = torch.tensor([[3, 4], [4, 0]]), torch.tensor([[1, 3, 4, 2], [1, 4, 2, 0]])
_start = fresh_params("plain", 5, 5, D=4, H=8)
_trained, _losses = parts(train("plain", _start, _src, _tgt, 40), 2, en="(params, losses)", fr="(params, losses)")
expect(len(_losses) == 40, en="there is one loss per step", fr="il y a un coût par pas")
expect(
    _losses[-1] < _losses[0] / 2,
    en="the loss of two sentences must halve within 40 steps",
    fr="le coût de deux phrases doit diminuer de moitié en 40 pas",
)
same(_start["b_out"], torch.zeros(5), en="b_out of the params given to train", fr="b_out des params donnés à train")

# %% [markdown] lang="en"
# ## 5. Greedy translation
#
# `translate(kind, src, params, max_len)` starts every target with `<s>`, and at each step appends the token with the
# greatest logit at the **last** position; of equal logits the **smallest id** wins. A sentence ends when it writes `</s>`,
# or after `max_len` tokens (0 or more). It returns a **list of lists of ints**, without `<s>` at the start and `</s>` at
# the end. Sentences of a batch end at different steps. No gradients are needed (`torch.no_grad()`).
#
# <details><summary>Hint</summary>
#
# Let `read` grow by one column per step, whatever finished sentences write, and cut each row at its first `</s>` at the end.
#
# </details>

# %% [markdown] lang="fr"
# ## 5. La traduction gloutonne
#
# `translate(kind, src, params, max_len)` commence chaque cible par `<s>` et ajoute à chaque pas le token de plus grand logit
# à la **dernière** position ; à logits égaux, le **plus petit id** l'emporte. Une phrase finit quand elle écrit `</s>`, ou
# après `max_len` tokens (0 ou plus). Elle renvoie une **liste de listes d'int**, sans `<s>` au début ni `</s>` à la fin. Les
# phrases d'un batch finissent à des pas différents. Aucun gradient n'est nécessaire (`torch.no_grad()`).
#
# <details><summary>Indice</summary>
#
# Laissez grandir `read` d'une colonne par pas, quoi qu'écrivent les phrases finies, et coupez à la fin chaque ligne à son
# premier `</s>`.
#
# </details>


# %% id="translate"
def translate(kind: str, src: Tensor, params: dict, max_len: int) -> list[list[int]]:
    """The most likely next token, over and over: ids from after <s> to before </s>.

    kind: "plain", "additive" or "transformer"; src: int64[B, S]; max_len >= 0: tokens written at most.
    """
    ### BEGIN SOLUTION
    read = torch.full_like(src[:, :1], BOS)
    with torch.no_grad():
        for _ in range(max_len):
            read = torch.cat([read, logits_of(kind, src, read, params)[:, -1:].argmax(dim=2)], dim=1)
    return [row[1 : (*row, EOS).index(EOS)] for row in read.tolist()]
    ### END SOLUTION


# %% group="translation"
# The decoder's state is the embedding just read: 1 (<s>) leads to 3, 3 to 4, and 4 to 2 (</s>).
_p = {"E_src": torch.zeros(4, 5), "W_enc": torch.zeros(5, 5), "U_enc": torch.zeros(5, 5), "b_enc": torch.zeros(5)}
_p |= {"E_tgt": 5 * torch.eye(5), "W_dec": torch.eye(5), "U_dec": torch.zeros(5, 5), "b_dec": torch.zeros(5)}
_p |= {"W_out": torch.eye(5)[[0, 2, 4, 1, 3]], "b_out": torch.zeros(5)}
_src = torch.tensor([[3, 1], [2, 0]])
same(
    translate("plain", _src, _p, 9),
    [[3, 4], [3, 4]],
    en="tokens written until </s>",
    fr="les tokens écrits jusqu'à </s>",
)
same(translate("plain", _src, _p, 1), [[3], [3]], en="tokens when max_len is 1", fr="les tokens quand max_len vaut 1")

# %% group="learning"
# A small Transformer learns three sentences by heart, with your loss, your step and your translation.
_src = torch.tensor([[3, 4, 5], [5, 3, 0], [4, 0, 0]])
_tgt = torch.tensor([[1, 5, 4, 3, 2], [1, 3, 5, 2, 0], [1, 4, 2, 0, 0]])
_trained, _ = parts(
    train("transformer", fresh_params("transformer", 6, 6, d=16, d_ff=16), _src, _tgt, 60),
    2,
    en="(params, losses)",
    fr="(params, losses)",
)
same(
    translate("transformer", _src, _trained, 6),
    [[5, 4, 3], [3, 5], [4]],
    en="three sentences that were learned by heart",
    fr="trois phrases apprises par cœur",
)

# %% [markdown] lang="en"
# ## 6. To try: train all three
#
# The numbers at the top of the next cell decide how long it takes: about a minute as they are. The last cells draw the
# three losses, some translations, and where the two attentions look, **with the gold alignment as white squares**.
#
# Look, and explain to yourself:
#
# - Why does the plain model write fluent French that translates something else?
# - Which words does the additive attention place beside the gold, and on which side? Its encoder reads from left to right
#   only: which states know that `the` stands before a feminine noun?
# - Take the positions out of the Transformer (`add_positions` returns `x`). Which kind of mistake appears?

# %% [markdown] lang="fr"
# ## 6. À essayer : entraîner les trois
#
# Les nombres en haut de la cellule suivante décident de la durée : une minute environ, tels quels. Les dernières cellules
# tracent les trois coûts, quelques traductions, et l'endroit où regardent les deux attentions, **avec l'alignement de
# référence en carrés blancs**.
#
# Regardez, et expliquez-vous :
#
# - Pourquoi le modèle simple écrit-il un français coulant qui traduit autre chose ?
# - Quels mots l'attention additive place-t-elle à côté de la référence, et de quel côté ? Son encodeur ne lit que de gauche
#   à droite : quels états savent que `the` précède un nom féminin ?
# - Retirez les positions du Transformer (`add_positions` renvoie `x`). Quel genre de faute apparaît ?

# %% try="data"
import sys

sys.path.insert(0, "data")
from translation import held_out, joined, sentences

SENTENCES, STEPS = 3000, {"plain": 300, "additive": 400, "transformer": 300}

learned, unseen = held_out(sentences(SENTENCES, seed=1))
unseen = unseen[:200]


def vocabulary(rows):
    """Words in alphabetical order, after the three special tokens."""
    words = ["<pad>", "<s>", "</s>", *sorted({word for row in rows for word in row})]
    return words, {word: i for i, word in enumerate(words)}


def padded(rows):
    width = max(map(len, rows))
    return torch.tensor([row + [PAD] * (width - len(row)) for row in rows])


def as_ids(pairs):
    """Sources [N, S] and targets [N, T] of pairs of sentences."""
    source = padded([[en_id[word] for word in pair.en] for pair in pairs])
    return source, padded([[BOS, *(fr_id[word] for word in pair.fr), EOS] for pair in pairs])


en_words, en_id = vocabulary([pair.en for pair in learned + unseen])
fr_words, fr_id = vocabulary([pair.fr for pair in learned + unseen])
print(len(learned), "pairs to learn from,", len(unseen), "never seen;", len(en_words), "and", len(fr_words), "words")
print(unseen[0].english, "->", unseen[0].french)

# %% try="train"
import time

src, tgt = as_ids(learned)
src_unseen, tgt_unseen = as_ids(unseen)
trained, losses, answers = {}, {}, {}
for kind, steps in STEPS.items():
    start = time.perf_counter()
    trained[kind], losses[kind] = train(kind, fresh_params(kind, len(en_words), len(fr_words)), src, tgt, steps)
    answers[kind] = translate(kind, src_unseen, trained[kind], max_len=tgt.shape[1])
    right = sum([fr_id[word] for word in pair.fr] == ids for pair, ids in zip(unseen, answers[kind], strict=True))
    print(f"{kind:12} {time.perf_counter() - start:4.0f} s   {right / len(unseen):4.0%} without a fault")

# %% try="losses"
import matplotlib.pyplot as plt

figure, axis = plt.subplots(figsize=(7, 3.6), layout="constrained")
for kind, values in losses.items():
    smooth = torch.tensor(values).unfold(0, 10, 1).mean(dim=1)  # the mean of ten steps
    axis.plot(range(9, len(values)), smooth, label=kind)
axis.set(xlabel="step", ylabel="cross-entropy (nats)", yscale="log", title="Loss while training")
axis.grid(alpha=0.3)
axis.legend()
plt.show()

# %% try="translations"
for number in range(6):
    pair = unseen[number]
    print(pair.english)
    for kind in STEPS:
        written = joined([fr_words[i] for i in answers[kind][number]])
        print(f"   {kind:12} {'=' if written == pair.french else '≠'} {written}")
    print(f"   {'gold':14} {pair.french}\n")

# %% try="alignments"
import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

with torch.no_grad():
    looked = {
        "additive": additive_logits(src_unseen, tgt_unseen[:, :-1], trained["additive"])[1],
        "transformer": transformer_logits(src_unseen, tgt_unseen[:, :-1], trained["transformer"])[1],
    }
for kind, weights in looked.items():
    found = [
        (place in gold, place - 1 in gold)  # a row per French word; those of </s> and padding come after, unused
        for pair, places in zip(unseen, weights.argmax(dim=2).tolist(), strict=True)
        for gold, place in zip(pair.alignment, places, strict=False)
    ]
    exact, near = sum(on for on, _ in found) / len(found), sum(map(any, found)) / len(found)
    print(f"{kind:12} greatest weight on a gold word: {exact:.0%}; there or on the word just after: {near:.0%}")

shown = sorted(range(len(unseen)), key=lambda n: -len(unseen[n].fr))[:2]
figure, axes = plt.subplots(2, 2, figsize=(11, 9), layout="constrained")
for row, number in zip(axes, shown, strict=True):
    pair = unseen[number]
    for axis, (kind, weights) in zip(row, looked.items(), strict=True):
        image = axis.imshow(weights[number, : len(pair.fr), : len(pair.en)], cmap="magma", vmin=0, vmax=1)
        for j, gold in enumerate(pair.alignment):
            for i in gold:
                axis.add_patch(
                    Rectangle((i - 0.44, j - 0.44), 0.88, 0.88, fill=False, edgecolor="white", linewidth=1.5)
                )
        axis.set_xticks(range(len(pair.en)), pair.en, rotation=45, ha="right")
        axis.set_yticks(range(len(pair.fr)), pair.fr)
        axis.set_title(kind)
figure.colorbar(image, ax=axes, shrink=0.6, label="attention weight")
plt.show()

# %% [markdown] lang="en"
# ## What you have shown
#
# One vector holds too little: the plain model learns the grammar of French before it learns to translate. Attention opens
# the source, and the faults go. The Transformer learns the same in less time, since it reads all positions at once, and
# looks where a linguist would, though nobody told it to. That is the path from 2014 to 2017, and in module 2 you follow it
# further: the decoder alone becomes GPT, the encoder alone BERT.

# %% [markdown] lang="fr"
# ## Ce que vous avez montré
#
# Un seul vecteur contient trop peu : le modèle simple apprend la grammaire du français avant d'apprendre à traduire.
# L'attention ouvre la source, et les fautes disparaissent. Le Transformer apprend la même chose en moins de temps, car il
# lit toutes les positions à la fois, et il regarde là où un linguiste regarderait, sans que personne le lui ait dit. C'est
# le chemin de 2014 à 2017, et le module 2 vous mène plus loin : le décodeur seul devient GPT, l'encodeur seul BERT.
