from __future__ import annotations

import time

import pytest

from autograder.checks import Public
from autograder.machinery.faults import StudentFault
from autograder.machinery.proxy import Student
from autograder.types import Outcome


def _student(session):
    return Student(session, [])


def _fault(call, *args):
    with pytest.raises(StudentFault) as caught:
        call(*args)
    return caught.value


def test_endless_loop_costs_its_own_test_only(hand_in):
    session = hand_in("def f(x):\n    while x:\n        pass\n    return 1\n", test_s=0.5)
    student, start = _student(session), time.monotonic()
    fault = _fault(student.f, True)
    assert 0.4 < time.monotonic() - start < 5
    assert (fault.outcome, fault.names, fault.is_limit) == (Outcome.LIMIT, ("Limit",), True)
    assert _fault(student.f, False).text.en.startswith("your code ended its process")
    session.begin_test()
    assert student.f(False) == 1


def test_time_of_a_test_is_shared_by_its_calls(hand_in):
    student = _student(hand_in("import time\n\ndef f(s):\n    time.sleep(s)\n", test_s=1.0))
    student.f(0.6)
    assert _fault(student.f, 0.6).outcome is Outcome.LIMIT


def test_crash_costs_its_own_test_only(hand_in):
    session = hand_in("import os\n\ndef f(x):\n    return os._exit(3) if x else 1\n")
    student = _student(session)
    fault = _fault(student.f, True)
    assert (fault.outcome, fault.is_limit) == (Outcome.CRASHED, False)
    assert "must return a value" in fault.text.en
    session.begin_test()
    assert student.f(False) == 1


def test_memory_blow_up_is_a_limit_and_the_worker_goes_on(hand_in):
    session = hand_in("def f(n):\n    return len(bytearray(n))\n", memory_mib=128)
    fault = _fault(_student(session).f, 10**10)
    assert fault.outcome is Outcome.LIMIT and "at line 2: `return len(bytearray(n))`" in fault.text.en
    assert _student(session).f(10) == 10


def test_memory_that_torch_is_refused_is_the_same_limit(hand_in):
    session = hand_in("import torch\n\ndef f(n):\n    return torch.ones(n).sum().item()\n", memory_mib=128)
    fault = _fault(_student(session).f, 10**10)
    assert fault.outcome is Outcome.LIMIT and "at line 4: `return torch.ones(n).sum().item()`" in fault.text.en


def test_memory_of_which_nothing_is_left_is_a_limit_too(hand_in):
    source = """
        import torch
        kept = []

        def f():
            for size in (2**20, 2**16, 2**12, 2**8, 2**4, 1):
                try:
                    while True:
                        kept.append(torch.ones(size))
                except (MemoryError, RuntimeError):
                    pass
            for size in (2**16, 2**12, 2**8, 2**6, 2**4, 1):
                try:
                    while True:
                        kept.append(bytearray(size))
                except MemoryError:
                    pass
            raise ValueError
        """
    session = hand_in(source, memory_mib=64)
    fault = _fault(_student(session).f)
    assert fault.outcome is Outcome.LIMIT and "more memory than it may use" in fault.text.en


def test_work_that_does_not_load_in_time_is_asked_nothing_more(hand_in):
    start = time.monotonic()
    session = hand_in("def f(x):\n    return x\n\nwhile True:\n    pass\n", load_s=0.5)
    for _ in range(3):
        fault = _fault(_student(session).f, 1)
        assert fault.outcome is Outcome.LIMIT and fault.text.en.startswith("While loading: your code did not come")
        session.begin_test()
    assert time.monotonic() - start < 10


def test_time_of_the_whole_submission_ends_every_test(hand_in):
    session = hand_in("import time\n\ndef f(s):\n    time.sleep(s)\n    return s\n", submission_s=2.0, test_s=1.0)
    student = _student(session)
    outcomes = []
    for _ in range(4):
        try:
            outcomes.append(student.f(0.8))
        except StudentFault as fault:
            outcomes.append(fault.outcome)
        session.begin_test()
    assert outcomes[-1] is Outcome.LIMIT


def test_state_lasts_through_a_suite(hand_in):
    session = hand_in("n = 0\n\ndef f():\n    global n\n    n += 1\n    return n\n")
    student = _student(session)
    assert student.f() == 1
    session.begin_test()
    assert student.f() == 2


def test_cell_that_raises_is_told_and_others_count(hand_in):
    session = hand_in("x = 1 / 0", "def f(:", "def f(x):\n    return x\n")
    assert [problem.en for problem in session.problems] == [
        "While loading: your code raised ZeroDivisionError in cell 1, line 1: `x = 1 / 0`",
        "While loading: your code raised SyntaxError in cell 2, line 1: `def f(:`",
    ]
    assert session.problems[0].fr == (
        "Au chargement\u00a0: votre code a levé ZeroDivisionError dans la cellule 1, ligne 1\u00a0: `x = 1 / 0`"
    )
    assert _student(session).f(7) == 7


