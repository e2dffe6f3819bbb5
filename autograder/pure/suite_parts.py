"""What the tests of a hidden suite use of the rest of its file and of the work, read from the texts alone.

Covers what each check group is made of, an order of the tests in which work need not be loaded anew, and which tests
can notice a change of the work. Does not cover other files of the assignment, nor what is done when a part has changed.
Where it cannot tell, a group is made of the whole file, and every test notices.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias, TypeGuard

_Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def parts(source: str, groups: Sequence[str]) -> dict[str, str]:
    """For each group the code that its verdict can depend on, without comments and layout.

    Tests of a group, every definition that they name or ask for as a fixture, and what those name; statements that are
    no definitions belong to all groups. Raises SyntaxError. `parts("X = 1", ["a"]) -> {"a": ""}`
    """
    module = ast.parse(source)
    body, defined = module.body, _definitions(module.body)
    shared, tests = [], dict[str, list[ast.stmt]]()
    for statement in body:
        if _is_docstring(statement):
            continue
        if not bound(statement) or _runs_by_itself(statement):
            shared.append(statement)
        elif _is_test(statement):
            found = _groups_in(statement)
            if not found <= set(groups) or not found:
                return {group: ast.unparse(module) for group in groups}
            for group in found:
                tests.setdefault(group, []).append(statement)
    return {group: _text(body, _reached([*shared, *tests.get(group, ())], defined)) for group in groups}


def in_order(source: str, required: Collection[str]) -> list[str]:
    """The names of the tests, those that lend a trusted function after those that ask the student's own for it.

    Work that could have heard a trusted function's results is loaded anew before it is asked for the same function.
    Otherwise, and where no order avoids that, the order of the file. Raises SyntaxError.
    """
    module = ast.parse(source)
    defined = _definitions(module.body)
    lent, asked = {}, {}
    for test in filter(_is_test, module.body):
        nodes = [node for statement in _reached([test], defined) for node in ast.walk(statement)]
        lent[test.name] = {word.arg for node in nodes if _is_using(node) for word in node.keywords}
        asked[test.name] = {
            node.attr
            for node in nodes
            if isinstance(node, ast.Attribute) and node.attr in required and not _is_name(node.value, "reference")
        } - lent[test.name]
    left, order = list(lent), list[str]()
    while left:
        ready = [test for test in left if not any(asked[other] & lent[test] for other in left if other != test)]
        order.append((ready or left)[0])
        left.remove(order[-1])
    return order


@functools.lru_cache(maxsize=1000)
def noticing(suite: str, required: tuple[str, ...], work: str, changed: frozenset[str]) -> frozenset[str]:
    """The names of the tests that may come out otherwise for a work because of the definitions `changed` in it.

    Those that ask the student for a required name that is one of these or mentions one, itself or through what it
    mentions. Raises SyntaxError. A test of `f` does not notice a change of `g` that `f` does not mention.
    """
    asked, body = _asked(suite, required), ast.parse(work).body
    meant = _definitions(body)

    def reaches(roots: Sequence[ast.stmt]) -> bool:
        return any(changed & set(bound(each)) for each in _reached(roots, meant))

    if reaches([each for each in body if not bound(each)]):
        return frozenset(asked)
    touched = {name for name in required if name not in meant or reaches(meant[name])}
    return frozenset(test for test, names in asked.items() if names & touched or not names)


@functools.lru_cache(maxsize=10)
def _asked(suite: str, required: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The required names that each test may ask the student for; none where it cannot be told."""
    body = ast.parse(suite).body
    defined = _definitions(body)
    return {test.name: frozenset(required) & _mentioned(_reached([test], defined)) for test in body if _is_test(test)}


def redefined(source: str) -> frozenset[str] | None:
    """The names that code gives a meaning, imports aside; None where it does anything else. Raises SyntaxError."""
    body = [each for each in ast.parse(source).body if not _is_docstring(each)]
    if any(not bound(each) for each in body):
        return None
    defined = [each for each in body if not isinstance(each, (ast.Import, ast.ImportFrom))]
    return frozenset(name for each in defined for name in bound(each))


def _mentioned(statements: Collection[ast.stmt]) -> set[str]:
    """Names, words in quotes, and attributes of anything but the reference."""
    nodes = [node for statement in statements for node in ast.walk(statement) if isinstance(node, ast.Attribute)]
    attributes = {node.attr for node in nodes if not _is_name(node.value, "reference")}
    return attributes.union(*(_named(statement) for statement in statements))


def _definitions(body: Sequence[ast.stmt]) -> dict[str, list[ast.stmt]]:
    """The statements that give each name at the top of the file its meaning."""
    defined: dict[str, list[ast.stmt]] = {}
    for statement in body:
        for name in bound(statement):
            defined.setdefault(name, []).append(statement)
    return defined


def _is_test(statement: ast.stmt) -> TypeGuard[_Definition]:
    return isinstance(statement, _Definition) and statement.name.lower().startswith("test")


def _is_using(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "using"


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _reached(roots: Sequence[ast.stmt], defined: dict[str, list[ast.stmt]]) -> set[ast.stmt]:
    """The statements themselves, and the definitions that they name, and those that these name."""
    found: set[ast.stmt] = set()
    left = list(roots)
    while left:
        statement = left.pop()
        if statement not in found:
            found.add(statement)
            left += [each for name in _named(statement) for each in defined.get(name, ())]
    return found


def _text(body: Sequence[ast.stmt], chosen: set[ast.stmt]) -> str:
    return "\n".join(ast.unparse(each) for each in body if each in chosen)


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def bound(statement: ast.stmt) -> list[str]:
    """The names that a definition, an import or an assignment to names gives a meaning; none for anything else."""
    if isinstance(statement, _Definition):
        return [statement.name]
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name).partition(".")[0] for alias in statement.names]
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        leaves = [leaf for target in targets for leaf in _leaves(target)]
        return [leaf.id for leaf in leaves if isinstance(leaf, ast.Name)] if _all_names(leaves) else []
    return []


def _leaves(target: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, (ast.Tuple, ast.List)):
        for each in target.elts:
            yield from _leaves(each)
    else:
        yield target


def _all_names(leaves: Sequence[ast.expr]) -> bool:
    return all(isinstance(leaf, ast.Name) and leaf.id != "pytestmark" for leaf in leaves)


def _runs_by_itself(statement: ast.stmt) -> bool:
    """Whether pytest runs a definition though no test names it: hooks, set-up of modules, fixtures for everybody."""
    if not isinstance(statement, _Definition):
        return False
    hooks = ("pytest_", "setup_", "teardown_", "setUp", "tearDown")
    return statement.name.startswith(hooks) or any("autouse" in ast.unparse(each) for each in statement.decorator_list)


def _named(statement: ast.stmt) -> set[str]:
    """Every name that a statement mentions: variables, arguments (fixtures are asked for so), words in quotes."""
    found = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            found.add(node.value)
    return found


def _groups_in(test: _Definition) -> set[str]:
    """The groups in the `group` marks of a test, or of a class of tests and its methods."""
    marks = [mark for node in ast.walk(test) if isinstance(node, _Definition) for mark in node.decorator_list]
    return {
        mark.args[0].value
        for mark in marks
        if isinstance(mark, ast.Call)
        and isinstance(mark.func, ast.Attribute)
        and mark.func.attr == "group"
        and mark.args
        and isinstance(mark.args[0], ast.Constant)
        and isinstance(mark.args[0].value, str)
    }
