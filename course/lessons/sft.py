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
# # Supervised fine-tuning: learning to answer
#
# **What you will be able to do:** build training examples from conversations, say which tokens carry loss and why,
# and list the ways a batch goes silently wrong.
#
# ## The idea
#
# A model trained on the web continues a question with more questions. **Supervised fine-tuning** (SFT) trains it
# further on conversations written as one would like it to answer. Nothing new happens in the network: the same loss,
# the next token, on a few thousand to a few million examples.
#
# One thing is new: **who is to be imitated**. The text holds the user's turns too, and the marks of the template. The
# model need not learn to write those. So they get the label `-100`, which the loss skips; what carries loss are the
# assistant's answers, and the token that ends them. Forget that last one and the model never stops.
#
# ![Top: a conversation of 165 tokens as a strip, the few that carry loss highlighted; they are the answers with their end-of-turn tokens. Bottom: tokens by role in three conversations: in a short exchange most tokens belong to the template and to the user, in one with a long answer most are learned.](figures/sft.en.svg)
#
# In a short exchange most of the tokens are not the assistant's. Without the mask, most of what the model is trained
# on would be the template and other people's questions.

# %% [markdown] lang="fr"
# # Le fine-tuning supervisé : apprendre à répondre
#
# **Ce que vous saurez faire :** construire des exemples d'entraînement à partir de conversations, dire quels tokens
# portent la perte et pourquoi, et énumérer les façons dont un lot est faux en silence.
#
# ## L'idée
#
# Un modèle entraîné sur le web prolonge une question par d'autres questions. Le **fine-tuning supervisé** (SFT)
# l'entraîne davantage sur des conversations écrites comme on voudrait qu'il réponde. Rien de neuf dans le réseau : la
# même perte, le token suivant, sur quelques milliers à quelques millions d'exemples.
#
# Une chose est nouvelle : **qui il faut imiter**. Le texte contient aussi les tours de l'utilisateur et les marques
# du gabarit. Le modèle n'a pas à apprendre à les écrire. Ils reçoivent donc le label `-100`, que la perte ignore ; ce
# qui porte la perte, ce sont les réponses de l'assistant, et le token qui les termine. Oubliez ce dernier, et le
# modèle ne s'arrête jamais.
#
# ![En haut : une conversation de 165 tokens en une bande, les quelques-uns qui portent la perte en couleur ; ce sont les réponses avec leurs tokens de fin de tour. En bas : les tokens par rôle dans trois conversations : dans un échange court, la plupart appartiennent au gabarit et à l'utilisateur, dans un échange à longue réponse, la plupart sont appris.](figures/sft.fr.svg)
#
# Dans un échange court, la plupart des tokens ne sont pas ceux de l'assistant. Sans le masque, le modèle
# s'entraînerait surtout sur le gabarit et sur les questions des autres.

# %% [markdown] lang="en"
# ## The formula
#
# With $m_t = 1$ where token $t$ belongs to an answer or ends one, and $0$ elsewhere:
#
# $$\mathcal{L} = -\frac{\sum_t m_t \log p_\theta(y_t \mid y_1, \dots, y_{t-1})}{\sum_t m_t}$$
#
# The model still *reads* every token; only what it is asked to *write* is chosen.
#
# {{chat-template.sft_labels}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec $m_t = 1$ là où le token $t$ appartient à une réponse ou la termine, et $0$ ailleurs :
#
# $$\mathcal{L} = -\frac{\sum_t m_t \log p_\theta(y_t \mid y_1, \dots, y_{t-1})}{\sum_t m_t}$$
#
# Le modèle *lit* toujours chaque token ; on choisit seulement ce qu'on lui demande d'*écrire*.
#
# {{chat-template.sft_labels}}

# %% [markdown] lang="en"
# ## In code
#
# The mask at work in torch's own loss. The labels are shifted by one against the logits, as always; -100 drops out of
# the sum *and* of the count.

