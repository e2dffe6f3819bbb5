"""
loses: [classes]
hint:
  en: >-
    You count every number up to the largest as a class, also those that occur nowhere.
  fr: >-
    Vous comptez pour une classe tout nombre jusqu'au plus grand, même ceux qui n'apparaissent nulle
    part.
"""


def macro_f1(predicted, gold):
    if not len(gold):
        raise ValueError("no text")
    classes = range(int(max(predicted.max(), gold.max())) + 1)
    total = 0.0
    for c in classes:
        hits = int(((predicted == c) & (gold == c)).sum())
        said, true = int((predicted == c).sum()), int((gold == c).sum())
        total += 2 * hits / max(said + true, 1)
    return total / len(classes)
