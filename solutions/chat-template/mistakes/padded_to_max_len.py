"""
loses: [padding]
hint:
  en: You fill every batch up to the largest length allowed. The longest row is enough; the rest is wasted computation.
  fr: Vous complétez chaque lot jusqu'à la longueur permise. La plus longue ligne suffit ; le reste est du calcul perdu.
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages))[:max_len] for messages in conversations]
    targets = [sft_labels(row) for row in rows]
    width = max_len or max(map(len, rows))
    input_ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    attention_mask = torch.tensor([[True] * len(row) + [False] * (width - len(row)) for row in rows])
    labels = torch.tensor([target + [IGNORE] * (width - len(target)) for target in targets])
    return input_ids, attention_mask, labels
