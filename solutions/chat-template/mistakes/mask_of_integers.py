"""
loses: [padding]
hint:
  en: Your mask is made of zeros and ones. In the course a mask is bool.
  fr: Votre masque est fait de zéros et de uns. Dans le cours, un masque est booléen.
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages))[:max_len] for messages in conversations]
    targets = [sft_labels(row) for row in rows]
    width = max(map(len, rows))
    input_ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    attention_mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    labels = torch.tensor([target + [IGNORE] * (width - len(target)) for target in targets])
    return input_ids, attention_mask, labels
