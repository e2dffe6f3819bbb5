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
# # Reward models and RLHF: learning from preferences
#
# **What you will be able to do:** train a reward model from comparisons, say what the KL penalty is for, and
# recognise a model that has been optimised too far.
#
# ## The idea
#
# Fine-tuning imitates answers that people *wrote*. But it is easier to say which of two answers is the better one
# than to write a good one, and no loss on tokens knows that a single wrong word can spoil an answer. **Reinforcement
# learning from human feedback** (RLHF) learns from such judgements, in two steps.
#
# 1. A **reward model** learns to compare. People see two answers to the same prompt and choose. The model, a language
#    model with one number at its end, gives each a score; the loss asks that the preferred one be ahead.
# 2. The **policy**, which starts as the fine-tuned model, writes answers, the reward model scores them, and
#    reinforcement learning (PPO) makes the well-scored ones more likely.
#
# The second step has a flaw built in: the reward model has only seen ordinary answers, and the policy looks for the
# answers it scores best. So the objective subtracts a **penalty**, the KL divergence from the model it started as:
# gain reward, but stay where the scores can be trusted.
#
# ![Left: reward given to an answer for its length. People like answers of a little over 80 words and dislike longer and shorter ones; the reward model, which has compared answers of about 30 to 220 words, has learned a straight line that always rises. Right: mean reward against the KL divergence from the reference. By the reward model it rises all the way; by people it rises until about 3 nats and then falls nearly to where it began.](figures/rlhf.en.svg)
#
# A simulation. Its people like good answers, and longer ones up to a point; the reward model learned from 400
# comparisons that longer is better, which was true of most of those it saw. On the right, the best policy for each
# strength of the penalty. At first both curves rise. Then the policy writes at a length that nobody asked for, and
# only the reward model is pleased: *when a measure becomes a target, it ceases to be a good measure* (Goodhart's
# law).

# %% [markdown] lang="fr"
# # Modèles de récompense et RLHF : apprendre de préférences
#
# **Ce que vous saurez faire :** entraîner un modèle de récompense à partir de comparaisons, dire à quoi sert la
# pénalité KL, et reconnaître un modèle que l'on a trop optimisé.
#
# ## L'idée
#
# L'affinage imite des réponses que des personnes ont *écrites*. Mais il est plus facile de dire laquelle de deux
# réponses est la meilleure que d'en écrire une bonne, et aucune perte sur les tokens ne sait qu'un seul mot faux peut
# gâcher une réponse. L'**apprentissage par renforcement à partir de retours humains** (RLHF) apprend de tels
# jugements, en deux étapes.
#
# 1. Un **modèle de récompense** apprend à comparer. Des personnes voient deux réponses au même prompt et choisissent.
#    Le modèle, un modèle de langue qui finit par un nombre, donne un score à chacune ; la perte demande que la
#    préférée soit devant.
# 2. La **politique**, qui est au départ le modèle affiné, écrit des réponses, le modèle de récompense les note, et
#    l'apprentissage par renforcement (PPO) rend plus probables celles qui sont bien notées.
#
# La seconde étape a un défaut de naissance : le modèle de récompense n'a vu que des réponses ordinaires, et la
# politique cherche celles qu'il note le mieux. L'objectif retranche donc une **pénalité**, la divergence KL au modèle
# de départ : gagner de la récompense, mais rester là où l'on peut se fier aux scores.
#
# ![À gauche : récompense donnée à une réponse pour sa longueur. Les personnes aiment les réponses d'un peu plus de 80 mots, moins les plus longues et les plus courtes ; le modèle de récompense, qui a comparé des réponses d'environ 30 à 220 mots, a appris une droite qui monte toujours. À droite : récompense moyenne selon la divergence KL à la référence. Selon le modèle de récompense, elle monte toujours ; selon les personnes, elle monte jusque vers 3 nats, puis retombe presque à son point de départ.](figures/rlhf.fr.svg)
#
# Une simulation. Ses personnes aiment les bonnes réponses, et les longues jusqu'à un certain point ; de 400
# comparaisons, le modèle de récompense a appris que plus long veut dire meilleur, ce qui était vrai de la plupart de
# celles qu'il a vues. À droite, la meilleure politique pour chaque force de la pénalité. D'abord, les deux courbes
# montent. Puis la politique écrit à une longueur que personne n'a demandée, et seul le modèle de récompense s'en
# réjouit : *quand une mesure devient un objectif, elle cesse d'être une bonne mesure* (loi de Goodhart).

