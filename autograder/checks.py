"""The comparisons that hidden suites and public checks are written with.

Covers values, shapes, exact data, errors raised, inputs left alone and gradients; every failure says
in both languages what differs and where, and never shows an expected value. Works on plain functions
(public checks, the reference) and on the student proxy (hidden suites) alike. Does not cover scoring.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
import torch

from autograder.language import language
from autograder.types import Picture, Text


@dataclass(frozen=True)
class Tolerance:
    """Largest difference that still counts as right: `atol + rtol * |expected|`, and why so."""

    rtol: float
    atol: float
    why: str


FLOAT64 = Tolerance(1e-7, 1e-9, "float64 against float64: only the order of the additions differs")
FLOAT32 = Tolerance(0.0, 1e-5, "float32: fused and naive attention differ by 2e-6")
STACK = Tolerance(0.0, 1e-4, "float32 through a whole stack of layers")


# Told of every comparison of numbers: (tolerance, largest difference, that difference as a share of what is allowed).
# `autograder validate` sets it where the verdict is made, to calibrate tolerances; nothing else does.
observer: ContextVar[Callable[[Tolerance, float, float], None] | None] = ContextVar("observer", default=None)


class Mismatch(AssertionError):
    """A check that did not hold, in words for the student; the instructor sees the same."""

    def __init__(self, text: Text, picture: Picture | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.picture = picture

    def __str__(self) -> str:
        return self.text.say(language())


@runtime_checkable
class Remote(Protocol):
    """A function that lives in another process; `examine` calls it there and looks at more than its result."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

    def examine(
        self, args: tuple[Any, ...], kwargs: dict[str, Any], wrt: tuple[int, ...], weights: Any
    ) -> Examined: ...


@dataclass(frozen=True)
class Examined:
    """A result, the positions of the arguments the call changed, and the gradients asked for."""

    value: Any
    mutated: tuple[int, ...]
    gradients: tuple[Any, ...]


@dataclass(frozen=True)
class Public:
    """A function with nothing to hide, as an expression in which `torch` stands; lent to a student, it runs there.

    `student.using(softmax=Public("lambda x, dim=-1: torch.ops.aten._safe_softmax(x, dim)"))` saves a trip between two
    processes at each call. Whoever runs beside it can read it: never the reference's own lines.
    """

    expression: str


def expect(condition: bool, *, en: str, fr: str) -> None:
    """Holds when `condition` is True; else says the given sentence.

    `expect(type(ids) is list, en="encode returns a list", fr="encode renvoie une liste")`
    """
    if not np.array_equal(condition, True):
        raise Mismatch(Text(en, fr))


def close(
    actual: Any,
    expected: Any,
    tolerance: Tolerance = FLOAT32,
    *,
    en: str,
    fr: str,
    picture: bool = False,
) -> None:
    """Holds when two numbers, arrays or tensors have one shape and differ within the tolerance.

    `en` and `fr` name the quantity: "attention weights", "les poids d'attention". NaN equals NaN only
    where the expected value is NaN. Says the shape, or the first index that differs, how many do, and
    the largest difference. `picture=True` adds a heat map for results seen as a matrix.
    """
    got = _numbers(actual, en, fr)
    want = _numbers(expected, en, fr)
    if got.shape != want.shape:
        raise Mismatch(_wrong_shape(got.shape, want.shape, en, fr))
    equal = (np.isnan(got) & np.isnan(want)) | (got == want)
    both = np.isfinite(got) & np.isfinite(want)  # an expected inf would allow any distance
    with np.errstate(invalid="ignore", over="ignore"):
        within = equal | (both & (np.abs(got - want) <= tolerance.atol + tolerance.rtol * np.abs(want)))
    if (told := observer.get()) is not None:
        told(tolerance, *_distance(got, want, equal, tolerance))
    if bool(within.all()):
        return
    raise Mismatch(
        _where_numbers_differ(got, want, within, tolerance, en, fr),
        _picture(got, want) if picture else None,
    )