def test_name_that_is_not_defined_is_told_without_asking_the_worker(hand_in):
    fault = _fault(_student(hand_in("def g():\n    pass\n")).f, 1)
    assert (fault.outcome, fault.names, fault.text.en) == (
        Outcome.FAILED, ("Missing",), "your work does not define `f`",
    )  # fmt: skip


def test_shipped_file_is_read_under_its_path(hand_in):
    session = hand_in("def f():\n    return open('data/a.txt').read()\n", files={"data/a.txt": b"shipped"})
    assert _student(session).f() == "shipped"


@pytest.mark.parametrize(
    "reply",
    [
        "b'nothing'",
        "wire.encode(417)",
        "wire.encode({'id': b'x' * 8, 'kind': 'value', 'value': 1})",
        "wire.encode({'id': NOW, 'value': 1})",
        "wire.encode({'id': NOW, 'kind': np.zeros(2)})",
        "wire.encode({'id': np.zeros(2), 'kind': 'value'})",
        "wire.encode({'id': NOW, 'kind': 'granted', 'value': 1})",
        "wire.encode({'id': NOW, 'kind': 'error'})",
        "wire.encode({'id': NOW, 'kind': 'error', 'names': [], 'cell': 0, 'line': 1, 'detail': ''})",
        "wire.encode({'id': NOW, 'kind': 'error', 'names': 3, 'cell': np.zeros(2), 'line': 1, 'detail': ''})",
        "wire.encode({'id': NOW, 'kind': 'callback', 'callback': [], 'args': [], 'kwargs': {}})",
        "wire.encode({'id': NOW, 'kind': 'callback', 'callback': 0, 'args': [], 'kwargs': {}})",
    ],
)
def test_forged_reply_is_the_students_fault_not_ours(hand_in, reply):
    session = hand_in(f"""
        import gc
        import numpy as np
        from autograder import wire

        def f(x):
            worker = next(o for o in gc.get_objects() if type(o).__name__ == "Worker" and hasattr(o, "_channel"))
            NOW = worker._now
            wire.send(worker._channel, {reply})
            return x
        """)
    fault = _fault(_student(session).f, 1)
    assert (fault.outcome, fault.names) == (Outcome.CRASHED, ("Unreadable",))
    session.begin_test()
    assert _fault(_student(session).g).names == ("Missing",)


def test_type_name_made_from_an_input_is_not_shown(hand_in):
    session = hand_in("""
        class Doubled: ...

        def f(x):
            return type("Sub" + x, (), {})()

        def g():
            return Doubled()
        """)
    student = _student(session)
    assert student.f("marine").type_name == "object"
    assert student.g().type_name == "Doubled"
    shown = [session.type_name(name) for name in ("generator", "function", "dict_keys", "Dou", "")]
    assert shown == ["generator", "function", "dict_keys", "object", "object"]


REMEMBERS = """
    seen = []

    def g(x):
        return list(seen)

    def f(x):
        seen.append(g(x))
        return seen[-1]
"""


def test_worker_that_was_lent_a_function_is_not_asked_for_it_afterwards(hand_in):
    student = _student(hand_in(REMEMBERS))
    assert student.using(g=lambda x: x * 7).f(3) == 21
    assert student.using(g=lambda x: x * 7).f(4) == 28
    assert student.g(0) == []


def test_worker_that_was_lent_one_with_nothing_to_hide_is_not_asked_for_it_afterwards(hand_in):
    student = _student(hand_in(REMEMBERS))
    assert student.using(g=Public("lambda x: x * 7")).f(3) == 21
    assert student.g(0) == []


def test_worker_that_was_lent_nothing_of_the_name_is_kept(hand_in):
    student = _student(hand_in(REMEMBERS))
    assert student.f(0) == []
    assert student.g(0) == [[]]


def test_trusted_function_is_stopped_when_the_time_of_the_test_is_over(hand_in):
    def count(number):
        return sum(1 for _ in range(number))

    session = hand_in("def f(step):\n    return step(10**12)\n\ndef g(step):\n    return step(3)\n", test_s=0.5)
    student, start = _student(session), time.monotonic()
    assert _fault(student.f, count).is_limit
    assert time.monotonic() - start < 5
    session.begin_test()
    assert student.g(count) == 3


def test_results_beyond_what_is_kept_are_like_no_others(hand_in, monkeypatch):
    monkeypatch.setattr("autograder.machinery.proxy.MAX_RECORDED_BYTES", 10_000)
    record = []
    student = Student(hand_in("def f(x):\n    return 'x' * x\n"), record)
    assert student.f(10) == "x" * 10 and student.f(20_000) == "x" * 20_000
    assert record[0] == ("value", "x" * 10)
    assert record[1][0] == "value" and record[1][1] != "x" * 20_000
