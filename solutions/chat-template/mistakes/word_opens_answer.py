"""
loses: [labels]
hint:
  en: "You look for the word on its line, not for the whole header: a user who writes it starts an answer."
  fr: "Vous cherchez le mot sur sa ligne et non l'en-tête entier : un utilisateur qui l'écrit ouvre une réponse."
"""


def sft_labels(ids):
    header = encode("assistant\n")
    labels = [IGNORE] * len(ids)
    for start in range(len(ids)):
        if ids[start : start + len(header)] == header:
            first = start + len(header)
            last = first
            while last < len(ids) and ids[last] != SPECIAL_IDS[IM_END]:
                last += 1
            labels[first : last + 1] = ids[first : last + 1]
    return labels