def same(actual: Any, expected: Any, *, en: str, fr: str) -> None:
    """Holds when two pieces of plain data are equal in type and value, all the way down.

    True is not 1, a tuple is not a list, and the order of a dict's keys counts only through `list(d)`.
    Says the type, the length or the first place that differs: `[2][0]`.
    """
    difference = _first_difference(actual, expected, "")
    if difference is not None:
        raise Mismatch(Text(f"{en}: {difference.en}", f"{fr} : {difference.fr}"))


def shape(actual: Any, expected: Sequence[int], *, en: str, fr: str) -> None:
    """Holds when a tensor or an array has this shape. `shape(out, (2, 5, 6), en="out", fr="out")`"""
    if not isinstance(actual, (torch.Tensor, np.ndarray)):
        raise Mismatch(_wrong_type(actual, "a tensor", "un tenseur", en, fr))
    if tuple(actual.shape) != tuple(expected):
        raise Mismatch(_wrong_shape(tuple(actual.shape), tuple(expected), en, fr))


def dtype(actual: Any, expected: torch.dtype, *, en: str, fr: str) -> None:
    """Holds when a tensor has this dtype. `dtype(mask, torch.bool, en="the mask", fr="le masque")`"""
    if not isinstance(actual, torch.Tensor):
        raise Mismatch(_wrong_type(actual, "a tensor", "un tenseur", en, fr))
    if actual.dtype != expected:
        got, want = str(actual.dtype).removeprefix("torch."), str(expected).removeprefix("torch.")
        raise Mismatch(
            Text(f"{en}: dtype is {got}, {want} was expected", f"{fr} : le dtype est {got}, on attendait {want}")
        )


def finite(actual: Any, *, en: str, fr: str) -> None:
    """Holds when no value is NaN or infinite."""
    values = _numbers(actual, en, fr)
    if not bool(np.isfinite(values).all()):
        kinds = "NaN" if bool(np.isnan(values).any()) else "inf"
        raise Mismatch(Text(f"{en}: some values are {kinds}", f"{fr} : certaines valeurs valent {kinds}"))


def parts(actual: Any, count: int, *, en: str, fr: str) -> tuple[Any, ...]:
    """The parts of a returned tuple (or list) of `count` values.

    `out, weights = parts(student.attention(q, k, v), 2, en="(out, weights)", fr="(out, weights)")`
    """
    if not isinstance(actual, (tuple, list)):
        raise Mismatch(_wrong_type(actual, f"a tuple of {count} values", f"un tuple de {count} valeurs", en, fr))
    if len(actual) != count:
        raise Mismatch(
            Text(
                f"{en}: {len(actual)} values were returned, {count} were expected",
                f"{fr} : {len(actual)} valeurs renvoyées, on en attendait {count}",
            )
        )
    return tuple(actual)


def raises(error: str, function: Callable[..., Any], *args: Any, en: str, fr: str, **kwargs: Any) -> None:
    """Holds when the call raises this error or a subclass of it. `raises("ValueError", student.chunk, "", 0, …)`"""
    try:
        function(*args, **kwargs)
    except Exception as raised:
        if error in _error_names(raised):
            return
        if getattr(raised, "is_limit", False):
            raise
        name = _error_names(raised)[0]
        raise Mismatch(Text(f"{en}: it raised {name}, not {error}", f"{fr} : lève {name} et non {error}")) from None
    raise Mismatch(
        Text(f"{en}: no error was raised, {error} was expected", f"{fr} : aucune erreur levée, on attendait {error}")
    )


def unchanged(function: Callable[..., Any], *args: Any, en: str, fr: str, **kwargs: Any) -> Any:
    """Calls the function, holds when it left its arguments as they were, and returns its result."""
    seen = examine(function, args, kwargs)
    if seen.mutated:
        position = seen.mutated[0] + 1
        raise Mismatch(
            Text(
                f"{en}: argument {position} was modified in place; work on a copy",
                f"{fr} : l'argument {position} est modifié sur place ; travaillez sur une copie",
            )
        )
    return seen.value


