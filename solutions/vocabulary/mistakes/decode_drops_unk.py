"""
loses: [decode]
hint:
  en: 'You leave out `<unk>` too. A word stood there, and whoever reads the text should see that it was lost.'
  fr: 'Vous omettez aussi `<unk>`. Un mot se trouvait là, et qui lit le texte doit voir qu''il est perdu.'
"""


def decode(ids, vocab, level):
    names = {number: token for token, number in vocab.items()}
    tokens = [names[number] for number in ids if names[number] not in SPECIALS]
    return (" " if level == "word" else "").join(tokens)
