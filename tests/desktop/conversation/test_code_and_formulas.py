"""Code in colours, wrapped and saved; simple formulas in letters."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from desktop import theme
from desktop.conversation.text.code_colors import CodeColors, file_ending, lexer_of
from desktop.conversation.text.code_view import CodeView
from desktop.conversation.text.formulas import show_formulas
from desktop.widgets.elided import Elided

CODE = "def add(a, b):\n    # the sum\n    return a + 1  # 你好 😀\n"


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> CodeView:
    theme.apply(qapp, Settings(theme="light"))
    view = CodeView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    return view


def field(view: CodeView) -> QPlainTextEdit:
    return view.findChildren(QPlainTextEdit)[0]


def colours(view: CodeView) -> dict[str, str]:
    """Each coloured word with the name of its colour."""
    tokens = {theme.color(name).name(): name for name in ("muted", "accent", "warn", "danger")}
    found = dict[str, str]()
    block = field(view).document().begin()
    while block.isValid():
        units = block.text().encode("utf-16-le")
        for look in block.layout().formats():
            word = units[2 * look.start : 2 * (look.start + look.length)].decode("utf-16-le")
            found[word] = tokens[look.format.foreground().color().name()]
        block = block.next()
    return found


def test_code_has_the_colours_of_its_language(view: CodeView) -> None:
    view.show_code(CODE, "python")
    view.findChildren(CodeColors)[0].finish()
    said = colours(view)
    assert (said["def"], said["return"], said["1"]) == ("accent", "accent", "danger")
    assert said["# the sum"] == said["# 你好 😀"] == "muted"
    assert field(view).toPlainText() == CODE.rstrip("\n")


@pytest.mark.parametrize("language", ["", "text", "no such language", "<b>", "x" * 10_000])
def test_an_unknown_language_stays_in_one_colour(view: CodeView, language: str) -> None:
    assert lexer_of(language) is None
    view.show_code(CODE, language)
    view.findChildren(CodeColors)[0].finish()
    assert colours(view) == {}


def test_long_code_is_coloured_without_holding_the_window_up(view: CodeView, qtbot: QtBot) -> None:
    view.show_code("x = 'word' + 12  # more\n" * 700, "python")
    colors, slowest = view.findChildren(CodeColors)[0], 0.0
    lexer_of("python")
    began = time.monotonic()
    while not field(view).document().lastBlock().layout().formats():
        before = time.monotonic()
        colors._go_on()
        slowest = max(slowest, time.monotonic() - before)
        assert time.monotonic() - began < 20
    assert slowest < 0.25


def test_wrapping_shows_the_whole_of_a_long_line(view: CodeView) -> None:
    view.show_code("word " * 60, "text")
    before = field(view).height()
    wrap = view.stops()[0]
    wrap.click()  # type: ignore[attr-defined]
    assert field(view).height() > 2 * before
    wrap.click()  # type: ignore[attr-defined]
    assert field(view).height() == before


def test_code_is_saved_as_it_is(view: CodeView, tmp_path: Path) -> None:
    view.show_code(CODE, "python")
    view.save_to(tmp_path / "code.py")
    assert (tmp_path / "code.py").read_text(encoding="utf-8") == CODE
    view.save_to(tmp_path / "code.py" / "more.py")
    assert "Not saved" in " ".join(line.text() for line in view.findChildren(Elided))
    assert [file_ending(name) for name in ("python", "c++", "rust", "huh")] == [
        ".py",
        ".cpp",
        ".rs",
        ".txt",
    ]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        (r"The area is $\pi r^2$.", "The area is π r²."),
        (r"$$\frac{a}{b} \leq \sqrt{x}$$", "a/b ≤ √x"),
        (r"\(E = mc^2\)", "E = mc²"),
        (r"\[ \sum_{i=1}^{n} x_i \]", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"$\frac{\frac{1}{2}}{x+1}$", "(1/2)/(x+1)"),
        (r"$90^\circ$ and $10^{-3}$", "90° and 10⁻³"),
        (r"$x^{a/b}$", "x^(a/b)"),
        (r"$\{1,2\}$", "{1,2}"),
        ("It costs $5 and $10, or $5-$10.", "It costs $5 and $10, or $5-$10."),
        ("`$x^2$` and ``a ` $y^2$``", "`$x^2$` and ``a ` $y^2$``"),
        (r"$\begin{matrix} a \end{matrix}$", r"$\begin{matrix} a \end{matrix}$"),
        (r"$a*b*c$", r"a\*b\*c"),
    ],
)
def test_simple_formulas_are_letters(markdown: str, shown: str) -> None:
    assert show_formulas(markdown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "`" * 100_000 + "$",
        "$" * 4000,
        "$a" * 2000,
        "` `` " * 20_000 + "$",
        "$" + "{" * 399 + "$",
        "$" + "^{a" * 100 + "$",
        "$" + "\\frac{" * 40 + "$",
    ],
    ids=range(7),
)
def test_hostile_formulas_cost_little(text: str) -> None:
    began = time.process_time()
    show_formulas(text)
    assert time.process_time() - began < 1
