"""The warm process: imports torch once, then forks a worker per request in a few milliseconds.

Covers dropping root, the namespaces workers are born in, warming up, and the requests of the grader. Does not cover
isolating a worker (isolate) nor its work (serve). It is executed, never forked from the grader, and holds no secret:
whatever is in its memory is in every worker's.

One control socket (SEQPACKET, JSON, descriptors by SCM_RIGHTS):
`{"do": "fork", ...}` + [channel, log] -> `{"pid": 7}` + [pidfd];
`{"do": "reap", "pid": 7}` -> `{"signal": 9, "code": null, "cpu_s": 0.1, "peak_mib": 310, "born_mib": 300}`.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.worker import isolate, kernel

_MESSAGE_BYTES = 65536
_KIB_PER_MIB = 1024
_CHECKS = "autograder.checks"  # what released notebooks import first
_SERVE = "autograder.worker.serve"  # imported by name: its imports are the slow ones, and a probe does without
_NOT_ISOLATED = 71  # exit status of a child that could not be isolated
READY, REFUSED = b"\x01", b"\x00"  # a child's first byte on its channel; after REFUSED comes the reason


@dataclass(frozen=True)
class Orders:
    """What the grader asks of a warm process when it starts it.

    `uid`: whom root becomes, or None; `own_uids`: workers change to a uid of their own; `preload`: import torch and
    serve first (a probe of the machine does without).
    """

    tier: str
    control: int
    readable: tuple[str, ...]
    uid: int | None
    own_uids: bool
    preload: bool


@dataclass(frozen=True)
class Job:
    """A forked child's own: its cage and its two descriptors."""

    cage: isolate.Cage
    channel: int
    log: int


def _leave_root(orders: Orders) -> None:
    """Root becomes an ordinary user, with the right to give workers uids of their own where that is wanted."""
    if os.getuid() != 0:
        return
    kept = (kernel.CAP_SETUID, kernel.CAP_SETGID, kernel.CAP_KILL) if orders.own_uids else ()
    if orders.uid is not None:
        kernel.prctl("keep capabilities", kernel.PR_SET_KEEPCAPS, 1)
        os.setgroups([])
        os.setresgid(orders.uid, orders.uid, orders.uid)
        os.setresuid(orders.uid, orders.uid, orders.uid)
    if orders.tier != "none":
        kernel.keep_capabilities(*kept)
    kernel.prctl("dumpable", kernel.PR_SET_DUMPABLE, 1)  # else /proc/self, with the id maps, belongs to root


def _enter_namespaces(control: socket.socket) -> None:
    """Goes on as pid 1 of new namespaces, where it may make more; the process that was stays to wait for it."""
    uid, gid = os.getuid(), os.getgid()
    kernel.unshare(
        kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC
        | kernel.CLONE_NEWUTS | kernel.CLONE_NEWCGROUP
    )  # fmt: skip
    isolate.write_id_maps(uid, gid)
    child = os.fork()
    if child:
        control.close()
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    isolate.end_with_parent(0)
    kernel.mount("none", "/", "none", kernel.MS_REC | kernel.MS_PRIVATE)


def _warm_up() -> None:
    """Imports, and runs once what is slow the first time: kernels, autograd, and an optimiser (1.1 s of imports)."""
    import numpy as np
    import torch
    from torch import nn

    torch.set_num_threads(1)
    np.linalg.svd(np.random.standard_normal((8, 8)))
    model = nn.Sequential(nn.Embedding(8, 16), nn.TransformerEncoderLayer(16, 2, batch_first=True), nn.Linear(16, 8))
    optimizer = torch.optim.AdamW(model.parameters())
    ids = torch.randint(8, (2, 5))
    loss = nn.functional.cross_entropy(model(ids).flatten(0, 1), ids.flatten())
    torch.autograd.backward(loss)
    optimizer.step()
    repr(loss)
    query = torch.randn(2, 3, 5, 8, dtype=torch.float64)
    nn.functional.scaled_dot_product_attention(query, query, query, is_causal=True)


