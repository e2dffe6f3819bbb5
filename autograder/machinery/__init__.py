"""Machinery: the sandbox, the student proxy and the engine. Knows nothing of files, pages or pytest."""
