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
# # Prompting and in-context learning
#
# **What you will be able to do:** write zero-shot and few-shot prompts, explain what in-context learning is and is
# not, and measure it without giving the answers away.
#
# ## The idea
#
# GPT-2 showed that a task can be *written down* instead of trained: a text that makes the answer its likely
# continuation. GPT-3 showed more: put a few solved examples (**shots**) in front of the question, and a large model
# picks up the pattern and does better, without a single weight changing. That is **in-context learning**. The
# examples are not learned; they are read, and gone with the prompt.
#
# A part of what happens is simple. Attention can look back for a place that resembles the present one, and copy what
# came after it: *induction heads*, which form in every Transformer trained on text, do just that. So the format, the
# choice and the order of the shots matter, often more than one would like.
#
# ![Share of right answers against the number of shots, for a model that only copies the answer of the most similar shot. When the question itself may be among the shots, the share climbs to all of them; without it, it levels off at four in ten.](figures/prompting.en.svg)
#
# The figure measures a "model" that can do nothing but copy the answer of the shot most similar to the question.
# Tested with shots drawn from the test questions themselves, it seems to understand French: its score is a *leak*.
# Without the leak, what is left is what similar shots are worth.

# %% [markdown] lang="fr"
# # Prompts et apprentissage en contexte
#
# **Ce que vous saurez faire :** écrire des prompts zero-shot et few-shot, expliquer ce qu'est l'apprentissage en
# contexte et ce qu'il n'est pas, et le mesurer sans livrer les réponses.
#
# ## L'idée
#
# GPT-2 a montré qu'une tâche peut s'*écrire* au lieu de s'entraîner : un texte dont la réponse est la suite probable.
# GPT-3 a montré davantage : placez quelques exemples résolus (*shots*) devant la question, et un grand modèle saisit
# le motif et réussit mieux, sans qu'un seul poids ne change. C'est l'**apprentissage en contexte**. Les exemples ne
# sont pas appris ; ils sont lus, et disparaissent avec le prompt.
#
# Une partie de ce qui se passe est simple. L'attention peut chercher en arrière un endroit qui ressemble au présent,
# et copier ce qui le suivait : les *têtes d'induction*, qui se forment dans tout Transformer entraîné sur du texte,
# font exactement cela. Le format, le choix et l'ordre des exemples comptent donc, souvent plus qu'on ne le voudrait.
#
# ![Part de réponses justes selon le nombre d'exemples, pour un modèle qui ne fait que copier la réponse de l'exemple le plus ressemblant. Quand la question elle-même peut être parmi les exemples, la part monte jusqu'à la totalité ; sans elle, elle plafonne à quatre sur dix.](figures/prompting.fr.svg)
#
# La figure mesure un « modèle » qui ne sait que copier la réponse de l'exemple le plus proche de la question. Testé
# avec des exemples tirés des questions de test elles-mêmes, il semble comprendre le français : son score est une
# *fuite*. Sans la fuite, il reste ce que valent des exemples ressemblants.

# %% [markdown] lang="en"
# ## The formula
#
# With an instruction $I$, shots $(q_1, a_1), \dots, (q_k, a_k)$ and the question $q$, the model gives
#
# $$\hat{a} = \arg\max_a\; p_\theta(a \mid I, q_1, a_1, \dots, q_k, a_k, q)$$
#
# with the same $\theta$ for every task. $k = 0$ is *zero-shot*. The only thing to choose is the text, and the only
# honest way to choose it is on questions that are not those of the test.
#
# {{chat-template.few_shot_prompt}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec une instruction $I$, des exemples $(q_1, a_1), \dots, (q_k, a_k)$ et la question $q$, le modèle donne
#
# $$\hat{a} = \arg\max_a\; p_\theta(a \mid I, q_1, a_1, \dots, q_k, a_k, q)$$
#
# avec le même $\theta$ pour toutes les tâches. $k = 0$ est le cas *zero-shot*. Il n'y a que le texte à choisir, et la
# seule façon honnête de le choisir est de le faire sur des questions qui ne sont pas celles du test.
#
# {{chat-template.few_shot_prompt}}

