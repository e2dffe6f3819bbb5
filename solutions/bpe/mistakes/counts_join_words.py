"""
loses: [counts]
hint:
  en: You count a pair between the last symbol of a word and the first symbol of the next one. Words are separate, and their order means nothing.
  fr: Vous comptez une paire entre le dernier symbole d'un mot et le premier du mot suivant. Les mots sont séparés, et leur ordre ne veut rien dire.
"""


def pair_counts(words):
    sequence = [symbol for symbols, frequency in words.items() for symbol in symbols * frequency]
    return dict(Counter(pairwise(sequence)))