def gradients(
    function: Callable[..., Any], *args: Any, wrt: tuple[int, ...], weights: Any = None, **kwargs: Any
) -> tuple[Any, ...]:
    """Gradients of `sum(weights * result)` with respect to the arguments at positions `wrt`.

    Of a tuple, the first tensor counts; `weights` (same shape as the result) default to ones. A gradient
    that does not exist comes back as None.
    """
    return examine(function, args, kwargs, wrt, weights).gradients


def examine(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    wrt: tuple[int, ...] = (),
    weights: Any = None,
) -> Examined:
    """Calls a function here, or where it lives, and looks at its arguments and gradients too."""
    if isinstance(function, Remote):
        return function.examine(args, kwargs, wrt, weights)
    return examine_here(function, args, kwargs, wrt, weights)


def examine_here(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], wrt: tuple[int, ...], weights: Any
) -> Examined:
    """`examine` for a function of this process; works on copies of the arguments."""
    inputs = [_snapshot(value, index in wrt) for index, value in enumerate(args)]
    value = function(*inputs, **kwargs)
    mutated = tuple(i for i, old in enumerate(args) if not same_data(_snapshot(inputs[i]), _snapshot(old)))
    if not wrt:
        return Examined(value, mutated, ())
    output = value[0] if isinstance(value, (tuple, list)) else value
    scaled = (output * (torch.ones_like(output) if weights is None else weights)).sum()
    return Examined(value, mutated, tuple(_gradient(scaled, inputs[index]) for index in wrt))


def _gradient(scaled: torch.Tensor, value: Any) -> Any:
    """Gradients in the structure of the argument: a tensor for a tensor, a dict for a dict of weights."""
    if isinstance(value, torch.Tensor):
        if not value.requires_grad:
            return None
        return torch.autograd.grad(scaled, value, allow_unused=True, retain_graph=True)[0]
    if isinstance(value, (list, tuple)):
        return type(value)(_gradient(scaled, item) for item in value)
    if isinstance(value, dict):
        return {key: _gradient(scaled, item) for key, item in value.items()}
    return None


def same_data(actual: Any, expected: Any) -> bool:
    """Whether two pieces of plain data are equal in type and value, all the way down."""
    return _first_difference(actual, expected, "") is None


def _snapshot(value: Any, watched: bool = False) -> Any:
    """A copy that shares nothing; `watched` makes its float tensors leaves of a gradient."""
    if isinstance(value, torch.Tensor):
        copy = value.detach().clone()
        return copy.requires_grad_() if watched and copy.is_floating_point() else copy
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (list, tuple)):
        return type(value)(_snapshot(item, watched) for item in value)
    if isinstance(value, dict):
        return {key: _snapshot(item, watched) for key, item in value.items()}
    return value


def _numbers(value: Any, en: str, fr: str) -> np.ndarray:
    if isinstance(value, torch.Tensor):
        value = _array(value)
    if isinstance(value, (bool, int, float, np.ndarray, np.generic)):
        array = np.asarray(value)
        if array.dtype.kind in "biuf":
            return array.astype(np.float64)
    raise Mismatch(_wrong_type(value, "a number, an array or a tensor", "un nombre, un tableau ou un tenseur", en, fr))


def _array(value: Any) -> np.ndarray:
    """A tensor or an array as an array; numpy has no bfloat16, float32 holds its values exactly."""
    if isinstance(value, torch.Tensor):
        value = value.detach()
        value = value.float() if value.dtype is torch.bfloat16 else value
        return np.asarray(value.numpy())
    return np.asarray(value)


def _wrong_type(value: Any, want_en: str, want_fr: str, en: str, fr: str) -> Text:
    name = describe_type(value)
    return Text(
        f"{en}: {name} was returned, {want_en} was expected", f"{fr} : {name} est renvoyé, on attendait {want_fr}"
    )


