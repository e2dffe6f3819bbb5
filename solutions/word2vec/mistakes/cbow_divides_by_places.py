"""
loses: [cbow-forward]
hint:
  en: 'You divide by the number of places, padding included, instead of the number of real words of each context.'
  fr: 'Vous divisez par le nombre de places, remplissage compris, au lieu du nombre de vrais mots de chaque contexte.'
"""


def cbow_forward(contexts, mask, V_in, V_out):
    hidden = (embedding_lookup(V_in, contexts) * mask[:, :, None]).mean(1)
    return hidden, hidden @ V_out.T
