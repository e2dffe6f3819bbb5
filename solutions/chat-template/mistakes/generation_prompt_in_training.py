"""
loses: [padding]
hint:
  en: "Your training rows end with an opened assistant turn. The answers are in the messages already: there is nothing to ask for."
  fr: "Vos lignes d'entraînement finissent par un tour d'assistant ouvert. Les réponses sont déjà dans les messages : il n'y a rien à demander."
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages, True))[:max_len] for messages in conversations]
    targets = [sft_labels(row) for row in rows]
    width = max(map(len, rows))
    input_ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    attention_mask = torch.tensor([[True] * len(row) + [False] * (width - len(row)) for row in rows])
    labels = torch.tensor([target + [IGNORE] * (width - len(target)) for target in targets])
    return input_ids, attention_mask, labels
