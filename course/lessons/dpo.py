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
# # DPO: preferences without a reward model
#
# **What you will be able to do:** derive the DPO loss from the optimum of RLHF, compute it from four
# log-probabilities, and read its curves without being misled.
#
# ## The idea
#
# RLHF trains a reward model, then a policy that pleases it, with a penalty for leaving the reference. But the best
# policy for a given reward is known in closed form: the reference, times $e^{r/\beta}$. Read from right to left, this
# says that **every policy is the best one for some reward**, namely $\beta \log (\pi / \pi_{\mathrm{ref}})$, up to a
# constant per prompt that cancels when two answers are compared.
#
# So put *that* reward into the loss of the reward model, and train the policy itself on the comparisons. This is
# **direct preference optimisation** (DPO): no reward model, no answers to be written during training, no
# reinforcement learning. Two passes over a pair of answers that exist already, through the policy and through a
# frozen copy of it.
#
# ![Left: the DPO loss begins at ln 2 and falls to about 0.615, where it stays. Right: the probability of six answers, in the reference, in the best policy of RLHF as computed from the true rewards, and after DPO on pairs alone: the last two are nearly the same.](figures/dpo.en.svg)
#
# Six answers, and 5,000 pairs judged by simulated people. DPO never sees the rewards, only who won, and ends close to
# the policy that RLHF could reach at best with the true rewards; what is left between the bars is the chance of 5,000
# draws. The loss stays far from 0: people do not always agree, and a loss of 0 would mean that they did.

# %% [markdown] lang="fr"
# # DPO : des préférences sans modèle de récompense
#
# **Ce que vous saurez faire :** dériver la perte DPO de l'optimum du RLHF, la calculer à partir de quatre
# log-probabilités, et lire ses courbes sans se laisser tromper.
#
# ## L'idée
#
# Le RLHF entraîne un modèle de récompense, puis une politique qui lui plaît, avec une pénalité si elle quitte la
# référence. Or la meilleure politique pour une récompense donnée est connue sous forme close : la référence,
# multipliée par $e^{r/\beta}$. Lue de droite à gauche, cette formule dit que **toute politique est la meilleure pour
# une certaine récompense**, à savoir $\beta \log (\pi / \pi_{\mathrm{ref}})$, à une constante par prompt près, qui
# disparaît quand on compare deux réponses.
#
# Mettons donc *cette* récompense dans la perte du modèle de récompense, et entraînons la politique elle-même sur les
# comparaisons. C'est l'**optimisation directe des préférences** (DPO) : pas de modèle de récompense, pas de réponses
# à écrire pendant l'entraînement, pas d'apprentissage par renforcement. Deux passages sur une paire de réponses qui
# existent déjà, dans la politique et dans une copie gelée.
#
# ![À gauche : la perte DPO part de ln 2 et tombe à environ 0,615, où elle reste. À droite : la probabilité de six réponses, dans la référence, dans la meilleure politique du RLHF calculée d'après les vraies récompenses, et après DPO sur les seules paires : les deux dernières sont presque les mêmes.](figures/dpo.fr.svg)
#
# Six réponses, et 5 000 paires jugées par des personnes simulées. DPO ne voit jamais les récompenses, seulement qui a
# gagné, et finit près de la politique que le RLHF pourrait atteindre au mieux avec les vraies récompenses ; ce qui
# reste entre les barres est le hasard de 5 000 tirages. La perte reste loin de 0 : les gens ne sont pas toujours
# d'accord, et une perte nulle voudrait dire qu'ils le sont.

# %% [markdown] lang="en"
# ## The formula
#
# With $\log \pi(y \mid x) = \sum_t \log \pi(y_t \mid x, y_1, \dots, y_{t-1})$, the **sum** over the tokens of the
# answer, $[B]$:
#
# $$\mathcal{L}_{\mathrm{DPO}} = -\frac{1}{B} \sum_{b=1}^{B} \log \sigma\!\left( \beta \left[ \log \frac{\pi(y_+ \mid x)}{\pi_{\mathrm{ref}}(y_+ \mid x)} - \log \frac{\pi(y_- \mid x)}{\pi_{\mathrm{ref}}(y_- \mid x)} \right] \right)$$
#
# Four numbers per pair. At the start the policy *is* the reference, both ratios are 0, and the loss is $\ln 2 \approx
# 0.693$, whatever the pairs: a good first check. The gradient weighs each pair by $\sigma$ of how wrong it still is;
# pairs that are settled stop counting.
#
# {{alignment.dpo_loss}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec $\log \pi(y \mid x) = \sum_t \log \pi(y_t \mid x, y_1, \dots, y_{t-1})$, la **somme** sur les tokens de la
# réponse, $[B]$ :
#
# $$\mathcal{L}_{\mathrm{DPO}} = -\frac{1}{B} \sum_{b=1}^{B} \log \sigma\!\left( \beta \left[ \log \frac{\pi(y_+ \mid x)}{\pi_{\mathrm{ref}}(y_+ \mid x)} - \log \frac{\pi(y_- \mid x)}{\pi_{\mathrm{ref}}(y_- \mid x)} \right] \right)$$
#
# Quatre nombres par paire. Au départ, la politique *est* la référence, les deux rapports sont nuls, et la perte vaut
# $\ln 2 \approx 0{,}693$, quelles que soient les paires : une bonne première vérification. Le gradient pèse chaque
# paire par $\sigma$ de ce qui lui manque encore ; les paires réglées cessent de compter.
#
# {{alignment.dpo_loss}}

