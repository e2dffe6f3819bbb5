"""
loses: [large]
hint:
  en: >-
    The exponential of a large logit is infinite, and infinity over infinity is NaN. Subtracting one number
    from a whole row changes no probability.
  fr: >-
    L'exponentielle d'un grand logit est infinie, et l'infini sur l'infini donne NaN. Retrancher un même
    nombre à toute une ligne ne change aucune probabilité.
"""


def sequence_logps(logits, labels):
    wide = logits.float() if logits.element_size() < 4 else logits
    scores, asked = wide[:, :-1], labels[:, 1:]
    void = asked == -100
    logp = scores - scores.exp().sum(-1, keepdim=True).log()
    picked = logp.gather(-1, asked.masked_fill(void, 0)[..., None])[..., 0]
    return picked.masked_fill(void, 0.0).sum(-1)
