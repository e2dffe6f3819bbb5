"""Arithmetic written in a quiz, or by a student, evaluated without Python's `eval`.

Covers numbers, names, `+ - * / // % **`, and a few functions, with bounds on size. Does not cover text, comparisons or
anything else of Python.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping

from autograder.quiz_types import Number

LONGEST = 300  # characters
_MOST_NODES = 120
_LARGEST = 10**40
_LARGEST_EXPONENT = 128
_BINARY: dict[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
FUNCTIONS: dict[str, Callable[..., Number]] = {
    "abs": abs,
    "ceil": math.ceil,
    "comb": math.comb,
    "exp": math.exp,
    "floor": math.floor,
    "log": math.log,
    "log2": math.log2,
    "max": max,
    "min": min,
    "round": round,
    "sqrt": math.sqrt,
}
CONSTANTS: dict[str, Number] = {"pi": math.pi}


class ExpressionError(ValueError):
    """The expression is not one, or has no value; the message says why, as the end of a sentence."""


def names(expr: str) -> frozenset[str]:
    """The names an expression needs a value for. `names("2*L*sqrt(d)") -> {"L", "d"}`. Raises ExpressionError."""
    tree = _parsed(expr)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return frozenset(
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and id(node) not in called and node.id not in CONSTANTS
    )


def evaluate(expr: str, values: Mapping[str, Number]) -> Number:
    """The value of an expression. `evaluate("2*L + 1", {"L": 3}) -> 7`. Raises ExpressionError."""
    return _value(_parsed(expr).body, {**CONSTANTS, **values})


def _parsed(expr: str) -> ast.Expression:
    if len(expr) > LONGEST:
        raise ExpressionError(f"is longer than {LONGEST} characters")
    try:
        tree = ast.parse(expr.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ExpressionError("is not arithmetic") from None
    for count, node in enumerate(ast.walk(tree)):
        if count > _MOST_NODES:
            raise ExpressionError("is too long")
        _allow(node)
    return tree


def _allow(node: ast.AST) -> None:
    """Raises ExpressionError for a node that is not on the list."""
    match node:
        case ast.Constant(value=value) if type(value) in (int, float):
            return
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in FUNCTIONS:
            return
        case ast.Call(func=ast.Name(id=name)):
            raise ExpressionError(f"calls '{name}'; there are {', '.join(FUNCTIONS)}")
        case ast.Name() | ast.Expression() | ast.BinOp() | ast.UnaryOp() | ast.Load():
            return
        case ast.UAdd() | ast.USub():
            return
        case ast.operator() if type(node) in _BINARY:
            return
    raise ExpressionError(f"holds {type(node).__name__}, which is not arithmetic (a power is **)")


def _value(node: ast.expr, values: Mapping[str, Number]) -> Number:
    match node:
        case ast.Constant(value=int() | float() as number):
            return _bounded(number)
        case ast.Name(id=name):
            if name not in values:
                raise ExpressionError(f"names '{name}', which has no value")
            return values[name]
        case ast.UnaryOp(op=sign, operand=operand):
            value = _value(operand, values)
            return -value if isinstance(sign, ast.USub) else value
        case ast.BinOp(left=left, op=op, right=right):
            return _applied(_BINARY[type(op)], _value(left, values), _value(right, values))
        case ast.Call(func=ast.Name(id=name), args=args):
            return _applied(FUNCTIONS[name], *(_value(each, values) for each in args))
    raise ExpressionError("is not arithmetic")


def _applied(function: Callable[..., Number], *args: Number) -> Number:
    if function is operator.pow and abs(args[1]) > _LARGEST_EXPONENT:
        raise ExpressionError(f"has an exponent beyond {_LARGEST_EXPONENT}")
    if function is math.comb and any(abs(each) > 1000 for each in args):
        raise ExpressionError("has a comb beyond 1000")
    try:
        return _bounded(function(*args))
    except (ArithmeticError, ValueError, TypeError):
        raise ExpressionError("has no value (a division by zero, or a function out of its range)") from None


def _bounded(number: Number) -> Number:
    if isinstance(number, complex):
        raise ExpressionError("is not a real number")
    if not math.isfinite(number) or abs(number) > _LARGEST:
        raise ExpressionError("is not a finite number of reasonable size")
    return number
