"""
loses: [padding]
hint:
  en: "You work the attention mask out from the ids: a real token with the same id as the padding becomes invisible."
  fr: "Vous déduisez le masque d'attention des ids : un vrai token de même id que le remplissage devient invisible."
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages))[:max_len] for messages in conversations]
    targets = [sft_labels(row) for row in rows]
    width = max(map(len, rows))
    input_ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    attention_mask = input_ids != pad_id
    labels = torch.tensor([target + [IGNORE] * (width - len(target)) for target in targets])
    return input_ids, attention_mask, labels
