"""Fuzzes the targets for a fixed time: `python -m fuzz [--seconds 60] [TARGET]...`

With atheris, each target runs in a process of its own that follows the coverage of our modules; without it, the seeds
are changed at random. Either way the seconds are shared among the targets, and a process that grows by more than
GROWTH_MIB, stands still, or ends by an exception is a finding: its input is kept in `build/fuzz/`. Exits with 1 then.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

KEPT = Path("build/fuzz")
GROWTH_MIB = 150  # above what importing torch takes, and the largest message that may be announced
STANDS_STILL_S = 20
_LONGEST_BYTES = 8192
_RUN_ONE = "--one"
_WARM_UP = 200  # inputs after which caches are full, and between two looks at the memory


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="for all targets together")
    parser.add_argument("--random", action="store_true", help="without coverage, even where atheris is there")
    parser.add_argument("targets", nargs="*")
    given = parser.parse_args()
    names = given.targets or ["decoded", "received", "module", "notebook", "cell", "date", "zip_archive", "tar_archive"]
    guided = importlib.util.find_spec("atheris") is not None and not given.random
    KEPT.mkdir(parents=True, exist_ok=True)
    print(f"{'coverage-guided (atheris)' if guided else 'at random'}, {given.seconds:g} s for {len(names)} targets")
    found = 0
    # The fuzzer ends its process without tidying up.
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for name in names:
            argv = [sys.executable, "-m", "fuzz", _RUN_ONE, name, str(given.seconds / len(names)), str(int(guided))]
            found += subprocess.run(argv, check=False, env={**os.environ, "TMPDIR": folder}).returncode != 0
    print(f"{found} of {len(names)} targets with a finding")
    return int(found > 0)


def run_one(name: str, seconds: float, guided: bool) -> None:
    """Fuzzes one target in this process, which ends with a code other than 0 on a finding."""
    warnings.simplefilter("ignore")  # odd sources warn when they are compiled
    (_guided if guided else _at_random)(name, seconds)


def _guided(name: str, seconds: float) -> None:
    import atheris

    corpus = KEPT / f"corpus-{name}"
    corpus.mkdir(exist_ok=True)
    with atheris.instrument_imports(
        include=["autograder", "zipfile", "tarfile", "msgpack"], enable_loader_override=False
    ):
        from fuzz.seeds import seeds
        from fuzz.targets import TARGETS
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    watch = _Memory(name)

    def one(data: bytes) -> None:
        TARGETS[name](data)
        watch.look(data)

    options = [f"-max_total_time={max(1, int(seconds))}", f"-timeout={STANDS_STILL_S}", f"-max_len={_LONGEST_BYTES}"]
    options += [f"-artifact_prefix={KEPT}/{name}-", "-rss_limit_mb=0", "-verbosity=0", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()


def _at_random(name: str, seconds: float) -> None:
    from fuzz.seeds import seeds
    from fuzz.targets import TARGETS

    chance = random.Random(name)  # noqa: S311 - the same inputs each time
    known, count = seeds(name), 0
    watch = _Memory(name)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        data = _changed(chance, known)
        start = time.monotonic()
        try:
            TARGETS[name](data)
        except BaseException:
            (KEPT / f"{name}-crash").write_bytes(data)
            raise
        if time.monotonic() - start > STANDS_STILL_S:
            (KEPT / f"{name}-slow").write_bytes(data)
            sys.exit(f"{name}: one input took more than {STANDS_STILL_S} s")
        watch.look(data)
        count += 1
    print(f"{name}: {count} inputs")


def _changed(chance: random.Random, known: list[bytes]) -> bytes:
    """A seed with some bytes flipped, dropped, doubled, or another's tail in their place."""
    data = bytearray(chance.choice(known))
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(data) + 1), chance.randint(1, 8)
        change = chance.randrange(5)
        if change == 0:
            data[at : at + length] = chance.randbytes(length)
        elif change == 1:
            del data[at : at + length]
        elif change == 2:
            data[at:at] = data[at : at + length] * chance.randint(1, 20)
        elif change == 3:
            data[at:] = chance.choice(known)[at:]
        else:
            data[at : at + 1] = bytes([chance.choice((0, 1, 0x7F, 0x80, 0xFF))])
    return bytes(data[:_LONGEST_BYTES])


class _Memory:
    """Watches that the process does not grow from input to input."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0
        self._start = 0.0

    def look(self, data: bytes) -> None:
        self._count += 1
        if self._count % _WARM_UP:
            return
        held = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
        if self._count == _WARM_UP:
            self._start = held
        elif held - self._start > GROWTH_MIB:
            (KEPT / f"{self._name}-memory").write_bytes(data)
            raise MemoryError(f"{self._name}: grew by {held - self._start:.0f} MiB over {self._count} inputs")


if __name__ == "__main__":
    if sys.argv[1:2] == [_RUN_ONE]:
        run_one(sys.argv[2], float(sys.argv[3]), sys.argv[4] == "1")
    else:
        sys.exit(main())
