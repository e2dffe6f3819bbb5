"""What a worker can do to others: no process, no signal, no network, no file outside its folder, no privilege."""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

from autograder.machinery.sandbox import WarmProcess
from tests.machinery.sandbox.conftest import Attack

REFUSED = ("PermissionError", "OSError", "BlockingIOError", "FileNotFoundError", "ProcessLookupError")


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "import socket; socket.socketpair()",
        "import socket; socket.create_connection(('127.0.0.1', 80))",
        "import socket; s = socket.socket(fileno=3); s.connect('/run/x')",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1')",
    ],
)
def test_socket_is_refused(attack: Attack, code: str) -> None:
    assert attack.error(code) in (*REFUSED, "URLError")


def test_name_cannot_be_resolved(attack: Attack) -> None:
    assert attack.error("import socket; socket.getaddrinfo('example.org', 80)") in ("gaierror", *REFUSED)


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.fork()",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import os, sys; os.execv(sys.executable, [sys.executable, '-c', ''])",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
        "import multiprocessing as m; m.get_context('fork').Process(target=print).start()",
        "import os; os.system('true') == 0 or (_ for _ in ()).throw(PermissionError)",
    ],
)
def test_process_cannot_be_started(attack: Attack, code: str) -> None:
    assert attack.error(code) in REFUSED


def test_other_processes_cannot_be_signalled(attack: Attack, sibling: Attack) -> None:
    for pid in (os.getpid(), sibling.host_pid(), 1, 2, -1, 0):
        if attack.run("import os; result = os.getpid()") != pid:
            assert attack.error(f"import os; os.kill({pid}, 9)") in REFUSED
    assert attack.error(f"import os; os.pidfd_open({os.getpid()})") in REFUSED


@pytest.mark.parametrize(
    "call",
    [
        "ptrace(16, {pid}, 0, 0)",
        "process_vm_readv({pid}, 0, 0, 0, 0, 0)",
        "unshare(0x10000000)",
        "mount(b'none', b'/tmp', b'tmpfs', 0, None)",
        "umount2(b'/tmp', 2)",
        "umount2(b'/proc', 2)",
        "setns(3, 0)",
        "chroot(b'/')",
        "setuid(0)",
        "prctl(4, 1, 0, 0, 0)",
        "prctl(1, 0, 0, 0, 0)",
        "syscall(425, 1, 0)",
        "syscall(321, 0, 0, 0)",
        "memfd_create(b'x', 0)",
        "shmget(0, 4096, 0o1600)",
        "personality(0x0040000)",
        "setpriority(0, {pid}, 0)",
        "sched_setaffinity(0, 8, b'\\xff' * 8)",
        "mq_open(b'/x', 0)",
        "inotify_init()",
        "userfaultfd(0)",
        "keyctl(0, 0, 0, 0, 0)",
        "syscall(250, 0, 0)",
        "syscall(304, 0, 0, 0)",
    ],
)
def test_call_is_refused(attack: Attack, call: str) -> None:
    code = f"""
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
try:
    outcome = libc.{call.format(pid=os.getpid())}
    result = [outcome, errno.errorcode.get(ctypes.get_errno())]
except AttributeError:
    result = [-1, "EPERM"]
"""
    outcome, name = attack.run(code)
    assert outcome == -1
    assert name in ("EPERM", "ENOSYS")


def test_limits_cannot_be_raised(attack: Attack) -> None:
    code = "import resource as r; r.setrlimit(r.RLIMIT_AS, (r.RLIM_INFINITY, r.RLIM_INFINITY))"
    assert attack.error(code) in ("PermissionError", "ValueError")
    assert attack.run("import resource as r; result = r.getrlimit(r.RLIMIT_CORE)") == [0, 0]


def test_nothing_outside_the_own_folder_can_be_written(attack: Attack) -> None:
    code = """
import os, sys, torch, autograder
here = os.getcwd()
folders = ["/", "/tmp", "/var/tmp", "/dev", "/dev/shm", "/usr/lib", "/proc", "/run", "/home", os.path.dirname(here),
           os.path.dirname(torch.__file__), os.path.dirname(os.__file__), os.path.dirname(autograder.__file__)]
result = []
for folder in folders:
    if os.path.realpath(folder) == here:
        continue
    for name, make in (("file", lambda p: open(p, "w")), ("folder", os.mkdir)):
        try: make(os.path.join(folder, "written")); result.append([folder, name])
        except OSError: pass
for path in (os.__file__, torch.__file__):
    for act in (lambda p: open(p, "a"), lambda p: open(p, "r+"), os.unlink, lambda p: os.rename(p, "x")):
        try: act(path); result.append(path)
        except OSError: pass
"""
    assert attack.run(code) == []


