"""
loses: [padding]
hint:
  en: "Your labels are padded like your ids: the model is trained to write padding."
  fr: "Vos labels sont complétés comme vos ids : on entraîne le modèle à écrire du remplissage."
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages))[:max_len] for messages in conversations]
    targets = [sft_labels(row) for row in rows]
    width = max(map(len, rows))
    input_ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    attention_mask = torch.tensor([[True] * len(row) + [False] * (width - len(row)) for row in rows])
    labels = torch.tensor([target + [pad_id] * (width - len(target)) for target in targets])
    return input_ids, attention_mask, labels
