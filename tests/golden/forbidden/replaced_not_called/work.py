import torch

torch.softmax = None
