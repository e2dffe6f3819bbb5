"""The zip files that QTI travels in.

Covers writing one that is the same for the same content, and reading those of strangers within bounds. Does not cover
what the manifest means.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.adapters.archive import Caps, unpack
from autograder.adapters.quizzes.exchange.xml import Element, read_xml
from autograder.adapters.yaml_file import shown
from autograder.errors import CourseError, Location, SubmissionError, problem

MANIFEST = "imsmanifest.xml"
CAPS = Caps(archive_mib=64, total_mib=128, members=2000)


def write_package(file: Path, members: Mapping[str, bytes]) -> Path:
    """Writes the members, by name, as a zip without dates."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name), member, zipfile.ZIP_DEFLATED)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.getvalue())
    return file


def read_package(file: Path) -> dict[str, bytes]:
    """The members of a zip by their names. Raises CourseError when it is none, or is over a cap."""
    with TemporaryDirectory() as folder:
        try:
            unpack(file, Path(folder), CAPS)
        except SubmissionError as error:
            raise CourseError(str(error)) from None
        except OSError as error:
            what = f"cannot be read ({error.strerror})"
            raise CourseError(problem(Location(shown(file)), what, "name the file that was exported")) from None
        found = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def document_in(members: Mapping[str, bytes], name: str, file: Path) -> Element:
    """A document of a package. Raises CourseError when it is not there or no harmless XML."""
    if name not in members:
        what = f"it holds no {name}"
        raise CourseError(problem(Location(shown(file)), what, "export it again, or name another --format"))
    return read_xml(members[name], Path(f"{file}/{name}"))


def resources(members: Mapping[str, bytes], kind: str, file: Path) -> list[str]:
    """The documents that the manifest says are of a kind. Raises CourseError when there is none."""
    manifest = document_in(members, MANIFEST, file)
    found = [
        each.get("href") or next((inside.get("href", "") for inside in each.iterfind("file")), "")
        for each in manifest.iter("resource")
        if each.get("type", "").startswith(kind)
    ]
    if not found:
        what = f"its manifest lists nothing of type {kind}"
        raise CourseError(problem(Location(shown(file)), what, "export it again, or name another --format"))
    return found
