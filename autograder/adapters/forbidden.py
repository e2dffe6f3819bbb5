"""Where a student's code uses what the assignment forbids, found by reading it.

Covers aliases (`import torch as t`), assigned names, `getattr` and `vars` with constant strings, methods of objects
and back ways into the same package; a function or method of the student's own of the same name is none. Does not
cover names built at run time: the worker refuses those calls. Runs and imports nothing; a use costs no point by itself.
"""

from __future__ import annotations

import ast
import builtins
import functools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from autograder.types import Cell, Text

MAX_USES = 8  # told of one submission
_LONGEST_PATH = 40  # dots in an expression that is followed
_MOST_MEANINGS = 8  # things a name may stand for, after branches
_BUILTINS = frozenset(dir(builtins))
# Packages that hold the same functions under other names, as in `torch.ops.aten.softmax`.
_BACK_WAYS = frozenset({"ops", "modules"})

_LEAVES = (ast.Constant, ast.expr_context, ast.operator, ast.cmpop, ast.boolop, ast.unaryop)  # nothing to look at

Meaning = frozenset[str]
_OWN: Meaning = frozenset()


@dataclass(frozen=True, order=True)
class Use:
    """One use of a forbidden name: `Use(cell=3, line=2, name="torch.softmax")`; cell 0 is a module."""

    cell: int
    line: int
    name: str


