"""
loses: [pairs]
hint:
  en: 'You skip the centres whose window does not fit whole in the sentence; near an edge the context is just shorter.'
  fr: 'Vous sautez les centres dont la fenêtre ne tient pas entière dans la phrase ; près d''un bord, le contexte est simplement plus court.'
"""


def pairs(sentences, window, mode="skipgram"):
    if window < 1 or mode not in ("skipgram", "cbow"):
        raise ValueError("window or mode")
    found = []
    for sentence in sentences:
        for i, centre in enumerate(sentence):
            fits = window <= i < len(sentence) - window
            context = sentence[i - window : i] + sentence[i + 1 : i + 1 + window] if fits else []
            if mode == "skipgram":
                found += [(centre, word) for word in context]
            elif context:
                found.append((context, centre))
    return found
