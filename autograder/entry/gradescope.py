"""What `run_autograder` of a Gradescope bundle runs: `python -m autograder.entry.gradescope /autograder`.

What is printed here is for instructors: results.json keeps it from students.
"""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.entry.console import Exit, print_errors
from autograder.errors import AutograderError


def main(arguments: list[str]) -> int:
    """Exit codes as everywhere: 0 done, 3 needs a person's review, 4 our fault."""
    from autograder.usecases.gradescope_run import run

    try:
        given = run(Path(arguments[0] if arguments else "/autograder"))
    except AutograderError as error:
        print_errors(str(error).splitlines())
        return Exit.OURS
    for oddity in given.unusual:
        print_errors([f"unusual: {oddity.en}"])
    if given.fault:
        print_errors(given.fault.splitlines())
    return Exit.LOOK if given.status == "needs_review" else Exit.OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
