"""Mutants of a solution: the same program with one small slip.

Covers the operators that mutation testing knows (arithmetic, comparison, logic, constants, loops; those of cosmic-ray,
over `ast`) and those of this trade: axis, transpose, scale, order of ties, slices, copies, detach, dtype, text. Every
mutant compiles, differs from the others and has an id that is the same on every run. Does not cover running them.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

from autograder.pure.suite_parts import bound

Slip: TypeAlias = tuple[str, ast.AST]


@dataclass(frozen=True)
class Mutant:
    """One slip: `Mutant("comparison:merge_pair:1", 210, "a < b -> a <= b", "…", {"merge_pair"})`.

    `source` is the whole module, `changed` what the statement with the slip defines at its top, if anything.
    """

    id: str
    line: int
    change: str
    source: str
    changed: frozenset[str]

    @property
    def operator(self) -> str:
        return self.id.partition(":")[0]


_CONTEXT = 30  # characters around a slip that its description shows
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
_BITS = (ast.BitAnd, ast.BitOr, ast.BitXor)
_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_SWAPPED = {
    "min": "max",
    "max": "min",
    "amin": "amax",
    "amax": "amin",
    "argmin": "argmax",
    "argmax": "argmin",
    "tril": "triu",
    "triu": "tril",
    "sum": "mean",
    "mean": "sum",
    "sin": "cos",
    "cos": "sin",
    "zeros": "ones",
    "ones": "zeros",
    "zeros_like": "ones_like",
    "ones_like": "zeros_like",
    "append": "extend",
    "any": "all",
    "all": "any",
}
# Calls that can be left out and leave a value of the same kind: x.sqrt() -> x, sqrt(x) -> x.
_DROPPED = {
    "sqrt", "exp", "log", "abs", "square", "relu", "sigmoid", "logsigmoid", "clamp", "masked_fill", "transpose",
    "swapaxes", "permute", "t", "contiguous", "clone", "copy", "detach", "to", "float", "double", "strip", "lower",
    "casefold", "list", "tuple", "dict", "sorted", "reversed", "set", "replace", "sin", "cos", "enumerate",
}  # fmt: skip
_IN_PLACE = {
    "masked_fill", "clamp", "exp", "sqrt", "square", "relu", "sigmoid", "index_add", "transpose", "add", "mul", "sub",
    "div", "sin", "cos",
}  # fmt: skip
_TENSOR = (_IN_PLACE - {"add"}) | {
    "sum", "mean", "amax", "amin", "logsumexp", "einsum", "logsigmoid", "softmax", "unsqueeze", "flatten", "to",
    "float", "embedding_lookup", "layer_norm", "feed_forward", "attend", "transform",
}  # fmt: skip


def mutants(source: str, lines: Collection[int]) -> list[Mutant]:
    """Every mutant of a module whose slip stands on one of these lines.

    `mutants("def f(x):\\n    return x + 1\\n", {2})` -> `[Mutant("arithmetic:f:1", 2, "x + 1 -> x - 1", …), …]`
    Raises SyntaxError when the source is not Python.
    """
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    for number, node in enumerate(nodes):
        node._number = number  # type: ignore[attr-defined]
    skipped = _not_code(tree)
    graph = _on_tensors(tree)
    where = dict(_functions(tree))
    place = {id(node): number for number, statement in enumerate(tree.body) for node in ast.walk(statement)}
    texts = [ast.unparse(statement) for statement in tree.body]
    counts: Counter[tuple[str, str]] = Counter()
    seen = set(texts)
    found = []
    in_order = sorted(
        (node for node in nodes if getattr(node, "lineno", 0) in lines and id(node) not in skipped),
        key=lambda node: (node.lineno, node.col_offset, node._number),  # type: ignore[attr-defined]
    )
    for node in in_order:
        for operator, slip in _slips(node):
            if operator == "detach" and id(node) not in graph:
                continue
            at = place[id(node)]
            text = _text(_with(tree.body[at], node._number, slip))  # type: ignore[attr-defined]
            if text is None or text in seen:
                continue
            seen.add(text)
            function = where.get(id(node), "module")
            counts[operator, function] += 1
            change = _change(node, slip)
            name = f"{operator}:{function}:{counts[operator, function]}"
            whole = "\n".join([*texts[:at], text, *texts[at + 1 :]]) + "\n"
            changed = frozenset(bound(tree.body[at]))
            found.append(Mutant(name, node.lineno, change, whole, changed))  # type: ignore[attr-defined]
    return found


def _with(statement: ast.stmt, number: int, slip: ast.AST) -> ast.stmt:
    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            if getattr(node, "_number", None) == number:
                return slip
            return self.generic_visit(node)

    return cast(ast.stmt, ast.fix_missing_locations(Replace().visit(copy.deepcopy(statement))))


def _text(statement: ast.stmt) -> str | None:
    """A mutated statement's source, or None when it would not compile."""
    try:
        text = ast.unparse(statement)
        compile(text, "mutant", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, AttributeError, TypeError):
        return None
    return text


