"""Without torch.softmax."""

text = "torch.softmax(x)"  # not torch.softmax
