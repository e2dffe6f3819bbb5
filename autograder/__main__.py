"""`python -m autograder` is the command `autograder`."""

from autograder.entry.cli import main

main()