def _change(node: ast.AST, slip: ast.AST) -> str:
    """The slip in one line; of a long piece of code, only what is around it. `"a < b -> a <= b"`"""
    old, new = (" ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(each))).split()) for each in (node, slip))
    first = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, first - _CONTEXT)
    return f"{_cut(old, start)} -> {_cut(new, start)}"


def _cut(text: str, start: int) -> str:
    end = start + 2 * _CONTEXT
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _on_tensors(tree: ast.Module) -> set[int]:
    """Nodes of functions that are given tensors; marks what functions annotated with tensors return."""
    given: set[int] = set()
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        if "Tensor" in ast.unparse(function.args):
            given |= {id(node) for node in ast.walk(function)}
        if function.returns and "Tensor" in ast.unparse(function.returns):
            for node in ast.walk(function):
                if isinstance(node, ast.Return):
                    node.gives_tensors = True  # type: ignore[attr-defined]
    return given


def _not_code(tree: ast.Module) -> set[int]:
    """Nodes where a slip is none: the texts of errors, annotations, docstrings."""
    away: list[ast.AST] = []
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=ast.Call(args=args)):
                away += args
            case ast.AnnAssign(annotation=annotation):
                away.append(annotation)
            case ast.FunctionDef(args=args, returns=returns):
                away += [
                    each.annotation for each in (*args.posonlyargs, *args.args, *args.kwonlyargs) if each.annotation
                ]
                away += [returns] if returns else []
            case ast.Expr(value=ast.Constant() as text):
                away += [node, text]
            case ast.Subscript(slice=ast.Constant(value=str()) as key):
                away.append(key)
            case ast.Dict(keys=keys):
                away += [key for key in keys if key is not None]
    return {id(below) for each in away for below in ast.walk(each)}


def _functions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every node's id with the name of the function or `Class.method` of the top level that it stands in."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name):
                yield from ((id(below), name) for below in ast.walk(node))
            case ast.ClassDef(name=name, body=body):
                for each in body:
                    inner = f"{name}.{each.name}" if isinstance(each, ast.FunctionDef) else name
                    yield from ((id(below), inner) for below in ast.walk(each))


def _slips(node: ast.AST) -> Iterator[Slip]:
    """What may stand in a node's place, with the name of the operator that put it there."""
    yield from _known_operators(node)
    yield from _statements(node)
    match node:
        case ast.Call():
            yield from _calls(node)
        case ast.BinOp():
            yield from _parts(node)
        case ast.Attribute(value=value, attr="T" | "mT", ctx=ast.Load()):
            yield "transpose", value
        case ast.Slice():
            yield from _slices(node)
        case ast.Return():
            yield from _returned(node)


