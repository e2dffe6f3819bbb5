"""What students get of quizzes: `autograder quiz export --format student`.

Covers practice quizzes as they are, with their key, so that they answer at once; all others as JSON without any key,
one per student where values are drawn; a page of each in each language; the JSON Schema. Does not cover other
programs' formats.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from autograder.adapters.course import Course, secret
from autograder.adapters.pages.folders import folder_names, write_whole
from autograder.adapters.pages.quiz import Practice, page_of, practice_page
from autograder.adapters.quizzes.documents import SUFFIX, student_document
from autograder.adapters.quizzes.load import FOLDER, MISCONCEPTIONS, json_schema, load_quiz, quiz_files, quiz_place
from autograder.adapters.student_name import shown, why_no_student
from autograder.adapters.yaml_file import load_yaml
from autograder.errors import CourseError, Location, problem
from autograder.pure.quizzes.release import student_quiz
from autograder.pure.quizzes.soundness import misconceptions_of
from autograder.pure.quizzes.variants import own_values, settle
from autograder.quiz_types import Quiz, StudentQuiz
from autograder.types import LANGUAGES, Language

VARIANTS = 4
"""How many draws the page of a practice quiz with parameters offers."""


def hand_out(course: Course, ids: Sequence[str], students: Sequence[str], out: Path) -> list[Path]:
    """Writes the quizzes named, all when none is, into `out`; returns the files.

    `<id>.yaml` for practice; `<id>.quiz.json` for all; `<student>/<id>-<attempt>.quiz.json` where each student has
    values of their own; beside each, a page: `<id>.en.html` and `<id>.fr.html`. Raises CourseError with every problem.
    """
    files = [quiz_place(course.root, id) for id in ids] or quiz_files(course.root / FOLDER)
    quizzes = {file: load_quiz(file) for file in files}
    problems = [
        *_nameless(students),
        *(_unnamed(quiz) for quiz in quizzes.values() if own_values(quiz) and not students),
    ]
    if problems:
        raise CourseError(problems)
    key, names, written = secret(course.root), folder_names(students), []
    for file, quiz in quizzes.items():
        if quiz.mode == "practice":
            written += [*_practice(file, out), *_practice_pages(quiz, out)]
        elif not own_values(quiz):
            written += _paper(student_quiz(quiz, key), out / quiz.id)
        else:
            for student in students:
                for attempt in range(1, quiz.attempts.most + 1):
                    place = out / names[student] / f"{quiz.id}-{attempt}"
                    written += _paper(student_quiz(quiz, key, student, attempt), place)
    if any(quiz.mode == "practice" for quiz in quizzes.values()):
        written.append(_misconceptions(course, out))
    return written


def _nameless(students: Iterable[str]) -> list[str]:
    return [
        problem(Location(shown(each)), f"this {wrong}", "give the name the student hands in under")
        for each in students
        if (wrong := why_no_student(each))
    ]


def _unnamed(quiz: Quiz) -> str:
    what = "each student has values of their own, and no student is named"
    return problem(Location(f"{FOLDER}/{quiz.id}.yaml"), what, "add --student NAME or --students FILE")


def _paper(paper: StudentQuiz, place: Path) -> list[Path]:
    """The quiz as JSON and as pages; `place` is their name without its end."""
    document = json.dumps(student_document(paper), ensure_ascii=False, indent=1) + "\n"
    data = write_whole(place.with_name(f"{place.name}{SUFFIX}"), document)
    return [data, *_pages(place, lambda language, elsewhere: page_of(paper, language, elsewhere))]


def _practice_pages(quiz: Quiz, out: Path) -> list[Path]:
    """Pages that mark by themselves; what they draw needs no secret, and is the same each time they are written."""
    count = VARIANTS if any(question.params for question in quiz.questions) else 1
    papers = [student_quiz(quiz, b"practice", attempt=number) for number in range(1, count + 1)]
    variants = [Practice(paper, settle(quiz, paper.drawn)) for paper in papers]
    return _pages(out / quiz.id, lambda language, elsewhere: practice_page(variants, language, elsewhere))


def _pages(place: Path, page: Callable[[Language, str], str]) -> list[Path]:
    """A page in each language, which links to the other."""
    names: dict[Language, str] = {"en": f"{place.name}.en.html", "fr": f"{place.name}.fr.html"}
    other: dict[Language, str] = {"en": names["fr"], "fr": names["en"]}
    return [write_whole(place.with_name(names[said]), page(said, other[said])) for said in LANGUAGES]


def _practice(file: Path, out: Path) -> list[Path]:
    """The file as it stands, with the pictures it names."""
    pictures = {name for each in load_yaml(file).value["questions"] if (name := each.get("svg"))}
    copied = [file, *(file.parent / name for name in sorted(pictures))]
    return [write_whole(out / each.name, each.read_text(encoding="utf-8-sig")) for each in copied]


def _misconceptions(course: Course, out: Path) -> Path:
    """Those that the course's practice quizzes name, and no other: the rest would tell of graded ones. JSON is YAML."""
    quizzes = [load_quiz(file) for file in quiz_files(course.root / FOLDER)]
    shared = {
        id: quiz.misconceptions[id]
        for quiz in quizzes
        if quiz.mode == "practice"
        for question in quiz.questions
        for id in misconceptions_of(question)
    }
    entries = {
        id: {
            "title": {"en": each.title.en, "fr": each.title.fr},
            **({"lesson": each.lesson} if each.lesson else {}),
        }
        for id, each in sorted(shared.items())
    }
    document = {"schema": 1, "misconceptions": entries}
    return write_whole(out / MISCONCEPTIONS, json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def read_names(file: Path) -> list[str]:
    """Names of students, one per line; empty lines count for nothing. Raises CourseError when it cannot be read."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(problem(Location(str(file)), f"cannot be read ({error})", "write it as UTF-8")) from None
    return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


def schema_text() -> str:
    """The JSON Schema of a quiz file, as `quizzes/quiz.schema.json` holds it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def write_schema(course: Course) -> Path:
    """Writes the schema beside the quizzes, where editors find it by `# yaml-language-server: $schema=…`."""
    return write_whole(course.root / FOLDER / "quiz.schema.json", schema_text())
