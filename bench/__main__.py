"""Measures this project beside other graders: same submissions, same checks, alternating in one run.

`python -m bench [--rounds 3] [--works 6] [--repeat 10] [--out build/bench]` writes `results.json`, a table and plots.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from autograder.adapters.authoring import mistake_source, reference_source
from autograder.adapters.course import load_assignment, load_course
from autograder.types import Assignment
from bench.contenders import Contender, Timed, Work, floor, fresh_pytest, nbgrader, otter, otter_python, ours
from bench.in_process import ROOT
from bench.plots import plot_shares

ASSIGNMENTS = ("attention", "bpe")
NAMES = {
    "ours_1": "this project, 1 worker",
    "ours_2": "this project, 2 workers",
    "floor": "one warm process, no isolation",
    "bare": "the same without pytest's own work",
    "pytest": "fresh Python and pytest for each",
    "nbgrader": "nbgrader autograde, one batch",
    "otter": "otter run",
}
# Grade the same works so many times over: they are too fast to time once.
REPEATED = ("ours_1", "ours_2", "floor", "bare")

Times = dict[str, dict[str, list[Timed]]]


def works_of(assignment: Assignment, count: int) -> list[Work]:
    """The reference and the first known mistakes, half and half."""
    sources = [reference_source(assignment)] * (count - count // 2)
    sources += [mistake_source(assignment, mistake) for mistake in assignment.mistakes[: count // 2]]
    return [Work(f"s{number:04}", source) for number, source in enumerate(sources)]


def repeated(works: Sequence[Work], times: int) -> list[Work]:
    return [Work(f"{work.student}x{turn:03}", work.source) for turn in range(times) for work in works]


def measure(contenders: Mapping[str, Contender], rounds: int, count: int, repeat: int, scratch: Path) -> Times:
    """Every contender in turn, round after round, on each assignment; all must give the same points."""
    course = load_course(ROOT)
    times: Times = {name: {slug: [] for slug in ASSIGNMENTS} for name in contenders}
    for turn in range(rounds):
        for slug in ASSIGNMENTS:
            assignment = load_assignment(course, slug)
            works = works_of(assignment, count)
            expected: dict[str, float] = {}
            for name, contender in contenders.items():
                given = repeated(works, repeat) if name in REPEATED else works
                with tempfile.TemporaryDirectory(dir=scratch) as folder:
                    timed = contender(course, assignment, given, Path(folder))
                times[name][slug].append(timed)
                said = f"{timed.each_s:8.3f} s each, first after {timed.start_s:6.2f} s"
                print(f"{turn + 1}/{rounds} {slug:10} {name:9} {said}", flush=True)
                for work, points in zip(given, timed.points, strict=True):
                    wanted = expected.setdefault(work.source, points)
                    if points != wanted:
                        raise SystemExit(f"{slug}: {name} gives {work.student} {points} points, others gave {wanted}")
    return times


def summary(times: Times) -> dict[str, dict[str, float]]:
    """Seconds per submission of each contender: the median of the rounds, of each assignment and of both together."""
    found = {}
    for name, by_slug in times.items():
        medians = {slug: statistics.median(timed.each_s for timed in runs) for slug, runs in by_slug.items()}
        starts = [timed.start_s for runs in by_slug.values() for timed in runs]
        mean = statistics.fmean(medians.values())
        found[name] = {**medians, "both": mean, "start_s": statistics.median(starts)}
    return found


def ratios(each: dict[str, dict[str, float]]) -> dict[str, float]:
    """How many times faster this project is; for the two floors, how many times slower."""
    one, two = each["ours_1"]["both"], each["ours_2"]["both"]
    found = {"nbgrader_1": each["nbgrader"]["both"] / one, "nbgrader_2": each["nbgrader"]["both"] / two}
    found |= {"pytest_1": each["pytest"]["both"] / one, "floor_1": one / each["floor"]["both"]}
    found["bare_1"] = one / each["bare"]["both"]
    if "otter" in each:
        found["otter_1"] = each["otter"]["both"] / one
    return {name: round(value, 2) for name, value in found.items()}


def table(each: dict[str, dict[str, float]]) -> str:
    """Markdown: seconds per submission, and how many times this project's."""
    one = each["ours_1"]["both"]
    rows = ["| | attention | bpe | both | beside 1 worker | until the first grade |", "|---|---|---|---|---|---|"]
    for name, said in each.items():
        cells = [f"{said[slug]:.3f} s" for slug in (*ASSIGNMENTS, "both")]
        rows.append(f"| {NAMES[name]} | {' | '.join(cells)} | {said['both'] / one:.2f} | {said['start_s']:.1f} s |")
    return "\n".join(rows) + "\n"


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    cores = sum(line.startswith("processor") for line in lines)
    return f"{cores} cores, {model}, Linux {platform.release()}, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender has its turn")
    parser.add_argument("--works", type=int, default=6, help="different works of each assignment")
    parser.add_argument("--repeat", type=int, default=10, help="how often the fast ones grade each work in a round")
    parser.add_argument("--out", type=Path, default=Path("build/bench"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    contenders = {
        "ours_1": ours(1), "ours_2": ours(2), "floor": floor(), "bare": floor("--bare"), "pytest": fresh_pytest,
        "nbgrader": nbgrader,
    }  # fmt: skip
    python = otter_python(given.out.resolve() / "otter")
    if python is None:
        print("otter-grader cannot be installed here: it is left out")
    else:
        contenders["otter"] = otter(python)
    began = time.time()
    with tempfile.TemporaryDirectory() as scratch:
        times = measure(contenders, given.rounds, given.works, given.repeat, Path(scratch))
    each = summary(times)
    told = {
        "version": 1, "date": datetime.now(UTC).date().isoformat(), "machine": machine(), **ratios(each),
        "seconds_per_submission": each, "rounds": given.rounds, "took_s": round(time.time() - began),
    }  # fmt: skip
    (given.out / "results.json").write_text(json.dumps(told, indent=2) + "\n")
    (given.out / "table.md").write_text(table(each))
    plot_shares({NAMES[name]: said["both"] for name, said in each.items()}, given.out / "per_submission.svg")
    print(table(each))
    print(json.dumps(ratios(each), indent=2))


if __name__ == "__main__":
    main()
