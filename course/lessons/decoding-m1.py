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
# # Decoding a translation: greedy and beam search
#
# **What you will be able to do:** generate with an encoder-decoder, say why a model is worse when it reads its own
# output, and follow a beam search by hand.
#
# ## The idea
#
# A trained decoder gives the probability of the *next* token. A translation is a whole sentence, and there are $V^T$
# of them: nobody can score them all. **Greedy** decoding takes the most likely token, reads it back, and goes on
# until `</s>`. It is fast, and it can go wrong early: a first token that is a little more likely may lead where
# everything that follows is unlikely.
#
# **Beam search** keeps the $k$ best beginnings instead of one. At each step all are continued by every token, and the
# best $k$ survive. With $k = 1$ it is greedy.
#
# A second trouble comes from training. There, the decoder always read the *right* beginning (teacher forcing). In use
# it reads its own, mistakes included, and has never learned what to do after one.
#
# ![Left: share of right tokens at each position of a sequence: when the right beginning is read it stays high, when the model reads its own output it falls with the position. Right: mean log-probability of what is written, by width of the beam: it rises from greedy to a beam of 2 and hardly after 4.](figures/decoding-m1.en.svg)
#
# Both panels come from one small model that writes sequences backwards from the encoder's last state alone, so that
# it still makes mistakes. On the left, the distance between the curves is what its own errors cost. On the right, a
# beam finds sentences that the model itself finds likelier; most of the gain comes with the second beginning that is
# kept.

# %% [markdown] lang="fr"
# # Décoder une traduction : glouton et recherche en faisceau
#
# **Ce que vous saurez faire :** générer avec un encodeur-décodeur, dire pourquoi un modèle est moins bon quand il
# relit sa propre sortie, et suivre une recherche en faisceau à la main.
#
# ## L'idée
#
# Un décodeur entraîné donne la probabilité du token *suivant*. Une traduction est une phrase entière, et il y en a
# $V^T$ : personne ne peut toutes les noter. Le décodage **glouton** prend le token le plus probable, le relit, et
# continue jusqu'à `</s>`. Il est rapide, et peut se tromper tôt : un premier token un peu plus probable peut mener là
# où toutes les suites sont improbables.
#
# La **recherche en faisceau** (*beam search*) garde les $k$ meilleurs débuts au lieu d'un. À chaque pas, on les
# prolonge tous par chaque token, et les $k$ meilleurs survivent. Avec $k = 1$, c'est le décodage glouton.
#
# Un second ennui vient de l'entraînement. Le décodeur y lisait toujours le *bon* début (teacher forcing). À l'usage,
# il lit le sien, fautes comprises, et n'a jamais appris quoi faire après une faute.
#
# ![À gauche : part de tokens justes à chaque position d'une suite : quand le bon début est lu, elle reste élevée ; quand le modèle relit sa propre sortie, elle baisse avec la position. À droite : log-probabilité moyenne de ce qui est écrit, selon la largeur du faisceau : elle monte du décodage glouton à un faisceau de 2, et ne bouge presque plus après 4.](figures/decoding-m1.fr.svg)
#
# Les deux panneaux viennent d'un même petit modèle qui écrit des suites à l'envers à partir du seul dernier état de
# l'encodeur, si bien qu'il fait encore des fautes. À gauche, la distance entre les courbes est ce que lui coûtent ses
# propres erreurs. À droite, un faisceau trouve des phrases que le modèle lui-même juge plus probables ; l'essentiel
# du gain vient du deuxième début que l'on garde.

# %% [markdown] lang="en"
# ## The formula
#
# The score of a sentence is the sum of the log-probabilities of its tokens, each given those before it:
#
# $$\log p(y \mid x) = \sum_{t=1}^{T} \log p(y_t \mid y_1, \dots, y_{t-1}, x)$$
#
# Every token adds a negative number, so short sentences score better. To compare lengths, the sum is divided by
# $T^{\alpha}$, with $\alpha$ often between 0.6 and 1.
#
# {{seq2seq.decoder_step}}
#
# {{seq2seq.greedy_generate}}

# %% [markdown] lang="fr"
# ## La formule
#
# Le score d'une phrase est la somme des log-probabilités de ses tokens, chacun étant donnés ceux d'avant :
#
# $$\log p(y \mid x) = \sum_{t=1}^{T} \log p(y_t \mid y_1, \dots, y_{t-1}, x)$$
#
# Chaque token ajoute un nombre négatif : les phrases courtes ont de meilleurs scores. Pour comparer des longueurs, on
# divise la somme par $T^{\alpha}$, avec $\alpha$ souvent entre 0,6 et 1.
#
# {{seq2seq.decoder_step}}
#
# {{seq2seq.greedy_generate}}

