"""The data-only format between the grader and a worker: values, messages, frames.

Covers exact builtin types, numpy arrays and scalars, torch tensors, handles and callbacks, with every
size capped before memory is taken. A value that arrives is rebuilt from bytes, so no class, method or
operator of the sender's comes along. Does not cover what messages mean. Imports nothing of the
platform: the worker has only this file.
"""

from __future__ import annotations

import functools
import os
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgpack

if TYPE_CHECKING:
    import numpy as np
    import torch

VERSION = 1
MAX_BYTES = 64 * 2**20
MAX_ITEMS = 2**20
MAX_DEPTH = 32
MAX_DIMS = 16
MAX_EQUAL_HASHES = 1000
_CHUNK = 2**18
_FIRST = 2**12  # is asked for at once: most messages are shorter, header and all
_MSGPACK: Any = msgpack  # it declares no types
_HEADER = struct.Struct(">I")
_PATIENCE_S = 0.0003 if len(os.sched_getaffinity(0)) > 1 else 0.0  # with one processor, the other side needs it

_LIST, _TUPLE, _DICT, _SET, _FROZENSET, _BIG_INT, _ARRAY, _SCALAR, _TENSOR, _HANDLE, _CALLBACK = range(11)

_NUMPY = frozenset((
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
))  # fmt: skip
_TORCH = frozenset(("bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"))
_PLAIN = frozenset((type(None), bool, float, str, bytes))  # go as they are, as most integers do
_SENT_PLAIN = _PLAIN | {int}


class WireError(Exception):
    """Bytes or values that do not fit the format; says what was wrong, never holds the data."""


class Closed(WireError):
    """The other side is gone."""


class Late(WireError):
    """The deadline passed before the message was whole."""


@dataclass(frozen=True)
class Handle:
    """An object that stays in the worker, known by its number and the name of its type."""

    id: int
    type_name: str


@dataclass(frozen=True)
class Callback:
    """A function of the grader's that the worker may call, known by its number."""

    id: int


def encode(value: Any, other: Callable[[Any], Handle | Callback] | None = None) -> bytes:
    """Bytes of a value; `other` turns objects outside the format into handles or callbacks.

    `decode(encode((1, [True]))) -> (1, [True])`. Raises WireError for what does not fit.
    """
    try:
        packed: bytes = _MSGPACK.packb(_flatten(value, other, 0), use_bin_type=True)
    except (ValueError, OverflowError, UnicodeEncodeError, RecursionError) as error:
        raise WireError(f"value cannot be sent: {type(error).__name__}") from None
    if len(packed) > MAX_BYTES:
        raise WireError(f"value is larger than {MAX_BYTES // 2**20} MiB")
    return packed


def decode(data: bytes | bytearray) -> Any:
    """The value that these bytes hold, built anew of exact types. Raises WireError for anything odd."""
    if _holds_more_than(MAX_ITEMS, data):
        raise WireError(f"message holds more than {MAX_ITEMS} values")
    try:
        flat = _MSGPACK.unpackb(
            data, raw=False, strict_map_key=True, max_str_len=MAX_BYTES, max_bin_len=MAX_BYTES,
            max_array_len=MAX_ITEMS, max_map_len=0, max_ext_len=0,
        )  # fmt: skip
    except Late:
        raise  # an alarm rang meanwhile: nothing is wrong with the bytes
    except Exception as error:  # noqa: BLE001 - msgpack raises many kinds on hostile bytes; all mean the same here
        raise WireError(f"bytes are not a message: {type(error).__name__}") from None
    return _rebuild(flat, 0)


# Bytes that a value takes up to its content, by its first byte; for texts and blobs, the bytes of their length.
_STEPS = {0xCA: 5, 0xCB: 9, 0xCC: 2, 0xCD: 3, 0xCE: 5, 0xCF: 9, 0xD0: 2, 0xD1: 3, 0xD2: 5, 0xD3: 9, 0xDC: 3, 0xDD: 5}
_LENGTHS = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}


