"""Quizzes, computed: expressions, variants, marking, chance and statistics; no files, no clock."""