# %% [markdown] lang="en"
# ## The formula
#
# With $r_+$ and $r_-$ the scores of the preferred and the rejected answer, $[B]$ each, the reward model minimises
#
# $$\mathcal{L}_{\mathrm{RM}} = -\frac{1}{B} \sum_{b=1}^{B} \log \sigma(r_{+,b} - r_{-,b})$$
#
# Only the difference counts, so a reward has no zero and no unit. The policy $\pi$ then maximises, over prompts $x$
# and answers $y$ that it writes itself,
#
# $$\mathbb{E}\left[ r(x, y) \right] - \beta\, \mathrm{KL}\!\left(\pi(\cdot \mid x) \,\|\, \pi_{\mathrm{ref}}(\cdot \mid x)\right), \qquad \text{whose optimum is} \quad \pi^*(y \mid x) \propto \pi_{\mathrm{ref}}(y \mid x)\, e^{r(x, y) / \beta}$$
#
# A large $\beta$ leaves the reference as it is; a small one lets the reward decide.
#
# {{alignment.reward_loss}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec $r_+$ et $r_-$ les scores de la réponse préférée et de la réponse rejetée, $[B]$ chacun, le modèle de
# récompense minimise
#
# $$\mathcal{L}_{\mathrm{RM}} = -\frac{1}{B} \sum_{b=1}^{B} \log \sigma(r_{+,b} - r_{-,b})$$
#
# Seul l'écart compte : une récompense n'a ni zéro ni unité. La politique $\pi$ maximise ensuite, sur des prompts $x$
# et des réponses $y$ qu'elle écrit elle-même,
#
# $$\mathbb{E}\left[ r(x, y) \right] - \beta\, \mathrm{KL}\!\left(\pi(\cdot \mid x) \,\|\, \pi_{\mathrm{ref}}(\cdot \mid x)\right), \qquad \text{dont l'optimum est} \quad \pi^*(y \mid x) \propto \pi_{\mathrm{ref}}(y \mid x)\, e^{r(x, y) / \beta}$$
#
# Un grand $\beta$ laisse la référence telle quelle ; un petit laisse décider la récompense.
#
# {{alignment.reward_loss}}

# %% [markdown] lang="en"
# ## In code
#
# The optimum itself, over four possible answers to one question: what the penalty holds back, and that adding 10 to
# every reward changes nothing.

# %% [markdown] lang="fr"
# ## En code
#
# L'optimum lui-même, sur quatre réponses possibles à une question : ce que la pénalité retient, et qu'ajouter 10 à
# toutes les récompenses ne change rien.

# %% id="optimum"
import numpy as np

answers = ["a good answer", "a short one", "a flattering one", "nonsense that scores well"]
reference = np.array([0.5, 0.3, 0.199, 0.001])
reward = np.array([1.0, 0.0, 1.2, 4.0])


def best_policy(reward, beta):
    weights = reference * np.exp((reward - reward.max()) / beta)
    return weights / weights.sum()


for beta in (10, 1, 0.3):
    policy = best_policy(reward, beta)
    kl = (policy * np.log(policy / reference)).sum()
    shares = ", ".join(f"{answer} {share:.0%}" for answer, share in zip(answers, policy, strict=True))
    print(f"beta {beta:>4}: KL {kl:.2f}  {shares}")