def describe_type(value: Any) -> str:
    """A type's name as a student would write it. `describe_type(torch.zeros(1)) -> "Tensor"`"""
    return "None" if value is None else str(getattr(value, "type_name", type(value).__name__))


def _wrong_shape(got: tuple[int, ...], want: tuple[int, ...], en: str, fr: str) -> Text:
    return Text(
        f"{en}: shape is {_dims(got)}, {_dims(want)} was expected",
        f"{fr} : la forme est {_dims(got)}, on attendait {_dims(want)}",
    )


def _dims(dims: tuple[int, ...]) -> str:
    return "[" + ", ".join(str(int(d)) for d in dims) + "]"


def _distance(got: np.ndarray, want: np.ndarray, equal: np.ndarray, tolerance: Tolerance) -> tuple[float, float]:
    """The largest difference, and the largest share of the tolerance: at most 1 when all is within; inf for NaN."""
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        far = np.nan_to_num(np.where(equal, 0.0, np.abs(got - want)), nan=np.inf)
        share = np.where(far == 0, 0.0, far / (tolerance.atol + tolerance.rtol * np.abs(want)))
    return float(far.max(initial=0.0)), float(np.nan_to_num(share, nan=np.inf, posinf=np.inf).max(initial=0.0))


def _where_numbers_differ(
    got: np.ndarray, want: np.ndarray, within: np.ndarray, tolerance: Tolerance, en: str, fr: str
) -> Text:
    size = _size_of_difference(got, want, within, tolerance)
    if got.ndim == 0:
        return Text(f"{en}: {size.en}", f"{fr} : {size.fr}")
    wrong = np.argwhere(~within)
    first, count = _dims(tuple(wrong[0])), f"{len(wrong)}/{got.size}"
    return Text(
        f"{en}: {count} values differ, first at {first}; {size.en}",
        f"{fr} : {count} valeurs diffèrent, d'abord en {first} ; {size.fr}",
    )


def _size_of_difference(got: np.ndarray, want: np.ndarray, within: np.ndarray, tolerance: Tolerance) -> Text:
    if bool((~np.isfinite(got) & np.isfinite(want)).any()):
        return Text("NaN or infinite where a number was expected", "NaN ou infini là où on attendait un nombre")
    if bool((~np.isfinite(want) & ~within).any()):
        return Text("NaN or infinite was expected there", "on y attendait NaN ou infini")
    with np.errstate(invalid="ignore", over="ignore"):
        distance = np.where(within, 0.0, np.abs(got - want))
    largest = float(distance.max())
    allowed = tolerance.atol + tolerance.rtol * float(np.abs(want.reshape(-1)[int(distance.argmax())]))
    if not allowed:
        return Text(
            f"off by up to {_short(largest)} (it is exact)", f"écart jusqu'à {_french(largest)} (valeur exacte)"
        )
    return Text(
        f"off by up to {_short(largest)} (tolerance {_short(allowed)})",
        f"écart jusqu'à {_french(largest)} (tolérance {_french(allowed)})",
    )


def _short(number: float) -> str:
    """Two digits, and a short exponent. `_short(0.00001) -> "1e-5"`"""
    digits, _, exponent = f"{number:.2g}".partition("e")
    return f"{digits}e{int(exponent)}" if exponent else digits


def _french(number: float) -> str:
    return _short(number).replace(".", ",")


def _picture(got: np.ndarray, want: np.ndarray) -> Picture | None:
    if got.ndim < 2:
        return None
    yours = got.reshape(-1, *got.shape[-2:])
    with np.errstate(invalid="ignore", over="ignore"):
        difference = np.abs(got - want).reshape(yours.shape)
    slice_ = int(np.nanargmax(np.nan_to_num(difference, nan=np.inf).max(axis=(1, 2))))
    return Picture(_levels(yours[slice_]), _levels(difference[slice_]))


