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
# # Objectives: what a model is asked to guess
#
# **What you will be able to do:** build input and target of the three objectives, say where each has a loss, and read
# a perplexity.
#
# ## The idea
#
# A text is its own answer sheet: hide some of it, and ask for what is hidden. No one has to label anything, so a
# model can learn from all the text there is. *What* is hidden makes the families.
#
# - **Causal** language modelling (CLM, GPT): guess the next token, at every position. Only the left is seen, and
#   every token is an exercise.
# - **Masked** language modelling (MLM, BERT): draw 15 % of the tokens and guess these from both sides. Of those
#   drawn, 80 % become `[MASK]`, 10 % another token and 10 % stay as they are: `[MASK]` never occurs in real use, so
#   the model must not wait for it before it thinks.
# - **Span corruption** (T5): replace whole spans by *sentinels* `<X>`, `<Y>`; the encoder reads what is left, and the
#   decoder writes the spans, each after its sentinel, and a last sentinel to end.
#
# ![One sentence under the three objectives. Causal: each word is read and the next one is guessed, at every place. Masked: three words were drawn, one hidden, one replaced by another word, one left; only these three are guessed. Spans: two spans have become the sentinels X and Y; what is guessed is X, the first span, Y, the second span, Z.](figures/objectives.en.svg)
#
# Here three words were drawn for BERT's row, so that each case is to be seen: one hidden (blue), one changed
# (orange), one left as it was, and guessed all the same. T5's target is short: the rest of the sentence is in the
# input and need not be written again.
#
# None of the three asks whether the text is *true*. The loss rewards what people write, as often as they write it:
# errors that are widespread, and novels, too. **Likely is not true.**

# %% [markdown] lang="fr"
# # Les objectifs : ce que l'on demande au modèle de deviner
#
# **Ce que vous saurez faire :** construire l'entrée et la cible des trois objectifs, dire où chacun a une perte, et
# lire une perplexité.
#
# ## L'idée
#
# Un texte est son propre corrigé : cachez-en une partie, et demandez ce qui est caché. Personne n'a rien à
# étiqueter : un modèle peut donc apprendre de tous les textes qui existent. C'est *ce* que l'on cache qui fait les
# familles.
#
# - La modélisation **causale** (CLM, GPT) : deviner le token suivant, à chaque position. On ne voit que la gauche, et
#   chaque token est un exercice.
# - La modélisation **masquée** (MLM, BERT) : tirer 15 % des tokens et les deviner d'après les deux côtés. Parmi eux,
#   80 % deviennent `[MASK]`, 10 % un autre token et 10 % restent tels quels : `[MASK]` n'apparaît jamais à l'usage,
#   et le modèle ne doit pas l'attendre pour réfléchir.
# - La **corruption de segments** (T5) : remplacer des segments entiers par des *sentinelles* `<X>`, `<Y>` ;
#   l'encodeur lit ce qui reste, et le décodeur écrit les segments, chacun après sa sentinelle, puis une dernière
#   sentinelle pour finir.
#
# ![Une phrase sous les trois objectifs. Causal : chaque mot est lu et le suivant est prédit, à chaque place. Masqué : trois mots ont été tirés, l'un est caché, l'un remplacé par un autre mot, l'un laissé ; seuls ces trois sont prédits. Segments : deux segments sont devenus les sentinelles X et Y ; on prédit X, le premier segment, Y, le second segment, Z.](figures/objectives.fr.svg)
#
# Ici, on a tiré trois mots pour la ligne de BERT, afin de montrer chaque cas : un mot caché (bleu), un mot changé
# (orange), un mot laissé tel quel, et prédit tout de même. La cible de T5 est courte : le reste de la phrase est dans
# l'entrée et n'a pas à être réécrit.
#
# Aucun des trois ne demande si le texte est *vrai*. La perte récompense ce que les gens écrivent, aussi souvent
# qu'ils l'écrivent : erreurs répandues et romans compris. **Probable ne veut pas dire vrai.**

