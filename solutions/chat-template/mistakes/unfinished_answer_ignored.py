"""
loses: [labels]
hint:
  en: An answer that is cut before its end-of-turn token gets no loss at all; the part that is there can be learned.
  fr: Une réponse coupée avant son token de fin de tour ne reçoit aucune perte ; la partie présente peut s'apprendre.
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
            if last < len(ids):
                labels[first : last + 1] = ids[first : last + 1]
    return labels
