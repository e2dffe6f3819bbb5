"""
loses: [cbow-forward]
hint:
  en: 'Your context vector is a sum: it grows with the number of words. CBOW takes their mean.'
  fr: 'Votre vecteur de contexte est une somme : il grandit avec le nombre de mots. CBOW en fait la moyenne.'
"""


def cbow_forward(contexts, mask, V_in, V_out):
    hidden = (embedding_lookup(V_in, contexts) * mask[:, :, None]).sum(1)
    return hidden, hidden @ V_out.T
