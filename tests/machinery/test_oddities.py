"""What a worker does that work has no reason to do is told to the instructor, whatever it earns."""

from __future__ import annotations

import signal

import pytest

from autograder.machinery import oddities
from autograder.machinery.faults import StudentFault
from autograder.machinery.proxy import Student
from autograder.types import Outcome

FORGES = """
    import gc
    from autograder import wire

    def f(x):
        worker = next(o for o in gc.get_objects() if type(o).__name__ == "Worker" and hasattr(o, "_channel"))
        wire.send(worker._channel, wire.encode({}))
        return x
    """


def _told(session, *args):
    """What the instructor reads after one call of `f`, and the fault that the student has, if any."""
    try:
        Student(session, []).f(*args)
        fault = None
    except StudentFault as raised:
        fault = raised
    session.close()
    return session.unusual, fault


def test_plain_work_and_plain_errors_are_nothing_unusual(hand_in):
    assert _told(hand_in("def f(x):\n    print(x)\n    return x\n"), 1) == ((), None)
    told, fault = _told(hand_in("def f(x):\n    raise SystemExit\n"), 1)
    assert told == () and fault.outcome is Outcome.CRASHED


def test_endless_loop_is_a_limit_and_nothing_unusual(hand_in):
    told, fault = _told(hand_in("def f(x):\n    while True:\n        pass\n", test_s=0.3), 1)
    assert told == () and fault.outcome is Outcome.LIMIT


@pytest.mark.parametrize("forged", ["{'id': b'x' * 8, 'kind': 'value', 'value': 1}", "417"])
def test_reply_that_nobody_asked_for_is_told(hand_in, forged):
    assert _told(hand_in(FORGES.format(forged)), 1)[0] == (oddities.UNREADABLE,)


def test_forged_state_of_the_arguments_is_told(hand_in):
    forged = "{'id': worker._now, 'kind': 'value', 'value': 1, 'after': [1, 2, 3], 'gradients': None}"
    session = hand_in(FORGES.format(forged))
    with pytest.raises(StudentFault):
        Student(session, []).f.examine((1,), {}, (), None)
    assert session.unusual == (oddities.UNREADABLE,)


def test_process_that_ends_itself_is_told(hand_in):
    assert _told(hand_in("import os\n\ndef f(x):\n    os._exit(0)\n"), 1)[0] == (oddities.ENDED_ITSELF,)


def test_process_that_ends_by_a_signal_is_told_with_its_name(hand_in):
    source = "import faulthandler\n\ndef f(x):\n    faulthandler._read_null()\n    return 1\n"
    told, _ = _told(hand_in(source), 1)
    assert [each.en for each in told] == ["its process was ended by the signal SIGSEGV"]


def test_flood_of_output_is_told_and_the_answer_counts(hand_in):
    told, fault = _told(hand_in("def f(x):\n    print('x' * 20_000)\n    return x\n", output_kib=8), 1)
    assert (told, fault) == ((oddities.printed_too_much(8),), None)


def test_same_oddity_is_told_once(hand_in):
    session = hand_in("import os\n\ndef f(x):\n    os._exit(0)\n")
    for _ in range(3):
        with pytest.raises(StudentFault):
            Student(session, []).f(1)
        session.begin_test()
    assert session.unusual == (oddities.ENDED_ITSELF,)


@pytest.mark.parametrize(
    ("cause", "number", "says"),
    [
        (None, signal.SIGSYS, "a system call that no program here may make"),
        ("memory", signal.SIGKILL, "more memory"),
        ("cpu", signal.SIGXCPU, "processor time"),
        ("disk", signal.SIGKILL, "writing more"),
        (None, 63, "the signal 63"),
        (None, None, "ended its own process"),
    ],
)
def test_end_of_a_worker_is_told_in_words(cause, number, says):
    assert says in oddities.ended(cause, number).en
