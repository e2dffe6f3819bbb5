"""
loses: [cbow-forward]
hint:
  en: 'You score the words with V_in, the table that was just read; the scores compare with V_out.'
  fr: 'Vous évaluez les mots avec V_in, la table que vous venez de lire ; les scores se calculent avec V_out.'
"""


def cbow_forward(contexts, mask, V_in, V_out):
    kept = embedding_lookup(V_in, contexts) * mask[:, :, None]
    hidden = kept.sum(1) / mask.sum(1, keepdim=True)
    return hidden, hidden @ V_in.T
