"""
loses: [labels]
hint:
  en: "The loss is on the user's turns: your model learns to ask."
  fr: "La perte est sur les tours de l'utilisateur : votre modèle apprend à poser des questions."
"""


def sft_labels(ids):
    header = encode(f"{IM_START}user\n")
    labels = [IGNORE] * len(ids)
    for start in range(len(ids)):
        if ids[start : start + len(header)] == header:
            first = start + len(header)
            last = first
            while last < len(ids) and ids[last] != SPECIAL_IDS[IM_END]:
                last += 1
            labels[first : last + 1] = ids[first : last + 1]
    return labels
