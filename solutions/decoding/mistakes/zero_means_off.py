"""
loses: [temperature]
hint:
  en: >-
    At temperature 0 you return the logits as they are. 0 is a temperature too, the most cautious of all.
  fr: >-
    À la température 0, vous renvoyez les logits tels quels. 0 aussi est une température, la plus prudente de
    toutes.
"""


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    return logits / temperature if temperature else logits.clone()
