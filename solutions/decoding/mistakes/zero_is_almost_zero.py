"""
loses: [temperature]
hint:
  en: >-
    You replace temperature 0 by a very small one: the logits become huge, and equals share the chance. Only the
    token of `greedy` may be left, with its own logit.
  fr: >-
    Vous remplacez la température 0 par une toute petite : les logits deviennent énormes, et les ex aequo se
    partagent la chance. Seul doit rester le token de `greedy`, avec son propre logit.
"""


def apply_temperature(logits, temperature):
    if temperature < 0:
        raise ValueError("negative temperature")
    return logits / max(temperature, 1e-6)
