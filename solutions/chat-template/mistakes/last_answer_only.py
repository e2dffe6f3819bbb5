"""
loses: [labels]
hint:
  en: Only the last answer carries loss. In a conversation of several turns, every answer is an example to learn from.
  fr: Seule la dernière réponse porte la perte. Dans une conversation à plusieurs tours, chaque réponse est un exemple à apprendre.
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
            labels = [IGNORE] * first + ids[first : last + 1] + [IGNORE] * len(ids[last + 1 :])
    return labels
