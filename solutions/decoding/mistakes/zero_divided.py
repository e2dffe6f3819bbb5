"""
loses: [temperature]
hint:
  en: >-
    At temperature 0 you divide by zero, and infinities or NaN come out. What is it agreed to mean?
  fr: >-
    À la température 0, vous divisez par zéro, et il en sort des infinis ou des NaN. Que veut-elle dire par
    convention ?
"""


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    return logits / temperature
