"""
loses: [padding]
hint:
  en: Rows longer than the length allowed are not cut.
  fr: Les lignes plus longues que la longueur permise ne sont pas coupées.
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages)) for messages in conversations]
    targets = [sft_labels(row) for row in rows]
    width = max(map(len, rows))
    input_ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    attention_mask = torch.tensor([[True] * len(row) + [False] * (width - len(row)) for row in rows])
    labels = torch.tensor([target + [IGNORE] * (width - len(target)) for target in targets])
    return input_ids, attention_mask, labels
