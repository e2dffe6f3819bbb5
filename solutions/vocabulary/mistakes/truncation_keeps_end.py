"""
loses: [padding]
hint:
  en: 'You keep the last `max_len` ids of a long row, and its beginning is cut off. Only the last id is kept from the end.'
  fr: 'Vous gardez les `max_len` derniers identifiants d''une ligne longue, et son début est coupé. De la fin, on ne garde que le dernier identifiant.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [row if max_len is None else row[-max_len:] for row in ids]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), pad_id, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    return padded, mask
