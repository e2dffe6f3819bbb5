"""
loses: [temperature]
hint:
  en: >-
    You refuse temperature 0, as some libraries do. Here it means greedy; only a negative temperature is an
    error.
  fr: >-
    Vous refusez la température 0, comme certaines bibliothèques. Ici, elle veut dire glouton ; seule une
    température négative est une erreur.
"""


def apply_temperature(logits, temperature):
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    return logits / temperature
