"""
loses: [pairs]
hint:
  en: 'One neighbour is missing on the right: the end of a slice or of a `range` is not included.'
  fr: 'Il manque un voisin à droite : la fin d''une tranche ou d''un `range` n''est pas comprise.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            context = sentence[max(0, i - window) : i] + sentence[i + 1 : i + window]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return found
