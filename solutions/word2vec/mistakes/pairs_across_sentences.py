"""
loses: [pairs]
hint:
  en: 'Your window runs over the whole corpus as if it were one sentence: the last word of a sentence meets the first of the next.'
  fr: 'Votre fenêtre parcourt tout le corpus comme une seule phrase : le dernier mot d''une phrase rencontre le premier de la suivante.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in [[word for each in sentences for word in each]]:
        for i, centre in enumerate(sentence):
            context = sentence[max(0, i - window) : i] + sentence[i + 1 : i + 1 + window]
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return found
