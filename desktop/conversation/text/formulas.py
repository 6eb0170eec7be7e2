r"""Simple LaTeX as plain letters: `\frac{a}{b}` as a/b, `x^2` as x². The rest stays as it is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

_FORMULA = re.compile(
    r"\$\$(?P<display>[^$]{1,400})\$\$"
    r"|\\\[(?P<square>[^$]{1,400}?)\\\]"
    r"|\\\((?P<round>[^$\n]{1,400}?)\\\)"
    # As pandoc has it: no space inside the dollars, and no digit after them. So $5 stays money.
    r"|(?<![\\$\w])\$(?=[^\s$])(?P<inline>[^$\n]{1,300})(?<=\S)\$(?![\d$])"
)
_TICKS = re.compile(r"`+")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_GROUP = r"\{([^{}]*)\}"
_TWO = re.compile(r"\\[dt]?frac\s*" + _GROUP + r"\s*" + _GROUP)
_ROOT = re.compile(r"\\sqrt\s*(?:\[([^\]]*)\])?\s*" + _GROUP)
_WORDS = re.compile(
    r"\\(?:text|mathrm|mathbf|mathit|operatorname|mathbb|mathcal|boxed)\s*" + _GROUP
)
_SCRIPT = re.compile(r"([\^_])(?:" + _GROUP + r"|(\\[A-Za-z]+|[^\s{}\\^_]))")
_MARKUP = re.compile(r"([*_`\[\]<>~#|\\])")
_TABLE = """
alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε zeta=ζ eta=η theta=θ iota=ι kappa=κ
lambda=λ mu=μ nu=ν xi=ξ pi=π rho=ρ sigma=σ tau=τ upsilon=υ phi=φ varphi=φ chi=χ psi=ψ omega=ω
Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Phi=Φ Psi=Ψ Omega=Ω times=× cdot=· div=÷
pm=± mp=∓ leq=≤ le=≤ geq=≥ ge=≥ neq=≠ ne=≠ approx=≈ equiv=≡ sim=∼ propto=∝ infty=∞ sum=∑
prod=∏ int=∫ partial=∂ nabla=∇ in=∈ notin=∉ subset=⊂ subseteq=⊆ cup=∪ cap=∩ emptyset=∅
forall=∀ exists=∃ neg=¬ land=∧ lor=∨ to=→ rightarrow=→ leftarrow=← implies=⇒ Rightarrow=⇒
iff=⇔ Leftrightarrow=⇔ mapsto=↦ circ=∘ degree=° ldots=… dots=… cdots=⋯ angle=∠ perp=⊥
parallel=∥ sqrt=√ hbar=ℏ ell=ℓ langle=⟨ rangle=⟩ sin=sin cos=cos tan=tan log=log ln=ln
exp=exp lim=lim max=max min=min det=det gcd=gcd bmod=mod prime=′ star=⋆
"""
_NAMES = {name: sign for name, _, sign in (pair.partition("=") for pair in _TABLE.split())}
_GAPS = {"quad": " ", "qquad": "  ", "left": "", "right": "", "displaystyle": "", "limits": ""}
_UP = dict(zip("0123456789+-=()ni′∘", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ′°", strict=True))
_DOWN = dict(zip("0123456789+-=()aeijkmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_DEEPEST = 6
_STAND_INS = {"^": "\ue000", "_": "\ue001", "{": "\ue002", "}": "\ue003"}


def show_formulas(markdown: str) -> str:
    """The same Markdown with its formulas as letters; code is left alone."""
    if "$" not in markdown and "\\(" not in markdown and "\\[" not in markdown:
        return markdown
    parts = (part if code else _FORMULA.sub(_shown, part) for code, part in _by_code(markdown))
    return "".join(parts)


def in_letters(formula: str) -> str:
    """A formula without its dollars, in letters, as far as it is known."""
    text = formula.strip().replace("\\,", " ").replace("\\;", " ").replace("\\!", "")
    text = text.replace("\\%", "%")
    for brace in "{}":
        text = text.replace(f"\\{brace}", _STAND_INS[brace])
    for _ in range(_DEEPEST):
        before = text
        text = _WORDS.sub(r"\1", text)
        text = _SCRIPT.sub(_script, text)
        text = _TWO.sub(lambda m: f"{_grouped(m[1])}/{_grouped(m[2])}", text)
        text = _ROOT.sub(lambda m: f"{_raised(m[1] or '', _UP)}√{_grouped(m[2])}", text)
        if text == before:
            break
    text = _COMMAND.sub(_named, text)
    text = text.replace("\\\\", " ").replace("{", "").replace("}", "")
    for mark, stand_in in _STAND_INS.items():
        text = text.replace(stand_in, mark)
    return " ".join(text.split())


def _shown(found: re.Match[str]) -> str:
    inside = next(group for group in found.groups() if group is not None)
    letters = in_letters(inside)
    if "\\" in letters:  # an order that is not known: half a formula would mislead
        return found[0]
    # What is letters now must not be read as Markdown.
    return _MARKUP.sub(r"\\\1", letters)


def _named(found: re.Match[str]) -> str:
    name = found[1]
    if name in _GAPS:
        return _GAPS[name]
    known = _NAMES.get(name)
    if known is None:
        return found[0]
    return f"{known} " if known.isascii() else known


def _script(found: re.Match[str]) -> str:
    inside = found[2] if found[2] is not None else found[3]
    inside = _COMMAND.sub(_named, inside).strip()
    return _raised(inside, _UP if found[1] == "^" else _DOWN, found[1])


def _raised(text: str, table: dict[str, str], mark: str = "") -> str:
    """Small letters where each has one; else the mark, and the text in brackets."""
    if all(letter in table for letter in text):
        return "".join(table[letter] for letter in text)
    # A stand-in, so that the next pass does not take it for an order again.
    return f"{_STAND_INS.get(mark, '')}{_grouped(text)}"


def _grouped(text: str) -> str:
    plain = text.strip()
    return plain if len(plain) == 1 or plain.isalnum() else f"({plain})"


def _by_code(markdown: str) -> Iterator[tuple[bool, str]]:
    """The text in parts, each with whether it is a span of code; linear in its length."""
    runs = [(run.start(), run.end()) for run in _TICKS.finditer(markdown)]
    later = dict[int, deque[int]]()
    for place, (start, end) in enumerate(runs):
        later.setdefault(end - start, deque()).append(place)
    at, place = 0, 0
    while place < len(runs):
        start, end = runs[place]
        same = later[end - start]
        while same and same[0] <= place:
            same.popleft()
        if not same:
            place += 1
            continue
        close = runs[same[0]][1]
        yield False, markdown[at:start]
        yield True, markdown[start:close]
        at, place = close, same[0] + 1
    yield False, markdown[at:]
