"""
loses: [score]
hint:
  en: You put the words end to end before looking for neighbours. A pair never spans two words.
  fr: Vous mettez les mots bout à bout avant de chercher les voisins. Une paire n'est jamais à cheval sur deux mots.
"""


def wordpiece_score(words):
    text = [piece for word, frequency in words.items() for _ in range(frequency) for piece in word]
    pieces, pairs = Counter(text), Counter(pairwise(text))
    return {(left, right): count / (pieces[left] * pieces[right]) for (left, right), count in pairs.items()}
