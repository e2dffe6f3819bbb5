"""
loses: [labels]
hint:
  en: Once the first answer has begun, everything carries loss, the user's next questions included.
  fr: Une fois la première réponse commencée, tout porte la perte, y compris les questions suivantes de l'utilisateur.
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
            labels[first:] = ids[first:]
            break
    return labels
