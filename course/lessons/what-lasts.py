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
# # What does not last, and what does
#
# **What you will be able to do:** tell what of this course will be out of date when you use it, read a new model's
# report with what remains, and check a claim instead of believing it.
#
# ## The idea
#
# The models named in these lessons will be replaced; some have been while they were written. Not everything ages at
# the same speed.
#
# | lasts | examples |
# |---|---|
# | months | who leads which benchmark, prices, the length of contexts |
# | a few years | positions, norms, activations; the name of the alignment method; the libraries' arguments |
# | decades | what a loss asks for, learning by gradients, probability of a text as a product, statistics of a measurement |
#
# Details that one could swap have been swapped. What *defines the problem* has stayed: since Shannon, a language
# model guesses the next symbol, and everything in this course serves to guess better, cheaper, or what is wanted.
#
# ![Left: years in use of ideas of this course. Guessing the next symbol 78, learning by gradients 40, attention and Adam 12, residual connections and BPE tokens 11, all still in use; LSTM 20, LayerNorm 7, fixed word vectors 5, absolute positions 4, norm after the sum 2, all replaced. Right: training tokens per parameter: GPT-3 1.7, Gopher 1.1, Chinchilla 20, Llama 7B 143, Llama 2 7B 286, Llama 3 8B 1,875.](figures/what-lasts.en.svg)
#
# The right panel shows how a *number* ages. In 2022 a careful study found that about 20 tokens per parameter make the
# best of a training budget. The number became a rule, and within two years models were trained on nearly a hundred
# times as many. The study was not wrong: its *question* was the cost of training. A model that millions use is
# cheaper when it is smaller and trained for longer. Ask of every rule which question it answered.

# %% [markdown] lang="fr"
# # Ce qui ne dure pas, et ce qui dure
#
# **Ce que vous saurez faire :** dire ce qui, dans ce cours, sera périmé quand vous vous en servirez, lire le rapport
# d'un nouveau modèle avec ce qui reste, et vérifier une affirmation au lieu d'y croire.
#
# ## L'idée
#
# Les modèles nommés dans ces leçons seront remplacés ; certains l'ont été pendant qu'on les écrivait. Tout ne
# vieillit pas à la même vitesse.
#
# | dure | exemples |
# |---|---|
# | des mois | qui mène quel benchmark, les prix, la longueur des contextes |
# | quelques années | positions, normes, activations ; le nom de la méthode d'alignement ; les arguments des bibliothèques |
# | des décennies | ce que demande une perte, l'apprentissage par gradients, la probabilité d'un texte comme produit, la statistique d'une mesure |
#
# Les détails que l'on pouvait échanger l'ont été. Ce qui *définit le problème* est resté : depuis Shannon, un modèle
# de langue devine le symbole suivant, et tout ce cours sert à deviner mieux, à moindre coût, ou ce que l'on souhaite.
#
# ![À gauche : années d'usage d'idées de ce cours. Deviner le symbole suivant 78, apprendre par gradients 40, attention et Adam 12, connexions résiduelles et tokens BPE 11, toutes encore en usage ; LSTM 20, LayerNorm 7, vecteurs de mots fixes 5, positions absolues 4, norme après la somme 2, toutes remplacées. À droite : tokens d'entraînement par paramètre : GPT-3 1,7, Gopher 1,1, Chinchilla 20, Llama 7B 143, Llama 2 7B 286, Llama 3 8B 1 875.](figures/what-lasts.fr.svg)
#
# Le panneau de droite montre comment vieillit un *nombre*. En 2022, une étude soigneuse trouva qu'environ 20 tokens
# par paramètre tirent le meilleur d'un budget d'entraînement. Le nombre devint une règle, et en deux ans on entraîna
# des modèles sur près de cent fois plus. L'étude n'avait pas tort : sa *question* était le coût de l'entraînement. Un
# modèle dont se servent des millions de personnes revient moins cher s'il est plus petit et entraîné plus longtemps.
# Demandez à toute règle à quelle question elle répondait.

# %% [markdown] lang="en"
# ## The formula
#
# Training a model of $N$ parameters on $D$ tokens takes about $C = 6ND$ operations, two per weight and token on the
# way forward and four on the way back. Its loss, measured over hundreds of models, follows
#
# $$L(N, D) = E + \frac{A}{N^{\alpha}} + \frac{B}{D^{\beta}}$$
#
# with $E$ what no model can know, the second term what a model of that size lacks, the third what it has not read.
# For a given $C$ the best $N$ grows as $C^{\beta / (\alpha + \beta)}$. The *form* has held over many orders of
# magnitude; the constants belong to one tokenizer, one kind of text and one way of training.

# %% [markdown] lang="fr"
# ## La formule
#
# Entraîner un modèle de $N$ paramètres sur $D$ tokens demande environ $C = 6ND$ opérations, deux par poids et par
# token à l'aller et quatre au retour. Sa perte, mesurée sur des centaines de modèles, suit
#
# $$L(N, D) = E + \frac{A}{N^{\alpha}} + \frac{B}{D^{\beta}}$$
#
# où $E$ est ce qu'aucun modèle ne peut savoir, le second terme ce qui manque à un modèle de cette taille, le
# troisième ce qu'il n'a pas lu. Pour un $C$ donné, le meilleur $N$ croît comme $C^{\beta / (\alpha + \beta)}$. La
# *forme* a tenu sur bien des ordres de grandeur ; les constantes appartiennent à un tokeniseur, à un genre de texte
# et à une façon d'entraîner.

# %% [markdown] lang="en"
# ## In code
#
# Which model should be trained with Chinchilla's budget? Once with the constants as they were published, and once as
# others fitted them anew, two years later, to the same experiments. The published ones had been rounded and not quite
# fitted to the end.

