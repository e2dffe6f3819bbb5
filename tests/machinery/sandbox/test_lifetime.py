"""Births and deaths: kill leaves nothing behind, a dead warm process is replaced, and nobody outlives the grader."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import PlatformError
from autograder.machinery.sandbox import Budget, WarmProcess
from tests.machinery.sandbox.conftest import OFFERED, SERVE, Attack

REPOSITORY = Path(__file__).parents[3]


def _descendants(root: int) -> set[int]:
    parents = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(process.name)] = int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found = {root}
    while grown := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= grown
    return found - {root}


def _open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _gone(pid: int, within_s: float = 10.0) -> bool:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def test_kill_leaves_no_process_descriptor_thread_or_folder(warm: WarmProcess, start: Any) -> None:
    start().worker.kill()
    assert warm._process is not None
    processes = _descendants(warm._process.pid)
    descriptors, threads = _open_descriptors(), threading.active_count()
    attack = start(processes=16)
    attack.run("import os; open('left', 'w').write('x'); print('said')")
    attack.say("""
import signal, threading, time
for n in range(1, 65):
    try: signal.signal(n, signal.SIG_IGN)
    except (OSError, ValueError): pass
try:
    for _ in range(4): threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True).start()
except RuntimeError: pass
while True: pass
""")
    time.sleep(0.2)
    pid = attack.host_pid()
    assert _descendants(warm._process.pid) - processes == {pid}
    attack.worker.kill()
    assert not Path(f"/proc/{pid}").exists()
    assert _descendants(warm._process.pid) == processes
    assert _open_descriptors() == descriptors
    assert threading.active_count() == threads
    assert attack.worker._place is None or not attack.worker._place.folder.exists()


def test_kill_twice_and_after_the_end_is_harmless(start: Any) -> None:
    attack = start()
    attack.say("import os; os._exit(0)")
    with pytest.raises((EOFError, ConnectionError)):
        attack.hear()
    attack.worker.kill()
    attack.worker.kill()
    assert attack.worker.peak_note() is None


def test_closed_channel_is_noticed_while_the_worker_lives(start: Any) -> None:
    attack = start()
    attack.say("import os, time; os.close(3); time.sleep(60)")
    with pytest.raises((EOFError, ConnectionError)):
        attack.hear()
    assert attack.worker.peak_note() is None
    attack.worker.kill()


def test_thirty_workers_in_a_row_leave_the_warm_process_well(warm: WarmProcess, start: Any) -> None:
    for number in range(30):
        worker = warm.fork(Budget())
        assert Attack(worker).run(f"result = {number}") == number
        worker.kill()


def test_workers_side_by_side_answer(start: Any) -> None:
    attacks = [start() for _ in range(6)]
    for attack in attacks:
        attack.say("import torch; result = torch.ones(5).sum().item()")
    assert [attack.hear() for attack in attacks] == [5.0] * 6


@pytest.mark.parametrize("tier", OFFERED)
def test_dead_warm_process_is_replaced_and_takes_its_workers_along(tier: Any) -> None:
    with WarmProcess(tier, serve_source=SERVE, preload=False) as warm:
        worker = warm.fork(Budget())
        pid = Attack(worker).host_pid()
        assert Attack(worker).run("result = 1") == 1
        assert warm._pidfd is not None
        signal.pidfd_send_signal(warm._pidfd, signal.SIGKILL)
        assert _gone(pid)
        other = warm.fork(Budget())
        assert Attack(other).run("result = 2") == 2
        worker.kill()
        other.kill()


@pytest.mark.parametrize("tier", OFFERED)
def test_warm_process_that_cannot_start_says_why(tier: Any) -> None:
    with (
        WarmProcess(tier, serve_source="raise RuntimeError('the reason')") as warm,
        pytest.raises(PlatformError, match="the reason"),
    ):
        warm.fork(Budget())


@pytest.mark.parametrize("tier", OFFERED)
def test_close_ends_every_worker_and_removes_every_folder(tier: Any) -> None:
    warm = WarmProcess(tier, serve_source=SERVE, preload=False)
    warm.start()
    worker = warm.fork(Budget())
    pid, home = Attack(worker).host_pid(), warm._home.path
    assert Attack(worker).run("open('left', 'w').write('x'); result = 1") == 1
    warm.close()
    assert _gone(pid)
    assert not home.exists()
    worker.kill()
    warm.close()


_GRADER = """
import sys, time
from autograder.machinery.sandbox import Budget, WarmProcess
serve = "def serve(channel):\\n    import time\\n    time.sleep(600)\\n"
warm = WarmProcess(sys.argv[1], serve_source=serve, preload=False)
warm.start()
worker = warm.fork(Budget())
worker.channel
info = open(f"/proc/self/fdinfo/{worker._pidfd}").read()
print([l.split()[1] for l in info.splitlines() if l.startswith("Pid:")][0], warm._process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("tier", OFFERED)
def test_nothing_outlives_a_killed_grader(tier: str) -> None:
    grader = subprocess.Popen([sys.executable, "-c", _GRADER, tier], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
    assert grader.stdout is not None
    worker, warm = map(int, grader.stdout.readline().split())
    grader.kill()
    grader.wait()
    assert _gone(worker)
    assert _gone(warm)
    grader.stdout.close()


@pytest.mark.parametrize("tier", OFFERED)
def test_worker_outlives_the_thread_that_forked_it(tier: Any) -> None:
    found: list[Any] = []

    def begin() -> None:
        warm = WarmProcess(tier, serve_source=SERVE, preload=False)
        warm.start()
        found.extend((warm, warm.fork(Budget())))

    thread = threading.Thread(target=begin)
    thread.start()
    thread.join()
    warm, worker = found
    time.sleep(0.2)
    assert Attack(worker).run("result = 1") == 1
    worker.kill()
    warm.close()


def test_unconfined_tier_works_and_is_another_process() -> None:
    with WarmProcess("none", serve_source=SERVE, preload=False) as warm:
        worker = warm.fork(Budget())
        attack = Attack(worker)
        environment = attack.run("import os; result = [os.getpid(), dict(os.environ)]")
        assert environment[0] != os.getpid()
        assert "PATH" not in environment[1]
        pid = attack.run("import os, time\nresult = os.fork()\nif result == 0: time.sleep(600)")
        worker.kill()
        assert _gone(pid)


@pytest.mark.parametrize("tier", OFFERED)
def test_interrupted_request_does_not_confuse_the_next(tier: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with WarmProcess(tier, serve_source=SERVE, preload=False) as warm:
        warm.fork(Budget()).kill()
        receive = warm._receive

        def interrupted(within_s: float) -> Any:
            raise KeyboardInterrupt

        monkeypatch.setattr(warm, "_receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            warm.fork(Budget())
        monkeypatch.setattr(warm, "_receive", receive)
        worker = warm.fork(Budget())
        assert Attack(worker).run("result = 5") == 5
        worker.kill()
