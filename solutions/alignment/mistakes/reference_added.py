"""
loses: [dpo]
hint:
  en: >-
    The reference's log-ratio is added to the policy's; it is to be subtracted.
  fr: >-
    Le log-rapport de la référence est ajouté à celui de la politique ; il faut le retrancher.
"""


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta):
    now = policy_chosen - policy_rejected
    then = (reference_chosen - reference_rejected).detach()
    return reward_loss(beta * now, -beta * then)
