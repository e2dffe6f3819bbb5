"""
loses: [classes]
hint:
  en: >-
    You leave out a class that is predicted and never true. It counts in the mean, with 0.
  fr: >-
    Vous oubliez une classe prédite qui n'est jamais vraie. Elle compte dans la moyenne, pour 0.
"""


def macro_f1(predicted, gold):
    if not len(gold):
        raise ValueError("no text")
    classes = sorted(set(gold.tolist()))
    total = 0.0
    for c in classes:
        hits = int(((predicted == c) & (gold == c)).sum())
        said, true = int((predicted == c).sum()), int((gold == c).sum())
        total += 2 * hits / (said + true)
    return total / len(classes)