def _holds_more_than(most: int, data: bytes | bytearray) -> bool:
    """Whether the bytes hold more values than `most`, told without building any: small lists take 70 times their bytes.

    A value takes a byte at least, so that short messages need no count.
    """
    if len(data) <= most:
        return False
    at, count, end = 0, 0, len(data)
    while at < end and count <= most:
        first = data[at]
        count += 1
        if width := _LENGTHS.get(first):
            at += 1 + width + int.from_bytes(data[at + 1 : at + 1 + width], "big")
        elif 0xA0 <= first <= 0xBF:
            at += 1 + (first & 0x1F)
        else:
            at += _STEPS.get(first, 1)
    return count > most


def _flatten(value: Any, other: Callable[[Any], Handle | Callback] | None, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise WireError(f"value is nested more than {MAX_DEPTH} deep")
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is int:
        return _flatten_int(value)
    if kind is list or kind is tuple:
        return _flatten_items(_LIST if kind is list else _TUPLE, value, other, depth + 1)
    # Nothing is an array or a tensor where nobody has imported what makes them.
    if (torch := sys.modules.get("torch")) is not None and isinstance(value, torch.Tensor):
        return [_TENSOR, *_flatten_tensor(value)]
    if (numpy := sys.modules.get("numpy")) is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        return [_ARRAY if isinstance(value, numpy.ndarray) else _SCALAR, *_flatten_array(numpy.asarray(value))]
    if isinstance(value, Handle):
        return [_HANDLE, value.id, value.type_name]
    if isinstance(value, Callback):
        return [_CALLBACK, value.id]
    if isinstance(value, int):
        return _flatten_int(int.__int__(value))
    for base in (float, str, bytes):
        if isinstance(value, base):
            return _plain(base, value)
    deeper = depth + 1
    if isinstance(value, list):
        return _flatten_items(_LIST, list.__iter__(value), other, deeper)
    if isinstance(value, tuple):
        return _flatten_items(_TUPLE, tuple.__iter__(value), other, deeper)
    if isinstance(value, dict):
        flat: list[Any] = [_DICT]
        for key, item in dict.items(value):
            flat += [_flatten(key, other, deeper), _flatten(item, other, deeper)]
        return flat
    if isinstance(value, (set, frozenset)):
        tag = _SET if isinstance(value, set) else _FROZENSET
        return _flatten_items(tag, value, other, deeper)
    if other is None:
        raise WireError(f"{kind.__name__} is not data")
    return _flatten(other(value), None, deeper)


def _flatten_items(
    tag: int, items: Iterable[Any], other: Callable[[Any], Handle | Callback] | None, depth: int
) -> list[Any]:
    flat: list[Any] = [tag]
    flat += [item if type(item) in _PLAIN else _flatten(item, other, depth) for item in items]
    return flat


def _plain(base: type, value: Any) -> Any:
    if base is float:
        return float.__float__(value)
    if base is str:
        return str.__str__(value) if type(value) is str else "".join(str.__iter__(value))
    return bytes(bytes.__iter__(value))


def _flatten_int(value: int) -> Any:
    if -(2**63) <= value < 2**64:
        return value
    if value.bit_length() > 8192:
        raise WireError("integer has more than 8192 bits")
    return [_BIG_INT, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True)]


def _flatten_array(array: np.ndarray) -> list[Any]:
    name = _name(array.dtype)
    if name not in _NUMPY:
        raise WireError(f"array of dtype {name} is not data")
    return [name, *_laid_out(array)]


@functools.lru_cache(maxsize=64)
def _name(dtype: np.dtype) -> str:
    return dtype.name


@functools.cache
def _dtype(name: str) -> np.dtype:
    import numpy as np  # 0.04 s: only where an array comes by

    if name not in _NUMPY:
        raise WireError("message holds an array of an unknown dtype")
    return np.dtype(name)


def _laid_out(array: np.ndarray) -> list[Any]:
    """Dimensions, axes from the slowest to the fastest in memory, and the bytes in that order."""
    if array.flags.c_contiguous:
        return [list(array.shape), list(range(array.ndim)), array.tobytes()]
    order = _memory_order(tuple(array.strides), tuple(array.shape))
    return [list(array.shape), list(order), array.transpose(order).tobytes()]


