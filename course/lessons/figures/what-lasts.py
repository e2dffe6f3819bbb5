"""How long ideas of this course have been in use, and how the number of training tokens per parameter has moved."""

from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullFormatter

NOW = 2026
# First paper, and the paper of what has taken its place in large models since; None: still in use.
IDEAS = (
    (("guess the next symbol", "deviner le symbole suivant"), 1948, None),  # Shannon
    (("learning by gradients", "apprendre par gradients"), 1986, None),  # Rumelhart, Hinton and Williams
    (("LSTM", "LSTM"), 1997, 2017),  # Hochreiter and Schmidhuber; the Transformer
    (("fixed word vectors", "vecteurs de mots fixes"), 2013, 2018),  # Mikolov et al.; ELMo, BERT
    (("attention", "attention"), 2014, None),  # Bahdanau, Cho and Bengio
    (("Adam", "Adam"), 2014, None),  # Kingma and Ba
    (("residual connections", "connexions résiduelles"), 2015, None),  # He et al.
    (("BPE tokens", "tokens BPE"), 2015, None),  # Sennrich, Haddow and Birch
    (("absolute positions", "positions absolues"), 2017, 2021),  # Vaswani et al.; rotary positions
    (("LayerNorm", "LayerNorm"), 2016, 2023),  # Ba, Kiros and Hinton; RMSNorm, in Llama
    (("norm after the sum", "norme après la somme"), 2017, 2019),  # Vaswani et al.; GPT-2
)
# Name, year, parameters and training tokens, both in billions, as their reports say.
MODELS = (
    ("GPT-3", 2020, 175, 300),
    ("Gopher", 2021, 280, 300),
    ("Chinchilla", 2022, 70, 1400),
    ("Llama 7B", 2023.1, 7, 1000),
    ("Llama 2 7B", 2023.5, 7, 2000),
    ("Llama 3 8B", 2024.3, 8, 15000),
)


def draw(reference, say):
    figure = Figure(figsize=(9.2, 3.8))
    ages, tokens = figure.subplots(1, 2, width_ratios=(1.15, 1))
    lived = sorted(((end or NOW) - start, end is None, names) for names, start, end in IDEAS)
    for place, (years, in_use, _) in enumerate(lived):
        ages.barh(place, years - 1, left=1, color="#1b5a8c" if in_use else "#b4531a")
        ages.text(years * 1.06, place, str(years), va="center", fontsize=9)
    ages.set_xscale("log")
    ages.set_yticks(range(len(lived)), [say(*names) for _, _, names in lived], fontsize=9)
    ages.set(xlim=(1, 130))
    ages.xaxis.set_major_locator(FixedLocator([1, 3, 10, 30, 100]))
    ages.xaxis.set_minor_formatter(NullFormatter())
    ages.set_xticks([1, 3, 10, 30, 100], ["1", "3", "10", "30", "100"])
    ages.set_xlabel(say("years in use", "années d'usage"))
    for label, colour in (
        (say("still in use", "encore en usage"), "#1b5a8c"),
        (say("replaced", "remplacé"), "#b4531a"),
    ):
        ages.bar(0, 0, color=colour, label=label)
    ages.legend(frameon=False, fontsize=9, loc="lower right")
    for name, year, parameters, read in MODELS:
        tokens.plot(year, read / parameters, color="#1b5a8c", marker="o")
        tokens.annotate(name, (year, read / parameters), (-7, 2), textcoords="offset points", fontsize=9, ha="right")
    tokens.axhline(20, color="#566072", linestyle="--", lw=1)
    tokens.set_yscale("log")
    tokens.set_yticks([1, 10, 100, 1000], ["1", "10", "100", say("1,000", "1\u202f000")])
    tokens.set_xticks(range(2020, 2025))
    tokens.set(xlim=(2018.9, 2024.8), ylim=(0.7, 4000))
    tokens.set_title(say("training tokens per parameter", "tokens d'entraînement par paramètre"), fontsize=11)
    figure.tight_layout()
    return figure