# %% [markdown] lang="en"
# ## The formula
#
# With $x$ the text, $D$ the set of drawn positions and $\tilde x$ the corrupted text:
#
# $$\mathcal{L}_{\mathrm{CLM}} = -\frac{1}{T-1} \sum_{t=2}^{T} \log p(x_t \mid x_1, \dots, x_{t-1}) \qquad \mathcal{L}_{\mathrm{MLM}} = -\frac{1}{|D|} \sum_{t \in D} \log p(x_t \mid \tilde x)$$
#
# T5's loss is the causal one over the target, with $\tilde x$ in the encoder. In all three, logits are $[B, T, V]$
# and labels int64 $[B, T]$, with $-100$ where there is no loss. The **perplexity** is the exponential of the mean
# loss, $e^{\mathcal{L}}$: the number of equally likely tokens among which the model might as well choose.
#
# {{causal-lm.lm_loss}}
#
# {{masked-lm.mask_tokens}}
#
# {{masked-lm.span_corrupt}}

# %% [markdown] lang="fr"
# ## La formule
#
# Avec $x$ le texte, $D$ l'ensemble des positions tirées et $\tilde x$ le texte corrompu :
#
# $$\mathcal{L}_{\mathrm{CLM}} = -\frac{1}{T-1} \sum_{t=2}^{T} \log p(x_t \mid x_1, \dots, x_{t-1}) \qquad \mathcal{L}_{\mathrm{MLM}} = -\frac{1}{|D|} \sum_{t \in D} \log p(x_t \mid \tilde x)$$
#
# La perte de T5 est la perte causale sur la cible, avec $\tilde x$ dans l'encodeur. Dans les trois, les logits sont
# $[B, T, V]$ et les labels int64 $[B, T]$, avec $-100$ là où il n'y a pas de perte. La **perplexité** est
# l'exponentielle de la perte moyenne, $e^{\mathcal{L}}$ : le nombre de tokens équiprobables entre lesquels le modèle
# pourrait aussi bien choisir.
#
# {{causal-lm.lm_loss}}
#
# {{masked-lm.mask_tokens}}
#
# {{masked-lm.span_corrupt}}

# %% [markdown] lang="en"
# ## In code
#
# Span corruption loses nothing: input and target together give the text back. Below is the way back, which is also
# the way to read what such a model has written.

# %% [markdown] lang="fr"
# ## En code
#
# La corruption de segments ne perd rien : l'entrée et la cible redonnent ensemble le texte. Voici le chemin du
# retour, qui est aussi la façon de lire ce qu'un tel modèle a écrit.

# %% id="way-back"
read = ["le", "<X>", "flatte", "un", "corbeau", "<Y>", "tient", "un", "<Z>"]
written = ["<X>", "renard", "rusé", "<Y>", "perché", "qui", "<Z>", "fromage", "</s>"]


def is_sentinel(word):
    return len(word) == 3 and word[0] == "<"


def filled(read, written):
    """The text, each sentinel replaced by the words that were written after it."""
    spans, current = {}, None
    for word in written:
        if is_sentinel(word):
            current = spans.setdefault(word, [])
        elif current is not None and word != "</s>":
            current.append(word)
    return [word for seen in read for word in spans.get(seen, [seen])]


