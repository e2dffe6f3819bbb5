"""
loses: [encode]
hint:
  en: 'You take it that `<s>`, `</s>` and `<unk>` are always 1, 2 and 3. Each vocabulary numbers them its own way: look them up.'
  fr: 'Vous supposez que `<s>`, `</s>` et `<unk>` valent toujours 1, 2 et 3. Chaque vocabulaire les numérote à sa façon : cherchez-les dedans.'
"""


def encode(text, vocab, level):
    return [1, *(vocab.get(token, 3) for token in tokenize(text, level)), 2]
