"""
loses: [padding]
hint:
  en: You pad on the left, which is the habit for generating. For this batch, the text asks for the other side.
  fr: Vous complétez à gauche, ce qui est l'habitude pour générer. Pour ce lot, l'énoncé demande l'autre côté.
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages))[:max_len] for messages in conversations]
    targets = [sft_labels(row) for row in rows]
    width = max(map(len, rows))
    input_ids = torch.tensor([[pad_id] * (width - len(row)) + row for row in rows])
    attention_mask = torch.tensor([[False] * (width - len(row)) + [True] * len(row) for row in rows])
    labels = torch.tensor([[IGNORE] * (width - len(target)) + target for target in targets])
    return input_ids, attention_mask, labels