def _known_operators(node: ast.AST) -> Iterator[Slip]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            family = next((each for each in (_ARITHMETIC, _BITS) if isinstance(op, each)), ())
            name = "arithmetic" if family is _ARITHMETIC else "bits"
            yield from ((name, ast.BinOp(left, kind(), right)) for kind in family if not isinstance(op, kind))
        case ast.AugAssign(target=target, op=op, value=value):
            family = next((each for each in (_ARITHMETIC, _BITS) if isinstance(op, each)), ())
            yield from (
                ("arithmetic", ast.AugAssign(target, kind(), value)) for kind in family if not isinstance(op, kind)
            )
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            for place, was in enumerate(ops):
                opposite = _OPPOSITE.get(type(was))
                for other in [opposite] if opposite else [each for each in _ORDER if each is not type(was)]:
                    yield "comparison", ast.Compare(left, [*ops[:place], other(), *ops[place + 1 :]], comparators)
        case ast.UnaryOp(op=op, operand=operand):
            yield "mask" if isinstance(op, ast.Invert) else "unary", operand
        case ast.BoolOp(op=op, values=values):
            yield "logic", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from (("logic", value) for value in values)
        case ast.Constant(value=bool() as value):
            yield "boolean", ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield "number", ast.Constant(value + 1)
            yield "number", ast.Constant(value - 1)
        case ast.Constant(value=str() as text) if text:
            yield "text", ast.Constant("")
            if text != text.strip() and text.strip():
                yield "text", ast.Constant(text.strip())


def _statements(node: ast.AST) -> Iterator[Slip]:
    match node:
        case ast.If(test=test, body=body, orelse=orelse):
            yield "condition", ast.If(_not(test), body, orelse)
        case ast.While(test=test, body=body, orelse=orelse):
            yield "condition", ast.While(_not(test), body, orelse)
        case ast.IfExp(test=test, body=chosen, orelse=other):
            yield "condition", ast.IfExp(test, other, chosen)
            yield "condition", chosen
            yield "condition", other
        case ast.comprehension(target=target, iter=over, ifs=ifs, is_async=is_async) if ifs:
            yield "condition", ast.comprehension(target, over, [], is_async)
        case ast.For(target=target, body=body, orelse=orelse):
            yield "loop", ast.For(target, ast.List([], ast.Load()), body, orelse)
            yield "loop", ast.For(target, node.iter, [*body, ast.Break()], orelse)
        case ast.Break():
            yield "loop", ast.Continue()
        case ast.Continue():
            yield "loop", ast.Break()
        case ast.Raise():
            yield "check", ast.Pass()
            yield "check", ast.Raise(ast.Name("RuntimeError", ast.Load()))
        case ast.AugAssign() | ast.Expr():
            yield "statement", ast.Pass()
        case ast.Assign(targets=[ast.Name(id=name) as target], value=ast.BinOp(left=ast.Name(id=left), op=op, right=r)):
            if name == left and isinstance(op, _ARITHMETIC):
                yield "in-place", ast.AugAssign(target, op, r)
        case ast.Assign(targets=targets, value=value) if _is_tensor(value):
            yield "detach", ast.Assign(targets, _method(value, "detach"))


def _returned(node: ast.Return) -> Iterator[Slip]:
    """A tensor that is returned in another dtype, or cut from the graph; of a tuple, each in its turn."""
    if not getattr(node, "gives_tensors", False) or node.value is None:
        return
    parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    for place, part in enumerate(parts):
        for operator, name in (("dtype", "double"), ("dtype", "half"), ("detach", "detach")):
            changed = [*parts[:place], _method(part, name), *parts[place + 1 :]]
            yield operator, ast.Return(ast.Tuple(changed, ast.Load()) if len(parts) > 1 else changed[0])


