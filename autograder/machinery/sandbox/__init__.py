"""The sandbox: workers in which student code runs, isolated, forked from a warm process.

Covers starting, limiting, watching and ending them, and which isolation this machine offers. Knows nothing of grading.

    with WarmProcess(strongest_tier()) as warm:
        worker = warm.fork(Budget(memory_mib=512))
        worker.channel.sendall(...)
        worker.kill()
"""

from autograder.machinery.sandbox.budget import Budget, Tier
from autograder.machinery.sandbox.probes import Probe, probes, strongest_tier
from autograder.machinery.sandbox.warm_process import WarmProcess
from autograder.machinery.sandbox.worker_process import WorkerProcess

__all__ = ["Budget", "Probe", "Tier", "WarmProcess", "WorkerProcess", "probes", "strongest_tier"]