def _settle() -> None:
    """Makes forks cheap and safe: no garbage to walk, nothing left in buffers, no thread that would not be copied."""
    gc.collect()
    gc.disable()
    gc.freeze()
    sys.stdout.flush()
    sys.stderr.flush()
    threads = os.listdir("/proc/self/task")
    if len(threads) != 1:
        raise RuntimeError(f"the warm process has {len(threads)} threads; a fork would copy only one")


def _own_memory_mib() -> float:
    """What a child holds when it is born: the memory that is not a mapped file."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon")) / _KIB_PER_MIB


def _reap(pid: int) -> dict[str, Any]:
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return {
        "signal": -code if code < 0 else None,
        "code": code if code >= 0 else None,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "peak_mib": usage.ru_maxrss / _KIB_PER_MIB,
        "born_mib": _own_memory_mib(),
    }


class _Nursery:
    """Forks children, each as pid 1 of a pid namespace of its own where the tier has them."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._home = os.open("/proc/self/ns/pid", os.O_RDONLY) if orders.tier == "1" else None
        self._pid = os.getpid()

    def fork(self, request: dict[str, Any], channel: int, log: int) -> int | Job:
        """The child's pid; in the child, its job."""
        if self._home is not None:
            kernel.setns(self._home, kernel.CLONE_NEWPID)  # back from the last child's, where no more can be born
            kernel.unshare(kernel.CLONE_NEWPID)
        pid = os.fork()
        if pid:
            return pid
        cage = isolate.Cage(tier=self._orders.tier, readable=self._orders.readable, parent=self._pid, **request)
        return Job(cage, channel, log)


def _send(control: socket.socket, reply: dict[str, Any], descriptors: list[int]) -> None:
    """Sends a reply with its descriptors and closes them here."""
    socket.send_fds(control, [json.dumps(reply).encode()], descriptors)
    for descriptor in descriptors:
        os.close(descriptor)


def _give_birth(control: socket.socket, nursery: _Nursery, request: dict[str, Any], given: list[int]) -> Job | None:
    """Answers a request for a worker; in the child, returns its job with the descriptors still open."""
    try:
        born = nursery.fork(request, *given)
    except OSError as error:
        _send(control, {"error": f"fork: {error}"}, [])
    else:
        if isinstance(born, Job):
            return born
        _send(control, {"pid": born}, [os.pidfd_open(born)])
    for descriptor in given:
        os.close(descriptor)
    return None


def _answer(control: socket.socket, orders: Orders) -> Job | None:
    """Answers requests until the grader is gone (None) or this is a forked child (its job)."""
    nursery = _Nursery(orders)
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _MESSAGE_BYTES, 2)
        if not message:
            return None
        request = json.loads(message)
        if request.pop("do") == "reap":
            _send(control, _reap(request["pid"]), [])
        elif (job := _give_birth(control, nursery, request, descriptors)) is not None:
            return job


def _work(job: Job) -> None:
    """The child's whole life: isolation, one byte that says so, and the message loop."""
    try:
        channel = isolate.isolate(job.cage, job.channel, job.log)
    except isolate.CannotIsolate as error:
        os.write(isolate.CHANNEL, REFUSED + str(error).encode())
        os._exit(_NOT_ISOLATED)
    serve: Callable[[socket.socket], None] = importlib.import_module(_SERVE).serve
    gc.enable()
    channel.sendall(READY)
    serve(channel)


def main() -> None:
    """Runs a warm process on the orders in the first argument, until the grader closes the control socket."""
    given = json.loads(sys.argv[1])
    orders = Orders(**{**given, "readable": tuple(given["readable"])})
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=orders.control)
    _leave_root(orders)
    if orders.tier == "1":
        _enter_namespaces(control)
    if orders.preload:
        serve = importlib.import_module(_SERVE)
        importlib.import_module(_CHECKS)
        _warm_up()
        serve.rehearse()
        kernel.gather_memory()
    _settle()
    _send(control, {"ready": True}, [os.pidfd_open(os.getpid())])
    job = _answer(control, orders)
    if job is not None:
        _work(job)
    os._exit(0)


if __name__ == "__main__":
    main()
