"""
loses: [classes]
hint:
  en: >-
    You average precision and recall over the classes first and combine them afterwards. Each class has
    an F1 of its own.
  fr: >-
    Vous moyennez d'abord la précision et le rappel sur les classes, puis les combinez. Chaque classe a
    son propre F1.
"""


def macro_f1(predicted, gold):
    if not len(gold):
        raise ValueError("no text")
    classes = sorted({*predicted.tolist(), *gold.tolist()})
    precision = recall = 0.0
    for c in classes:
        hits = int(((predicted == c) & (gold == c)).sum())
        precision += hits / max(1, int((predicted == c).sum())) / len(classes)
        recall += hits / max(1, int((gold == c).sum())) / len(classes)
    return 2 * precision * recall / max(precision + recall, 1e-12)
