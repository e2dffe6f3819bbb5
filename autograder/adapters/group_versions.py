"""A version per check group, so that a regrade runs only what may come out otherwise.

Covers what the verdict of one group depends on in an assignment's folder. Does not cover the work, the environment and
the draws, which are compared apart, nor known mistakes: they change what is said of a group that was lost, never that
it was earned.
"""

from __future__ import annotations

from hashlib import blake2b

from autograder.adapters.authoring import reference_source
from autograder.pure.suite_parts import parts
from autograder.types import Assignment


def group_versions(assignment: Assignment) -> dict[str, str]:
    """A digest per group of its tests and what they use, the reference, the limits and what students are given.

    Empty where the hidden suite cannot be read: running it tells why. Raises CourseError when the script is wrong.
    """
    groups = [group.id for group in assignment.groups]
    try:
        texts = parts(assignment.suite.read_text(encoding="utf-8"), groups)
    except (OSError, SyntaxError, ValueError):
        return {}
    root = assignment.folder.parent.parent
    shared = blake2b(digest_size=16)
    rules = (assignment.limits, assignment.forbidden, assignment.requires, assignment.draws, assignment.files)
    for piece in (repr(rules), reference_source(assignment)):
        _add(shared, piece.encode())
    for name in assignment.files:
        _add(shared, (root / name).read_bytes())
    found = {}
    for group, text in texts.items():
        digest = shared.copy()
        _add(digest, text.encode())
        found[group] = digest.hexdigest()
    return found


def _add(digest: blake2b, piece: bytes) -> None:
    digest.update(len(piece).to_bytes(8, "big") + piece)
