"""The wire format: what goes in comes out of exact types; what is hostile is refused before memory is taken."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time

import msgpack
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import wire
from autograder.checks import same_data

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
keys = st.none() | st.booleans() | st.integers() | st.text() | st.tuples(st.integers(), st.text())
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=20,
)


@given(values)
def test_plain_data_comes_back_equal_in_type_and_value(value: object) -> None:
    assert same_data(wire.decode(wire.encode(value)), value)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_value_or_a_wire_error(data: bytes) -> None:
    with contextlib.suppress(wire.WireError):
        wire.decode(data)


messages = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=8) | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=30,
)


@settings(max_examples=300)
@given(messages)
def test_any_well_formed_message_gives_a_value_or_a_wire_error(message: object) -> None:
    with contextlib.suppress(wire.WireError):
        wire.decode(msgpack.packb(message))


@pytest.mark.parametrize("dtype", [getattr(torch, name) for name in sorted(wire._TORCH)], ids=str)
def test_tensors_of_every_dtype_come_back(dtype: torch.dtype) -> None:
    sent = torch.randn(3, 4).mul(3).to(dtype)
    came = wire.decode(wire.encode(sent))
    assert came.dtype == sent.dtype and torch.equal(came, sent)


def test_empty_tensor_that_came_from_numpy_comes_back():
    came = wire.decode(wire.encode(torch.from_numpy(np.zeros(0, dtype=np.int64))))
    assert (came.dtype, tuple(came.shape)) == (torch.int64, (0,))


@pytest.mark.parametrize("dims", [(0,), (0, 3), (1,), (), (2, 0, 4)])
def test_empty_and_scalar_tensors_come_back(dims: tuple[int, ...]) -> None:
    came = wire.decode(wire.encode(torch.zeros(dims)))
    assert came.shape == torch.zeros(dims).shape


def test_transposed_tensor_arrives_transposed_in_memory() -> None:
    sent = torch.randn(2, 3, 4).transpose(0, 2)
    came = wire.decode(wire.encode(sent))
    assert torch.equal(came, sent) and came.stride() == sent.stride() and not came.is_contiguous()


@pytest.mark.parametrize("dtype", [torch.float32, torch.int64, torch.bool], ids=str)
def test_column_of_a_single_row_comes_back(dtype: torch.dtype) -> None:
    column = torch.arange(3).to(dtype)[None][:, 1]
    assert column.stride() == (3,)
    assert torch.equal(wire.decode(wire.encode(column)), column)


def test_expanded_tensor_arrives_with_memory_of_its_own() -> None:
    came = wire.decode(wire.encode(torch.zeros(1, 3).expand(4, 3)))
    came[0, 0] = 1.0
    assert came[1, 0] == 0.0


class AlwaysEqual(torch.Tensor):
    @classmethod
    def __torch_function__(cls, *_: object, **__: object) -> object:
        return True


class LyingInt(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class LyingStr(str):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (LyingInt(3), int),
        (LyingStr("a"), str),
        (type("F", (float,), {})(2.5), float),
        (type("B", (bytes,), {})(b"q"), bytes),
        (type("L", (list,), {})([1]), list),
        (type("D", (dict,), {})(a=1), dict),
        (type("A", (np.ndarray,), {})((2,)), np.ndarray),
        (torch.zeros(2).as_subclass(AlwaysEqual), torch.Tensor),
        (torch.nn.Parameter(torch.zeros(2)), torch.Tensor),
    ],
)
def test_subclass_arrives_as_its_exact_base(sent: object, kind: type) -> None:
    assert type(wire.decode(wire.encode(sent))) is kind


def test_object_outside_the_format_is_refused_or_becomes_a_handle() -> None:
    with pytest.raises(wire.WireError, match="object is not data"):
        wire.encode([object()])
    assert wire.decode(wire.encode([object()], lambda _: wire.Handle(7, "Model"))) == [wire.Handle(7, "Model")]


def test_handle_name_cannot_carry_text() -> None:
    came = wire.decode(wire.encode(wire.Handle(1, "<script>alert(1)</script>" + "x" * 100)))
    assert came.type_name.isidentifier() and len(came.type_name) <= 40


def test_deep_nesting_is_refused_on_both_sides() -> None:
    deep: list[object] = []
    for _ in range(wire.MAX_DEPTH + 2):
        deep = [deep]
    with pytest.raises(wire.WireError, match="deep"):
        wire.encode(deep)
    flat: list[object] = [0]
    for _ in range(wire.MAX_DEPTH + 2):
        flat = [0, flat]
    with pytest.raises(wire.WireError, match="deep"):
        wire.decode(msgpack.packb(flat))


@pytest.mark.parametrize(
    "flat",
    [
        [8, "float32", [2, 2], [0, 1], b"\0" * 15],
        [8, "float32", [2**20, 2**20, 2**20], [0, 1, 2], b""],
        [8, "float32", [-1], [0], b""],
        [8, "float32", [1], [1], b"\0" * 4],
        [8, "complex64", [1], [0], b"\0" * 8],
        [6, "object", [1], [0], b"\0" * 8],
        [8, "bool", [1], [0], b"\x02"],
        [2, "key"],
        [2, [0], 1],
        [3, [0]],
        [5, b"\0" * 2000],
        [99],
        ["a"],
        [],
    ],
)
def test_malformed_value_is_refused(flat: object) -> None:
    with pytest.raises(wire.WireError):
        wire.decode(msgpack.packb(flat))


def test_announced_size_over_the_cap_is_refused_without_reading() -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(struct.pack(">I", 2**32 - 1))
    with pytest.raises(wire.WireError, match="announced"):
        wire.receive(ours, time.monotonic() + 1)


def test_memory_grows_with_what_arrives_not_with_what_is_announced() -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(struct.pack(">I", wire.MAX_BYTES) + b"x")
    with pytest.raises(wire.Late):
        wire.receive(ours, time.monotonic() + 0.1)


def test_slow_sender_does_not_outlast_the_deadline() -> None:
    ours, theirs = socket.socketpair()

    def drip() -> None:
        try:
            theirs.sendall(struct.pack(">I", 100))
            for _ in range(40):
                theirs.sendall(b"x")
                time.sleep(0.05)
        except OSError:
            return

    thread = threading.Thread(target=drip)
    thread.start()
    start = time.monotonic()
    with pytest.raises(wire.Late):
        wire.receive(ours, start + 0.3)
    assert time.monotonic() - start < 1.5
    ours.close()
    thread.join()


def test_end_of_the_other_side_is_told_apart_from_lateness() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with pytest.raises(wire.Closed):
        wire.receive(ours, time.monotonic() + 1)


def test_message_of_millions_of_small_lists_is_refused_before_any_is_built():
    row = b"\xdd" + (2**20).to_bytes(4, "big") + b"\x00" + b"\x91\x00" * (2**20 - 1)
    with pytest.raises(wire.WireError, match="more than"):
        wire.decode(b"\x92\x00" + row)


def test_large_texts_and_blobs_count_as_one_value():
    value = ["x" * 300, b"y" * 70_000, "z" * 70_000, bytes(wire.MAX_ITEMS), "w" * (wire.MAX_ITEMS + 1), 1.5, -3, 2**40]
    assert wire.decode(wire.encode(value)) == value


@pytest.mark.parametrize("collect", [set, frozenset, dict.fromkeys])
def test_numbers_of_one_hash_are_refused(collect):
    numbers = [(2**61 - 1) * at for at in range(3, 3 + 2 * wire.MAX_EQUAL_HASHES)]
    with pytest.raises(wire.WireError, match="equal hashes"):
        wire.decode(wire.encode(collect(numbers)))


def test_empty_array_of_astronomic_dimensions_is_refused():
    with pytest.raises(wire.WireError, match="too large"):
        wire.decode(wire.encode(torch.empty(0, *[2**12] * 4)))
    assert wire.decode(wire.encode(torch.empty(0, 8))).shape == (0, 8)


def test_second_message_in_one_turn_is_refused() -> None:
    ours, theirs = socket.socketpair()
    wire.send(theirs, wire.encode(1))
    wire.send(theirs, wire.encode(2))
    with pytest.raises(wire.WireError, match="more than one message"):
        wire.receive(ours, time.monotonic() + 1)


@pytest.mark.parametrize("size", [0, 1, 4091, 4092, 4093, 2**18, 2**18 + 1, 2**20])
@pytest.mark.parametrize("patience_s", [0.0, 0.0003])
def test_message_of_any_size_arrives_whole(size: int, patience_s: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_PATIENCE_S", patience_s)
    ours, theirs = socket.socketpair()
    sent = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    thread = threading.Thread(target=wire.send, args=(theirs, sent))
    thread.start()
    assert wire.receive(ours, time.monotonic() + 5) == sent
    thread.join()


def test_lazily_negated_tensor_arrives_with_its_values() -> None:
    negated = torch.complex(torch.zeros(3), torch.arange(3.0)).conj().imag
    assert negated.is_neg()
    assert torch.equal(wire.decode(wire.encode(negated)), torch.tensor([-0.0, -1.0, -2.0]))


def test_true_of_any_byte_arrives_as_true() -> None:
    odd = torch.tensor([0, 1, 7], dtype=torch.uint8).view(torch.bool)
    assert wire.decode(wire.encode(odd)).tolist() == [False, True, True]
