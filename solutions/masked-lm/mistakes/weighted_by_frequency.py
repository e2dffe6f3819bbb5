"""
loses: [classes]
hint:
  en: >-
    You weigh each class by how often it occurs. In a macro mean all classes weigh the same.
  fr: >-
    Vous pesez chaque classe selon sa fréquence. Dans une moyenne macro, toutes pèsent autant.
"""


def macro_f1(predicted, gold):
    if not len(gold):
        raise ValueError("no text")
    classes = sorted({*predicted.tolist(), *gold.tolist()})
    total = 0.0
    for c in classes:
        hits = int(((predicted == c) & (gold == c)).sum())
        said, true = int((predicted == c).sum()), int((gold == c).sum())
        total += 2 * hits / (said + true) * true
    return total / len(gold)
