import torch

vars(torch)["softmax"](1)
torch.__dict__["softmax"](1)
