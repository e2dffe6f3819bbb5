from tokenizers.models import BPE

print(BPE)
