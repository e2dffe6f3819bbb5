"""A class of 24 students and 5 assignments, as grading would leave it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.types import (
    NOTHING,
    Assignment,
    Grade,
    Group,
    GroupGrade,
    Limits,
    Mistake,
    Outcome,
    Picture,
    Status,
    Text,
)

COURSE = Text("Large language models, from the ground up", "Les grands modèles de langue, depuis les bases")

STUDENTS = [
    "amelie.roux", "antoine.petit", "bilal.haddad", "camille.moreau", "chloe.garnier", "clement.faure",
    "diane.lambert", "emma.nguyen", "farid.benali", "gabriel.dupont", "hugo.martin", "ines.fernandez",
    "jules.bernard", "karim.saidi", "lea.rousseau", "louis.mercier", "manon.girard", "nathan.leroy",
    "oceane.blanc", "paul.durand", "quentin.roy", "sarah.cohen", "theo.lefevre", "yasmine.amrani",
]  # fmt: skip

_OUTLINE: dict[str, tuple[Text, list[tuple[str, float, str, str, str, str]], list[tuple[str, str, str, str]]]] = {
    "vocabulary": (
        Text("A vocabulary, from words to ids", "Un vocabulaire, des mots aux identifiants"),
        [
            ("build", 3, "Building the vocabulary", "Construire le vocabulaire",
             "In what order do the ids come out when you run `build_vocab` twice?",
             "Dans quel ordre sortent les identifiants si vous lancez `build_vocab` deux fois ?"),
            ("unknown", 2, "Unknown words", "Les mots inconnus", "What is the id of `<unk>`?",
             "Quel est l'identifiant de `<unk>` ?"),
            ("roundtrip", 2, "There and back", "Aller et retour", "Compare `decode(encode(text))` with the text.",
             "Comparez `decode(encode(text))` avec le texte."),
            ("padding", 2, "Padding and its mask", "Le remplissage et son masque",
             "A real token may have id 0: where does your mask come from?",
             "Un vrai symbole peut avoir l'identifiant 0 : d'où vient votre masque ?"),
            ("edges", 1, "Empty texts and accents", "Textes vides et accents", "Try a batch of one empty text.",
             "Essayez un lot d'un seul texte vide."),
        ],
        [("mask_from_ids", "padding", "Your mask asks which ids differ from 0, but a real token can be 0.",
          "Votre masque demande quels identifiants diffèrent de 0, mais un vrai symbole peut valoir 0.")],
    ),
    "attention": (
        Text("Scaled dot-product attention", "L'attention par produit scalaire"),
        [
            ("softmax", 3, "Softmax", "Softmax", "What does `exp` do to large scores?",
             "Que fait `exp` aux grands scores ?"),
            ("scale", 3, "Scale of the scores", "L'échelle des scores",
             r"What is the variance of $q \cdot k$ when each has $d_k$ coordinates of variance 1?",
             r"Quelle est la variance de $q \cdot k$ quand chacun a $d_k$ coordonnées de variance 1 ?"),
            ("values", 6, "Weighted values", "Les valeurs pondérées", "Along which axis do your weights sum to 1?",
             "Selon quel axe vos poids ont-ils pour somme 1 ?"),
            ("mask", 4, "The mask", "Le masque", "True means *attend*: which scores go to $-\\infty$?",
             "True veut dire « regarder » : quels scores deviennent $-\\infty$ ?"),
            ("masked-rows", 2, "Rows that are masked entirely", "Les lignes entièrement masquées",
             "The instructions ask for zeros: what does $0/0$ give?",
             "Les consignes demandent des zéros : que donne $0/0$ ?"),
            ("gradients", 2, "Gradients and inputs left alone", "Gradients et entrées intactes",
             "Does any of your lines end in an underscore, as `add_` does?",
             "L'une de vos lignes finit-elle par un tiret bas, comme `add_` ?"),
        ],
        [("no_scale", "scale", r"Your scores grow with $d_k$. What keeps their variance near 1? Look for $\sqrt{d_k}$.",
          r"Vos scores grandissent avec $d_k$. Qu'est-ce qui garde leur variance près de 1 ? Cherchez $\sqrt{d_k}$."),
         ("wrong_axis", "values", "Your weights sum to 1 along the queries, not along the keys.",
          "Vos poids ont pour somme 1 selon les requêtes, et non selon les clés.")],
    ),
    "multihead": (
        Text("Multi-head attention", "L'attention à plusieurs têtes"),
        [
            ("shapes", 2, "Shapes", "Les formes", "Start from `x.shape` and write every shape down.",
             "Partez de `x.shape` et notez chaque forme."),
            ("split", 4, "Splitting into heads", "La séparation en têtes",
             r"Head $i$ takes columns $i \cdot d_h$ to $(i+1) \cdot d_h$.",
             r"La tête $i$ prend les colonnes $i \cdot d_h$ à $(i+1) \cdot d_h$."),
            ("cross", 5, "Cross-attention", "L'attention croisée", "Where do K and V come from?",
             "D'où viennent K et V ?"),
            ("merge", 3, "Merging the heads", "La réunion des têtes", "What must happen before `reshape`?",
             "Que faut-il faire avant `reshape` ?"),
            ("edges", 2, "One head, and one position", "Une seule tête, une seule position", "Try `n_heads = 1`.",
             "Essayez `n_heads = 1`."),
        ],
        [("view_mixes_heads", "split", "A `view` to [B, H, T, d] cuts through the positions: heads get mixed.",
          "Un `view` vers [B, H, T, d] coupe à travers les positions : les têtes se mélangent.")],
    ),
    "decoding": (
        Text("Decoding: greedy, temperature, top-k, top-p", "Le décodage : glouton, température, top-k, top-p"),
        [
            ("greedy", 3, "Greedy", "Le décodage glouton", "Ties go to the smallest id.",
             "À égalité, le plus petit identifiant l'emporte."),
            ("temperature", 3, "Temperature", "La température", r"What is the limit of $e^{x/T}$ as $T \to 0$?",
             r"Quelle est la limite de $e^{x/T}$ quand $T \to 0$ ?"),
            ("top-k", 4, "Top-k", "Top-k", "What if $k > V$?", "Et si $k > V$ ?"),
            ("top-p", 5, "Top-p", "Top-p", r"Keep the smallest set with $\sum_i p_i \ge p$.",
             r"Gardez le plus petit ensemble tel que $\sum_i p_i \ge p$."),
            ("generate", 5, "Generating a text", "La génération d'un texte", "When does the loop end?",
             "Quand la boucle finit-elle ?"),
        ],
        [("drops_crossing", "top-p", "The token that crosses $p$ belongs to the set; yours leaves it out.",
          "Le symbole qui fait franchir $p$ appartient à l'ensemble ; le vôtre l'exclut.")],
    ),
    "lora-quantization": (
        Text("Light fine-tuning: LoRA and quantization", "Ajustement léger : LoRA et quantification"),
        [
            ("init", 2, "Identity at the start", "L'identité au départ",
             "What is $BA$ at step 0?", "Que vaut $BA$ au pas 0 ?"),
            ("forward", 5, "The adapted layer", "La couche adaptée",
             r"$W + \frac{\alpha}{r} BA$", r"$W + \frac{\alpha}{r} BA$"),
            ("merge", 4, "Merge and unmerge", "Fusionner et défaire", "Merge twice: what happens?",
             "Fusionnez deux fois : que se passe-t-il ?"),
            ("absmax", 4, "Quantization by the largest value", "Quantification par la plus grande valeur",
             r"The error stays below $\text{scale}/2$.", r"L'erreur reste sous $\text{scale}/2$."),
            ("affine", 4, "Affine quantization", "Quantification affine", "torch rounds half to even.",
             "torch arrondit les demis au pair."),
            ("zeros", 1, "A tensor of zeros", "Un tenseur de zéros", "What is the scale of zeros?",
             "Quelle est l'échelle de zéros ?"),
        ],
        [],
    ),
}  # fmt: skip

_YOURS = ((1, 2, 0, 5, 3), (4, 0, 1, 2, 9), (3, 3, 3, 0, 1), (0, 8, 2, 1, 1))
_OFF = ((0, 0, 0, 2, 1), (0, 0, 0, 0, 9), (1, 0, 0, 0, 0), (0, 5, 0, 0, 0))

_MESSAGES = {
    Outcome.PASSED: NOTHING,
    Outcome.FAILED: Text(
        "attention weights: 18/70 values differ, first at [0, 1, 2]; off by up to 0.31 (tolerance 1e-05)",
        "les poids d'attention : 18/70 valeurs diffèrent, d'abord en [0, 1, 2] ; écart jusqu'à 0,31 (tolérance 1e-05)",
    ),
    Outcome.CRASHED: Text(
        "`RuntimeError: The size of tensor a (5) must match the size of tensor b (7)` in cell 6, line 4",
        "`RuntimeError: The size of tensor a (5) must match the size of tensor b (7)` dans la cellule 6, ligne 4",
    ),
    Outcome.LIMIT: Text("stopped after 5 seconds", "arrêté au bout de 5 secondes"),
    Outcome.BROKEN: Text("internal: test_values raised KeyError", "interne : test_values a levé KeyError"),
}


def make_assignment(slug: str) -> Assignment:
    """One of the sample assignments as its author wrote it."""
    title, groups, mistakes = _OUTLINE[slug]
    return Assignment(
        slug=slug,
        title=title,
        module="M1",
        groups=tuple(
            Group(id, points, Text(en, fr), Text(hint, indice)) for id, points, en, fr, hint, indice in groups
        ),
        limits=Limits(),
        forbidden=(),
        requires=(),
        files=(),
        difficulty=3,
        importance=4,
        minutes=60,
        draws="shared",
        mistakes=tuple(
            Mistake(id, (group,), Text(en, fr), Path(f"mistakes/{id}.py")) for id, group, en, fr in mistakes
        ),
        folder=Path("solutions") / slug,
        version="v1",
    )


def make_grade(slug: str, student: str, outcomes: dict[str, Outcome], known: dict[str, str] | None = None) -> Grade:
    """A grade with the given outcome per group, `known` naming the recognised mistake of a group."""
    assignment = make_assignment(slug)
    hints = {mistake.id: mistake.hint for mistake in assignment.mistakes}
    groups = []
    for group in assignment.groups:
        outcome = outcomes.get(group.id, Outcome.PASSED)
        mistake = (known or {}).get(group.id)
        groups.append(
            GroupGrade(
                id=group.id,
                title=group.title,
                points=group.points if outcome is Outcome.PASSED else 0.0,
                max_points=group.points,
                outcome=outcome,
                message=_MESSAGES[outcome],
                hint=hints[mistake] if mistake else group.hint,
                mistake=mistake,
                picture=Picture(_YOURS, _OFF) if group.id == "values" and outcome is Outcome.FAILED else None,
            )
        )
    broken = any(group.outcome is Outcome.BROKEN for group in groups)
    return Grade(
        assignment=slug,
        student=student,
        status=Status.NEEDS_REVIEW if broken else Status.GRADED,
        score=sum(group.points for group in groups),
        max_score=assignment.points,
        groups=tuple(groups),
        submission_sha256="3f9a61c07b2e" + "0" * 52,
        received_at=datetime(2026, 3, 1, 21, 4, tzinfo=UTC),
        assignment_version="v1",
        environment="cpu",
        seed="not for students",
        isolation="namespaces",
        seconds=0.4,
        graded_at=datetime(2026, 3, 3, 8, 30, tzinfo=UTC),
    )


def reject(grade: Grade) -> Grade:
    """The same submission when its file could not be read."""
    note = Text(
        "`attention.ipynb` is not a notebook: it ends in the middle of cell 4. Save it again in Jupyter.",
        "`attention.ipynb` n'est pas un notebook : il s'arrête au milieu de la cellule 4. Enregistrez-le dans Jupyter.",
    )
    groups = tuple(
        replace(group, points=0.0, outcome=Outcome.FAILED, message=note, hint=NOTHING, mistake=None, picture=None)
        for group in grade.groups
    )
    return replace(grade, status=Status.REJECTED, score=0.0, groups=groups, notes=(note,))


def make_class(students: list[str] | None = None, slugs: list[str] | None = None) -> list[Grade]:
    """Grades of a whole class: most earn most, some slip in known ways, a few need a person."""
    chance = random.Random(11)
    grades = []
    for student in students or STUDENTS:
        skill = chance.betavariate(4, 1.6)
        for slug in slugs or list(_OUTLINE):
            if chance.random() < 0.04:
                continue
            grades.append(_one(chance, student, slug, skill))
    return grades


def _one(chance: random.Random, student: str, slug: str, skill: float) -> Grade:
    outcomes: dict[str, Outcome] = {}
    known: dict[str, str] = {}
    assignment = make_assignment(slug)
    for place, group in enumerate(assignment.groups):
        if chance.random() > skill - 0.04 * place + 0.12:
            outcomes[group.id] = chance.choices(
                [Outcome.FAILED, Outcome.CRASHED, Outcome.LIMIT, Outcome.BROKEN], [80, 14, 4, 2]
            )[0]
    for mistake in assignment.mistakes:
        if chance.random() < 0.3:
            outcomes[mistake.loses[0]] = Outcome.FAILED
        if outcomes.get(mistake.loses[0]) is Outcome.FAILED and chance.random() < 0.75:
            known[mistake.loses[0]] = mistake.id
    grade = make_grade(slug, student, outcomes, known)
    if chance.random() < 0.02:
        return reject(grade)
    if chance.random() < 0.08:
        late_s = chance.uniform(600, 200_000)
        grade = replace(grade, late_s=late_s, received_at=grade.received_at + timedelta(seconds=late_s))
    return grade


@pytest.fixture
def classroom() -> list[Grade]:
    return make_class()


@pytest.fixture
def titles() -> dict[str, Text]:
    return {slug: title for slug, (title, _, _) in _OUTLINE.items()}


@pytest.fixture
def grade() -> Callable[..., Grade]:
    """`grade("attention", "alice", {"scale": Outcome.FAILED}, {"scale": "no_scale"})`"""
    return make_grade


@pytest.fixture
def rejected() -> Grade:
    return reject(make_grade("attention", "alice", {}))


@pytest.fixture
def assignments() -> list[Assignment]:
    return [make_assignment(slug) for slug in _OUTLINE]


@pytest.fixture
def course_title() -> Text:
    return COURSE


_VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})


class Page(HTMLParser):
    """What a browser would see: tags with their attributes, in order, and the text outside style and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["style"], ["script"]):
            self.text += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """Attributes of the elements of a tag; `class_` asks for one of the element's classes."""
        wanted = attributes.pop("class_", None)
        return [
            own
            for name, own in self.tags
            if name == tag
            and (wanted is None or wanted in (own.get("class") or "").split())
            and all(own.get(key) == value for key, value in attributes.items())
        ]


@pytest.fixture
def read() -> type[Page]:
    return Page
