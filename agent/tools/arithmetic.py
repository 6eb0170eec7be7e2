"""An exact calculator: fractions, never floats; no `eval`.

`+ - * / ^ %`, parentheses, `sqrt cbrt root round abs sum mean min max`. "20%" is 0.2; after a plus
or a minus it is that share of what stands before (`200 + 15%` is 230).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

MOST_CHARACTERS = 1000
MOST_DIGITS = 2000
_PLACES = 4
_PRECISION = 60
_DEEPEST = 60

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d[\d,]*(?:\.\d+)?|\.\d+)|(?P<name>[a-z]+"
    r"|√|π)|(?P<sign>\*\*|[-+*/^%(),×÷·−]))"
)
_SIGNS = {"**": "^", "×": "*", "·": "*", "÷": "/", "−": "-"}


class CannotCalculate(Exception):
    """`code` says why: by_zero, too_large, too_long, not_real or unclear."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Share:
    """A percentage, before it is known of what."""

    value: Fraction


_Term = Fraction | _Share


def evaluate(expression: str) -> Fraction:
    """The exact value (roots to 60 digits). Raises `CannotCalculate`."""
    if len(expression) > MOST_CHARACTERS:
        raise CannotCalculate("too_long")
    reader = _SumParser(_tokens(expression.lower().replace("²", "^2").replace("³", "^3")))
    value = _plain(reader.sum())
    if reader.peek():
        raise CannotCalculate("unclear")
    return _limited(value)


def shown(value: Fraction, most_places: int = _PLACES) -> tuple[str, bool]:
    """A number with thousands separators, and whether these are all of its digits."""
    scaled = abs(value) * 10**most_places
    whole = math.floor(scaled + Fraction(1, 2))
    if value and not whole:
        # Tiny: the digits that count, whatever the places.
        with localcontext() as context:
            context.prec = 4
            number = Decimal(value.numerator) / Decimal(value.denominator)
            return f"{number:.3e}", False
    digits = str(whole).zfill(most_places + 1)
    head = digits[:-most_places] if most_places else digits
    tail = digits[-most_places:].rstrip("0") if most_places else ""
    sign = "-" if value < 0 else ""
    text = f"{sign}{_grouped(head)}" + (f".{tail}" if tail else "")
    return text, scaled == whole


def _grouped(digits: str) -> str:
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", digits)


def _tokens(text: str) -> list[str]:
    tokens, at = list[str](), 0
    text = text.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise CannotCalculate("unclear")
        token = found[0].strip()
        token = token.replace(",", "") if found["number"] and _thousands(token) else token
        if found["number"] and "," in token:
            # "max(3,4)": the comma parts arguments.
            cut = found[0].index(",")
            token, at = found[0][:cut].strip(), at + cut
            tokens.append(token)
            continue
        tokens.append(_SIGNS.get(token, token))
        at = found.end()
    return tokens


