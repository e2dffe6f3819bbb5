"""
loses: [padding]
hint:
  en: Your mask says where the padding is. In the course True means that the token is real.
  fr: Votre masque dit où est le remplissage. Dans le cours, True veut dire que le token est réel.
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages))[:max_len] for messages in conversations]
    targets = [sft_labels(row) for row in rows]
    width = max(map(len, rows))
    input_ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    attention_mask = torch.tensor([[False] * len(row) + [True] * (width - len(row)) for row in rows])
    labels = torch.tensor([target + [IGNORE] * (width - len(target)) for target in targets])
    return input_ids, attention_mask, labels
