"""
loses: [labels]
hint:
  en: "Your loss stops just before the end-of-turn token: the model learns to speak and never to stop."
  fr: "Votre perte s'arrête juste avant le token de fin de tour : le modèle apprend à parler, jamais à se taire."
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
            labels[first:last] = ids[first:last]
    return labels
