from torch import nn, softmax

print(nn.Linear)
