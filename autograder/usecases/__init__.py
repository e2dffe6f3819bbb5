"""Use cases: one module per thing a person comes to do. They put the adapters and the machinery together."""
