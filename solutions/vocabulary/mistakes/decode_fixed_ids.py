"""
loses: [decode]
hint:
  en: 'You leave out the ids 0, 1 and 2. In another vocabulary these are ordinary words: compare tokens, not numbers.'
  fr: 'Vous omettez les identifiants 0, 1 et 2. Dans un autre vocabulaire, ce sont des mots ordinaires : comparez des tokens, pas des nombres.'
"""


def decode(ids, vocab, level):
    names = {number: token for token, number in vocab.items()}
    tokens = [names[number] for number in ids if number > 2]
    return (" " if level == "word" else "").join(tokens)