# %% [markdown] lang="en"
# ## In code
#
# What the loss cannot see. In every row the preferred answer has moved by the same amount *relative to* the rejected
# one; the loss is the same, although in the last rows the preferred answer has become *less* likely than it was.

# %% [markdown] lang="fr"
# ## En code
#
# Ce que la perte ne voit pas. À chaque ligne, la réponse préférée a bougé d'autant *par rapport à* la réponse
# rejetée ; la perte est la même, alors qu'aux dernières lignes la réponse préférée est devenue *moins* probable qu'au
# départ.

# %% id="only-the-gap"
import math

beta = 0.1
print("moved: preferred  rejected   loss   probability of the preferred")
for up, down in [(0, 0), (5, -5), (0, -10), (-5, -15), (-40, -50)]:
    loss = math.log1p(math.exp(-beta * (up - down)))
    print(f"{up:>16}  {down:>8}  {loss:.3f}   times {math.exp(up):.2g}")

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **A mean over tokens instead of the sum.** The reward then depends on the length in another way than the formula
#   says (some methods want that; DPO does not).
# - **Tokens of the prompt counted.** They are the same in both answers and cancel only if both are cut at the same
#   place. Mask them.
# - **A reference that moves**, or with dropout switched on: the loss does not begin at $\ln 2$.
# - **`log(sigmoid(x))`.** For $x = -1000$ it is $-\infty$; `logsigmoid` is not.
# - **$\beta$ the wrong way round.** A small $\beta$ lets the policy go *further*.
# - **Looking at the loss only.** Follow the log-probability of the preferred answers as well: it often falls (the
#   cell above).
# - **Pairs from another model.** DPO ranks what is in the pairs; what the policy itself would write may be neither.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Une moyenne sur les tokens au lieu de la somme.** La récompense dépend alors de la longueur autrement que ne le
#   dit la formule (certaines méthodes le veulent ; pas DPO).
# - **Compter les tokens du prompt.** Ils sont les mêmes dans les deux réponses et ne s'annulent que si l'on coupe les
#   deux au même endroit. Masquez-les.
# - **Une référence qui bouge**, ou dont le dropout est actif : la perte ne part pas de $\ln 2$.
# - **`log(sigmoid(x))`.** Pour $x = -1000$, cela donne $-\infty$ ; `logsigmoid`, non.
# - **$\beta$ à l'envers.** Un petit $\beta$ laisse la politique aller *plus loin*.
# - **Ne regarder que la perte.** Suivez aussi la log-probabilité des réponses préférées : elle baisse souvent (la
#   cellule ci-dessus).
# - **Des paires venues d'un autre modèle.** DPO classe ce que contiennent les paires ; ce que la politique écrirait
#   elle-même n'y est peut-être pas.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `DPOTrainer` in TRL, with `DPOConfig(beta=0.1)`; with LoRA no second model is needed, for the reference is the
# policy without its adapter. Llama 3 and Zephyr were aligned with DPO. Relatives change one piece: IPO gives the
# margin a target instead of pushing it without end, KTO needs single answers marked good or bad, SimPO does without
# the reference. Where answers can be sampled and scored during training, online methods are often ahead: they learn
# from what the policy writes *now*.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# Le `DPOTrainer` de TRL, avec `DPOConfig(beta=0.1)` ; avec LoRA, nul besoin d'un second modèle, car la référence est
# la politique sans son adaptateur. Llama 3 et Zephyr ont été alignés par DPO. Des méthodes parentes changent une
# pièce : IPO donne à la marge une cible au lieu de la pousser sans fin, KTO se contente de réponses isolées, bonnes
# ou mauvaises, SimPO se passe de la référence. Là où l'on peut tirer et noter des réponses pendant l'entraînement,
# les méthodes en ligne sont souvent devant : elles apprennent de ce que la politique écrit *maintenant*.

# %% [markdown] lang="en"
# ## Sources
#
# - R. Rafailov et al. (2023), [*Direct Preference Optimization*](https://arxiv.org/abs/2305.18290), section 4,
#   equations 4 to 7.
# - M. G. Azar et al. (2023), [*A General Theoretical Paradigm to Understand Learning from Human
#   Preferences*](https://arxiv.org/abs/2310.12036), on IPO.
# - N. Razin et al. (2024), [*Unintentional Unalignment: Likelihood Displacement in Direct Preference
#   Optimization*](https://arxiv.org/abs/2410.08847).

# %% [markdown] lang="fr"
# ## Sources
#
# - R. Rafailov et al. (2023), [*Direct Preference Optimization*](https://arxiv.org/abs/2305.18290), section 4,
#   équations 4 à 7.
# - M. G. Azar et al. (2023), [*A General Theoretical Paradigm to Understand Learning from Human
#   Preferences*](https://arxiv.org/abs/2310.12036), sur IPO.
# - N. Razin et al. (2024), [*Unintentional Unalignment: Likelihood Displacement in Direct Preference
#   Optimization*](https://arxiv.org/abs/2410.08847).