def _levels(matrix: np.ndarray) -> tuple[tuple[int, ...], ...]:
    small = np.nan_to_num(matrix[:16, :16], nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(small.min()), float(small.max())
    scaled = np.zeros_like(small) if math.isclose(low, high) else (small - low) / (high - low)
    return tuple(tuple(int(level) for level in row) for row in np.rint(scaled * 9))


def _first_difference(actual: Any, expected: Any, path: str) -> Text | None:
    at = path or ""
    if type(actual) is not type(expected):
        got, want = describe_type(actual), describe_type(expected)
        where_en, where_fr = (f"at {at}, ", f"en {at}, ") if at else ("", "")
        return Text(
            f"{where_en}type is {got}, {want} was expected", f"{where_fr}le type est {got}, on attendait {want}"
        )
    if isinstance(expected, (list, tuple)):
        for index, (a, e) in enumerate(zip(actual, expected, strict=False)):
            found = _first_difference(a, e, f"{path}[{index}]")
            if found:
                return found
        if len(actual) != len(expected):
            return _wrong_length(len(actual), len(expected), at)
        return None
    if isinstance(expected, dict):
        return _first_dict_difference(actual, expected, path)
    if isinstance(expected, (torch.Tensor, np.ndarray)):
        if actual.shape == expected.shape and actual.dtype == expected.dtype:
            e = _array(expected)
            if np.array_equal(_array(actual), e, equal_nan=e.dtype.kind == "f"):
                return None
        return Text(f"values differ {_place(at, 'at')}", f"les valeurs diffèrent {_place(at, 'en')}")
    if isinstance(expected, (set, frozenset)):
        equal = _typed(actual) == _typed(expected)
    else:
        equal = actual == expected or (actual != actual and expected != expected)
    if equal:
        return None
    if isinstance(expected, (str, bytes)) and len(expected) > 1:
        return _first_character(actual, expected, at)
    return Text(f"the value differs {_place(at, 'at')}".rstrip(), f"la valeur diffère {_place(at, 'en')}".rstrip())


def _place(at: str, preposition: str) -> str:
    return f"{preposition} {at}" if at else ""


def _wrong_length(got: int, want: int, at: str) -> Text:
    where_en, where_fr = (f"at {at}, ", f"en {at}, ") if at else ("", "")
    return Text(
        f"{where_en}length is {got}, {want} was expected",
        f"{where_fr}la longueur est {got}, on attendait {want}",
    )


def _first_character(actual: Any, expected: Any, at: str) -> Text:
    pairs = zip(actual, expected, strict=False)
    index = next((i for i, (a, e) in enumerate(pairs) if a != e), min(len(actual), len(expected)))
    where_en, where_fr = (f" at {at}", f" en {at}") if at else ("", "")
    return Text(
        f"the text differs{where_en} from character {index} on (yours has {len(actual)} characters)",
        f"le texte diffère{where_fr} à partir du caractère {index} (le vôtre en a {len(actual)})",
    )


def _typed(items: Iterable[Any]) -> set[tuple[type, Any]]:
    """The items of a set, or the keys of a dict, with their types: True is not 1."""
    return {(type(item), item) for item in items}


def _first_dict_difference(actual: dict[Any, Any], expected: dict[Any, Any], path: str) -> Text | None:
    got, want = _typed(actual), _typed(expected)
    missing, extra = want - got, got - want
    if missing or extra:
        return Text(
            f"the keys differ: {len(missing)} missing, {len(extra)} too many",
            f"les clés diffèrent : {len(missing)} manquante(s), {len(extra)} en trop",
        )
    for key, value in expected.items():
        found = _first_difference(actual[key], value, f"{path}[{key!r}]")
        if found:
            return found
    return None


def _error_names(error: BaseException) -> tuple[str, ...]:
    names = getattr(error, "names", None)
    return tuple(names) if names else tuple(cls.__name__ for cls in type(error).__mro__)
