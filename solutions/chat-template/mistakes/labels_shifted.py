"""
loses: [labels]
hint:
  en: Your labels are those of the next position. The loss of a causal model does that shift itself, so it would happen twice.
  fr: Vos labels sont ceux de la position suivante. La perte d'un modèle causal fait déjà ce décalage, il aurait donc lieu deux fois.
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
    return (labels + [IGNORE])[1:] if ids else []