def test_own_folder_can_be_used_as_usual(attack: Attack) -> None:
    code = """
import os, tempfile, torch, pathlib
os.makedirs("data/deep")
pathlib.Path("data/deep/a.txt").write_text("words")
os.rename("data/deep/a.txt", "data/b.txt")
torch.save({"w": torch.ones(2)}, "model.pt")
loaded = torch.load("model.pt")["w"].tolist()
with tempfile.NamedTemporaryFile() as file: file.write(b"x")
with tempfile.TemporaryDirectory() as folder: inside = folder.startswith(os.getcwd())
with open("data/b.txt", "r+") as file: file.truncate(3)
result = [open("data/b.txt").read(), loaded, inside, sorted(os.listdir("."))]
os.remove("model.pt")
"""
    assert attack.run(code) == ["wor", [1.0, 1.0], True, ["data", "model.pt"]]


@pytest.mark.parametrize(
    "act",
    [
        "os.chmod('f', 0o777)",
        "os.chown('f', 0, 0)",
        "os.utime('f')",
        "os.truncate('f', 1)",
        "os.link('f', 'g')",
        "os.symlink('/etc/passwd', 'g')",
        "os.mkfifo('g')",
        "os.mkdir('g', 0)",
        "os.open('.', os.O_TMPFILE | os.O_RDWR)",
        "os.setxattr('f', 'user.a', b'b')",
    ],
)
def test_act_on_a_file_is_refused(attack: Attack, act: str) -> None:
    assert attack.error(f"import os; open('f', 'w').close(); {act}") in ("PermissionError", "OSError")


def test_worker_has_no_privilege(attack: Attack) -> None:
    attack.run("result = 1")
    status = attack.status()
    for name in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
        assert int(status[name], 16) == 0
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"
    assert attack.run("import ctypes; result = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)") == 0  # not dumpable


def test_worker_is_not_the_graders_user_when_that_is_root(warm: WarmProcess, attack: Attack) -> None:
    from autograder.machinery.sandbox.uids import workers_may_have_own

    uids = {int(word) for word in attack.status()["Uid"].split()}
    if os.geteuid() == 0 and (warm.tier != "3" or workers_may_have_own()):
        assert len(uids) == 1
        assert min(uids) >= 60_000
    else:
        assert uids == {os.getuid()}


def test_workers_of_root_have_uids_of_their_own(warm: WarmProcess, attack: Attack, sibling: Attack) -> None:
    from autograder.machinery.sandbox.uids import workers_may_have_own

    own = os.geteuid() == 0 and (warm.tier == "2" or (warm.tier == "3" and workers_may_have_own()))
    assert (attack.status()["Uid"] != sibling.status()["Uid"]) is own


def test_memory_of_a_sibling_in_its_folder_is_out_of_reach(attack: Attack, sibling: Attack) -> None:
    folder = sibling.run("import os; open('mine', 'w').write('x'); result = os.getcwd()")
    if attack.run("import os; result = os.getcwd()") == folder:
        assert attack.run("import os; result = os.path.exists('mine')") is False
    else:
        assert attack.error(f"open({folder!r} + '/mine')") in REFUSED


def test_gradients_work_after_the_fork(attack: Attack) -> None:
    code = """
import torch
x = torch.ones(4, 4, requires_grad=True)
(x @ x).sum().backward()
result = x.grad.sum().item()
"""
    assert attack.run(code) == 128.0


def test_thread_may_be_used_where_threads_are_counted(attack: Attack) -> None:
    code = """
import threading
seen = []
thread = threading.Thread(target=seen.append, args=(1,)); thread.start(); thread.join()
result = seen
"""
    if int(attack.status()["Uid"].split()[0]) == 0:
        assert attack.error(code) == "RuntimeError"
    else:
        assert attack.run(code) == [1]


def test_worker_is_niced_and_first_to_go(attack: Attack) -> None:
    attack.run("result = 1")
    pid = attack.host_pid()
    with open(f"/proc/{pid}/oom_score_adj", encoding="ascii") as file:
        assert file.read().strip() == "1000"
    assert os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(os.PRIO_PROCESS, 0)


def test_interpreter_is_the_graders(attack: Attack) -> None:
    version: Any = attack.run("import sys; result = list(sys.version_info[:3])")
    assert tuple(version) == sys.version_info[:3]