# %% [markdown] lang="en"
# ## In code
#
# A beam search in a dozen lines, over a table of next-token probabilities that is small enough to check by hand.
# Greedy begins with *le*, the likelier token, and ends with a less likely sentence.

# %% [markdown] lang="fr"
# ## En code
#
# Une recherche en faisceau en une douzaine de lignes, sur une table de probabilités assez petite pour être vérifiée à
# la main. Le décodage glouton commence par *le*, plus probable, et finit par une phrase moins probable.

# %% id="beam"
import math

NEXT = {
    (): {"le": 0.55, "un": 0.45},
    ("le",): {"chat": 0.4, "chien": 0.35, "rat": 0.25},
    ("un",): {"chat": 0.9, "rat": 0.1},
}


def beam_search(width):
    beams = [((), 0.0)]
    while any(tokens in NEXT for tokens, _ in beams):
        longer = []
        for tokens, score in beams:
            options = NEXT.get(tokens)
            if options is None:
                longer.append((tokens, score))
                continue
            longer += [((*tokens, token), score + math.log(p)) for token, p in options.items()]
        beams = sorted(longer, key=lambda beam: -beam[1])[:width]
    return beams[0]


for width in (1, 2):
    tokens, score = beam_search(width)
    print(f"beam {width}: {' '.join(tokens)}  p = {math.exp(score):.3f}")

# %% [markdown] lang="en"
# ## Common mistakes
#
# - **Multiplying probabilities.** After a hundred tokens the product is zero in float32. Add logarithms.
# - **Choosing among the finished ones only at the end.** A beam that has written `</s>` must stop growing and stay in
#   the comparison.
# - **Reading the state of another beam.** When beams are reordered, their hidden states must follow them.
# - **No limit on the length.** A model that never writes `</s>` never ends. Set a maximum, and say in the measurement
#   how often it was reached.
# - **Measuring with teacher forcing.** The accuracy of next tokens given the right beginning is not the quality of
#   translations.

# %% [markdown] lang="fr"
# ## Erreurs fréquentes
#
# - **Multiplier des probabilités.** Après cent tokens, le produit est nul en float32. Additionnez des logarithmes.
# - **Ne comparer les phrases finies qu'à la fin.** Un faisceau qui a écrit `</s>` doit cesser de grandir et rester
#   dans la comparaison.
# - **Lire l'état d'un autre faisceau.** Quand les faisceaux changent d'ordre, leurs états cachés doivent les suivre.
# - **Aucune limite de longueur.** Un modèle qui n'écrit jamais `</s>` ne finit jamais. Fixez un maximum, et dites
#   dans la mesure combien de fois il a été atteint.
# - **Mesurer avec le teacher forcing.** L'exactitude du token suivant étant donné le bon début n'est pas la qualité
#   des traductions.

# %% [markdown] lang="en"
# ## In today's libraries
#
# `model.generate(num_beams=4, length_penalty=1.0)` in Hugging Face. Translation systems still search with beams of 4
# to 6; larger ones make translations shorter and worse, although their scores are better (Koehn and Knowles). Chat
# models do not search: they *sample*, which is the subject of a lesson of the next module.

# %% [markdown] lang="fr"
# ## Dans les bibliothèques d'aujourd'hui
#
# `model.generate(num_beams=4, length_penalty=1.0)` chez Hugging Face. Les systèmes de traduction cherchent encore
# avec des faisceaux de 4 à 6 ; plus larges, ils donnent des traductions plus courtes et moins bonnes, malgré de
# meilleurs scores (Koehn et Knowles). Les modèles de chat ne cherchent pas : ils *échantillonnent*, ce qui est le
# sujet d'une leçon du module suivant.

# %% [markdown] lang="en"
# ## Sources
#
# - I. Sutskever, O. Vinyals, Q. V. Le (2014), [*Sequence to Sequence Learning with Neural
#   Networks*](https://arxiv.org/abs/1409.3215), section 3.2.
# - P. Koehn, R. Knowles (2017), [*Six Challenges for Neural Machine Translation*](https://arxiv.org/abs/1706.03872),
#   section 3.6.
# - S. Bengio et al. (2015), [*Scheduled Sampling*](https://arxiv.org/abs/1506.03099), on reading one's own output.

# %% [markdown] lang="fr"
# ## Sources
#
# - I. Sutskever, O. Vinyals, Q. V. Le (2014), [*Sequence to Sequence Learning with Neural
#   Networks*](https://arxiv.org/abs/1409.3215), section 3.2.
# - P. Koehn, R. Knowles (2017), [*Six Challenges for Neural Machine Translation*](https://arxiv.org/abs/1706.03872),
#   section 3.6.
# - S. Bengio et al. (2015), [*Scheduled Sampling*](https://arxiv.org/abs/1506.03099), sur la relecture de sa propre
#   sortie.
