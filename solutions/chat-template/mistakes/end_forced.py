"""
loses: [padding]
hint:
  en: "You close an answer that was cut: the model learns to stop in the middle of a sentence."
  fr: "Vous fermez une réponse qui a été coupée : le modèle apprend à s'arrêter au milieu d'une phrase."
"""


def sft_batch(conversations, pad_id, max_len=None):
    rows = [encode(render_chat(messages)) for messages in conversations]
    if max_len is not None:
        rows = [row if len(row) <= max_len else row[: max_len - 1] + [SPECIAL_IDS[IM_END]] for row in rows]
    targets = [sft_labels(row) for row in rows]
    width = max(map(len, rows))
    input_ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    attention_mask = torch.tensor([[True] * len(row) + [False] * (width - len(row)) for row in rows])
    labels = torch.tensor([target + [IGNORE] * (width - len(target)) for target in targets])
    return input_ids, attention_mask, labels