def _thousands(token: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+", token) is not None


class _SumParser:
    """Reads tokens by recursive descent, one method a level of precedence."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0

    def peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self) -> str:
        token = self.peek()
        if not token:
            raise CannotCalculate("unclear")
        self._at += 1
        return token

    def sum(self) -> _Term:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise CannotCalculate("too_long")
        left = self.product()
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            base, right = _plain(left), self.product()
            share = isinstance(right, _Share)
            left = _limited(base + sign * (base * _plain(right) if share else _plain(right)))
        self._depth -= 1
        return left

    def product(self) -> _Term:
        left = self.signed()
        while True:
            if self.peek() in ("*", "/"):
                times = self.take() == "*"
                right = _plain(self.signed())
            elif self.peek() == "(" or self.peek().isalpha() or self.peek() == "√":
                times, right = True, _plain(self.power())  # 2(3 + 4)
            else:
                return left
            if not times and right == 0:
                raise CannotCalculate("by_zero")
            left = _limited(_plain(left) * right if times else _plain(left) / right)

    def signed(self) -> _Term:
        if self.peek() in ("-", "+"):
            sign = -1 if self.take() == "-" else 1
            return sign * _plain(self.signed())
        return self.power()

    def power(self) -> _Term:
        base = self.single()
        if self.peek() == "^":
            self.take()
            return _power(_plain(base), _plain(self.signed()))
        return base

    def single(self) -> _Term:
        value = self.atom()
        while self.peek() == "%":
            self.take()
            value = _Share(_plain(value) / 100)
        return value

    def atom(self) -> _Term:
        token = self.take()
        if token == "(":
            value = self.sum()
            self.close()
            return value
        if token[0].isdigit() or token[0] == ".":
            if len(token) > MOST_DIGITS:
                raise CannotCalculate("too_long")
            return Fraction(token)
        if token in ("pi", "π"):
            return Fraction("3.14159265358979323846264338327950288419716939937510582097494")
        if token == "√":
            return _root(_plain(self.signed()), 2)
        if token in _FUNCTIONS and self.take() == "(":
            arguments = [_plain(self.sum())]
            while self.peek() == ",":
                self.take()
                arguments.append(_plain(self.sum()))
            self.close()
            return _limited(_FUNCTIONS[token](arguments))
        raise CannotCalculate("unclear")

    def close(self) -> None:
        if self.take() != ")":
            raise CannotCalculate("unclear")


def _plain(value: _Term) -> Fraction:
    return value.value if isinstance(value, _Share) else value


def _limited(value: Fraction) -> Fraction:
    bits = MOST_DIGITS * math.log2(10)
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > bits:
        raise CannotCalculate("too_large")
    return value


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1:
        if base < 0:
            raise CannotCalculate("not_real")
        _fits(base, exponent)
        with localcontext() as context:
            context.prec = _PRECISION
            return Fraction(_decimal(base) ** _decimal(exponent))
    if base == 0 and exponent < 0:
        raise CannotCalculate("by_zero")
    _fits(base, exponent)
    return _limited(base ** int(exponent))


def _fits(base: Fraction, exponent: Fraction) -> None:
    size = max(abs(base.numerator).bit_length(), base.denominator.bit_length())
    if size > 1 and size * abs(exponent) > 4 * MOST_DIGITS:
        raise CannotCalculate("too_large")


def _root(value: Fraction, degree: int) -> Fraction:
    if degree < 1 or degree > 1000:
        raise CannotCalculate("unclear")
    if value < 0:
        if degree % 2 == 0:
            raise CannotCalculate("not_real")
        return -_root(-value, degree)
    top, bottom = _whole_root(value.numerator, degree), _whole_root(value.denominator, degree)
    if top**degree == value.numerator and bottom**degree == value.denominator:
        return Fraction(top, bottom)
    with localcontext() as context:
        context.prec = _PRECISION
        return Fraction(_decimal(value) ** (Decimal(1) / degree))


def _whole_root(value: int, degree: int) -> int:
    if degree == 2:
        return math.isqrt(value)
    low, high = 0, 1 << (value.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= value else (low, middle - 1)
    return low


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _rounded(arguments: Sequence[Fraction]) -> Fraction:
    value, places = arguments[0], int(arguments[1]) if len(arguments) > 1 else 0
    if not 0 <= places <= 50:
        raise CannotCalculate("unclear")
    scale = 10**places
    whole = math.floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(-whole if value < 0 else whole, scale)


def _mean(arguments: Sequence[Fraction]) -> Fraction:
    return sum(arguments, Fraction(0)) / len(arguments)


_FUNCTIONS: dict[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "sqrt": lambda a: _root(a[0], 2),
    "cbrt": lambda a: _root(a[0], 3),
    "root": lambda a: _root(a[0], int(a[1]) if len(a) > 1 else 2),
    "round": _rounded,
    "abs": lambda a: abs(a[0]),
    "sum": lambda a: sum(a, Fraction(0)),
    "mean": _mean,
    "average": _mean,
    "min": min,
    "max": max,
}
