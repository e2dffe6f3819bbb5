def weights(q, k):
    return (q @ k).softmax(-1)
