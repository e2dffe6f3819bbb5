from __future__ import annotations

import pytest
import torch

from autograder.checks import Mismatch, Public, close, gradients, parts, raises, same, shape, unchanged
from autograder.machinery.faults import StudentFault
from autograder.machinery.proxy import Student
from autograder.types import Outcome

NAME = {"en": "out", "fr": "la sortie"}


@pytest.fixture
def student_of(hand_in):
    """`student_of("def f(x): ...")` is the proxy of that work; its record is `student_of.record`."""

    def start(*cells, **limits):
        start.record = []
        return Student(hand_in(*cells, **limits), start.record)

    return start


def _fault(call, *args, **kwargs):
    with pytest.raises(StudentFault) as caught:
        call(*args, **kwargs)
    return caught.value


def test_call_passes_arguments_and_brings_data_back(student_of):
    student = student_of("def f(x, *rest, scale=1, **more):\n    return x, rest, scale, more\n")
    assert student.f([1, (2, None)], True, scale=2.5, other={"a": b"b"}) == (
        [1, (2, None)], (True,), 2.5, {"other": {"a": b"b"}},
    )  # fmt: skip


def test_tensor_keeps_layout_and_type_and_comes_back_plain(student_of):
    student = student_of("""
        import torch

        class Odd(torch.Tensor):
            def __eq__(self, other):
                return True

        def f(x):
            return (x * 1).as_subclass(Odd), x.is_contiguous(), str(x.dtype)
        """)
    x = torch.arange(6.0, dtype=torch.float64).reshape(2, 3).T
    value, contiguous, dtype = student.f(x)
    assert type(value) is torch.Tensor and torch.equal(value, x)
    assert (contiguous, dtype) == (False, "torch.float64")


def test_subclasses_of_builtins_come_back_as_the_builtins(student_of):
    student = student_of("""
        class Text(str):
            def __eq__(self, other):
                return True

        class Items(list):
            def __len__(self):
                return 99

        def f():
            return [Text("wrong"), Items([1])]
        """)
    value = student.f()
    assert value == ["wrong", [1]] and [type(item) for item in value] == [str, list] and len(value[1]) == 1


def test_name_the_assignment_does_not_require_is_a_slip_of_the_suite(student_of):
    with pytest.raises(AttributeError, match="not among the names"):
        student_of("def f():\n    pass\n").secret  # noqa: B018 - the access is what is tested


def test_class_is_constructed_and_used_through_a_handle(student_of):
    student = student_of("""
        class Model:
            def __init__(self, width, parts=()):
                self.width, self._parts = width, list(parts)

            def forward(self, x):
                return x * self.width

            def with_part(self, part):
                return Model(self.width, [*self._parts, part])

            def parts(self):
                return self._parts

            def __call__(self, x):
                return -x
        """)
    model = student.Model(4)
    assert model.type_name == "Model" and model.get("width") == 4
    assert model.forward(3) == 12
    assert model.__dict__ is not None and not hasattr(model, "__len__")
    (part,) = model.with_part(student.Model(5)).parts()
    assert part.get("width") == 5
    assert _fault(model.backward).text.en.startswith("your code raised AttributeError")


def test_object_is_no_data_that_a_comparison_accepts(student_of):
    student = student_of("class Thing: ...\n\ndef f():\n    return Thing()\n")
    for check, expected in ((same, 3), (close, 3.0), (shape, (1,))):
        with pytest.raises(Mismatch, match="Thing"):
            check(student.f(), expected, **NAME)
    with pytest.raises(Mismatch, match="Thing was returned, a tuple of 2 values"):
        parts(student.f(), 2, **NAME)


def test_trusted_function_is_called_back_with_data(student_of):
    student = student_of("def f(step, n):\n    return [step(i, scale=2) for i in range(n)]\n")
    seen = []

    def step(i, scale):
        seen.append((i, scale))
        return torch.tensor(float(i * scale))

    assert [float(value) for value in student.f(step, 3)] == [0.0, 2.0, 4.0]
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_trusted_function_that_refuses_its_arguments_raises_in_their_code(student_of):
    student = student_of("""
        def f(step):
            try:
                return step("one", "too many")
            except RuntimeError as error:
                return str(error)

        def g(step):
            return step(object())
        """)
    assert student.f(lambda x: x) == "the function that was passed in raised an error on these arguments"
    assert "RuntimeError" in _fault(student.g, lambda x: x + 1).text.en