# %% [markdown] lang="en"
# ## In code
#
# Induction by hand: look for the last place where the present token stood, and predict what followed. It completes a
# pattern that it has never been trained on. Make up a pattern of your own; when does it fail?

# %% [markdown] lang="fr"
# ## En code
#
# L'induction à la main : chercher le dernier endroit où se trouvait le token présent, et prédire ce qui le suivait.
# Elle complète un motif sur lequel elle n'a jamais été entraînée. Inventez un motif ; quand échoue-t-elle ?

# %% id="induction"
def induction(tokens):
    """What followed the last token where it stood before, or None."""
    for place in range(len(tokens) - 2, -1, -1):
        if tokens[place] == tokens[-1]:
            return tokens[place + 1]
    return None


for prompt in ("chien dog ; chat cat ; rat", "chien dog ; chat cat ; rat rat ; loup wolf ; chat"):
    print(prompt, "->", induction(prompt.split()))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **The answer in the prompt.** Drop an example when its *question* is the test question, up to case, spacing and
#   accents; an equal answer is no leak.
# - **Choosing the prompt on the test set.** Twenty prompts tried, the best one reported: that is training on the test
#   set, by hand.
# - **Shots of one class only.** The model then answers with the most frequent label, or with that of the last shot.
# - **Another format than at training.** With a chat model a shot is a user turn and an assistant turn, not lines in
#   one message.
# - **Believing the explanation.** A chain of thought often helps the answer; it need not be how the answer came
#   about.
# - **No room left for the answer.** Prompt and answer share one context: what the shots take, the answer lacks.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **La réponse dans le prompt.** Retirez un exemple quand sa *question* est celle du test, à la casse, aux espaces
#   et aux accents près ; une réponse égale n'est pas une fuite.
# - **Choisir le prompt sur l'ensemble de test.** Vingt prompts essayés, le meilleur publié : c'est entraîner à la
#   main sur le test.
# - **Des exemples d'une seule classe.** Le modèle répond alors l'étiquette la plus fréquente, ou celle du dernier
#   exemple.
# - **Un autre format qu'à l'entraînement.** Avec un modèle de chat, un exemple est un tour d'utilisateur et un tour
#   d'assistant, non des lignes dans un message.
# - **Croire l'explication.** Une chaîne de pensée aide souvent la réponse ; elle n'est pas forcément ce qui l'a
#   produite.
# - **Ne pas laisser de place à la réponse.** Prompt et réponse se partagent un même contexte : ce que prennent les
#   exemples manque à la réponse.

# %% [markdown] lang="en"
# ## In today's libraries
#
# Prompts are messages (see the lesson on chat templates) with shots as turns. `lm-evaluation-harness` fixes shots and
# formats so that scores can be compared. Instruction-tuned models need fewer shots; long contexts take hundreds
# (*many-shot*). Prompt *caching* makes a long fixed beginning cheap: keep what changes at the end.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# Les prompts sont des messages (voir la leçon sur les gabarits de conversation), dont les exemples sont des tours.
# `lm-evaluation-harness` fixe exemples et formats pour que les scores se comparent. Les modèles affinés sur des
# instructions demandent moins d'exemples ; les longs contextes en acceptent des centaines (*many-shot*). Le *cache de
# prompt* rend bon marché un long début fixe : gardez ce qui change pour la fin.

# %% [markdown] lang="en"
# ## Sources
#
# - T. Brown et al. (2020), [*Language Models are Few-Shot Learners*](https://arxiv.org/abs/2005.14165), section 2.
# - C. Olsson et al. (2022), [*In-context Learning and Induction Heads*](https://arxiv.org/abs/2209.11895).
# - S. Min et al. (2022), [*Rethinking the Role of Demonstrations*](https://arxiv.org/abs/2202.12837), EMNLP.

# %% [markdown] lang="fr"
# ## Sources
#
# - T. Brown et al. (2020), [*Language Models are Few-Shot Learners*](https://arxiv.org/abs/2005.14165), section 2.
# - C. Olsson et al. (2022), [*In-context Learning and Induction Heads*](https://arxiv.org/abs/2209.11895).
# - S. Min et al. (2022), [*Rethinking the Role of Demonstrations*](https://arxiv.org/abs/2202.12837), EMNLP.
