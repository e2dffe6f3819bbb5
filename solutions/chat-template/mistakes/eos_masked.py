"""
loses: [padding]
hint:
  en: You take the loss away wherever the id is that of the padding. When padding and end of turn share an id, the model never learns to stop.
  fr: Vous ôtez la perte partout où l'id est celui du remplissage. Quand remplissage et fin de tour ont le même id, le modèle n'apprend jamais à s'arrêter.
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages))[:max_len] for messages in conversations]
    targets = [sft_labels(row) for row in rows]
    width = max(map(len, rows))
    input_ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    attention_mask = torch.tensor([[True] * len(row) + [False] * (width - len(row)) for row in rows])
    labels = torch.tensor([target + [IGNORE] * (width - len(target)) for target in targets])
    labels[input_ids == pad_id] = IGNORE
    return input_ids, attention_mask, labels
