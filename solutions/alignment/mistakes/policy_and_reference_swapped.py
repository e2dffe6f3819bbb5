"""
loses: [dpo]
hint:
  en: >-
    Your implicit rewards have the wrong sign: an answer that the policy makes more probable than the
    reference does has a positive one.
  fr: >-
    Vos récompenses implicites ont le mauvais signe : une réponse que la politique rend plus probable que la
    référence en a une positive.
"""


def implicit_rewards(policy, reference, beta):
    return beta * (reference.detach() - policy)
