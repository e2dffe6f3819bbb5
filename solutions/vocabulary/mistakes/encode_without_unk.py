"""
loses: [encode]
hint:
  en: 'Your function stops with an error at a token that is not in the vocabulary. That is what `<unk>` is for.'
  fr: 'Votre fonction s''arrête sur une erreur quand un token n''est pas dans le vocabulaire. C''est à cela que sert `<unk>`.'
"""


def encode(text, vocab, level):
    return [vocab[BOS], *(vocab[token] for token in tokenize(text, level)), vocab[EOS]]
