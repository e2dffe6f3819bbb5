"""A Gradescope export: `submission_<n>/` folders and `submission_metadata.yml`.

Covers who handed in, groups (the work counts for each of its members) and dates. Of the YAML, which Ruby writes with
keys such as `:name:`, aliases and tags, only what is needed is read. Does not cover scores and earlier submissions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from autograder.adapters.deliveries.delivery import (
    Delivery,
    Kind,
    Reading,
    Who,
    entries,
    is_folder,
    newest,
    slug_of,
    work_below,
)
from autograder.adapters.student_name import shown
from autograder.adapters.untrusted_file import Unreadable, as_text, read_regular
from autograder.errors import Location, SubmissionError, problem

METADATA = "submission_metadata.yml"
MAX_BYTES = 16 * 2**20  # scores and output of every submission stand in it
_DEEPEST = 4  # {submission: {":submitters": [{":name": …}]}}
_DATE = re.compile(r"(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)(\.\d{1,6})?\d* ?(Z|UTC|[-+]\d\d:?\d\d)")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def recognises(folder: Path, slugs: Sequence[str]) -> bool:
    return (folder / METADATA).is_file()


def read(reading: Reading) -> Iterator[Delivery]:
    """One hand-in per submission and member. Raises SubmissionError when the metadata cannot be read."""
    metadata = reading.folder / METADATA
    about = read_metadata(metadata)
    for entry in entries(reading.folder):
        if entry == metadata:
            continue
        known = about.get(entry.name)
        people = _people(known) if isinstance(known, dict) else []
        if not is_folder(entry) or not people:
            reading.told.append(f"{shown(entry.name)}: {METADATA} does not say whose it is")
            continue
        files = work_below(entry, reading.told)
        moment = _moment(known.get(":created_at")) if isinstance(known, dict) else None
        if moment is None:
            reading.told.append(f"{shown(entry.name)}: no date in {METADATA}; that of the files counts")
        slug = slug_of([name for name, _ in files], reading.slugs)
        for who in people:
            yield Delivery(who, slug, files, moment or newest(files), also=(metadata,))


def read_metadata(path: Path) -> dict[str, Any]:
    """The metadata as nested dicts, lists and text, without what is deeper than is needed.

    Raises SubmissionError when it is no YAML, too large, or no mapping.
    """
    try:
        text = as_text(read_regular(path, MAX_BYTES), path.name)
        about = _shallow(text)
    except (yaml.YAMLError, Unreadable, ValueError) as error:
        what = f"cannot be read ({type(error).__name__})"
        raise SubmissionError(problem(Location(path.name), what, "download the export again")) from None
    if not isinstance(about, dict):
        raise SubmissionError(problem(Location(path.name), "is not what Gradescope writes", "download it again"))
    return about


def _shallow(text: str) -> Any:
    """The first document, built from its events one by one: no recursion, no aliases, no tags."""
    root: list[Any] = []
    open_: list[Any] = [root]
    keys: list[Any] = [None]
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            open_.pop()
            keys.pop()
            continue
        if isinstance(event, yaml.DocumentEndEvent):
            break
        if not isinstance(event, yaml.NodeEvent):
            continue
        value: Any = None
        if isinstance(event, yaml.ScalarEvent):
            value = event.value
        elif isinstance(event, yaml.CollectionStartEvent):
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        here = open_[-1]
        if isinstance(here, dict):
            if keys[-1] is None:
                keys[-1] = value if isinstance(value, str) else ""
            else:
                here[keys[-1]] = value
                keys[-1] = None
        elif isinstance(here, list):
            here.append(value)
        if isinstance(event, yaml.CollectionStartEvent):
            open_.append(value if len(open_) <= _DEEPEST else None)
            keys.append(None)
    return root[0] if root else None


def _people(known: dict[str, Any]) -> list[Who]:
    listed = known.get(":submitters")
    found = []
    for each in listed if isinstance(listed, list) else []:
        if not isinstance(each, dict):
            continue
        told = {key: str(each.get(f":{key}") or "") for key in ("sid", "email", "name")}
        if any(told.values()):
            label = told["sid"] or told["email"] or told["name"]
            ids = tuple((key, told[key]) for key in ("sid", "email") if told[key])
            found.append(Who(label, label, ids, told["name"]))
    return found


def _moment(text: Any) -> datetime | None:
    """`2026-11-10 19:05:28.206207000 Z` as a moment, None when it is none."""
    match = _DATE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    zone = "+00:00" if match[3] in ("Z", "UTC") else match[3]
    try:
        return datetime.fromisoformat(f"{match[1]}{(match[2] or '.0').ljust(7, '0')}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


KIND = Kind("gradescope", "a Gradescope export", recognises, read, one_assignment=True)
