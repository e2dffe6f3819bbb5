"""
loses: [decode]
hint:
  en: 'You cut off the first and the last id without looking. The special tokens may stand anywhere, or nowhere.'
  fr: 'Vous coupez le premier et le dernier identifiant sans les regarder. Les tokens spéciaux peuvent être partout, ou nulle part.'
"""


def decode(ids, vocab, level):
    names = {number: token for token, number in vocab.items()}
    tokens = [names[number] for number in ids[1:-1]]
    return (" " if level == "word" else "").join(tokens)
