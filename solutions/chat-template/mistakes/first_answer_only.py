"""
loses: [labels]
hint:
  en: You stop looking after the first answer.
  fr: Vous cessez de chercher après la première réponse.
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
            labels[first : last + 1] = ids[first : last + 1]
            break
    return labels
