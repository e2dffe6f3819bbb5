"""What goes wrong in a student's code, in words for the student.

Covers errors raised, limits hit, names missing, replies that make no sense. The text of a student's own
error never appears: hidden inputs reach the worker, so such a text could carry them. Type names of
Python's and torch's errors do, and the line of the student's own source.
"""

from __future__ import annotations

import builtins
from collections.abc import Collection, Sequence
from typing import Any

from autograder.types import NOTHING, Cell, Outcome, Text


class StudentFault(Exception):
    """A call to a student's code that brought no value: outcome, words, and the error's type names."""

    def __init__(self, outcome: Outcome, text: Text, names: tuple[str, ...] = ()) -> None:
        super().__init__(text.en)
        self.outcome = outcome
        self.text = text
        self.names = names or ("Exception",)
        self.is_limit = outcome is Outcome.LIMIT


_KNOWN = {
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
}
_KNOWN |= {"OutOfMemoryError", "LinAlgError", "AxisError"}

# The worker could not make the call, or could not use what came back: no line of the student's raised it.
_NOT_IN_A_LINE = Text(
    "your code raised TypeError outside of its own lines; do the arguments it takes and the kind of value it returns "
    "match the task?",
    "votre code a levé TypeError en dehors de ses propres lignes ; les arguments qu'il prend et le type de valeur "
    "qu'il renvoie correspondent-ils à l'énoncé ?",
)


def _too_much_memory(at: Text) -> Text:
    return Text(
        f"your code asked for more memory than it may use{at.en}; does something grow without end?",
        f"votre code a demandé plus de mémoire que permis{at.fr} ; quelque chose grandit-il sans fin ?",
    )


_NAME_CHARACTERS = 100

HELD_NOT = Text("a property that should hold does not", "une propriété attendue n'est pas vérifiée")

_LIMITS = {
    "time": Text(
        "your code did not come back in time; is there a loop that does not end?",
        "votre code n'a pas rendu la main à temps ; y a-t-il une boucle sans fin ?",
    ),
    "cpu": Text(
        "your code used up its computing time; is there a loop that does not end?",
        "votre code a épuisé son temps de calcul ; y a-t-il une boucle sans fin ?",
    ),
    "memory": _too_much_memory(NOTHING),
    "disk": Text(
        "your code wrote more files than it may; does it need any?",
        "votre code a écrit plus de fichiers que permis ; en a-t-il besoin ?",
    ),
    "looking": Text(
        "what your code returned is too large or too slow to check; is it bigger than it should be?",
        "ce que votre code a renvoyé est trop volumineux ou trop long à vérifier ; est-ce plus grand que prévu ?",
    ),
    "lost": Text(
        "your code ended its process; it must return a value instead",
        "votre code a mis fin à son processus ; il doit renvoyer une valeur",
    ),
}


def limit(cause: str) -> StudentFault:
    """The fault of a limit: `time`, `cpu`, `memory`, `disk`; `looking` when what came is too much to look at.

    `lost` is none: the process ended by itself.
    """
    outcome = Outcome.CRASHED if cause == "lost" else Outcome.LIMIT
    return StudentFault(outcome, _LIMITS[cause], ("Limit",))


def misbehaved() -> StudentFault:
    """The fault of a reply that is no message, as only tampering or broken memory makes."""
    return StudentFault(
        Outcome.CRASHED,
        Text("your code's answer could not be read", "la réponse de votre code n'a pas pu être lue"),
        ("Unreadable",),
    )


def missing(name: str, problems: Sequence[Text] = ()) -> StudentFault:
    """The fault of a required name that is not defined, with the first reason why, where loading met one."""
    why = problems[0] if problems else None
    return StudentFault(
        Outcome.FAILED,
        Text(
            f"your work does not define `{name}`" + (f". {why.en}" if why else ""),
            f"votre travail ne définit pas `{name}`" + (f". {why.fr}" if why else ""),
        ),
        ("Missing",),
    )


def describe(error: dict[str, Any], cells: Sequence[Cell], forbidden: Collection[str]) -> StudentFault:
    """The fault that a worker's error message tells of. Raises KeyError, TypeError, ValueError if malformed."""
    if type(error) is not dict or type(error["names"]) not in (list, tuple):
        raise TypeError("an error is a dict with a list of names")
    names, detail = error["names"], error["detail"]
    names = tuple(name[:_NAME_CHARACTERS] for name in names[:16] if type(name) is str)
    if not names:
        raise ValueError("no error names")
    at = _where(error["cell"], error["line"], cells)
    if names[0] == "NotImplementedError":
        return StudentFault(Outcome.FAILED, Text("not written yet", "pas encore écrit"), names)
    if "MemoryError" in names:
        return StudentFault(Outcome.LIMIT, _too_much_memory(at), names)
    if names[0] == "Forbidden" and type(api := detail) is str and api in forbidden:
        return StudentFault(
            Outcome.FAILED,
            Text(
                f"your code calls `{api}`{at.en}; this assignment does not allow it",
                f"votre code appelle `{api}`{at.fr} ; cet exercice ne le permet pas",
            ),
            names,
        )
    if names[0] == "WireError":
        return StudentFault(
            Outcome.FAILED,
            Text(
                "your code returned something that is not plain data (numbers, text, lists, dicts, tensors)",
                "votre code a renvoyé autre chose que des données (nombres, texte, listes, dictionnaires, tenseurs)",
            ),
            names,
        )
    if names[0] == "TypeError" and not at.en:
        return StudentFault(Outcome.CRASHED, _NOT_IN_A_LINE, names)
    shown = next((name for name in names if name in _KNOWN), "Exception")
    return StudentFault(
        Outcome.CRASHED, Text(f"your code raised {shown}{at.en}", f"votre code a levé {shown}{at.fr}"), names
    )


def not_loaded(fault: StudentFault) -> Text:
    """The note on a cell that raised while the work was loaded."""
    return Text(f"While loading: {fault.text.en}", f"Au chargement : {fault.text.fr}")


def _where(cell: Any, line: Any, cells: Sequence[Cell]) -> Text:
    """Cell and line of the student's own source, with the line itself, where the worker named a real one."""
    source = next((c.source for c in cells if type(cell) is int and c.number == cell), None)
    if source is None or type(line) is not int:
        return Text("", "")
    lines = source.splitlines()
    if not 1 <= line <= len(lines):
        return Text("", "")
    code = lines[line - 1].strip().replace("`", "'")[:100]
    shown = f": `{code}`" if code else ""
    shown_fr = f" : `{code}`" if code else ""
    if cell == 0:
        return Text(f" at line {line}{shown}", f" à la ligne {line}{shown_fr}")
    return Text(f" in cell {cell}, line {line}{shown}", f" dans la cellule {cell}, ligne {line}{shown_fr}")
