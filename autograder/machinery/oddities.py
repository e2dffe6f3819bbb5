"""What a worker did that work has no reason to do, in words for the instructor; it costs no point by itself.

Covers how a worker ended and what it sent and printed. Does not cover what the source says.
"""

from __future__ import annotations

import signal

from autograder.types import Text

UNREADABLE = Text(
    "its worker sent a reply that is no message, or one that nobody asked for",
    "son processus a envoyé une réponse illisible, ou que personne n'avait demandée",
)
ENDED_ITSELF = Text(
    "its code ended its own process, or closed its channel to the grader",
    "son code a mis fin à son propre processus, ou fermé son canal vers le correcteur",
)
BAD_CALL = Text(
    "its code made a system call that no program here may make, and was ended for it",
    "son code a fait un appel système interdit à tout programme ici, et a été arrêté pour cela",
)
_LIMITS = {
    "memory": Text(
        "it was ended for using more memory than it may", "il a été arrêté pour avoir dépassé la mémoire permise"
    ),
    "cpu": Text(
        "it was ended for using up its processor time", "il a été arrêté pour avoir épuisé son temps de calcul"
    ),
    "disk": Text(
        "it was ended for writing more files than it may", "il a été arrêté pour avoir écrit trop de fichiers"
    ),
}
CHANGES = Text(
    "results change from run to run on the same inputs",
    "les résultats changent d'une exécution à l'autre pour les mêmes données",
)


def ended(cause: str | None, number: int | None) -> Text:
    """How a worker ended that nobody asked to end: the limit behind it, else the signal, else by its own doing."""
    if number == signal.SIGSYS:
        return BAD_CALL
    if cause in _LIMITS:
        return _LIMITS[cause]
    if number is not None:
        name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
        return Text(f"its process was ended by the signal {name}", f"son processus a été arrêté par le signal {name}")
    return ENDED_ITSELF


def printed_too_much(kib: int) -> Text:
    """The oddity of a flood of output."""
    return Text(
        f"it printed more than {kib} KiB; the rest was dropped", f"il a affiché plus de {kib} Kio ; le reste est perdu"
    )
