"""
loses: [cbow-forward]
hint:
  en: 'You average the padded places and leave the words out: in this course, True marks a real word.'
  fr: 'Vous faites la moyenne du remplissage et laissez les mots de côté : dans ce cours, True désigne un vrai mot.'
"""


def cbow_forward(contexts, mask, V_in, V_out):
    keep = ~mask[:, :, None]
    hidden = (embedding_lookup(V_in, contexts) * keep).sum(1) / keep.sum(1).clamp(min=1)
    return hidden, hidden @ V_out.T
