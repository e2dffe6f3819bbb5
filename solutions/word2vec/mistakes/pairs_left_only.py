"""
loses: [pairs]
hint:
  en: 'You look only at the words before the centre; Word2Vec looks on both sides.'
  fr: 'Vous ne regardez que les mots d''avant le centre ; Word2Vec regarde des deux côtés.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            context = sentence[max(0, i - window) : i]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return found
