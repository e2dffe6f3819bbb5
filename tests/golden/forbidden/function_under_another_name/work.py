from torch import softmax as s

print(s)