def test_function_is_replaced_for_the_length_of_each_call(student_of):
    student = student_of("def g(x):\n    raise NotImplementedError\n\ndef f(x):\n    return g(x) + 1\n")
    assert student.using(g=lambda x: 10 * x).f(2) == 21
    assert _fault(student.f, 2).text.en == "not written yet"
    assert student.using(g=lambda x: 0).using(g=lambda x: 5).f(2) == 6


def test_function_with_nothing_to_hide_runs_beside_their_code(student_of):
    student = student_of("""
        def g(x):
            raise NotImplementedError

        def f(x):
            return g(x).sum()
        """)
    x, lent = torch.ones(2, 3), student.using(g=Public("lambda x, scale=2: torch.exp(0 * x) * scale * x"))
    assert lent.f(x) == lent.f(x) == torch.tensor(12.0)
    slopes = {"wrt": (0,), "weights": torch.tensor(1.0)}
    assert torch.equal(gradients(lent.f, x, **slopes)[0], torch.full((2, 3), 2.0))
    elsewhere = student.using(g=lambda x: 2 * x)  # the graph ends at the trip
    assert "RuntimeError" in _fault(gradients, elsewhere.f, x, **slopes).text.en
    assert _fault(student.f, x).text.en == "not written yet"
    assert lent.using(g=lambda x: 5 * x).f(x) == torch.tensor(30.0)


def test_several_calls_make_one_trip(student_of):
    student = student_of("def f(x, y=0, scale=1):\n    x.append(y)\n    return scale * sum(x)\n")
    given = [1]
    assert student.f.each((given,), (given, 4), ([], 5), scale=10) == [10, 50, 50]
    assert student.f.each() == []
    assert student_of.record == [("value", [10, 50, 50]), ("value", [])]
    doubled = student_of("def g(x):\n    return x\n\ndef f(x):\n    return g(x) + 1\n").using(g=lambda x: 2 * x)
    assert doubled.f.each((1,), (2,)) == [3, 5]


def test_a_call_that_fails_fails_the_trip(student_of):
    student = student_of("def f(x):\n    return 1 // x\n")
    assert _fault(student.f.each, (1,), (0,), (2,)).text.en.startswith("your code raised ZeroDivisionError at line 2")


def test_objects_may_be_asked_for_in_one_trip(student_of):
    student = student_of(
        "class Model:\n    def __init__(self, x):\n        self.x = x\n    def m(self, y):\n        return self.x + y\n"
    )
    one, other = student.Model.each((1,), (2,))
    assert (one.m.each((10,), (20,)), other.m(0), other.get("x")) == ([11, 21], 2, 2)


def test_function_they_never_wrote_can_be_given(student_of):
    student = student_of("def f(x):\n    return g(x)\n")
    assert student.using(g=lambda x: x + 1).f(1) == 2
    assert "NameError" in _fault(student.f, 1).text.en


def test_gradients_come_for_tensors_and_dicts_of_weights(student_of):
    student = student_of("def f(x, weights):\n    return (x * weights['w']).sum(-1), None\n")
    x, w = torch.tensor([[1.0, 2.0]]), torch.tensor([3.0, 4.0])
    weights = {"w": w, "unused": torch.ones(2), "n": torch.tensor(3)}
    dx, dw = gradients(student.f, x, weights, wrt=(0, 1), weights=torch.tensor([10.0]))
    assert torch.equal(dx, 10 * w[None])
    assert torch.equal(dw["w"], torch.tensor([10.0, 20.0]))
    assert dw["unused"] is None and dw["n"] is None


def test_gradient_through_detached_work_is_a_fault_of_theirs(student_of):
    student = student_of("def f(x):\n    return x.detach() * 2\n\ndef g(x):\n    return 3\n")
    assert _fault(gradients, student.f, torch.ones(2), wrt=(0,)).outcome is Outcome.CRASHED
    assert "TypeError outside of its own lines" in _fault(gradients, student.g, torch.ones(2), wrt=(0,)).text.en


