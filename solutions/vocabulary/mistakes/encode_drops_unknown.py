"""
loses: [encode]
hint:
  en: 'You skip unknown tokens: the text silently says something else. Each one gets the id of `<unk>`.'
  fr: 'Vous sautez les tokens inconnus : le texte dit autre chose sans prévenir. Chacun reçoit l''identifiant de `<unk>`.'
"""


def encode(text, vocab, level):
    return [vocab[BOS], *(vocab[token] for token in tokenize(text, level) if token in vocab), vocab[EOS]]
