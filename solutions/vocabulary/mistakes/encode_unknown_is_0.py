"""
loses: [encode]
hint:
  en: 'Unknown tokens get the id 0, which belongs to another token. Look up the id of `<unk>`.'
  fr: 'Les tokens inconnus reçoivent l''identifiant 0, qui appartient à un autre token. Cherchez celui de `<unk>`.'
"""


def encode(text, vocab, level):
    return [vocab[BOS], *(vocab.get(token, 0) for token in tokenize(text, level)), vocab[EOS]]
