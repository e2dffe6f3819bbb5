"""
loses: [labels]
hint:
  en: You count the header of the answer as part of it. At inference time the generation prompt writes it.
  fr: Vous comptez l'en-tête de la réponse avec elle. À l'inférence, c'est l'invite de génération qui l'écrit.
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
            labels[start : last + 1] = ids[start : last + 1]
    return labels
