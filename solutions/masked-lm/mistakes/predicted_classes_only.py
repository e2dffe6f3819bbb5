"""
loses: [classes]
hint:
  en: >-
    You leave out a class that is never predicted: the very one that macro-F1 should punish.
  fr: >-
    Vous oubliez une classe jamais prédite : celle-là même que le macro-F1 doit punir.
"""


def macro_f1(predicted, gold):
    if not len(gold):
        raise ValueError("no text")
    classes = sorted(set(predicted.tolist()))
    total = 0.0
    for c in classes:
        hits = int(((predicted == c) & (gold == c)).sum())
        said, true = int((predicted == c).sum()), int((gold == c).sum())
        total += 2 * hits / (said + true)
    return total / len(classes)
