"""The calculator is exact, and says why where it cannot."""

from __future__ import annotations

from fractions import Fraction

import pytest

from agent.tools.arithmetic import CannotCalculate, evaluate, shown


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("3478*59", "205202"),
        ("0.1+0.2", "3/10"),
        ("18%*2640", "2376/5"),
        ("200+15%", "230"),
        ("200-15%*2", "1997/10"),
        ("(187.60+15%)/4", "10787/200"),
        ("2^10", "1024"),
        ("2**-2", "1/4"),
        ("-3^2", "-9"),
        ("2(3+4)", "14"),
        ("sqrt(7056)", "84"),
        ("cbrt(27)", "3"),
        ("round(205202/7, 2)", "2931457/100"),
        ("mean(61, 67, 58)", "62"),
        ("1,234,567+1", "1234568"),
        ("50000×1.02³−50000", "15302/5"),
    ],
)
def test_exact(expression: str, value: str) -> None:
    assert evaluate(expression) == Fraction(value)


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("1/0", "by_zero"),
        ("0^-1", "by_zero"),
        ("9^9^9", "too_large"),
        ("10^1000000", "too_large"),
        ("1" * 1001, "too_long"),
        ("(" * 100 + "1" + ")" * 100, "too_long"),
        ("sqrt(-4)", "not_real"),
        ("(-8)^0.5", "not_real"),
        ("2+", "unclear"),
        ("(1+2", "unclear"),
        ("import os", "unclear"),
        ("__import__('os')", "unclear"),
        ("", "unclear"),
    ],
)
def test_what_cannot_be_computed_says_why(expression: str, code: str) -> None:
    with pytest.raises(CannotCalculate) as failure:
        evaluate(expression)
    assert failure.value.code == code


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("205202", ("205,202", True)),
        ("2376/5", ("475.2", True)),
        ("1/3", ("0.3333", False)),
        ("-1234567/2", ("-617,283.5", True)),
        ("1/1000000", ("1.000e-6", False)),
        ("0", ("0", True)),
    ],
)
def test_shown(value: str, text: tuple[str, bool]) -> None:
    assert shown(Fraction(value)) == text