# %% [markdown] lang="fr"
# ## En code
#
# Quel modèle entraîner avec le budget de Chinchilla ? Une fois avec les constantes telles qu'elles furent publiées,
# une fois telles que d'autres les ont ajustées à nouveau, deux ans plus tard, sur les mêmes expériences. Les
# constantes publiées avaient été arrondies, et leur ajustement arrêté trop tôt.

# %% id="budget"
FITS = {
    "published in 2022": {"A": 406.4, "B": 410.7, "alpha": 0.34, "beta": 0.28},
    "fitted anew in 2024": {"A": 482.01, "B": 2085.43, "alpha": 0.3478, "beta": 0.3658},
}
BUDGET = 6 * 70e9 * 1.4e12  # Chinchilla: 70 billion parameters, 1.4 trillion tokens


def best(A, B, alpha, beta):
    """N and D of the lowest loss for 6 N D = BUDGET, where both terms fall at the same rate."""
    ratio = (alpha * A / (beta * B)) ** (1 / (alpha + beta))
    parameters = ratio * (BUDGET / 6) ** (beta / (alpha + beta))
    return parameters, BUDGET / 6 / parameters


for name, constants in FITS.items():
    N, D = best(**constants)
    print(f"{name:>20}: {N / 1e9:.0f} billion parameters, {D / 1e12:.1f} trillion tokens, {D / N:.0f} per parameter")

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **A number without its date and conditions.** "20 tokens per parameter", "BERT masks 15 %", "temperature 0.7":
#   each answered a question that may not be yours.
# - **A new name taken for a new idea.** Ask what enters, what comes out, what the loss is, and what it is compared
#   with.
# - **A leaderboard read as progress.** Without an interval, and without knowing what was trained on, it is neither.
# - **Learning the library instead of the operation.** Arguments are renamed; $QK^\top$ is not.
# - **Extrapolating beyond the measurements.** A straight line on a logarithmic scale is an observation, not a law of
#   nature, and a lower loss does not say which ability comes with it.
# - **Believing that nothing lasts.** Whoever knows cross-entropy, attention and how to measure has read most of the
#   next paper already.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Un nombre sans sa date ni ses conditions.** « 20 tokens par paramètre », « BERT masque 15 % », « température
#   0,7 » : chacun répondait à une question qui n'est peut-être pas la vôtre.
# - **Prendre un nom nouveau pour une idée nouvelle.** Demandez ce qui entre, ce qui sort, quelle est la perte, et à
#   quoi l'on compare.
# - **Lire un classement comme un progrès.** Sans intervalle, et sans savoir sur quoi l'on a entraîné, il n'en dit
#   rien.
# - **Apprendre la bibliothèque au lieu de l'opération.** Les arguments changent de nom ; $QK^\top$, non.
# - **Extrapoler au-delà des mesures.** Une droite en échelle logarithmique est une observation, non une loi de la
#   nature, et une perte plus basse ne dit pas quelle capacité vient avec elle.
# - **Croire que rien ne dure.** Qui connaît l'entropie croisée, l'attention et l'art de mesurer a déjà lu l'essentiel
#   du prochain article.

# %% [markdown] lang="en"
# ## In today's libraries
#
# Read `config.json` of any open model: number of layers, width, heads, keys and values per head, vocabulary,
# positions. Every line of it is an exercise of this course. Then read its report for three things: on what it was
# trained and for how many tokens, how it was aligned, and how it was measured. What it does not say is information,
# too.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# Lisez le `config.json` de n'importe quel modèle ouvert : nombre de couches, largeur, têtes, clés et valeurs par
# tête, vocabulaire, positions. Chaque ligne est un exercice de ce cours. Cherchez ensuite trois choses dans son
# rapport : sur quoi on l'a entraîné et pour combien de tokens, comment on l'a aligné, et comment on l'a mesuré. Ce
# qu'il ne dit pas est aussi une information.

# %% [markdown] lang="en"
# ## Sources
#
# - C. E. Shannon (1948), [*A Mathematical Theory of
#   Communication*](https://doi.org/10.1002/j.1538-7305.1948.tb01338.x), sections 2 and 3: language models that guess
#   the next letter and word.
# - J. Hoffmann et al. (2022), [*Training Compute-Optimal Large Language Models*](https://arxiv.org/abs/2203.15556),
#   section 3.3 (approach 3).
# - T. Besiroglu et al. (2024), [*Chinchilla Scaling: A replication attempt*](https://arxiv.org/abs/2404.10102).
# - A. Grattafiori et al. (2024), [*The Llama 3 Herd of Models*](https://arxiv.org/abs/2407.21783), section 3.2 on
#   scale; R. Sutton (2019), *The Bitter Lesson*.

# %% [markdown] lang="fr"
# ## Sources
#
# - C. E. Shannon (1948), [*A Mathematical Theory of
#   Communication*](https://doi.org/10.1002/j.1538-7305.1948.tb01338.x), sections 2 et 3 : des modèles de langue qui
#   devinent la lettre et le mot suivants.
# - J. Hoffmann et al. (2022), [*Training Compute-Optimal Large Language Models*](https://arxiv.org/abs/2203.15556),
#   section 3.3 (troisième approche).
# - T. Besiroglu et al. (2024), [*Chinchilla Scaling: A replication attempt*](https://arxiv.org/abs/2404.10102).
# - A. Grattafiori et al. (2024), [*The Llama 3 Herd of Models*](https://arxiv.org/abs/2407.21783), section 3.2 sur
#   l'échelle ; R. Sutton (2019), *The Bitter Lesson*.
