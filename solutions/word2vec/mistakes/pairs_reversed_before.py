"""
loses: [pairs]
hint:
  en: 'The words before the centre come in reverse, from the centre outwards; the rule is from left to right.'
  fr: 'Les mots d''avant le centre viennent à rebours, en partant du centre ; la règle est de gauche à droite.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            context = sentence[max(0, i - window) : i][::-1] + sentence[i + 1 : i + 1 + window]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return found
