"""Entry: the command line. Parses, calls one use case, shows what came back."""
