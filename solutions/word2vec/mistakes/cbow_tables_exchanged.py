"""
loses: [cbow-forward]
hint:
  en: 'The two tables are exchanged: the context words are given, so they are read in V_in, and every word is scored with V_out.'
  fr: 'Les deux tables sont échangées : les mots du contexte sont donnés, on les lit donc dans V_in, et chaque mot est évalué avec V_out.'
"""


def cbow_forward(contexts, mask, V_in, V_out):
    kept = embedding_lookup(V_out, contexts) * mask[:, :, None]
    hidden = kept.sum(1) / mask.sum(1, keepdim=True)
    return hidden, hidden @ V_in.T