def _calls(node: ast.Call) -> Iterator[Slip]:
    name = _called(node)
    of = node.func.value if isinstance(node.func, ast.Attribute) else None
    module = isinstance(of, ast.Name) and of.id in ("torch", "F", "math", "np")
    for keyword in node.keywords:
        rest = [each for each in node.keywords if each is not keyword]
        if keyword.arg is not None:
            yield _about(keyword.arg), ast.Call(node.func, node.args, rest)
        if keyword.arg in ("dim", "axis"):
            for other in (-2, -1, 0, 1):
                swapped = ast.keyword(keyword.arg, ast.Constant(other))
                if ast.unparse(swapped.value) != ast.unparse(keyword.value):
                    yield "axis", ast.Call(node.func, node.args, [*rest, swapped])
    if name in _SWAPPED:
        yield (
            "order" if name in ("min", "max", "amin", "amax", "argmin", "argmax") else "swap",
            _renamed(node, _SWAPPED[name]),
        )
    if name in _DROPPED and (of is not None and not module):
        yield "transpose" if name in ("transpose", "t", "swapaxes", "permute") else "dropped", of
    elif name in _DROPPED and node.args:
        yield "copy" if name in ("list", "tuple", "dict") else "dropped", node.args[0]
    # Only a tensor that has a name can be missed later.
    if name in _IN_PLACE and isinstance(of, ast.Name) and not module:
        yield "in-place", _renamed(node, name + "_")
    if name in ("range", "arange") and node.args:
        last = 0 if len(node.args) == 1 else 1
        for op in (ast.Add(), ast.Sub()):
            moved = ast.BinOp(node.args[last], op, ast.Constant(1))
            yield "off-by-one", ast.Call(node.func, [*node.args[:last], moved, *node.args[last + 1 :]], node.keywords)
    if name == "sorted":
        yield "order", ast.Call(node.func, node.args, [*node.keywords, ast.keyword("reverse", ast.Constant(True))])
    if name == "isinstance":
        yield "condition", _not(node)


def _parts(node: ast.BinOp) -> Iterator[Slip]:
    """One side of an operation forgotten; for a product of matrices, the sides exchanged."""
    match node.op:
        case ast.MatMult():
            yield "transpose", ast.BinOp(node.right, ast.MatMult(), node.left)
        case ast.Mult():
            yield "scale", node.left
            yield "scale", node.right
        case ast.Div() | ast.FloorDiv() | ast.Pow():
            yield "scale", node.left
        case ast.Add() | ast.Sub():
            yield "term", node.left
            yield "term", node.right


def _slices(node: ast.Slice) -> Iterator[Slip]:
    if node.lower is not None:
        yield "slice", ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield "slice", ast.Slice(node.lower, None, node.step)
        for op in (ast.Add(), ast.Sub()):
            yield "off-by-one", ast.Slice(node.lower, ast.BinOp(node.upper, op, ast.Constant(1)), node.step)
    if node.lower is not None and not isinstance(node.lower, ast.Constant):
        for op in (ast.Add(), ast.Sub()):
            yield "off-by-one", ast.Slice(ast.BinOp(node.lower, op, ast.Constant(1)), node.upper, node.step)


def _about(keyword: str) -> str:
    return {"dim": "axis", "axis": "axis", "dtype": "dtype", "key": "order", "reverse": "order"}.get(keyword, "keyword")


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _renamed(node: ast.Call, name: str) -> ast.Call:
    func: ast.expr = ast.Name(name, ast.Load())
    if isinstance(node.func, ast.Attribute):
        func = ast.Attribute(node.func.value, name, ast.Load())
    return ast.Call(func, node.args, node.keywords)


def _method(value: ast.expr, name: str) -> ast.Call:
    return ast.Call(ast.Attribute(value, name, ast.Load()), [], [])


def _is_tensor(value: ast.expr) -> bool:
    """Whether an expression surely gives a tensor: a product of matrices, or a call that only tensors have."""
    match value:
        case ast.BinOp(op=ast.MatMult()):
            return True
        case ast.BinOp(left=left, right=right):
            return _is_tensor(left) or _is_tensor(right)
        case ast.Call():
            return _called(value) in _TENSOR
        case ast.UnaryOp(operand=operand):
            return _is_tensor(operand)
    return False


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)