text = filled(read, written)
print(" ".join(text))
print(f"{len(text)} words, from {len(read)} tokens read and {len(written)} written")

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **A loss everywhere in MLM.** Where the token is to be seen there is nothing to learn but to copy.
# - **A loss only on `[MASK]`.** The changed and the unchanged ones count too: they are why the model cannot trust
#   what it sees.
# - **Labels made after the corruption.** They then say `[MASK]`. Copy the ids first.
# - **Special tokens and padding drawn.** Nobody learns from guessing `[CLS]`; take 15 % of the *real* tokens.
# - **The shift twice, or not at all.** In CLM, position $t$ predicts token $t + 1$; a loss near 0 in the first
#   minutes means that it predicts itself.
# - **A mean of means.** Over a corpus, add the losses and the counts, and divide once.
# - **Perplexities of different tokenizers, or of different objectives, side by side.** An MLM sees both sides: its
#   "perplexity" is of another kind.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Une perte partout en MLM.** Là où le token est visible, il n'y a rien à apprendre, sinon recopier.
# - **Une perte sur `[MASK]` seulement.** Les tokens changés et inchangés comptent aussi : c'est à cause d'eux que le
#   modèle ne peut pas se fier à ce qu'il voit.
# - **Des labels faits après la corruption.** Ils disent alors `[MASK]`. Copiez d'abord les identifiants.
# - **Tirer des tokens spéciaux et du padding.** Personne n'apprend rien en devinant `[CLS]` ; prenez 15 % des *vrais*
#   tokens.
# - **Décaler deux fois, ou pas du tout.** En CLM, la position $t$ prédit le token $t + 1$ ; une perte proche de 0 dès
#   les premières minutes dit qu'elle se prédit elle-même.
# - **Une moyenne de moyennes.** Sur un corpus, additionnez les pertes et les nombres de tokens, et divisez une seule
#   fois.
# - **Comparer les perplexités de tokeniseurs ou d'objectifs différents.** Un MLM voit les deux côtés : sa
#   « perplexité » est d'une autre nature.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `DataCollatorForLanguageModeling(tokenizer, mlm=True, mlm_probability=0.15)` in Hugging Face draws and corrupts as
# BERT does, anew for each batch; with `mlm=False` it copies the ids to the labels, and the model shifts them.
# ModernBERT draws 30 %. Code models learn to *fill in the middle*: the document is cut in three and its middle moved
# to the end, so that a causal model sees both sides without any change in the network. Pretraining is causal nearly
# everywhere today: a loss at every token, and a model that can write.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `DataCollatorForLanguageModeling(tokenizer, mlm=True, mlm_probability=0.15)`, chez Hugging Face, tire et corrompt
# comme BERT, à nouveau pour chaque lot ; avec `mlm=False`, il copie les identifiants dans les labels, et le modèle
# les décale. ModernBERT en tire 30 %. Les modèles de code apprennent à *remplir le milieu* (*fill in the middle*) :
# on coupe le document en trois et on déplace son milieu à la fin, si bien qu'un modèle causal voit les deux côtés
# sans rien changer au réseau. Le préentraînement est aujourd'hui causal presque partout : une perte à chaque token,
# et un modèle qui sait écrire.

# %% [markdown] lang="en"
# ## Sources
#
# - J. Devlin et al. (2019), [*BERT*](https://arxiv.org/abs/1810.04805), section 3.1 and appendix C.2 on the 80/10/10.
# - C. Raffel et al. (2020), [*Exploring the Limits of Transfer Learning with a Unified Text-to-Text
#   Transformer*](https://arxiv.org/abs/1910.10683), sections 3.1.4 and 3.3.
# - M. Bavarian et al. (2022), [*Efficient Training of Language Models to Fill in the
#   Middle*](https://arxiv.org/abs/2207.14255), section 3.

# %% [markdown] lang="fr"
# ## Sources
#
# - J. Devlin et al. (2019), [*BERT*](https://arxiv.org/abs/1810.04805), section 3.1 et annexe C.2 sur les 80/10/10.
# - C. Raffel et al. (2020), [*Exploring the Limits of Transfer Learning with a Unified Text-to-Text
#   Transformer*](https://arxiv.org/abs/1910.10683), sections 3.1.4 et 3.3.
# - M. Bavarian et al. (2022), [*Efficient Training of Language Models to Fill in the
#   Middle*](https://arxiv.org/abs/2207.14255), section 3.
