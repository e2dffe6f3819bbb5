"""
loses: [classes]
hint:
  en: >-
    You average the precision. F1 looks at what was missed, too.
  fr: >-
    Vous faites la moyenne de la précision. Le F1 regarde aussi ce qui a été manqué.
"""


def macro_f1(predicted, gold):
    if not len(gold):
        raise ValueError("no text")
    classes = sorted({*predicted.tolist(), *gold.tolist()})
    total = 0.0
    for c in classes:
        hits = int(((predicted == c) & (gold == c)).sum())
        said = int((predicted == c).sum())
        total += hits / max(said, 1)
    return total / len(classes)
