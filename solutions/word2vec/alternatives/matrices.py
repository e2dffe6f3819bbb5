"""Everything is a product of matrices: counts of words instead of indexing, their transposes for the way back."""

import torch


def _refuse_outside(ids, n):
    if ids.numel() and (int(ids.min()) < 0 or int(ids.max()) >= n):
        raise IndexError(f"an id is not in [0, {n})")


def one_hot(ids, n):
    _refuse_outside(ids, n)
    return torch.zeros(*ids.shape, n).scatter(-1, ids.unsqueeze(-1), 1.0)


def embedding_lookup(table, ids):
    _refuse_outside(ids, table.size(0))
    return one_hot(ids, table.size(0)).to(table.dtype).matmul(table)


def pairs(sentences, window, mode="skipgram"):
    if not window >= 1:
        raise ValueError("window")
    contexts = [
        ([word for j, word in enumerate(s) if j != i and i - window <= j <= i + window], s[i])
        for s in sentences
        for i in range(len(s))
    ]
    if mode == "cbow":
        return [pair for pair in contexts if pair[0]]
    if mode == "skipgram":
        return [(centre, word) for context, centre in contexts for word in context]
    raise ValueError("mode")


def _bags(contexts, mask, V, dtype):
    """[B, V]: the share of each word of the vocabulary in each context; rows sum to 1."""
    counts = (one_hot(contexts, V) * mask.unsqueeze(-1).float()).sum(1).to(dtype)
    return counts / counts.sum(1, keepdim=True)


def cbow_forward(contexts, mask, V_in, V_out):
    h = _bags(contexts, mask, V_in.size(0), V_in.dtype).mm(V_in)
    return h, h.mm(V_out.t())


def cbow_loss_grads(contexts, mask, centres, V_in, V_out):
    V, B = V_in.size(0), centres.size(0)
    X, Y = _bags(contexts, mask, V, V_in.dtype), one_hot(centres, V).to(V_in.dtype)
    H = X.mm(V_in)
    S = H.mm(V_out.t())
    log_P = torch.log_softmax(S, dim=-1)
    G = (torch.softmax(S, dim=-1) - Y).div(B)
    return -log_P.mul(Y).sum().div(B), X.t().mm(G.mm(V_out)), G.t().mm(H)


def sgns_loss_grads(centre, outside, negatives, V_in, V_out):
    V, B = V_in.size(0), centre.size(0)
    C, O = one_hot(centre, V).to(V_in.dtype), one_hot(outside, V).to(V_in.dtype)
    N = one_hot(negatives, V).sum(1).to(V_in.dtype)
    S = C.mm(V_in).mm(V_out.t())
    softplus = torch.logaddexp
    zero = torch.zeros_like(S)
    loss = (O * softplus(zero, -S) + N * softplus(zero, S)).sum() / B
    G = (N * torch.sigmoid(S) - O * torch.sigmoid(-S)) / B
    return loss, C.t().mm(G.mm(V_out)), G.t().mm(C.mm(V_in))