def _flatten_tensor(tensor: torch.Tensor) -> list[Any]:
    import torch

    with torch._C.DisableTorchFunctionSubclass():  # a subclass could answer for itself otherwise
        tensor = tensor.detach().as_subclass(torch.Tensor)
    name = str(tensor.dtype).removeprefix("torch.")
    if name not in _TORCH or tensor.layout is not torch.strided or tensor.device.type != "cpu":
        raise WireError(f"tensor of {name}, {tensor.layout}, {tensor.device.type} is not data")
    if tensor.dtype is torch.bool:
        tensor = tensor.to(torch.uint8)  # whatever byte stands for true becomes 1
    elif tensor.dtype is torch.bfloat16:
        tensor = tensor.view(torch.int16)  # of the same width; numpy has no such type
    return [name, *_laid_out(tensor.resolve_neg().numpy())]


def _memory_order(strides: tuple[int, ...], dims: tuple[int, ...]) -> tuple[int, ...]:
    """Axes from the slowest to the fastest in memory: a transposed input arrives transposed."""
    return tuple(sorted(range(len(dims)), key=lambda axis: (-abs(strides[axis]), axis)))


def _rebuild(flat: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise WireError(f"message is nested more than {MAX_DEPTH} deep")
    if type(flat) is not list:
        if type(flat) in _SENT_PLAIN:
            return flat
        raise WireError("message holds an unknown kind of value")
    if not flat or type(flat[0]) is not int:
        raise WireError("message holds an untagged list")
    tag, rest = flat[0], flat[1:]
    if tag in _CONTAINERS:
        deeper = depth + 1
        return _rebuild_container(tag, [item if type(item) in _SENT_PLAIN else _rebuild(item, deeper) for item in rest])
    build = _LEAVES.get(tag)
    if build is None:
        raise WireError(f"message holds an unknown tag {tag}")
    try:
        return build(*rest)
    except WireError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile bytes may break a rebuild anywhere; all mean the same here
        raise WireError(f"message holds a malformed value: {type(error).__name__}") from None


_CONTAINERS = {_LIST, _TUPLE, _DICT, _SET, _FROZENSET}


def _rebuild_container(tag: int, items: list[Any]) -> Any:
    if tag == _LIST:
        return items
    if tag == _TUPLE:
        return tuple(items)
    try:
        keys = items[::2] if tag == _DICT else items
        # Numbers can be chosen to share one hash; a set of a million of them would take hours to build.
        if len(keys) - len(set(map(hash, keys))) > MAX_EQUAL_HASHES:
            raise WireError("message holds a set or a dict of too many equal hashes")
        if tag == _SET:
            return set(items)
        if tag == _FROZENSET:
            return frozenset(items)
        return dict(zip(items[::2], items[1::2], strict=True))
    except (TypeError, ValueError):
        raise WireError("message holds a malformed container") from None


def _rebuild_int(raw: bytes) -> int:
    if type(raw) is not bytes or len(raw) > 1025:
        raise WireError("message holds a malformed integer")
    return int.from_bytes(raw, "big", signed=True)


def _checked(dims: Any, order: Any, raw: Any, item_bytes: int) -> tuple[list[int], list[int]]:
    """Slow-to-fast shape and its inverse order, after the sizes were found to agree."""
    if type(dims) is not list or type(order) is not list or type(raw) is not bytes or len(dims) > MAX_DIMS:
        raise WireError("message holds a malformed array")
    if any(type(d) is not int or not 0 <= d <= MAX_BYTES for d in dims) or sorted(order) != list(range(len(dims))):
        raise WireError("message holds an array with malformed dimensions")
    count, extent = 1, 1
    for d in dims:
        count *= d
        extent *= max(d, 1)  # an empty array of astronomic dimensions breaks what looks at it
    if extent > MAX_BYTES:
        raise WireError("message holds an array with dimensions that are too large")
    if count * item_bytes != len(raw):
        raise WireError("message holds an array whose size and shape disagree")
    inverse = [order.index(axis) for axis in range(len(order))]
    return [dims[axis] for axis in order], inverse


def _in_order(axes: list[int]) -> bool:
    return axes == list(range(len(axes)))


def _rebuild_array(name: str, dims: Any, order: Any, raw: bytes) -> np.ndarray:
    import numpy as np

    dtype = _dtype(name)
    stored, inverse = _checked(dims, order, raw, dtype.itemsize)
    if dtype.kind == "b" and raw.strip(b"\x00\x01"):
        raise WireError("message holds booleans other than 0 and 1")
    array = np.frombuffer(bytearray(raw), dtype=dtype).reshape(stored)
    return array if _in_order(inverse) else array.transpose(inverse)


def _rebuild_scalar(name: str, dims: Any, order: Any, raw: bytes) -> Any:
    if dims != []:
        raise WireError("message holds a malformed scalar")
    return _rebuild_array(name, dims, order, raw)[()]


def _rebuild_tensor(name: str, dims: Any, order: Any, raw: bytes) -> torch.Tensor:
    import torch  # 1.3 s: only where a tensor comes by

    if name not in _TORCH:
        raise WireError("message holds a tensor of an unknown dtype")
    dtype = getattr(torch, name)
    stored, inverse = _checked(dims, order, raw, dtype.itemsize)
    if dtype is torch.bool and raw.strip(b"\x00\x01"):
        raise WireError("message holds booleans other than 0 and 1")
    flat = torch.frombuffer(bytearray(raw), dtype=dtype) if raw else torch.empty(0, dtype=dtype)
    tensor = flat.view(stored)
    return tensor if _in_order(inverse) else tensor.permute(inverse)


def _rebuild_handle(number: int, type_name: str) -> Handle:
    if type(number) is not int or type(type_name) is not str:
        raise WireError("message holds a malformed handle")
    return Handle(number, "".join(c for c in type_name[:40] if c.isidentifier() or c.isdigit()))


def _rebuild_callback(number: int) -> Callback:
    if type(number) is not int:
        raise WireError("message holds a malformed callback")
    return Callback(number)


_LEAVES: dict[int, Callable[..., Any]] = {
    _BIG_INT: _rebuild_int,
    _ARRAY: _rebuild_array,
    _SCALAR: _rebuild_scalar,
    _TENSOR: _rebuild_tensor,
    _HANDLE: _rebuild_handle,
    _CALLBACK: _rebuild_callback,
}


def send(channel: socket.socket, payload: bytes, deadline: float | None = None) -> None:
    """Sends one frame. Raises Late after `deadline` (seconds of time.monotonic), Closed if nobody reads."""
    try:
        channel.settimeout(_left(deadline))
        channel.sendall(_HEADER.pack(len(payload)) + payload)
    except TimeoutError:
        raise Late("the message was not taken in time") from None
    except OSError:
        raise Closed("the other side is gone") from None


def receive(channel: socket.socket, deadline: float | None = None, max_bytes: int = MAX_BYTES) -> bytearray:
    """Receives one frame; memory grows with what arrives, never with what was announced.

    Sides take turns: a frame has all arrived before the other side is asked for the next. Raises WireError, and Late
    and Closed as `send` does, when more arrives.
    """
    data, whole = bytearray(), _HEADER.size
    while len(data) < whole:
        data += _piece(channel, min(_CHUNK, max(whole - len(data), _FIRST)), deadline)
        if whole == _HEADER.size <= len(data):
            (size,) = _HEADER.unpack(data[: _HEADER.size])
            if size > max_bytes:
                raise WireError(f"a message of {size} bytes was announced, {max_bytes} are allowed")
            whole += size
    if len(data) > whole:
        raise WireError("more than one message came at once")
    del data[: _HEADER.size]
    return data


def _piece(channel: socket.socket, most: int, deadline: float | None) -> bytes:
    try:
        piece = _soon(channel, most) if _PATIENCE_S else None
        if piece is None:
            channel.settimeout(_left(deadline))
            piece = channel.recv(most)
    except TimeoutError:
        raise Late("no whole message came in time") from None
    except OSError:
        raise Closed("the other side is gone") from None
    if not piece:
        raise Closed("the other side is gone")
    return piece


def _soon(channel: socket.socket, most: int) -> bytes | None:
    """What comes within moments, for which the processor does not go to sleep; waking takes it longer than most work.

    `settimeout(0)` makes the socket raise BlockingIOError where nothing is there.
    """
    channel.settimeout(0)
    ends = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return channel.recv(most)
        except BlockingIOError:
            if time.monotonic() > ends:
                return None
            os.sched_yield()


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
