"""Turns the LaTeX that hints use into plain HTML.

Covers letters, Greek, sub- and superscripts, roots, fractions, accents, relations and function names.
Does not cover environments, alignment or macros: what it does not know is shown as it was written.
"""

from __future__ import annotations

import re
from html import escape, unescape

LONGEST = 300
_DEEPEST = 12
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|[^\s]")
_TAG = re.compile(r"<[^>]*>")
_THIN = "\u202f"

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi":
    "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi":
    "ψ", "omega": "ω", "ell": "ℓ",
}  # fmt: skip
_CAPITALS = {
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_BINARY = {
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "odot": "⊙", "otimes": "⊗", "oplus": "⊕", "circ": "∘",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "lt": "<", "gt": ">", "ll": "≪", "gg": "≫", "ne": "≠", "neq": "≠",
    "approx": "≈", "equiv": "≡", "sim": "∼", "propto": "∝", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆",
    "cup": "∪", "cap": "∩", "setminus": "∖", "to": "→", "rightarrow": "→", "leftarrow": "←", "gets": "←",
    "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "iff": "⇔", "implies": "⇒", "mapsto": "↦", "mid": "|",
    "land": "∧", "lor": "∨", "wedge": "∧", "vee": "∨",
}  # fmt: skip
_SYMBOLS = {
    "infty": "∞", "sum": "∑", "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "top": "⊤", "bot": "⊥",
    "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "forall": "∀", "exists": "∃", "emptyset": "∅",
    "varnothing": "∅", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨", "rangle": "⟩",
    "lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|", "vert": "|", "prime": "′", "neg": "¬",
    "lnot": "¬", "star": "⋆", "ast": "∗", "quad": "\u2003", "qquad": "\u2003\u2003", "colon": ":",
}  # fmt: skip
_FUNCTIONS = frozenset({
    "exp", "log", "ln", "max", "min", "argmax", "argmin", "arg", "sup", "inf", "lim", "sin", "cos", "tan",
    "tanh", "det", "dim", "gcd", "Pr", "softmax",
})  # fmt: skip
_ACCENTS = {"hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
            "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307"}  # fmt: skip
_UPRIGHT = frozenset({"text", "mathrm", "operatorname", "textrm", "mathsf", "texttt", "mathtt", "textbf"})
_BOLD = frozenset({"mathbf", "boldsymbol", "bm"})
_BLACKBOARD = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "E": "𝔼", "P": "ℙ", "1": "𝟙"}
_CALLIGRAPHIC = {"L": "ℒ", "N": "𝒩", "O": "𝒪", "V": "𝒱", "D": "𝒟", "U": "𝒰", "B": "ℬ", "H": "ℋ", "X": "𝒳"}
_SPACES = {",": _THIN, ":": _THIN, ";": _THIN, "!": "", " ": " "}
_SIZES = frozenset(
    {"left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle", "limits"}
)
_SEPARATORS = frozenset({",", ";"})
_OPENING = _SEPARATORS | {"(", "[", r"\{", r"\left"}
_OPERATORS = {"=": "=", "+": "+", "-": "−", "<": "<", ">": ">"}


class Unreadable(ValueError):
    """The formula uses something this module does not know."""


def to_html(tex: str) -> str:
    r"""The formula as HTML of i, b, sub, sup and span. `to_html(r"\sqrt{d_k}")` -> √ and `d` with subscript `k`.

    Raises Unreadable for what it does not know.
    """
    if len(tex) > LONGEST:
        raise Unreadable("too long")
    return _Reader(_TOKEN.findall(tex)).whole()


def to_plain(tex: str) -> str:
    r"""The formula on one line of text. `to_plain(r"\sqrt{d_k}") -> "√(d_k)"`. Raises Unreadable."""
    html = to_html(tex)
    html = re.sub(r'<span class="(?:root|over)">(.*?)</span>', r"(\1)", html)
    for tag, mark in (("sub", "_"), ("sup", "^")):
        html = re.sub(rf"<{tag}>(?:<i>)?(.)(?:</i>)?</{tag}>", rf"{mark}\1", html)
        html = html.replace(f"<{tag}>", f"{mark}(").replace(f"</{tag}>", ")")
    return unescape(_TAG.sub("", html))


