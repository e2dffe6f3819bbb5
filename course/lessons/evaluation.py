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
# # Evaluation and its traps
#
# **What you will be able to do:** put an interval around a score, compare two models fairly, and find out what a
# benchmark does not measure.
#
# ## The idea
#
# A score is a *sample*. A model that is right three times out of four gets 75 % on average, and on 200 questions
# anything between 69 % and 81 %. A leaderboard without intervals ranks luck, and the one at the top is, among the
# good ones, the luckiest.
#
# Two remedies cost little. **More questions**: four times as many halve the interval. **The same questions for
# both**: most questions are easy for every model or hard for every model, and tell nothing about the difference; only
# those on which the two *disagree* do.
#
# ![Left: scores of twelve simulated models that are all right with probability 75%, on 200 questions: they range from 70% to 78%, and every 95% interval contains 75%. Right: the gap between two equal models that chance exceeds once in twenty times, by number of questions: with 100 questions 12 points when each has its own and 8 when both have the same; with 2,000, less than 3 and less than 2.](figures/evaluation.en.svg)
#
# The twelve models on the left are one and the same, apart from chance. On the right, the gap that two equal models
# must exceed before it means anything.
#
# The other traps are not statistical. A public test ends up in the training data (**contamination**), and the score
# then measures memory. A test of one thing is read as a test of another: a benchmark is a set of questions, not an
# *ability*. And when everybody trains for a measure, it stops measuring: benchmarks that took fifteen years to be
# mastered before 2015 now last a year or two.

# %% [markdown] lang="fr"
# # L'évaluation et ses pièges
#
# **Ce que vous saurez faire :** mettre un intervalle autour d'un score, comparer honnêtement deux modèles, et
# découvrir ce qu'un benchmark ne mesure pas.
#
# ## L'idée
#
# Un score est un *échantillon*. Un modèle qui a raison trois fois sur quatre obtient 75 % en moyenne et, sur 200
# questions, n'importe quoi entre 69 % et 81 %. Un classement sans intervalles classe la chance, et le premier est,
# parmi les bons, le plus chanceux.
#
# Deux remèdes coûtent peu. **Plus de questions** : quatre fois plus réduisent l'intervalle de moitié. **Les mêmes
# questions pour les deux** : la plupart des questions sont faciles pour tous les modèles, ou difficiles pour tous, et
# n'apprennent rien sur leur différence ; seules comptent celles sur lesquelles ils sont en *désaccord*.
#
# ![À gauche : scores de douze modèles simulés qui ont tous raison avec une probabilité de 75 %, sur 200 questions : ils vont de 70 % à 78 %, et chaque intervalle à 95 % contient 75 %. À droite : écart entre deux modèles égaux que le hasard dépasse une fois sur vingt, selon le nombre de questions : avec 100 questions, 12 points quand chacun a les siennes et 8 quand les deux ont les mêmes ; avec 2 000, moins de 3 et moins de 2.](figures/evaluation.fr.svg)
#
# Les douze modèles de gauche n'en font qu'un, au hasard près. À droite, l'écart que deux modèles égaux doivent
# dépasser avant qu'il ne veuille dire quelque chose.
#
# Les autres pièges ne sont pas statistiques. Un test public finit dans les données d'entraînement
# (**contamination**), et le score mesure alors la mémoire. On lit le test d'une chose comme celui d'une autre : un
# benchmark est un ensemble de questions, non une *capacité*. Et quand tout le monde s'entraîne pour une mesure, elle
# cesse de mesurer : les benchmarks qu'il fallait quinze ans pour maîtriser avant 2015 tiennent aujourd'hui un an ou
# deux.

# %% [markdown] lang="en"
# ## The formula
#
# With $\hat p$ the share of right answers of $n$, the 95 % interval of the score; and for two models on the same $n$
# questions, with $n_{10}$ those that only the first gets right and $n_{01}$ those that only the second does, that of
# their gap:
#
# $$\hat p \pm 1.96 \sqrt{\frac{\hat p\,(1 - \hat p)}{n}} \qquad \frac{n_{10} - n_{01}}{n} \pm \frac{1.96}{n} \sqrt{n_{10} + n_{01} - \frac{(n_{10} - n_{01})^2}{n}}$$
#
# Where several answers are drawn and one right one is enough, as with programs that are tested, of $n$ answers with
# $c$ right ones
#
# $$\mathrm{pass@}k = 1 - \binom{n - c}{k} \Big/ \binom{n}{k}$$

# %% [markdown] lang="fr"
# ## La formule
#
# Avec $\hat p$ la part de bonnes réponses sur $n$, l'intervalle à 95 % du score ; et pour deux modèles sur les mêmes
# $n$ questions, avec $n_{10}$ celles que seul le premier réussit et $n_{01}$ celles que seul le second réussit, celui
# de leur écart :
#
# $$\hat p \pm 1.96 \sqrt{\frac{\hat p\,(1 - \hat p)}{n}} \qquad \frac{n_{10} - n_{01}}{n} \pm \frac{1.96}{n} \sqrt{n_{10} + n_{01} - \frac{(n_{10} - n_{01})^2}{n}}$$
#
# Là où l'on tire plusieurs réponses et où une seule bonne suffit, comme pour des programmes que l'on teste, sur $n$
# réponses dont $c$ bonnes
#
# $$\mathrm{pass@}k = 1 - \binom{n - c}{k} \Big/ \binom{n}{k}$$

# %% [markdown] lang="en"
# ## In code
#
# The same gap of three points, read in two ways. Taken by themselves the two intervals overlap, and nothing seems to
# follow. On the questions where the models disagree, it does: equal models would share those evenly, like tosses of a
# coin.

