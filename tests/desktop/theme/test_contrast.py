"""Every text is readable and every control can be seen, in every theme (WCAG 2.2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop import theme
from desktop.theme import palette
from desktop.theme.palette import GROUNDS, THEMES, Tokens

READABLE, VISIBLE = 4.5, 3.0
names = [f"{tokens.name}-{'dark' if tokens.dark else 'light'}" for tokens in THEMES]
each_theme = pytest.mark.parametrize("tokens", THEMES, ids=names)


def ratio(tokens: Tokens, one: str, other: str) -> float:
    return palette.contrast(getattr(tokens, one), getattr(tokens, other))


@each_theme
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable_on_every_ground(tokens: Tokens, ground: str) -> None:
    low = {text: ratio(tokens, text, ground) for text in palette.TEXTS}
    assert {text for text, value in low.items() if value < READABLE} == set()


@each_theme
@pytest.mark.parametrize("ground", GROUNDS)
def test_lines_and_controls_can_be_seen(tokens: Tokens, ground: str) -> None:
    low = {line: ratio(tokens, line, ground) for line in palette.CONTROLS}
    assert {line for line, value in low.items() if value < VISIBLE} == set()


@each_theme
def test_text_on_filled_shapes_is_readable(tokens: Tokens) -> None:
    for ground in ("accent", "accent_hover"):
        assert ratio(tokens, "on_accent", ground) >= READABLE
    assert ratio(tokens, "surface", "ink") >= READABLE  # tool tips


@each_theme
def test_what_is_switched_off_can_still_be_seen(tokens: Tokens) -> None:
    dimmed = theme.dim(tokens)
    for ground in ("surface", "raised", "sunken"):
        assert palette.contrast(dimmed, getattr(tokens, ground)) >= VISIBLE


@each_theme
def test_half_transparent_icons_can_still_be_seen(tokens: Tokens) -> None:
    faded = palette.blend(tokens.ink, tokens.surface, theme.DISABLED)
    assert palette.contrast(faded, tokens.surface) >= VISIBLE


def test_high_contrast_is_higher() -> None:
    for tokens in THEMES:
        if tokens.name == "contrast":
            assert all(ratio(tokens, text, "surface") >= 7 for text in palette.TEXTS)
            assert ratio(tokens, "line", "surface") >= 7


def test_the_arithmetic_agrees_with_the_standard() -> None:
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palette.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert palette.blend("#000000", "#FFFFFF", 0.5) == "#808080"


def test_text_in_the_stylesheet_only_uses_the_tokens_that_are_checked() -> None:
    source = Path(theme.__file__).with_name("theme.qss").read_text(encoding="utf-8")
    used = set(re.findall(r"(?<![-\w])color:\s*\$\{?(\w+)", source))
    assert used <= {*palette.TEXTS, "on_accent", "surface", "dim"}
    grounds = set(re.findall(r"background(?:-color)?:\s*\$\{?(\w+)", source))
    assert grounds <= {*GROUNDS, "accent", "accent_hover", "on_accent", "hairline", "ink"} | {
        "line",  # a slider's groove and a scroll bar's handle carry no text
        "muted",
    }