def find_forbidden(cells: Sequence[Cell], forbidden: Sequence[str]) -> tuple[Use, ...]:
    """Every use, ordered by place, each name once a line.

    `find_forbidden([Cell(0, "import torch as t\\nt.softmax(x)")], ["torch.softmax"]) -> (Use(0, 2, "torch.softmax"),)`
    """
    if not forbidden:
        return ()
    trees = []
    for cell in cells:
        try:
            trees.append((cell.number, ast.parse(cell.source)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # it does not run either
    reader = _Reader(forbidden, [tree for _, tree in trees])
    for number, tree in trees:
        reader.read(number, tree)
    return reader.finish()


def forbidden_notes(uses: Sequence[Use]) -> tuple[Text, ...]:
    """What the student reads of each use, up to MAX_USES of them."""
    return tuple(_note(use) for use in uses[:MAX_USES])


def _note(use: Use) -> Text:
    place_en = f"Cell {use.cell}, line {use.line}" if use.cell else f"Line {use.line}"
    place_fr = f"Cellule {use.cell}, ligne {use.line}" if use.cell else f"Ligne {use.line}"
    return Text(
        f"{place_en}: your code uses `{use.name}`, which this assignment does not allow. "
        "Write that part yourself: the call is refused when your work is graded.",
        f"{place_fr} : votre code utilise `{use.name}`, que cet exercice n'autorise pas. "
        "Écrivez cette partie vous-même : l'appel est refusé à la notation.",
    )


def _own_attributes(tree: ast.Module) -> Iterator[str]:
    """Names of attributes that the student's code defines: methods, class attributes, `self.x = …`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    yield inner.name
                for target in inner.targets if isinstance(inner, ast.Assign) else ():
                    yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


@dataclass
class _Scope:
    """Names of a module, class or function, and what each may stand for; `_OWN` is something of the student's."""

    parent: _Scope | None = None
    is_class: bool = False
    names: dict[str, Meaning] = field(default_factory=dict)
    elsewhere: dict[str, _Scope] = field(default_factory=dict)  # global and nonlocal names

    def bind(self, name: str, meaning: Meaning, certain: bool) -> None:
        names = self.elsewhere.get(name, self).names
        known = frozenset() if certain else names.get(name, frozenset())
        names[name] = frozenset(sorted(known | meaning)[:_MOST_MEANINGS])

    def look_up(self, name: str) -> Meaning | None:
        scope: _Scope | None = self.elsewhere.get(name, self)
        while scope is not None:
            if name in scope.names and (scope is self or not scope.is_class):
                return scope.names[name]
            scope = scope.parent
        return frozenset({name}) if name in _BUILTINS else None

    @property
    def module(self) -> _Scope:
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope


class _Step(NamedTuple):  # made for every node: a tuple takes a fifth of a frozen dataclass's time
    """A node to read in a scope, or a binding to make; `certain` is False inside branches."""

    node: ast.AST | None
    scope: _Scope
    certain: bool
    act: Callable[[], None] | None = None


class _Reader:
    """Reads cells in order with a stack of its own, since hostile code nests deeper than Python recurses."""

    def __init__(self, forbidden: Sequence[str], trees: Sequence[ast.Module]) -> None:
        self._forbidden = {name.removeprefix("builtins."): name for name in forbidden}
        self._methods = {
            name.rpartition(".")[2]: name
            for name in forbidden
            if name.rpartition(".")[0].rpartition(".")[2][:1].isupper()
        }
        self._lasts = {
            (name.partition(".")[0], name.rpartition(".")[2]): name for name in reversed(forbidden) if "." in name
        }
        self._trees = trees
        self._module = _Scope()
        self._later: deque[tuple[int, Sequence[ast.AST], _Scope]] = deque()
        self._uses: set[Use] = set()
        self._cell = 0

    @functools.cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(name for tree in self._trees for name in _own_attributes(tree))

    def read(self, cell: int, tree: ast.Module) -> None:
        """Reads one cell; bodies of functions wait until every name of the module is known."""
        self._run(cell, tree.body, self._module)

    def finish(self) -> tuple[Use, ...]:
        while self._later:
            self._run(*self._later.popleft())
        return tuple(sorted(self._uses))

    def _run(self, cell: int, body: Sequence[ast.AST], scope: _Scope) -> None:
        self._cell = cell
        stack = [_Step(node, scope, True) for node in reversed(body)]
        while stack:
            step = stack.pop()
            if step.act is not None:
                step.act()
            elif step.node is not None:
                stack += reversed(list(self._steps(step.node, step.scope, step.certain)))

    def _steps(self, node: ast.AST, scope: _Scope, certain: bool) -> Iterator[_Step]:
        """Looks at a node and says what to read next, in the order in which Python would."""
        match node:  # the most frequent kinds first
            case ast.Name(ctx=ast.Load()):
                self._look(node, scope)
            case ast.Attribute() | ast.Call() | ast.Subscript():
                self._look(node, scope)
                yield from _each(ast.iter_child_nodes(node), scope, certain)
            case ast.Import() | ast.ImportFrom():
                self._import(node, scope, certain)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from _each([*node.decorator_list, *_evaluated(node.args), node.returns], scope, certain)
                yield _act(scope, lambda: scope.bind(node.name, _OWN, certain))
                self._later.append((self._cell, node.body, _function_scope(node.args, scope)))
            case ast.Lambda():
                yield from _each(_evaluated(node.args), scope, certain)
                yield _Step(node.body, _function_scope(node.args, scope), certain)
            case ast.ClassDef():
                yield from _each([*node.decorator_list, *node.bases, *node.keywords], scope, certain)
                yield from _each(node.body, _Scope(scope, is_class=True), certain)
                yield _act(scope, lambda: scope.bind(node.name, _OWN, certain))
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                yield from self._comprehension(node, scope, certain)
            case ast.Global() | ast.Nonlocal():
                home = scope.module if isinstance(node, ast.Global) else scope.parent or scope
                scope.elsewhere.update(dict.fromkeys(node.names, home))
            case ast.Assign(targets=targets, value=value):
                yield _Step(value, scope, certain)
                for target in targets:
                    yield from self._assign(target, value, scope, certain)
            case ast.AnnAssign() | ast.AugAssign() | ast.NamedExpr():
                yield _Step(node.value, scope, certain)
                given = None if isinstance(node, ast.AugAssign) else node.value
                yield from self._assign(node.target, given, scope, certain)
            case ast.Name(id=name):
                scope.bind(name, _OWN, certain)
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar():
                if node.name:
                    scope.bind(node.name, _OWN, certain)
                yield from _each(ast.iter_child_nodes(node), scope, False)
            case _:
                branch = isinstance(node, (ast.If, ast.Try, ast.For, ast.AsyncFor, ast.While, ast.Match))
                yield from _each(ast.iter_child_nodes(node), scope, certain and not branch)

    def _import(self, node: ast.Import | ast.ImportFrom, scope: _Scope, certain: bool) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                self._imported(alias.name, node.lineno)
                top = alias.name.partition(".")[0]
                scope.bind(alias.asname or top, frozenset({alias.name if alias.asname else top}), certain)
            return
        module = "" if node.level else node.module or ""
        self._imported(module, node.lineno)
        for alias in node.names:
            if alias.name != "*":
                meaning = frozenset({f"{module}.{alias.name}"}) if module else _OWN
                scope.bind(alias.asname or alias.name, meaning, certain)
                continue
            for name in self._forbidden:
                if name.startswith(f"{module}."):
                    first = name.removeprefix(f"{module}.").partition(".")[0]
                    scope.bind(first, frozenset({f"{module}.{first}"}), certain)

    def _imported(self, module: str, line: int) -> None:
        for plain, name in self._forbidden.items():
            if module == plain or module.startswith(f"{plain}."):
                self._uses.add(Use(self._cell, line, name))

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: _Scope, certain: bool
    ) -> Iterator[_Step]:
        inner = _Scope(scope)
        for number, generator in enumerate(node.generators):
            yield _Step(generator.iter, inner if number else scope, certain)
            yield _Step(generator.target, inner, True)
            yield from _each(generator.ifs, inner, certain)
        yield from _each([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt], inner, certain)

    def _assign(self, target: ast.expr, value: ast.expr | None, scope: _Scope, certain: bool) -> Iterator[_Step]:
        """Binds the names of a target to what the value stands for, part by part where both are written out."""
        listed = (ast.Tuple, ast.List)
        if isinstance(target, ast.Name):
            yield _act(scope, lambda: scope.bind(target.id, self._meaning(value, scope) or _OWN, certain))
        elif isinstance(target, listed) and isinstance(value, listed) and len(target.elts) == len(value.elts):
            for part, given in zip(target.elts, value.elts, strict=True):
                if isinstance(part, ast.Name):
                    yield from self._assign(part, given, scope, certain)
                else:
                    yield _Step(part, scope, certain)
        elif isinstance(target, (ast.Attribute, ast.Subscript)):
            yield from _each(ast.iter_child_nodes(target), scope, certain)
        else:
            yield _Step(target, scope, certain)

    def _look(self, node: ast.Name | ast.Attribute | ast.Call | ast.Subscript, scope: _Scope) -> None:
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            return
        meaning = self._meaning(node, scope)
        for name in meaning or ():
            if found := self._forbidden.get(name) or self._by_a_back_way(name):
                self._uses.add(Use(self._cell, node.lineno, found))
        if meaning is None and (asked := _attribute(node)) is not None:
            receiver, attribute = asked
            if attribute in self._methods and (attribute not in self._own or self._is_foreign(receiver, scope)):
                self._uses.add(Use(self._cell, node.lineno, self._methods[attribute]))

    def _by_a_back_way(self, name: str) -> str | None:
        """The forbidden name that `torch._C.TensorBase.softmax` stands for, when `torch.softmax` is forbidden."""
        top, *below = name.split(".")
        hidden = any(part.startswith("_") or part in _BACK_WAYS for part in below)
        return self._lasts.get((top, below[-1].lstrip("_"))) if hidden else None

    def _is_foreign(self, receiver: ast.expr, scope: _Scope) -> bool:
        """Is this surely no object of the student's: an operation on tensors, or what a library returned?"""
        if isinstance(receiver, ast.BinOp):
            return True
        return isinstance(receiver, ast.Call) and bool(self._meaning(receiver.func, scope))

    def _meaning(self, node: ast.expr | None, scope: _Scope) -> Meaning | None:
        """The dotted names an expression may stand for; None when that cannot be told, `_OWN` for the student's own."""
        path: list[str] = []
        while len(path) < _LONGEST_PATH:
            if isinstance(node, ast.NamedExpr):
                node = node.value
            elif isinstance(node, ast.Name):
                found = scope.look_up(node.id)
                if not path or not found:
                    return found if not path or found is None else None
                return frozenset(".".join([name, *reversed(path)]) for name in found)
            elif isinstance(node, ast.Call) and (module := self._imported_by(node, scope)):
                return frozenset({".".join([module, *reversed(path)])})
            elif isinstance(node, ast.Subscript) and (key := _constant(node.slice)) and _is_sys_modules(node.value):
                return frozenset({".".join([key, *reversed(path)])})
            elif isinstance(node, (ast.Attribute, ast.Call, ast.Subscript)) and (asked := _attribute(node)):
                node = asked[0]
                path.append(asked[1])
            else:
                return None
        return None

    def _imported_by(self, node: ast.Call, scope: _Scope) -> str | None:
        """The module that `__import__("torch")` or `importlib.import_module("torch")` brings."""
        name = _constant(node.args[0]) if node.args else None
        if name is None or not isinstance(node.func, (ast.Name, ast.Attribute)):
            return None
        called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        if called == "__import__":
            return name.partition(".")[0]
        return name if called == "import_module" else None


def _attribute(node: ast.expr) -> tuple[ast.expr, str] | None:
    """Object and attribute of `x.a`, `getattr(x, "a")`, `vars(x)["a"]` and `x.__dict__["a"]`."""
    match node:
        case ast.Attribute(value=value, attr=name):
            return value, name
        case ast.Call(func=ast.Name(id="getattr"), args=[value, ast.Constant(value=str() as name), *_]):
            return value, name
        case ast.Subscript(
            value=ast.Call(func=ast.Name(id="vars"), args=[value]), slice=ast.Constant(value=str() as name)
        ):
            return value, name
        case ast.Subscript(value=ast.Attribute(value=value, attr="__dict__"), slice=ast.Constant(value=str() as name)):
            return value, name
    return None


def _is_sys_modules(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "modules"


def _constant(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _each(nodes: Iterable[ast.AST | None], scope: _Scope, certain: bool) -> Iterator[_Step]:
    return (_Step(node, scope, certain) for node in nodes if node is not None and not isinstance(node, _LEAVES))


def _act(scope: _Scope, act: Callable[[], None]) -> _Step:
    return _Step(None, scope, True, act)


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return found + [each for each in (arguments.vararg, arguments.kwarg) if each is not None]


def _evaluated(arguments: ast.arguments) -> list[ast.AST | None]:
    """What a signature computes when the function is defined: defaults and annotations."""
    return [*arguments.defaults, *arguments.kw_defaults, *(each.annotation for each in _arguments(arguments))]


def _function_scope(arguments: ast.arguments, parent: _Scope) -> _Scope:
    """The scope of a function's body: its parameters may be anything, and are the student's own."""
    return _Scope(parent, names={each.arg: _OWN for each in _arguments(arguments)})
