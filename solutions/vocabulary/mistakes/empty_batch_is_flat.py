"""
loses: [edges]
hint:
  en: 'Without rows, your tensors lose a dimension or their dtype. The shape is `[0, 0]`, the dtypes are the usual ones.'
  fr: 'Sans lignes, vos tenseurs perdent une dimension ou leur dtype. La forme est `[0, 0]`, les dtypes sont les mêmes que d''habitude.'
"""


def pad_batch(ids, pad_id, max_len=None, side="right"):
    if side not in ("left", "right"):
        raise ValueError(side)
    rows = [row if max_len is None or len(row) <= max_len else [*row[: max_len - 1], row[-1]] for row in ids]
    width = max((len(row) for row in rows), default=0)
    padded = torch.full((len(rows), width), pad_id, dtype=torch.int64)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for b, row in enumerate(rows):
        start = 0 if side == "right" else width - len(row)
        padded[b, start : start + len(row)] = torch.tensor(row)
        mask[b, start : start + len(row)] = True
    return torch.tensor(padded.tolist()), torch.tensor(mask.tolist())
