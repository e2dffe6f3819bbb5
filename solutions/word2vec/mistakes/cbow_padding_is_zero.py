"""
loses: [cbow-forward]
hint:
  en: 'You find the padding by the value of the id instead of the mask; a padded place may hold any id.'
  fr: 'Vous repérez le remplissage à la valeur de l''identifiant et non au masque ; une place de remplissage peut contenir n''importe quel identifiant.'
"""


def cbow_forward(contexts, mask, V_in, V_out):
    keep = (contexts != 0)[:, :, None]
    hidden = (embedding_lookup(V_in, contexts) * keep).sum(1) / keep.sum(1).clamp(min=1)
    return hidden, hidden @ V_out.T