# %% [markdown] lang="fr"
# ## En code
#
# Le masque à l'œuvre dans la perte de torch. Les labels sont décalés d'un token par rapport aux logits, comme
# toujours ; -100 disparaît de la somme *et* du compte.

# %% id="labels"
import torch
import torch.nn.functional as F

torch.manual_seed(0)
ids = torch.tensor([[5, 6, 7, 8, 9, 1]])  # question 5 6 7, answer 8 9, end of turn 1
labels = torch.tensor([[-100, -100, -100, 8, 9, 1]])
logits = torch.randn(1, 6, 12)

masked = F.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten())
each = F.cross_entropy(logits[:, :-1].flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
print("loss:", round(masked.item(), 4), "= mean of the last three:", round(each[-3:].mean().item(), 4))

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **No loss on the end-of-turn token.** The model learns everything but to stop.
# - **Padding told by its id.** Many models pad with the end-of-turn token; "no loss where the id is padding" then
#   wipes out the real ends as well. Build the mask from the lengths.
# - **The header counted as answer.** `<|im_start|>assistant` is written by the template, not by the model.
# - **Truncating in the middle of the question.** An example without any token that carries loss gives $0/0$.
# - **One average per batch of unequal rows.** Mean of means is not the mean: long answers would count less per token.
# - **Too many epochs.** Fine-tuning data is small; after two or three passes the model recites it.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Pas de perte sur le token de fin de tour.** Le modèle apprend tout, sauf à s'arrêter.
# - **Reconnaître le padding à son identifiant.** Beaucoup de modèles complètent avec le token de fin de tour ; « pas
#   de perte là où l'identifiant est celui du padding » efface alors aussi les vraies fins. Construisez le masque à
#   partir des longueurs.
# - **Compter l'en-tête dans la réponse.** C'est le gabarit qui écrit `<|im_start|>assistant`, non le modèle.
# - **Tronquer au milieu de la question.** Un exemple sans aucun token qui porte la perte donne $0/0$.
# - **Une moyenne par lot de lignes inégales.** La moyenne des moyennes n'est pas la moyenne : les longues réponses
#   compteraient moins par token.
# - **Trop d'époques.** Les données d'affinage sont peu nombreuses ; après deux ou trois passages, le modèle les
#   récite.

# %% [markdown] lang="en"
# ## In today's libraries
#
# TRL's `SFTTrainer` with `assistant_only_loss=True` masks as here, with templates that mark the answers (`{%
# generation %}`). *Packing* fills rows with several conversations, which then need a mask that keeps them apart. SFT
# on answers written by a stronger model is called *distillation*; it transfers the style sooner than the knowledge.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# Le `SFTTrainer` de TRL avec `assistant_only_loss=True` masque comme ici, avec des gabarits qui marquent les réponses
# (`{% generation %}`). Le *packing* remplit les lignes de plusieurs conversations, qu'il faut alors séparer par un
# masque. Le SFT sur des réponses écrites par un modèle plus fort s'appelle la *distillation* ; elle transmet le style
# avant le savoir.

# %% [markdown] lang="en"
# ## Sources
#
# - L. Ouyang et al. (2022), [*Training language models to follow instructions with human
#   feedback*](https://arxiv.org/abs/2203.02155), section 3.
# - C. Zhou et al. (2023), [*LIMA: Less Is More for Alignment*](https://arxiv.org/abs/2305.11206).
# - Hugging Face, [*TRL: SFT Trainer*](https://huggingface.co/docs/trl/sft_trainer).

# %% [markdown] lang="fr"
# ## Sources
#
# - L. Ouyang et al. (2022), [*Training language models to follow instructions with human
#   feedback*](https://arxiv.org/abs/2203.02155), section 3.
# - C. Zhou et al. (2023), [*LIMA: Less Is More for Alignment*](https://arxiv.org/abs/2305.11206).
# - Hugging Face, [*TRL: SFT Trainer*](https://huggingface.co/docs/trl/sft_trainer).
