"""
loses: [score]
hint:
  en: Your score is how often the pair occurs, which is what BPE looks at. What would chance give for two frequent pieces?
  fr: Votre score est le nombre de fois que la paire apparaît, ce que regarde le BPE. Que donnerait le hasard pour deux morceaux fréquents ?
"""


def wordpiece_score(words):
    pieces, pairs = Counter(), Counter()
    for word, frequency in words.items():
        for piece in word:
            pieces[piece] += frequency
        for pair in pairwise(word):
            pairs[pair] += frequency
    return {(left, right): float(count) for (left, right), count in pairs.items()}
