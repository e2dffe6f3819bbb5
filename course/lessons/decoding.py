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
# # Decoding: temperature, top-k, top-p
#
# **What you will be able to do:** turn logits into a text, foresee what each setting does to a distribution, and find
# the settings that you did not know were on.
#
# ## The idea
#
# A language model does not write. It gives a probability to every token that could come next, and somebody has to
# choose. The choice is appended, read as if it had always been there, and the next one is due. This loop is
# **decoding**; it has no weights, and it changes what a model sounds like more than anything else you can set.
#
# - **Greedy**: the likeliest token, always. Right where there is one answer; in open text it soon repeats itself.
# - **Sampling**: draw each token with its probability. Lively, but the tail of a vocabulary of 50,000 tokens holds
#   thousands that are wrong; each is unlikely, all together are not.
# - **Temperature** $T$: divide the logits by it before the softmax. Below 1 the likely become likelier; above 1 all
#   draw nearer to one another. The order never changes.
# - **Top-k**: keep the $k$ best, draw among them. **Top-p** (nucleus): keep the fewest tokens that together hold the
#   probability $p$, the one that crosses the line included.
#
# ![Left: how many characters hold 90% of the probability at each place of a short text: 14 for the first letter of fox, four at most within the and fox; top-k keeps five everywhere. Right: with the temperature, the share of words that are words of the fables falls from nearly 100% to a little over 50%, and the share of different groups of three words rises from about half to 100%.](figures/decoding.en.svg)
#
# A small model that has counted the characters of some fables. On the left: where a word begins, much can follow; in
# the middle of one, little can. Top-p follows the model's doubt; top-k keeps five in both cases, too few here and too
# many there. On the right, the bargain of the temperature: a cautious model repeats itself, a bold one invents words.
# Neither knows more: **a temperature changes the draw, not the knowledge.**

# %% [markdown] lang="fr"
# # Le décodage : température, top-k, top-p
#
# **Ce que vous saurez faire :** passer des logits à un texte, prévoir ce que chaque réglage fait à une distribution,
# et trouver les réglages actifs à votre insu.
#
# ## L'idée
#
# Un modèle de langue n'écrit pas. Il donne une probabilité à chaque token qui pourrait suivre, et il faut bien que
# quelqu'un choisisse. Le choix est ajouté au texte, lu comme s'il avait toujours été là, et c'est au tour du suivant.
# Cette boucle est le **décodage** ; elle n'a pas de poids, et change la voix d'un modèle plus que tout autre réglage.
#
# - **Glouton** (*greedy*) : toujours le token le plus probable. Bien là où il n'y a qu'une réponse ; dans un texte
#   libre, il se répète vite.
# - **Tirage** (*sampling*) : tirer chaque token selon sa probabilité. Vivant, mais la queue d'un vocabulaire de
#   50 000 tokens en contient des milliers de faux ; chacun est improbable, tous ensemble ne le sont pas.
# - **Température** $T$ : diviser les logits par elle avant le softmax. Au-dessous de 1, les probables le deviennent
#   davantage ; au-dessus, tous se rapprochent. L'ordre ne change jamais.
# - **Top-k** : garder les $k$ meilleurs et tirer parmi eux. **Top-p** (*nucleus*) : garder le moins de tokens qui
#   réunissent la probabilité $p$, y compris celui qui franchit la limite.
#
# ![À gauche : nombre de caractères qui réunissent 90 % de la probabilité à chaque place d'un court texte : 19 et 8 pour la première lettre de le et de renard, trois au plus à l'intérieur de ces mots ; top-k en garde cinq partout. À droite : avec la température, la part des mots qui sont des mots des fables tombe de près de 100 % à un peu plus de 50 %, et la part de groupes de trois mots différents monte d'un peu plus de la moitié à 100 %.](figures/decoding.fr.svg)
#
# Un petit modèle qui a compté les caractères de quelques fables. À gauche : au début d'un mot, beaucoup de lettres
# sont possibles ; au milieu, peu. Top-p suit l'hésitation du modèle ; top-k en garde cinq dans les deux cas, trop peu
# ici, trop là. À droite, le marché que propose la température : un modèle prudent se répète, un modèle hardi invente
# des mots. Aucun n'en sait davantage : **une température change le tirage, non le savoir.**

# %% [markdown] lang="en"
# ## The formula
#
# With logits $z$, one per token, $[V]$ (or $[B, V]$, each row for itself):
#
# $$p_i = \frac{e^{z_i / T}}{\sum_{j} e^{z_j / T}}$$
#
# $T \to 0$ is greedy, $T \to \infty$ uniform. A filter sets the logits of what it removes to $-\infty$, and the
# softmax divides by what is left. With the tokens sorted by probability, top-p keeps the first $n$ such that
#
# $$p_{(1)} + \dots + p_{(n-1)} < p \le p_{(1)} + \dots + p_{(n)}$$
#
# The order matters: libraries divide by the temperature first and filter what comes out.
#
# {{decoding.apply_temperature}}
#
# {{decoding.top_p_filter}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec des logits $z$, un par token, $[V]$ (ou $[B, V]$, chaque ligne pour soi) :
#
# $$p_i = \frac{e^{z_i / T}}{\sum_{j} e^{z_j / T}}$$
#
# $T \to 0$ est le décodage glouton, $T \to \infty$ le tirage uniforme. Un filtre met à $-\infty$ les logits de ce
# qu'il retire, et le softmax divise par ce qui reste. Les tokens étant triés par probabilité, top-p garde les $n$
# premiers, tels que
#
# $$p_{(1)} + \dots + p_{(n-1)} < p \le p_{(1)} + \dots + p_{(n)}$$
#
# L'ordre importe : les bibliothèques divisent d'abord par la température et filtrent le résultat.
#
# {{decoding.apply_temperature}}
#
# {{decoding.top_p_filter}}

