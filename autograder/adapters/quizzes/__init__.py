"""Quizzes in files: YAML with the key, what students get, and their answers."""
