"""
loses: [decode]
hint:
  en: 'You stop at the first `</s>`. It is left out, and the rest of the sequence stays.'
  fr: 'Vous vous arrêtez au premier `</s>`. On l''omet, et le reste de la suite demeure.'
"""


def decode(ids, vocab, level):
    names = {number: token for token, number in vocab.items()}
    ids = ids[: ids.index(vocab[EOS])] if vocab[EOS] in ids else ids
    tokens = [names[number] for number in ids if names[number] not in (PAD, BOS, EOS)]
    return (" " if level == "word" else "").join(tokens)
