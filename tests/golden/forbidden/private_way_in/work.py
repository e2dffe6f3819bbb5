import torch

torch._C.TensorBase.softmax(1)
torch.nn.modules.normalization.LayerNorm(4)
