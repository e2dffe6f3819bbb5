"""Between the outside world (folders, notebooks, YAML, other tools) and the words of `autograder.types`."""
