"""
loses: [encode]
hint:
  en: 'Your sequence is never closed: `</s>` is missing, and a model trained on it would never learn to stop.'
  fr: 'Votre suite ne se ferme jamais : il manque `</s>`, et un modèle entraîné dessus n''apprendrait jamais à s''arrêter.'
"""


def encode(text, vocab, level):
    return [vocab[BOS], *(vocab.get(token, vocab[UNK]) for token in tokenize(text, level))]
