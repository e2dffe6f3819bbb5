"""What a worker can see of the grader: nothing in files, environment, descriptors or memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import autograder
from autograder.machinery.sandbox import WarmProcess
from autograder.machinery.sandbox.room import packages
from tests.machinery.sandbox.conftest import SECRET, Attack

REPOSITORY = Path(autograder.__file__).parent.parent
HIDDEN = ("FileNotFoundError", "PermissionError", "NotADirectoryError")


def test_no_file_of_the_repository_can_be_read(attack: Attack) -> None:
    folders = ("autograder", "solutions", "tests", "quizzes", "course", "docs")
    paths = [str(path) for folder in folders for path in (REPOSITORY / folder).rglob("*") if path.is_file()]
    assert str(Path(__file__)) in paths
    code = f"""
import os
result = []
for path in {paths!r}:
    for read in (lambda p: open(p).read(), lambda p: os.read(os.open(p, 0), 9)):
        try: read(path); result.append(path)
        except OSError: pass
"""
    assert attack.run(code) == []


def test_relative_path_leads_nowhere(attack: Attack) -> None:
    up = "../" * 20
    assert attack.error(f"open({up!r} + {str(Path(__file__))!r}[1:]).read()") in HIDDEN


def test_canary_elsewhere_cannot_be_read(attack: Attack, tmp_path: Path) -> None:
    (tmp_path / "canary.txt").write_text("a grade book")
    assert attack.error(f"result = open({str(tmp_path / 'canary.txt')!r}).read()") in HIDDEN


@pytest.mark.parametrize("folder", ["/root", "/home", "/etc", "/var", "/sys", "/boot", "/mnt", str(REPOSITORY), "/"])
def test_folder_cannot_be_listed_unless_it_only_leads_on(warm: WarmProcess, attack: Attack, folder: str) -> None:
    code = f"import os\ntry: result = sorted(os.listdir({folder!r}))\nexcept OSError: result = []"
    seen = attack.run(code)
    if warm.tier == "3":
        assert seen == []
    assert not set(seen) & {"solutions", "autograder", "quizzes", "tests", "course", "passwd", "shadow", "hostname"}


def test_proc_and_other_devices_show_nothing(attack: Attack) -> None:
    code = "import os\ntry: result = os.listdir('/proc')\nexcept OSError: result = []"
    assert attack.run(code) == []
    for path in ("/proc/self/environ", "/proc/1/cmdline", "/proc/self/mem", "/dev/mem", "/dev/kmsg", "/dev/tty"):
        assert attack.error(f"open({path!r}, 'rb').read(1)") in (*HIDDEN, "OSError")


def test_package_in_the_room_is_only_the_workers(attack: Attack) -> None:
    code = "import os, autograder\nresult = sorted(os.listdir(os.path.dirname(autograder.__file__)))"
    own = ["__init__.py", "checks.py", "language.py", "types.py", "version.py", "wire.py", "worker"]
    assert attack.run(code) == own
    assert attack.error("import autograder.machinery") == "ModuleNotFoundError"
    assert attack.error("import autograder.errors") == "ModuleNotFoundError"


def test_environment_holds_nothing_of_the_graders(attack: Attack) -> None:
    assert os.environ["AUTOGRADER_TEST_SECRET"] == SECRET
    environment = attack.run("import os; result = dict(os.environ)")
    assert SECRET not in str(environment)
    assert set(environment) <= {
        "LANG", "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "PYTHONSAFEPATH",
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "MALLOC_ARENA_MAX", "HOME", "USER", "LOGNAME",
        "TZ", "PYTHONPATH", "TMPDIR", "PWD", "LC_CTYPE", "TORCHINDUCTOR_CACHE_DIR", "TRITON_CACHE_DIR",
    }  # fmt: skip


def test_environment_in_memory_holds_nothing_either(attack: Attack) -> None:
    code = """
import ctypes
block = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
result, at = [], 0
while block[at]:
    result.append(block[at].decode()); at += 1
"""
    assert SECRET not in " ".join(attack.run(code))


def test_objects_and_arguments_hold_nothing_of_the_repository(warm: WarmProcess, attack: Attack) -> None:
    code = """
import gc, sys
found = [o for o in gc.get_objects() if isinstance(o, (list, tuple, dict))]
texts = [t for o in found for t in (list(o) + (list(o.values()) if type(o) is dict else [])) if type(t) is str]
result = [sys.argv, sys.orig_argv, [t for t in texts if t.endswith(("errors.py", "solutions"))][:3]]
"""
    argv, orig, found = attack.run(code)
    allowed = [str(folder) for folder in packages(warm.tier in ("1", "2")).values()]
    for text in (*argv, *orig):
        for folder in allowed:
            text = text.replace(folder, "")
        assert str(REPOSITORY) not in text
    assert not [text for text in found if text.startswith(str(REPOSITORY / "autograder"))]


def test_descriptors_are_the_four(attack: Attack) -> None:
    code = """
import os
result = []
for number in range(64):
    try: os.fstat(number); result.append(number)
    except OSError: pass
"""
    assert attack.run(code) == [0, 1, 2, 3]


def test_path_holds_no_working_folder_and_no_repository(warm: WarmProcess, attack: Attack) -> None:
    path = attack.run("import sys; result = sys.path")
    assert not {"", str(REPOSITORY)} & set(path)
    assert set(map(str, packages(warm.tier in ("1", "2")).values())) <= set(path)


def test_pth_files_are_not_read(attack: Attack) -> None:
    assert attack.run("import sys; result = 'site' in sys.modules or '_distutils_hack' in sys.modules") is False


def test_late_import_works(attack: Attack) -> None:
    assert attack.run("import statistics, colorsys, sympy; result = statistics.mean([1, 2, 3])") == 2


def test_siblings_have_their_own_chance(start: Any) -> None:
    code = "import random, numpy, torch; result = [random.random(), numpy.random.rand(), torch.rand(1).item()]"
    first, second = start().run(code), start().run(code)
    assert not set(first) & set(second)
    assert start(seed=7).run(code) == start(seed=7).run(code) != first
