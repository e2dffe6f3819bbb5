"""An autograder that makes its verdict where student code never runs."""

__version__ = "0.1.0"
