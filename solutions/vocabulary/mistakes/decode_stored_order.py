"""
loses: [decode]
hint:
  en: 'You use the id as a position in the dictionary. That fails as soon as the dictionary is stored in another order: turn it around instead.'
  fr: 'Vous prenez l''identifiant pour une position dans le dictionnaire. Cela échoue dès que le dictionnaire est rangé dans un autre ordre : retournez-le plutôt.'
"""


def decode(ids, vocab, level):
    names = list(vocab)
    tokens = [names[number] for number in ids if names[number] not in (PAD, BOS, EOS)]
    return (" " if level == "word" else "").join(tokens)
