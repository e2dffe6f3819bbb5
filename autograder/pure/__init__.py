"""Pure functions: scoring, draws, recognition. No files, no processes."""
