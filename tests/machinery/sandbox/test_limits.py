"""Bombs and floods: each hits its limit, a sibling and the grader stay well, and the note says which limit it was."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.machinery.sandbox import WarmProcess
from tests.machinery.sandbox.conftest import Attack

MIB = 2**20


def _available_mib() -> float:
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("MemAvailable"))


def _note(attack: Attack, within_s: float = 20.0) -> str | None:
    """Waits until the worker has ended by itself, and says why."""
    with pytest.raises((EOFError, ConnectionError)):
        attack.hear(within_s)
    return attack.worker.peak_note()


def test_fork_bomb_is_refused_at_the_first_fork(attack: Attack, sibling: Attack) -> None:
    code = """
import os
result = 0
for _ in range(1000):
    try:
        if os.fork() == 0: os._exit(0)
        result += 1
    except OSError: pass
"""
    assert attack.run(code) == 0


def test_thread_bomb_hits_limit(start: Any, sibling: Attack) -> None:
    code = """
import threading
threading.stack_size(65536)
gate, result = threading.Event(), 0
try:
    while True:
        threading.Thread(target=gate.wait, daemon=True).start(); result += 1
except RuntimeError: pass
"""
    attack = start(processes=8)
    assert attack.run(code) <= 8
    assert attack.run("gate.set(); result = 1") == 1


@pytest.mark.parametrize(
    "step", ["bytearray(16 * 2**20)", "torch.ones(4 * 2**20)", "numpy.ones(2 * 2**20)", "[0] * 2 * 2**20"]
)
def test_memory_bomb_hits_limit(start: Any, sibling: Attack, step: str) -> None:
    attack = start(memory_mib=256)
    before = _available_mib()
    attack.say(f"import torch, numpy\nkept = []\nwhile len(kept) < 1000: kept.append({step})")
    with pytest.raises(Exception, match=r"MemoryError|can't allocate|not enough memory"):
        attack.hear()
    assert before - _available_mib() < 1024
    assert attack.run("kept.clear(); result = 'still here'") == "still here"


def test_memory_budget_can_be_used(start: Any) -> None:
    assert start(memory_mib=256).run("kept = bytearray(192 * 2**20); result = len(kept)") == 192 * MIB


def test_endless_loop_ends_with_its_processor_time(start: Any, sibling: Attack) -> None:
    attack = start(cpu_s=1)
    began = time.monotonic()
    attack.say("import signal\nfor n in (2, 15, 24): signal.signal(n, signal.SIG_IGN)\nwhile True: pass")
    assert _note(attack) == "cpu"
    assert time.monotonic() - began < 15


def test_huge_file_hits_limit(start: Any, sibling: Attack) -> None:
    attack = start(file_mib=4)
    code = """
result = 0
with open("big", "wb", buffering=0) as file:
    while True:
        written = file.write(bytes(2**20)); result += written
"""
    assert attack.error(code) == "OSError"
    assert attack.run("import os; result = os.path.getsize('big')") <= 4 * MIB
    assert attack.error("open('sparse', 'wb').truncate(2**40)") == "OSError"


def test_many_files_hit_the_size_of_the_folder(warm: WarmProcess, start: Any, sibling: Attack) -> None:
    attack = start(tmp_mib=8, file_mib=4)
    attack.say("""
import time
for number in range(1000):
    with open(f"f{number}", "wb") as file: file.write(bytes(2**20))
    time.sleep(0.005)
""")
    if warm.tier == "1":
        with pytest.raises(Exception, match="No space left"):
            attack.hear()
    else:
        assert _note(attack) == "disk"


def test_inode_flood_hits_limit(warm: WarmProcess, start: Any, sibling: Attack) -> None:
    attack = start(tmp_files=200)
    attack.say("""
import os
for number in range(10**7):
    os.makedirs(f"d{number % 10}", exist_ok=True)
    open(f"d{number % 10}/{number}", "w").close()
""")
    if warm.tier == "1":
        with pytest.raises(Exception, match="No space left"):
            attack.hear()
        assert attack.run("result = sum(len(os.listdir(d)) for d in os.listdir('.'))") <= 200
    else:
        assert _note(attack) == "disk"


def test_folder_of_great_depth_is_removed(warm: WarmProcess, start: Any, sibling: Attack) -> None:
    attack = start()
    attack.say("""
import os
result = 0
try:
    for _ in range(1500): os.mkdir("d"); os.chdir("d"); result += 1
except OSError: pass
""")
    if warm.tier == "1":
        assert attack.hear() > 1000
    else:
        assert _note(attack) == "disk"
    attack.worker.kill()
    assert attack.worker._place is None or not attack.worker._place.folder.exists()


def test_output_flood_is_cut_and_the_answer_still_comes(start: Any, sibling: Attack) -> None:
    attack = start(log_kib=16)
    code = "import sys\nfor n in range(200): print('x' * 10**5)\nprint('late', file=sys.stderr)\nresult = 'answer'"
    assert attack.run(code) == "answer"
    attack.worker.kill()
    assert attack.worker.log() == "x" * 16 * 1024


def test_output_of_both_streams_is_kept_in_order(attack: Attack) -> None:
    attack.run("import sys; print('bonjour é'); print('two', file=sys.stderr); result = 1")
    attack.run("import os; os.write(1, b'\\xff three')")
    attack.worker.kill()
    assert attack.worker.log() == "bonjour é\ntwo\n\ufffd three"


def test_descriptors_hit_limit(start: Any, sibling: Attack) -> None:
    code = """
import os
kept = []
try:
    while True: kept.append(open("/dev/null"))
except OSError: pass
result = len(kept)
"""
    assert start(open_files=32).run(code) <= 32


def test_deep_recursion_ends_in_an_error_and_a_crash_in_no_note(start: Any) -> None:
    attack = start()
    assert attack.error("def f(n): return f(n + 1)\nf(0)") == "RecursionError"
    attack.say("import ctypes; ctypes.string_at(0)")
    assert _note(attack) is None


def test_abort_for_lack_of_memory_is_noted(start: Any) -> None:
    attack = start(memory_mib=64)
    attack.say("""
import os
kept = []
try:
    while True: kept.append(os.urandom(2**20))
except MemoryError: os.abort()
""")
    assert _note(attack) == "memory"


def test_budget_does_not_bind_the_grader(start: Any) -> None:
    before = {kind: resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE)}
    start(memory_mib=64, open_files=16).run("result = 1")
    assert {kind: resource.getrlimit(kind) for kind in before} == before
    assert os.getpriority(os.PRIO_PROCESS, 0) == os.getpriority(os.PRIO_PROCESS, os.getpid())


def test_text_that_cannot_be_encoded_is_printed_all_the_same(attack: Attack) -> None:
    assert attack.run("print('\\ud800 words'); result = 1") == 1
    attack.worker.kill()
    assert attack.worker.log() == "\\ud800 words\n"
