"""
loses: [cbow-forward]
hint:
  en: 'The padded places count in your mean as if they were words: the mask is not used.'
  fr: 'Les places de remplissage comptent dans votre moyenne comme des mots : le masque ne sert pas.'
"""


def cbow_forward(contexts, mask, V_in, V_out):
    hidden = embedding_lookup(V_in, contexts).mean(1)
    return hidden, hidden @ V_out.T