print("10 more for all:", np.allclose(best_policy(reward + 10, 1), best_policy(reward, 1)))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Rewards of two models compared**, or one reward read as a mark. They have no common zero.
# - **No penalty, or the wrong sign.** The reward climbs, the texts become strange, and the curves look splendid.
# - **Judging the result by the reward model that trained it.** Ask people, or another model.
# - **Length.** People prefer thorough answers, models learn *long* ones. Compare at equal length.
# - **Reading the score at a padded position.** It belongs to the last *real* token of the answer.
# - **Believing that aligned means true.** People prefer what is well said and agrees with them; a model that learns
#   from their choices learns to please, errors included.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Comparer les récompenses de deux modèles**, ou lire une récompense comme une note. Elles n'ont pas de zéro
#   commun.
# - **Pas de pénalité, ou le mauvais signe.** La récompense grimpe, les textes deviennent étranges, et les courbes
#   sont splendides.
# - **Juger le résultat avec le modèle de récompense qui l'a entraîné.** Demandez à des personnes, ou à un autre
#   modèle.
# - **La longueur.** Les gens préfèrent les réponses complètes, les modèles apprennent les *longues*. Comparez à
#   longueur égale.
# - **Lire le score à une position de padding.** Il appartient au dernier *vrai* token de la réponse.
# - **Croire qu'aligné veut dire vrai.** Les gens préfèrent ce qui est bien dit et va dans leur sens ; un modèle qui
#   apprend de leurs choix apprend à plaire, erreurs comprises.

# %% [markdown] lang="en"
# ## In today's libraries
#
# TRL has a `RewardTrainer` for the first step. For the second, PPO needs four models at once (policy, reference,
# reward, value); *GRPO* does without the value model by comparing several answers to the same prompt. Where an answer
# can be checked (mathematics, programs that must pass tests) the check itself is the reward and no model of people is
# needed: this is how reasoning models such as DeepSeek-R1 are trained. Such rewards, too, are met to the letter only.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# TRL a un `RewardTrainer` pour la première étape. Pour la seconde, PPO demande quatre modèles à la fois (politique,
# référence, récompense, valeur) ; *GRPO* se passe du modèle de valeur en comparant plusieurs réponses au même prompt.
# Là où une réponse se vérifie (mathématiques, programmes qui doivent passer des tests), la vérification est elle-même
# la récompense, et il ne faut aucun modèle des personnes : c'est ainsi que l'on entraîne des modèles de raisonnement
# comme DeepSeek-R1. Ces récompenses aussi ne sont suivies qu'à la lettre.

# %% [markdown] lang="en"
# ## Sources
#
# - L. Ouyang et al. (2022), [*Training language models to follow instructions with human
#   feedback*](https://arxiv.org/abs/2203.02155), section 3.5, equations 1 and 2.
# - L. Gao, J. Schulman, J. Hilton (2023), [*Scaling Laws for Reward Model
#   Overoptimization*](https://arxiv.org/abs/2210.10760), figure 1.
# - M. Sharma et al. (2024), [*Towards Understanding Sycophancy in Language
#   Models*](https://arxiv.org/abs/2310.13548).
# - Z. Shao et al. (2024), [*DeepSeekMath*](https://arxiv.org/abs/2402.03300), section 4.1, on GRPO.

# %% [markdown] lang="fr"
# ## Sources
#
# - L. Ouyang et al. (2022), [*Training language models to follow instructions with human
#   feedback*](https://arxiv.org/abs/2203.02155), section 3.5, équations 1 et 2.
# - L. Gao, J. Schulman, J. Hilton (2023), [*Scaling Laws for Reward Model
#   Overoptimization*](https://arxiv.org/abs/2210.10760), figure 1.
# - M. Sharma et al. (2024), [*Towards Understanding Sycophancy in Language
#   Models*](https://arxiv.org/abs/2310.13548).
# - Z. Shao et al. (2024), [*DeepSeekMath*](https://arxiv.org/abs/2402.03300), section 4.1, sur GRPO.