# %% [markdown] lang="fr"
# ## En code
#
# Le même écart de trois points, lu de deux façons. Pris chacun pour soi, les deux intervalles se recouvrent, et rien
# ne semble s'ensuivre. Sur les questions où les modèles sont en désaccord, si : des modèles égaux se les
# partageraient également, comme à pile ou face.

# %% id="paired"
from math import comb, sqrt

n, both, only_first, only_second = 1000, 730, 50, 20  # and 200 that neither gets right


def interval(right):
    p = right / n
    half = 1.96 * sqrt(p * (1 - p) / n)
    return f"{p:.1%}, between {p - half:.1%} and {p + half:.1%}"


print("first: ", interval(both + only_first))
print("second:", interval(both + only_second))

disagree = only_first + only_second
tail = sum(comb(disagree, heads) for heads in range(only_first, disagree + 1)) / 2**disagree
print(f"they disagree on {disagree} questions: {only_first} to {only_second}")
print(f"a coin does that, one way or the other, with probability {2 * tail:.4f}")

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **A gap without its interval.** On 100 questions, eight points can be chance.
# - **Accuracy on classes of unequal size.** If 1 % of the messages are threats, never seeing one is 99 % right.
#   Report precision, recall and F1.
# - **The test set used to choose.** The prompt, the checkpoint or the temperature that did best on it will do worse
#   elsewhere. Choose on other data.
# - **Perplexities per token of different tokenizers.** Compare bits per character or byte of the same text.
# - **One prompt.** The same model can lose many points to a changed format of the question. Say which prompt, and try
#   several.
# - **A model as the judge, unchecked.** It favours the first answer, the longer one, and those in its own style. Ask
#   in both orders, and compare with people on a sample.
# - **Taking the likely for the true.** A fluent answer that people often write is exactly what the loss rewards;
#   truth must be tested by itself.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Un écart sans son intervalle.** Sur 100 questions, huit points peuvent être dus au hasard.
# - **L'exactitude sur des classes inégales.** Si 1 % des messages sont des menaces, n'en voir jamais aucune est juste
#   à 99 %. Donnez précision, rappel et F1.
# - **Choisir sur le jeu de test.** Le prompt, le checkpoint ou la température qui y ont fait le mieux feront moins
#   bien ailleurs. Choisissez sur d'autres données.
# - **Comparer les perplexités par token de tokeniseurs différents.** Comparez des bits par caractère ou par octet du
#   même texte.
# - **Un seul prompt.** Le même modèle peut perdre bien des points parce que la question a changé de forme. Dites quel
#   prompt, et essayez-en plusieurs.
# - **Un modèle pour juge, sans contrôle.** Il favorise la première réponse, la plus longue, et celles qui ont son
#   style. Interrogez-le dans les deux ordres, et comparez à des personnes sur un échantillon.
# - **Prendre le probable pour le vrai.** Une réponse fluide comme les gens en écrivent souvent est exactement ce que
#   la perte récompense ; la vérité doit être testée pour elle-même.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `lm-evaluation-harness` runs hundreds of public benchmarks with fixed prompts and prints standard errors; HELM
# reports several measures side by side. *Chatbot Arena* lets visitors compare two unnamed answers and fits strengths
# to the outcomes, by the model that reward models use. What is hard to fake is checked by running it: programs
# against tests (HumanEval, SWE-bench). For an application of your own, fifty real questions that nobody has trained
# on, with answers written by someone who knows, say more than any leaderboard.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `lm-evaluation-harness` exécute des centaines de benchmarks publics avec des prompts fixés et affiche les erreurs
# types ; HELM donne plusieurs mesures côte à côte. *Chatbot Arena* fait comparer à ses visiteurs deux réponses
# anonymes et ajuste des forces aux résultats, selon le modèle dont se servent les modèles de récompense. Ce qui se
# falsifie difficilement se vérifie en l'exécutant : des programmes face à des tests (HumanEval, SWE-bench). Pour
# votre propre application, cinquante vraies questions sur lesquelles personne ne s'est entraîné, avec des réponses
# écrites par quelqu'un qui sait, en disent plus que tout classement.

# %% [markdown] lang="en"
# ## Sources
#
# - E. Miller (2024), [*Adding Error Bars to Evals*](https://arxiv.org/abs/2411.00640), on intervals and paired
#   questions.
# - M. Chen et al. (2021), [*Evaluating Large Language Models Trained on Code*](https://arxiv.org/abs/2107.03374),
#   section 2.1 (pass@k).
# - L. Zheng et al. (2023), [*Judging LLM-as-a-Judge with MT-Bench and Chatbot
#   Arena*](https://arxiv.org/abs/2306.05685), section 3.3.
# - D. Kiela et al. (2021), [*Dynabench*](https://arxiv.org/abs/2104.14337), figure 1; S. Lin et al. (2022),
#   [*TruthfulQA*](https://arxiv.org/abs/2109.07958).

# %% [markdown] lang="fr"
# ## Sources
#
# - E. Miller (2024), [*Adding Error Bars to Evals*](https://arxiv.org/abs/2411.00640), sur les intervalles et les
#   questions appariées.
# - M. Chen et al. (2021), [*Evaluating Large Language Models Trained on Code*](https://arxiv.org/abs/2107.03374),
#   section 2.1 (pass@k).
# - L. Zheng et al. (2023), [*Judging LLM-as-a-Judge with MT-Bench and Chatbot
#   Arena*](https://arxiv.org/abs/2306.05685), section 3.3.
# - D. Kiela et al. (2021), [*Dynabench*](https://arxiv.org/abs/2104.14337), figure 1 ; S. Lin et al. (2022),
#   [*TruthfulQA*](https://arxiv.org/abs/2109.07958).