class _Reader:
    """Reads tokens from left to right; one method per shape a formula can take."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> str:
        html = self._sequence(end=None)
        if not _TAG.sub("", html).strip():
            raise Unreadable("empty")
        return html

    def _peek(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next(self) -> str:
        token = self._peek()
        if token is None:
            raise Unreadable("ends too early")
        self._at += 1
        return token

    def _sequence(self, end: str | None, spaced: bool = True) -> str:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("too deep")
        parts: list[str] = []
        operand_before = False
        while (token := self._peek()) != end:
            if token is None:
                raise Unreadable("a brace is not closed")
            operator = _operator(token)
            if operator is not None:
                self._at += 1
                gap = _THIN if spaced and operand_before else ""
                parts.append(f"{gap}{escape(operator)}{gap}")
                operand_before = False
            elif token.isspace():
                self._at += 1
            else:
                if operand_before and token.removeprefix("\\") in _FUNCTIONS and len(token) > 1:
                    parts.append(_THIN)
                parts.append(self._scripted())
                operand_before = token not in _OPENING
                parts.append(_THIN if spaced and token in _SEPARATORS else "")
        if end is not None:
            self._at += 1
        self._depth -= 1
        return "".join(parts).replace("</i><i>", "")

    def _scripted(self) -> str:
        token = self._peek()
        if token in ("_", "^"):
            raise Unreadable("a script without its base")
        html = self._atom()
        while (mark := self._peek()) in ("_", "^", "'"):
            self._at += 1
            if mark == "'":
                html += "′"
            else:
                tag = "sub" if mark == "_" else "sup"
                html += f"<{tag}>{self._argument(spaced=False)}</{tag}>"
        return html

    def _argument(self, spaced: bool = True) -> str:
        while (token := self._peek()) is not None and token.isspace():
            self._at += 1
        if self._peek() == "{":
            self._at += 1
            return self._sequence(end="}", spaced=spaced)
        operator = _operator(self._peek() or "")
        if operator is not None:
            self._at += 1
            return escape(operator)
        return self._atom()

    def _atom(self) -> str:
        first = self._next()
        if first == "{":
            return self._sequence(end="}")
        if first in ("}", "_", "^", "&", "#", "%", "~", "$"):
            raise Unreadable(first)
        if first.startswith("\\"):
            return self._command(first[1:])
        return f"<i>{escape(first)}</i>" if first.isalpha() else escape(first)

    def _command(self, name: str) -> str:
        if name in _GREEK:
            return f"<i>{_GREEK[name]}</i>"
        for table in (_CAPITALS, _SYMBOLS, _SPACES):
            if name in table:
                return table[name]
        if name in _FUNCTIONS:
            following = (self._peek() or "(").strip()
            return name + (_THIN if following not in ("(", "_", "^", "") or (self._peek() or "").isspace() else "")
        if name in _SIZES:
            return "" if self._peek() != "." else self._next()[:0]
        if len(name) == 1 and name in "{}|%$#&_":
            return "‖" if name == "|" else escape(name)
        return self._construct(name)

    def _construct(self, name: str) -> str:
        if name == "sqrt":
            return f'√<span class="root">{self._argument()}</span>'
        if name in ("frac", "tfrac", "dfrac"):
            above, below = self._argument(), self._argument()
            return f"{_bracketed(above)}{_THIN}/{_THIN}{_bracketed(below)}"
        if name in _ACCENTS:
            inner = self._argument()
            if len(unescape(_TAG.sub("", inner))) != 1:
                if name != "overline":
                    raise Unreadable(name)
                return f'<span class="over">{inner}</span>'
            return inner.replace("</i>", f"{_ACCENTS[name]}</i>") if "</i>" in inner else inner + _ACCENTS[name]
        if name in _UPRIGHT:
            return escape(self._verbatim())
        if name in _BOLD:
            return f"<b>{self._argument()}</b>"
        if name in ("mathbb", "mathcal"):
            letter = self._verbatim()
            table = _BLACKBOARD if name == "mathbb" else _CALLIGRAPHIC
            if letter not in table:
                raise Unreadable(name)
            return table[letter]
        raise Unreadable(name)

    def _verbatim(self) -> str:
        while (self._peek() or "").isspace():
            self._at += 1
        first = self._next()
        if first != "{":
            return first
        parts: list[str] = []
        while (part := self._next()) != "}":
            if part == "{" or (part.startswith("\\") and part not in (r"\_", r"\ ")):
                raise Unreadable(part)
            parts.append(part.removeprefix("\\"))
        return "".join(parts)


def _operator(token: str) -> str | None:
    return _BINARY.get(token[1:]) if token.startswith("\\") else _OPERATORS.get(token)


def _bracketed(html: str) -> str:
    """Brackets around what would otherwise read wrongly on one line: `a + b` over `c` is `(a + b) / c`."""
    top_level = re.sub(r"<(sub|sup|span)\b.*?</\1>", "", html)
    compound = any(sign in unescape(_TAG.sub("", top_level)) for sign in (*_OPERATORS.values(), *_BINARY.values(), "/"))
    return f"({html})" if compound else html