# %% [markdown] lang="en"
# ## In code
#
# One distribution at three temperatures, and how many tokens top-p keeps when it comes before or after the
# temperature.

# %% [markdown] lang="fr"
# ## En code
#
# Une distribution à trois températures, et le nombre de tokens que top-p garde selon qu'il vient avant ou après la
# température.

# %% id="order"
from itertools import accumulate

MODEL = {"chat": 0.5, "chien": 0.3, "rat": 0.12, "loup": 0.05, "corbeau": 0.03}


def heated(p, temperature):
    """Dividing logits by T raises probabilities to the power 1 / T."""
    raised = {token: value ** (1 / temperature) for token, value in p.items()}
    return {token: value / sum(raised.values()) for token, value in raised.items()}


def nucleus_size(p, mass):
    sums = accumulate(sorted(p.values(), reverse=True))
    return 1 + sum(reached < mass for reached in sums)


for temperature in (0.5, 1, 2):
    print(f"T = {temperature}:", {token: round(value, 2) for token, value in heated(MODEL, temperature).items()})
print("top-p 0.9, then T = 2:", nucleus_size(MODEL, 0.9), "tokens")
print("T = 2, then top-p 0.9:", nucleus_size(heated(MODEL, 2), 0.9), "tokens")

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **A default that stays on.** Where `top_k=50` is the default, `top_p=0.9` alone leaves it active. Print the whole
#   configuration of what you run.
# - **A temperature without sampling.** With `do_sample=False` it has no effect at all: the best token is the best at
#   every temperature.
# - **Multiplying by $T$**, or dividing *probabilities* by it, which the normalisation undoes.
# - **Losing the token that crosses the line.** If the best one alone exceeds $p$, nothing is left.
# - **Filtering in sorted order and forgetting to go back.** The probabilities are right and belong to other tokens.
# - **$T = 0$ divided by.** It is agreed to mean greedy.
# - **Comparing models under different settings**, or with one draw each.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Une valeur par défaut qui reste active.** Là où `top_k=50` est la valeur par défaut, `top_p=0.9` seul le laisse
#   en place. Affichez toute la configuration de ce que vous exécutez.
# - **Une température sans tirage.** Avec `do_sample=False`, elle n'a aucun effet : le meilleur token l'est à toute
#   température.
# - **Multiplier par $T$**, ou diviser les *probabilités*, ce que la normalisation annule.
# - **Perdre le token qui franchit la limite.** Si le meilleur dépasse $p$ à lui seul, il ne reste rien.
# - **Filtrer dans l'ordre trié et oublier d'en revenir.** Les probabilités sont justes et appartiennent à d'autres
#   tokens.
# - **Diviser par $T = 0$.** Par convention, cela veut dire glouton.
# - **Comparer des modèles sous des réglages différents**, ou sur un seul tirage chacun.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `model.generate(do_sample=True, temperature=0.7, top_p=0.9, top_k=0)` in Hugging Face; vLLM and llama.cpp have the
# same names. `min_p` keeps the tokens that have at least a share of the best one's probability. Two ideas go further.
# *Constrained* decoding removes all tokens that would break a grammar, so that the answer is valid JSON by
# construction. *Speculative* decoding lets a small model propose several tokens that the large one checks in one
# pass; what comes out has exactly the distribution of the large model, sooner.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `model.generate(do_sample=True, temperature=0.7, top_p=0.9, top_k=0)` chez Hugging Face ; vLLM et llama.cpp ont les
# mêmes noms. `min_p` garde les tokens qui ont au moins une certaine part de la probabilité du meilleur. Deux idées
# vont plus loin. Le décodage *contraint* retire tous les tokens qui violeraient une grammaire, si bien que la réponse
# est du JSON valide par construction. Le décodage *spéculatif* laisse un petit modèle proposer plusieurs tokens, que
# le grand vérifie en un passage ; ce qui en sort a exactement la distribution du grand modèle, plus vite.

# %% [markdown] lang="en"
# ## Sources
#
# - A. Holtzman et al. (2020), [*The Curious Case of Neural Text Degeneration*](https://arxiv.org/abs/1904.09751),
#   section 3.1 (nucleus sampling).
# - A. Fan, M. Lewis, Y. Dauphin (2018), [*Hierarchical Neural Story Generation*](https://arxiv.org/abs/1805.04833),
#   on top-k.
# - Y. Leviathan, M. Kalman, Y. Matias (2023), [*Fast Inference from Transformers via Speculative
#   Decoding*](https://arxiv.org/abs/2211.17192), section 2.

# %% [markdown] lang="fr"
# ## Sources
#
# - A. Holtzman et al. (2020), [*The Curious Case of Neural Text Degeneration*](https://arxiv.org/abs/1904.09751),
#   section 3.1 (tirage *nucleus*).
# - A. Fan, M. Lewis, Y. Dauphin (2018), [*Hierarchical Neural Story Generation*](https://arxiv.org/abs/1805.04833),
#   sur top-k.
# - Y. Leviathan, M. Kalman, Y. Matias (2023), [*Fast Inference from Transformers via Speculative
#   Decoding*](https://arxiv.org/abs/2211.17192), section 2.
