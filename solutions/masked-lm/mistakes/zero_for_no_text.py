"""
loses: [classes]
hint:
  en: >-
    For no text you return 0, as if all had been wrong. There is nothing to mark: raise an error.
  fr: >-
    Sans aucun texte, vous renvoyez 0, comme si tout était faux. Il n'y a rien à noter : levez une
    erreur.
"""


def macro_f1(predicted, gold):
    if not len(gold):
        return 0.0
    classes = sorted({*predicted.tolist(), *gold.tolist()})
    total = 0.0
    for c in classes:
        hits = int(((predicted == c) & (gold == c)).sum())
        said, true = int((predicted == c).sum()), int((gold == c).sum())
        total += 2 * hits / (said + true)
    return total / len(classes)
