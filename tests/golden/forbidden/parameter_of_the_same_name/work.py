def weights(x, softmax, torch):
    return softmax(x), torch.softmax(x), [sorted for sorted in x]
