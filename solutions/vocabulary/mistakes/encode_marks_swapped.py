"""
loses: [encode]
hint:
  en: 'You open with `</s>` and close with `<s>`, as on the slides. By the usual convention `<s>` opens, like an HTML tag, and `</s>` closes.'
  fr: 'Vous ouvrez par `</s>` et fermez par `<s>`, comme sur les diapositives. Selon la convention habituelle, `<s>` ouvre, comme une balise HTML, et `</s>` ferme.'
"""


def encode(text, vocab, level):
    return [vocab[EOS], *(vocab.get(token, vocab[UNK]) for token in tokenize(text, level)), vocab[BOS]]
