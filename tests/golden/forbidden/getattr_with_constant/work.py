import torch

getattr(torch, "softmax")(1)
