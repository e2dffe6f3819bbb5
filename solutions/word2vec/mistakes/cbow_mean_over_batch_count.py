"""
loses: [cbow-forward]
hint:
  en: 'You divide every context by the same number; each has its own number of real words.'
  fr: 'Vous divisez tous les contextes par le même nombre ; chacun a son propre nombre de vrais mots.'
"""


def cbow_forward(contexts, mask, V_in, V_out):
    hidden = (embedding_lookup(V_in, contexts) * mask[:, :, None]).sum(1) / mask.sum() * len(mask)
    return hidden, hidden @ V_out.T
