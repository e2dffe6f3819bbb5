"""
loses: [padding]
hint:
  en: 'You keep the first `max_len` ids of a long row, and its `</s>` is cut off. The last id survives.'
  fr: 'Vous gardez les `max_len` premiers identifiants d''une ligne longue, et son `</s>` est coupé. Le dernier identifiant survit.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [row[:max_len] for row in ids]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), pad_id, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    return padded, mask
