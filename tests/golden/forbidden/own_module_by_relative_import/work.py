from . import softmax

print(softmax)
