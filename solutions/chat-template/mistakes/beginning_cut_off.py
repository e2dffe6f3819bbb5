"""
loses: [padding]
hint:
  en: A conversation that is too long loses its beginning with you; it should lose its end.
  fr: Une conversation trop longue perd chez vous son début ; c'est sa fin qu'elle doit perdre.
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages))[-(max_len or 0) :] for messages in conversations]
    targets = [sft_labels(row) for row in rows]
    width = max(map(len, rows))
    input_ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    attention_mask = torch.tensor([[True] * len(row) + [False] * (width - len(row)) for row in rows])
    labels = torch.tensor([target + [IGNORE] * (width - len(target)) for target in targets])
    return input_ids, attention_mask, labels
