"""What can be seen from the room where student code runs, and the command that starts a warm process in it.

Covers the read-only folders, the few files of this package that go in, the clean environment and the bubblewrap
arguments. Does not cover the limits of a worker, which it takes on itself.

The repository is never part of it: with an editable install `solutions/` lies there. Folders are named one by one
(libraries, not whole prefixes), and `.pth` files, which may point to the repository, are not read.
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from autograder import wire
from autograder.errors import PlatformError

INSIDE = Path("/grader")  # where the package's few files stand in a bubblewrap; neutral, it names no user's folder
TMP = Path("/tmp")  # noqa: S108 - inside a bubblewrap, where it is the grading process's own scratch folder
PACKAGES = Path("/packages")  # where installed packages stand there: a virtual environment may lie below /tmp
_PACKAGE = Path(wire.__file__).parent
# The worker and, since students' notebooks import them, the comparisons of public checks.
_PUBLIC = ("__init__.py", "version.py", "wire.py", "worker", "checks.py", "types.py", "language.py")
_SYSTEM = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_SITE_NAMES = ("site-packages", "dist-packages")
_NEEDED = ("numpy", "torch", "msgpack")

_FIXED_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONIOENCODING": "utf-8:backslashreplace",  # printing odd text never fails
    "PYTHONHASHSEED": "0",  # sets of strings come in the same order on every regrade
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONSAFEPATH": "1",
    "OMP_NUM_THREADS": "1",  # threads started before a fork hang the child's first matmul
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",  # an arena per thread would take 64 MiB of the address space budget each
    "USER": "student",
    "LOGNAME": "student",
    "TZ": "UTC",
}


def interpreter() -> Path:
    """The Python that runs outside any virtual environment, links resolved."""
    base: str = getattr(sys, "_base_executable", None) or sys.executable
    return Path(base).resolve()


def site_folders() -> list[Path]:
    """Where this process finds installed packages. Raises PlatformError when torch or numpy is missing."""
    found = [Path(entry) for entry in sys.path if Path(entry).name in _SITE_NAMES and Path(entry).is_dir()]
    for name in _NEEDED:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise PlatformError(f"{name} is not installed. Remedy: install the package with its dependencies.")
        found.append(Path(spec.origin).parent.parent)
    return list(dict.fromkeys(found))


def packages(wrapped: bool) -> dict[Path, Path]:
    """Where each folder of installed packages stands for a worker, in a bubblewrap or outside one."""
    return {folder: PACKAGES / str(n) if wrapped else folder for n, folder in enumerate(site_folders())}


def readable(wrapped: bool) -> list[Path]:
    """Everything a worker may read besides its own folder and the package's few files, as it sees it."""
    return [*_system(), *packages(wrapped).values()]


def _system() -> list[Path]:
    libraries = [Path(sys.base_prefix) / name for name in ("lib", "lib64")]
    paths = [Path(name) for name in _SYSTEM] + libraries + [interpreter()]
    paths = [path for path in dict.fromkeys(paths) if os.access(path, os.R_OK)]
    _refuse_if_exposed([*paths, *site_folders()])
    return paths


def _refuse_if_exposed(paths: list[Path]) -> None:
    home = _PACKAGE.parent.resolve()
    if home.name in _SITE_NAMES:
        return  # an ordinary install, without the solutions
    for path in paths:
        if home.is_relative_to(path.resolve()):
            raise PlatformError(
                f"{home} lies in {path}, which student code may read."
                " Remedy: move the repository to a folder of its own."
            )


def stage(folder: Path) -> None:
    """Copies what the worker needs of this package, nothing else, to `folder/autograder`."""
    target = folder / _PACKAGE.name
    target.mkdir(parents=True)
    for name in _PUBLIC:
        source = _PACKAGE / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target / name)


def environment(package: Path, tmp: Path, wrapped: bool) -> dict[str, str]:
    """All the variables of a warm process; none of the grader's own."""
    path = os.pathsep.join(map(str, [package, *packages(wrapped).values()]))
    return {**_FIXED_ENVIRONMENT, "PYTHONPATH": path, "HOME": str(tmp), "TMPDIR": str(tmp)}


def python_command(orders: str) -> list[str]:
    """Runs a warm process; without `site`, so that no `.pth` file is read."""
    return [str(interpreter()), "-S", "-m", "autograder.worker.warm", orders]


def bubblewrap() -> str:
    """Where bubblewrap is. Raises PlatformError when it is not installed."""
    found = shutil.which("bwrap")
    if found is None:
        raise PlatformError("bubblewrap is not installed. Remedy: install the package bubblewrap.")
    return found


def _above(paths: list[Path]) -> list[Path]:
    """Folders to make before `paths` are bound, outermost first: left to itself, bubblewrap closes them to others."""
    folders = {folder for path in paths for folder in path.parents if folder != Path("/")}
    links = {path for path in paths if path.is_symlink()}
    return sorted(folder for folder in folders if not links & {folder, *folder.parents})


def bubblewrap_command(staged: Path, scratch: Path, root: bool) -> list[str]:
    """The arguments that build the room of tiers 1 and 2 around a command."""
    command = [bubblewrap(), "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    if root:
        # Real root makes the mounts; the warm process then becomes an ordinary user by itself.
        command += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_KILL"]
    else:
        command += ["--unshare-user"]
    command += ["--as-pid-1", "--hostname", "worker", "--proc", "/proc", "--dir", str(TMP)]
    bound = {path: path for path in _system()} | packages(wrapped=True)
    for folder in _above([*bound.values(), *map(Path, _DEVICES), INSIDE]):
        command += ["--dir", str(folder)]
    for path, inside in bound.items():
        if path == inside and path.is_symlink():
            command += ["--symlink", str(path.readlink()), str(path)]
        else:
            command += ["--ro-bind", str(path), str(inside)]
    for device in _DEVICES:
        command += ["--dev-bind", device, device]
    command += ["--ro-bind", str(staged), str(INSIDE)]
    command += ["--bind", str(scratch), str(TMP)]
    return [*command, "--remount-ro", "/", "--chdir", "/", "--"]
