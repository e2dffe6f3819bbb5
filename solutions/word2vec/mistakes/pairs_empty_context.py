"""
loses: [pairs]
hint:
  en: 'A word alone in its sentence gives you a CBOW example with an empty context, whose mean does not exist.'
  fr: 'Un mot seul dans sa phrase vous donne un exemple CBOW au contexte vide, dont la moyenne n''existe pas.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            context = sentence[max(0, i - window) : i] + sentence[i + 1 : i + 1 + window]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            else:
                found.append((context, centre))
    return found
