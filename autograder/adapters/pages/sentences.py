"""What a grade says to its student, in words.

Covers the outcome of a group, the line that sums up, and what to do next. Does not cover layout. The
sentences may hold Markdown inline code.
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder.adapters.pages.wording import NBSP, count, duration, number, points, score
from autograder.pure.quizzes.grading import PREFIX
from autograder.types import Grade, GroupGrade, Language, Outcome, Status, Text

OUTCOME = {
    Outcome.PASSED: Text("earned", "acquis"),
    Outcome.FAILED: Text("not yet", "pas encore"),
    Outcome.CRASHED: Text("stopped by an error", "arrêté par une erreur"),
    Outcome.LIMIT: Text("over the limit", "limite dépassée"),
    Outcome.BROKEN: Text("under review", "en cours d'examen"),
}

STATUS = {
    Status.GRADED: Text("graded", "noté"),
    Status.NEEDS_REVIEW: Text("a person will look", "une personne va regarder"),
    Status.REJECTED: Text("to hand in again", "à rendre de nouveau"),
}

OUR_FAULT = Text(
    "Something went wrong on our side, not in your work. Nothing was lost: your submission is safe, "
    "a person will look at it, and the score shown here will be completed. You need not do anything about it.",
    "Quelque chose s'est mal passé de notre côté, et non dans votre travail. Rien n'est perdu : votre rendu "
    "est en sécurité, une personne va l'examiner et la note affichée ici sera complétée. "
    "Vous n'avez rien à faire pour cela.",
)

GROUP_OUR_FAULT = Text(
    "We could not judge this group: the fault is ours. A person will look at it.",
    "Nous n'avons pas pu juger ce groupe : la faute est de notre côté. Une personne va le regarder.",
)

REJECTED = Text(
    "Your file could not be graded as it is, so it has no score yet. This is usually quick to mend.",
    "Votre fichier n'a pas pu être noté tel quel : il n'a donc pas encore de note. C'est en général vite réparé.",
)

ESSAYS_WAIT = Text(
    "Some of your answers will be read by a person; the score will be completed then.",
    "Certaines de vos réponses seront lues par une personne ; la note sera alors complétée.",
)

KNOWN_SLIP = Text("This looks like a known slip", "Cela ressemble à une erreur connue")


def group_words(group: GroupGrade) -> Text:
    """The word for a group's outcome. `passed -> earned / acquis`"""
    return OUTCOME[group.outcome]


def points_of(group: GroupGrade, language: Language) -> str:
    """`2 / 3 points`, or the points at stake when our fault left the group open."""
    top = points(group.max_points, language)
    return top if group.outcome is Outcome.BROKEN else f"{number(group.points, language)}{NBSP}/{NBSP}{top}"


def is_quiz(grade: Grade) -> bool:
    """Whether a grade is that of a quiz, whose groups are its questions."""
    return grade.assignment.startswith(PREFIX)


def headline(grade: Grade, language: Language) -> str:
    """The line that sums one assignment up. `4 of 6 groups earned, 13 of 20 points`"""
    if grade.status is Status.REJECTED:
        return Text("Not graded yet: the file has to be mended", "Pas encore noté : le fichier est à réparer").say(
            language
        )
    line = f"{_groups_earned([grade], language)}, {score(grade.score, grade.max_score, language)}"
    if grade.status is Status.NEEDS_REVIEW:
        line += Text(" so far", " pour l'instant").say(language)
    return line


def overall(grades: Sequence[Grade], language: Language) -> str:
    """The line that sums a student's page up, over all that has a score."""
    scored = [grade for grade in grades if grade.status is not Status.REJECTED]
    if not scored:
        return Text("Nothing could be graded yet: see below what to mend.",
                    "Rien n'a encore pu être noté : voyez ci-dessous ce qu'il faut réparer.").say(language)  # fmt: skip
    total = score(sum(grade.score for grade in scored), sum(grade.max_score for grade in scored), language)
    over = count(len(scored), Text("assignment", "devoir"), Text("assignments", "devoirs"), language)
    if language == "fr":
        return f"{_groups_earned(scored, language)}, {total}, pour {over}."
    return f"{_groups_earned(scored, language)}, {total}, over {over}."


