"""
loses: [decode]
hint:
  en: 'You put spaces between characters too. At the character level, spaces are characters of their own.'
  fr: 'Vous mettez des espaces entre les caractères aussi. Au niveau des caractères, les espaces sont elles-mêmes des caractères.'
"""


def decode(ids, vocab, level):
    names = {number: token for token, number in vocab.items()}
    return " ".join(names[number] for number in ids if names[number] not in (PAD, BOS, EOS))
