"""
loses: [labels]
hint:
  en: Where there is no loss you write an ordinary id. Cross-entropy only skips one particular value.
  fr: Là où il n'y a pas de perte, vous écrivez un id ordinaire. L'entropie croisée ne saute qu'une valeur bien précise.
"""


def sft_labels(ids):
    header = encode(f"{IM_START}assistant\n")
    labels = [0] * len(ids)
    for start in range(len(ids)):
        if ids[start : start + len(header)] == header:
            first = start + len(header)
            last = first
            while last < len(ids) and ids[last] != SPECIAL_IDS[IM_END]:
                last += 1
            labels[first : last + 1] = ids[first : last + 1]
    return labels
