"""Every word of the window is there in Chinese, and the compiled file is the newest."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import i18n
from desktop.i18n import update
from desktop.inspector import in_view
from desktop.inspector import in_view as thing_names
from desktop.voice.orb import Orb
from perception.languages import folders

CHINESE = folders()["zh"] / "window.ts"
SOURCES = update.window_sources()
_TRANSLATE = ("translate", "QCoreApplication.translate", "QT_TRANSLATE_NOOP")
ROOT = Path(__file__).parents[3]


def messages(file: Path) -> dict[tuple[str, str], tuple[str, bool]]:
    """By context and source: the translation, and whether it is finished."""
    found = {}
    for context in ElementTree.parse(file).getroot().findall("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = (translation.text or "", "type" not in translation.attrib)
    return found


class Words(ast.NodeVisitor):
    """Context and text of every call that asks for a translation, without lupdate's help."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        named = node.func
        name = named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")
        texts = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
        if name == "tr":
            self._take(node, self._classes[-1] if self._classes else None, texts[0])
        elif ast.unparse(named) in _TRANSLATE and len(texts) > 1:
            self._take(node, texts[0], texts[1])
        elif name in ("_tr", "_t", "_"):
            self.wrong.append(f"line {node.lineno}: lupdate does not see {name}()")
        self.generic_visit(node)

    def _take(self, node: ast.Call, context: object, text: object) -> None:
        if isinstance(context, str) and isinstance(text, str):
            self.found.append((context, text))
        elif not (context in ("Things", "Advice", "Mind", "Actions") and text is None):
            self.wrong.append(f"line {node.lineno}: not a literal in a context")


def words_of(file: Path) -> Words:
    words = Words()
    words.visit(ast.parse(file.read_text(encoding="utf-8")))
    return words


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    i18n.install(qapp, "zh")
    yield
    i18n.install(qapp, "en")


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_every_text_has_a_translation(file: Path, chinese: None) -> None:
    words = words_of(file)
    known = messages(CHINESE)
    assert words.wrong == []
    assert [key for key in words.found if not known.get(key, ("", False))[0]] == []


def test_nothing_is_unfinished_or_left_over(tmp_path: Path) -> None:
    fresh = tmp_path / "window.ts"
    shutil.copy(CHINESE, fresh)
    update.collect(fresh, SOURCES)
    assert {key for key, (_, finished) in messages(fresh).items() if not finished} == set()
    assert messages(fresh).keys() == messages(CHINESE).keys()


def test_placeholders_survive_the_translation() -> None:
    pattern = r"%\d|\{\w*\}"
    for (_, source), (translation, _) in messages(CHINESE).items():
        assert sorted(re.findall(pattern, source)) == sorted(re.findall(pattern, translation))


def test_the_compiled_file_is_the_newest(tmp_path: Path) -> None:
    fresh = tmp_path / "window.ts"
    shutil.copy(CHINESE, fresh)
    update.release(fresh)
    compiled, kept = QTranslator(), QTranslator()
    assert compiled.load(str(fresh.with_suffix(".qm")))
    assert kept.load(str(CHINESE.with_suffix(".qm")))
    for context, source in messages(fresh):
        assert kept.translate(context, source) == compiled.translate(context, source)


def test_installing_changes_the_words_and_back(qapp: QApplication) -> None:
    assert i18n.install(qapp, "zh") == "zh"
    assert in_view.certainty(0.9) == "确定"
    assert Orb().word() == "就绪"
    assert thing_names.thing_name("bottle") == "瓶子"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert i18n.install(qapp, "en") == "en"
    assert in_view.certainty(0.9) == "sure"
    assert thing_names.thing_name("bottle") == "bottle"


@pytest.mark.parametrize(
    ("named", "system", "chosen"),
    [
        ("", ["zh-Hans-CN", "en"], "zh"),
        ("", ["de-DE", "en-GB"], "en"),
        ("", ["fr"], "en"),
        ("en", ["zh_CN"], "en"),
        ("zh", ["en"], "zh"),
        ("tlh", ["zh-TW"], "zh"),
    ],
)
def test_the_first_language_that_there_is_is_chosen(
    named: str, system: list[str], chosen: str
) -> None:
    assert i18n.choose(named, system) == chosen


def test_all_things_that_are_detected_have_names() -> None:
    known = (ROOT / "perception" / "seeing" / "objects.txt").read_text(encoding="utf-8").split("\n")
    assert [name for name in known if name and name not in thing_names.NAMES] == []
