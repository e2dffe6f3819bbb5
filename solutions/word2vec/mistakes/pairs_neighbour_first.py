"""
loses: [pairs]
hint:
  en: 'Your skip-gram pairs are the wrong way round: the centre is what is given, so it comes first.'
  fr: 'Vos paires skip-gram sont à l''envers : le centre est ce que l''on donne, il vient donc en premier.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            context = sentence[max(0, i - window) : i] + sentence[i + 1 : i + 1 + window]
            if mode == "skipgram":
                found += [(word, centre) for word in context]
            elif context:
                found.append((context, centre))
    return found
