"""What each system wants to read grades in: one module per format."""