def test_argument_changed_in_place_is_seen(student_of):
    student = student_of("def f(a, b):\n    b.mul_(2)\n    return a\n\ndef g(items):\n    return sorted(items)\n")
    with pytest.raises(Mismatch, match="argument 2"):
        unchanged(student.f, [1], torch.ones(2), **NAME)
    assert unchanged(student.g, [2, 1], **NAME) == [1, 2]


def test_function_given_as_an_argument_is_not_taken_for_changed(student_of):
    student = student_of("def f(step, x):\n    return step(x)\n\ndef g(step, x):\n    return step(x.mul_(2))\n")
    assert unchanged(student.f, float, torch.ones(1), **NAME) == 1.0
    with pytest.raises(Mismatch, match="argument 2"):
        unchanged(student.g, float, torch.ones(1), **NAME)


def test_number_of_gradients_that_was_not_asked_for_is_unreadable(student_of):
    student = student_of("""
        import gc
        from autograder import wire

        def f(x):
            worker = next(o for o in gc.get_objects() if type(o).__name__ == "Worker" and hasattr(o, "_channel"))
            reply = {"id": worker._now, "kind": "value", "value": x, "after": [x], "gradients": []}
            wire.send(worker._channel, wire.encode(reply))
        """)
    assert _fault(gradients, student.f, torch.ones(2), wrt=(0,)).names == ("Unreadable",)


def test_forbidden_function_is_told_with_its_line(student_of):
    student = student_of("import torch\n\ndef f(x):\n    return torch.softmax(x, -1)\n")
    fault = _fault(student.f, torch.ones(2))
    assert fault.outcome is Outcome.FAILED
    assert fault.text.en == (
        "your code calls `torch.softmax` at line 4: `return torch.softmax(x, -1)`; this assignment does not allow it"
    )


def test_forbidden_function_is_so_under_any_import(student_of):
    student = student_of("from torch.nn.functional import softmax as s\n\ndef f(x):\n    return s(x, -1)\n")
    assert "`torch.nn.functional.softmax`" in _fault(student.f, torch.ones(2)).text.fr


def test_text_of_a_student_error_is_never_told(student_of):
    student = student_of("""
        import sys

        def f(x):
            raise ValueError("peri" + f"scope {x}")

        def g(x):
            raise type("Sub" + x, (KeyError,), {})(x)

        def spoil(x):
            raise sys.modules["autograder.worker.serve"].Forbidden("Sub" + x)
        """)
    for function, shown in ((student.f, "ValueError"), (student.g, "KeyError"), (student.spoil, "Exception")):
        fault = _fault(function, "marine")
        told = fault.text.en + fault.text.fr + str(fault)
        assert shown in told and "marine" not in told and "periscope" not in told


def test_error_that_was_to_be_raised_is_recognised_by_its_name(student_of):
    student = student_of("class Wrong(ValueError): ...\n\ndef f(x):\n    raise Wrong(x)\n")
    raises("ValueError", student.f, 1, **NAME)
    with pytest.raises(Mismatch, match="not KeyError"):
        raises("KeyError", student.f, 1, **NAME)


def test_limit_passes_through_a_check_for_an_error(student_of):
    student = student_of("def f():\n    while True:\n        pass\n", test_s=0.5)
    with pytest.raises(StudentFault) as caught:
        raises("ValueError", student.f, **NAME)
    assert caught.value.outcome is Outcome.LIMIT


def test_record_holds_what_every_call_brought(student_of):
    student = student_of("def f(x):\n    return x\n\ndef g():\n    raise KeyError\n")
    student.f(3)
    _fault(student.g)
    _fault(student.absent)
    assert student_of.record == [("value", 3), ("error", "KeyError"), ("error", "Missing")]


@pytest.mark.parametrize("value", ["(i for i in range(3))", "[object()]", "range(3)", "lambda: 1", "{1: {2: f}}"])
def test_what_is_no_data_comes_as_handles(student_of, value):
    student = student_of(f"def f():\n    return {value}\n")
    with pytest.raises(Mismatch):
        same(student.f(), 3, **NAME)


def test_result_too_large_to_send_is_their_fault(student_of):
    fault = _fault(student_of("def f():\n    return bytes(70 * 2**20)\n").f)
    assert fault.outcome is Outcome.FAILED and "not plain data" in fault.text.en
