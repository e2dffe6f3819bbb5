import torch


class Head:
    def softmax(self, x):
        return x


def weights(q, k):
    return torch.matmul(q, k).softmax(-1)
