import sys

sys.modules["torch"].softmax(1)
