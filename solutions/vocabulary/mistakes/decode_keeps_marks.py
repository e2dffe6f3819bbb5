"""
loses: [decode]
hint:
  en: 'Your text shows `<pad>`, `<s>` and `</s>`. They belong to the sequence, not to the text.'
  fr: 'Votre texte montre `<pad>`, `<s>` et `</s>`. Ils appartiennent à la suite, pas au texte.'
"""


def decode(ids, vocab, level):
    names = {number: token for token, number in vocab.items()}
    tokens = [names[number] for number in ids]
    return (" " if level == "word" else "").join(tokens)
