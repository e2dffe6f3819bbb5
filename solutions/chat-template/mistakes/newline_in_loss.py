"""
loses: [labels]
hint:
  en: Your loss goes one token beyond the end of the turn. At inference time generation has stopped there.
  fr: Votre perte va un token trop loin après la fin du tour. À l'inférence, la génération s'y est déjà arrêtée.
"""


def sft_labels(ids):
    header = encode(f"{IM_START}assistant\n")
    labels = [IGNORE] * len(ids)
    for start in range(len(ids)):
        if ids[start : start + len(header)] == header:
            first = start + len(header)
            last = first
            while last < len(ids) and ids[last] != SPECIAL_IDS[IM_END]:
                last += 1
            labels[first : last + 2] = ids[first : last + 2]
    return labels