def encouragement(grade: Grade) -> Text:
    """One sentence of tone, from how much of the work stands."""
    left = [group for group in grade.groups if group.outcome is not Outcome.PASSED]
    if grade.status is Status.REJECTED:
        return REJECTED
    if grade.status is Status.NEEDS_REVIEW:
        return ESSAYS_WAIT if is_quiz(grade) else OUR_FAULT
    if is_quiz(grade) and left:
        return Text(
            "What each answer showed is below, with the lesson to read again where there is one.",
            "Ce que chaque réponse a montré est ci-dessous, avec la leçon à relire quand il y en a une.",
        )
    if not left:
        return Text("Everything stands. Well done!", "Tout est acquis. Bravo !")
    if len(left) == 1:
        return Text("One group is left, and you are close.", "Il ne reste qu'un groupe : vous y êtes presque.")
    if 2 * len(left) <= len(grade.groups):
        return Text("Most of it stands; what is left is below.", "L'essentiel est acquis ; le reste est ci-dessous.")
    if len(left) < len(grade.groups):
        return Text(
            "A start is made. Each group is earned on its own: take them one by one.",
            "C'est un début. Chaque groupe s'obtient séparément : prenez-les un par un.",
        )
    return Text(
        "Nothing is earned yet, and everything is still open. Each group is earned on its own: start with the first.",
        "Rien n'est encore acquis, et tout reste possible. Chaque groupe s'obtient séparément : "
        "commencez par le premier.",
    )


def next_steps(grade: Grade) -> list[Text]:
    """What to do next, in order; empty when nothing is left to do, and for a quiz, whose questions each say it."""
    if is_quiz(grade):
        return []
    if grade.status is Status.REJECTED:
        return [
            Text("Mend what is named above.", "Réparez ce qui est indiqué ci-dessus."),
            Text("Restart the kernel, run all cells, and see that none stops.",
                 "Redémarrez le noyau, exécutez toutes les cellules et vérifiez qu'aucune ne s'arrête."),
            Text("Try it with `autograder check`, then hand it in again.",
                 "Essayez avec `autograder check`, puis rendez-le de nouveau."),
        ]  # fmt: skip
    open_groups = [group for group in grade.groups if group.outcome not in (Outcome.PASSED, Outcome.BROKEN)]
    if not open_groups:
        return []
    first = _first_to_take(open_groups)
    return [
        Text(f"Start with “{first.title.en}”. {_ADVICE[first.outcome].en}",
             f"Commencez par « {first.title.fr} ». {_ADVICE[first.outcome].fr}"),
        Text("Run `autograder check` on your file: it says at once whether the public examples hold.",
             "Lancez `autograder check` sur votre fichier : il dit aussitôt si les exemples publics sont justes."),
        Text("As long as the assignment is open, hand in again; your latest work counts.",
             "Tant que le devoir est ouvert, rendez-le de nouveau ; "
             "c'est votre dernier rendu qui compte."),
    ]  # fmt: skip


def late(grade: Grade, language: Language) -> str | None:
    """How late the work came in and what it cost; None when it was on time. `1 day 2 hours late, −2 points`"""
    if grade.late_s <= 0:
        return None
    by = duration(grade.late_s, language)
    cost = f", −{points(grade.penalty, language)}" if grade.penalty > 0 else ""
    return (f"{by} de retard" if language == "fr" else f"{by} late") + cost


_GROUPS = Text("group earned", "groupe acquis"), Text("groups earned", "groupes acquis")
_QUESTIONS = Text("question right", "réponse juste"), Text("questions right", "réponses justes")
_ADVICE = {
    Outcome.FAILED: Text(
        "Work the smallest input you can by hand, then compare it with what your code returns.",
        "Traitez à la main la plus petite entrée possible, puis comparez avec ce que renvoie votre code.",
    ),
    Outcome.CRASHED: Text(
        "Your code raised an error there: read its last line first, it names what was wrong.",
        "Votre code y a levé une erreur : lisez d'abord sa dernière ligne, elle dit ce qui n'allait pas.",
    ),
    Outcome.LIMIT: Text(
        "Your code took too long or too much memory there: look for a loop that does not end, "
        "or one that could be a single tensor operation.",
        "Votre code y a pris trop de temps ou de mémoire : cherchez une boucle qui ne finit pas, "
        "ou qui pourrait être une seule opération sur des tenseurs.",
    ),
}


def _first_to_take(groups: Sequence[GroupGrade]) -> GroupGrade:
    """A recognised slip is the quickest to mend; else the first in teaching order."""
    return next((group for group in groups if group.mistake is not None), groups[0])


def _groups_earned(grades: Sequence[Grade], language: Language) -> str:
    """`4 of 6 groups earned`; `4 of 6 questions right` over quizzes alone, whose questions count as no groups else."""
    assignments = [grade for grade in grades if not is_quiz(grade)]
    one, many = _GROUPS if assignments else _QUESTIONS
    groups = [group for grade in assignments or grades for group in grade.groups]
    earned = sum(group.outcome is Outcome.PASSED for group in groups)
    if language == "fr":
        return f"{earned}{NBSP}{(one if earned < 2 else many).fr} sur{NBSP}{len(groups)}"
    return f"{earned} of {len(groups)} {(one if len(groups) == 1 else many).en}"
