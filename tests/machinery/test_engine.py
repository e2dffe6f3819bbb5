"""The engine with real processes that answer without grading anything."""

from __future__ import annotations

import os
import time
from itertools import chain

import pytest

from autograder.machinery.engine import AHEAD, TRIES, Batch, Done, LocalEngine, Refused, Settled

ANSWERS = """
import os, socket, sys, time
from pathlib import Path
from autograder import wire

with socket.socket(fileno=int(sys.argv[1])) as channel:
    say = lambda **message: wire.send(channel, wire.encode(message))
    try:
        while True:
            message = wire.decode(wire.receive(channel))
            if message["op"] == "open":
                name = message["opening"]
                say(ok=True) if name != b"refused" else say(ok=False, reason=b"the suite does not load")
            elif message["op"] == "close":
                say(ok=True)
            elif message["job"] == b"die":
                os._exit(1)
            elif message["job"].startswith(b"die once "):
                mark = Path(message["job"][9:].decode())
                if not mark.exists():
                    mark.touch()
                    os._exit(1)
                say(reply=b"came back")
            elif message["job"] == b"hang":
                time.sleep(3600)
            else:
                say(reply=name + b" " + message["job"].upper())
    except wire.Closed:
        pass
"""


@pytest.fixture
def engine(tmp_path, monkeypatch):
    (tmp_path / "answers.py").write_text(ANSWERS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return lambda workers: LocalEngine("answers", workers)


def test_jobs_of_all_batches_come_back_with_their_replies_whatever_dies(engine, tmp_path):
    once = b"die once " + str(tmp_path / "mark").encode()
    batches = [
        Batch(b"one", iter([b"a", b"die", b"b", once])),
        Batch(b"refused", iter([b"never", b"run"])),
        Batch(b"two", iter([b"c"])),
        Batch(b"empty", iter(())),
    ]
    results = list(chain.from_iterable(engine(2).run(batches)))
    done = {(each.batch, each.job): each.reply for each in results if isinstance(each, Done)}
    assert {key: reply for key, reply in done.items() if key[1] != b"never"} == {
        (0, b"a"): b"one A",
        (0, b"die"): None,
        (0, b"b"): b"one B",
        (0, once): b"came back",
        (2, b"c"): b"two C",
    }
    refused = [each for each in results if isinstance(each, Refused)]
    assert refused and {(each.batch, each.reason) for each in refused} == {(1, b"the suite does not load")}
    assert len(done) == len([each for each in results if isinstance(each, Done)]) and TRIES == 2


def test_jobs_are_read_only_as_fast_as_they_are_done(engine):
    read = []

    def jobs():
        for number in range(1000):
            read.append(number)
            yield b"%d" % number

    run = engine(1).run([Batch(b"one", jobs())])
    assert next(run)[0].reply == b"one 0"
    run.close()
    assert len(read) < 3 * AHEAD


def test_what_is_settled_beforehand_takes_its_turn_and_starts_no_process(engine):
    local = engine(1)
    settled = [Settled(number) for number in range(1000)]
    run = local.run([Batch(b"refused", iter(settled))])
    assert next(run)[0] == settled[0] and not local._processes
    time.sleep(0.2)  # nobody reads: what may wait is bounded
    rest = list(run)
    assert all(len(some) <= AHEAD + 1 for some in rest)
    assert [each.value for some in rest for each in some] == list(range(1000))[-sum(map(len, rest)) :]
    assert sum(map(len, rest)) >= 1000 - AHEAD - 1


def test_results_that_came_while_nobody_read_are_handed_on_together(engine):
    local = engine(1)
    jobs = [b"%d" % number for number in range(2 * AHEAD)]
    run = local.run([Batch(b"one", iter([b"first", *jobs]))])
    next(run)
    while local._results.qsize() < AHEAD:
        time.sleep(0.01)
    second = next(run)
    assert len(second) >= AHEAD
    assert [each.job for each in second] == [job for job in jobs if job in {each.job for each in second}]
    run.close()


def test_stopping_early_ends_a_process_that_hangs(engine):
    local = engine(1)
    run = local.run([Batch(b"one", iter([b"a", b"hang"]))])
    assert [each.reply for each in next(run)] == [b"one A"]
    (process,) = local._processes.values()
    start = time.monotonic()
    run.close()
    assert time.monotonic() - start < 10
    assert process._child.wait(5) is not None


def test_error_while_jobs_are_read_reaches_the_caller(engine):
    def jobs():
        yield b"a"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(engine(1).run([Batch(b"one", jobs())]))


def test_process_that_is_late_over_a_job_is_ended_and_the_next_job_is_done(engine):
    start = time.monotonic()
    results = list(chain.from_iterable(engine(1).run([Batch(b"one", iter([b"hang", b"a"]), job_within_s=1.0)])))
    assert [each.reply for each in results] == [None, b"one A"]
    assert time.monotonic() - start < 30


def test_process_imports_nothing_from_the_folder_it_is_started_in(engine, tmp_path, monkeypatch):
    folder = tmp_path / "handed_in"
    folder.mkdir()
    for name in ("random", "json", "msgpack", "numpy"):
        (folder / f"{name}.py").write_text("raise SystemExit('a hand-in was imported')\n")
    monkeypatch.chdir(folder)
    assert [each.reply for some in engine(1).run([Batch(b"one", iter([b"a"]))]) for each in some] == [b"one A"]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_process_keeps_to_a_processor_where_there_are_not_two_for_each(engine, workers):
    cpus = os.sched_getaffinity(0)
    assert len(cpus) >= 2, "this test needs two processors"
    local = engine(workers)
    run = local.run([Batch(b"one", iter([b"quick", *[b"hang"] * workers]))])
    next(run)
    allowed = [os.sched_getaffinity(process._child.pid) for process in local._processes.values()]
    run.close()
    assert allowed
    wanted = len(cpus) if len(cpus) >= 2 * workers else 1
    assert {len(each) for each in allowed} == {wanted}
