"""
loses: [encode]
hint:
  en: 'You enter unknown tokens into the vocabulary. A trained model has no row for them; they get the id of `<unk>`.'
  fr: 'Vous inscrivez les tokens inconnus dans le vocabulaire. Un modèle entraîné n''a pas de ligne pour eux ; ils reçoivent l''identifiant de `<unk>`.'
"""


def encode(text, vocab, level):
    return [vocab[BOS], *(vocab.setdefault(token, len(vocab)) for token in tokenize(text, level)), vocab[EOS]]
