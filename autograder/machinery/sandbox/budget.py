"""What one worker may use, and the words for how strongly it is confined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tier = Literal["1", "2", "3", "none"]
"""1: bubblewrap and namespaces per worker; 2: one bubblewrap; 3: no namespaces; none: not confined at all."""


@dataclass(frozen=True)
class Budget:
    """Limits of one worker, units in the names. `Budget(memory_mib=256, cpu_s=5)`

    memory_mib: address space beyond what the warm process already holds. cpu_s: processor time of its whole life.
    tmp_mib, tmp_files: its writable folder. processes: itself and its threads (it can start no process).
    file_mib: any one file. open_files: descriptors. log_kib: how much of what it prints is kept.
    """

    memory_mib: int = 512
    cpu_s: int = 60
    tmp_mib: int = 64
    tmp_files: int = 2048
    processes: int = 32
    file_mib: int = 64
    open_files: int = 64
    log_kib: int = 64
