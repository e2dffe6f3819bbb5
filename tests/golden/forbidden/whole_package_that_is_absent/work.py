try:
    import tokenizers
except ImportError:
    tokenizers = None
