"""
loses: [dpo]
hint:
  en: >-
    You divide by beta; the closed form does that to the reward, and solved for the reward it multiplies.
  fr: >-
    Vous divisez par beta ; la forme close le fait à la récompense, et résolue pour la récompense, elle
    multiplie.
"""


def implicit_rewards(policy, reference, beta):
    return (policy - reference.detach()) / beta
