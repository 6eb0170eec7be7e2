"""Codes cross layers and processes, sentences do not; each code has words in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from agent.codes import AgentCode
from desktop.codes import DesktopCode
from perception.codes import PerceptionCode
from perception.languages import languages
from perception.messages import ENGLISH, catalogue
from safety.codes import SafetyCode
from tests.sources import trees

PACKAGES = ("perception", "safety", "agent", "desktop")
CODES = {code.__name__: code for code in (PerceptionCode, SafetyCode, AgentCode, DesktopCode)}
MADE = (
    *("UserError", "TooLarge", "Worse", "notice", "plain", "Failed", "Trouble", "State", "Ready"),
    *("GaveUp", "Wrong", "Said", "Done", "Row", "Explanation", "Quality", "Snapshot", "Choice"),
    *("Fit", "Problem", "Fault", "Adapter"),
)
"""What is told, and what it is made of."""
_SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]|[a-z]\.$")


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Where it stands, what is called, and the call."""
    for file, tree in trees(*PACKAGES):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                yield f"{file}:{node.lineno}", name, node


def _words(node: ast.AST) -> Iterator[str]:
    """The text of each literal in an argument; other calls in it answer for themselves."""
    if isinstance(node, ast.Call):
        return
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(p.value) if isinstance(p, ast.Constant) else "0" for p in node.values)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _words(child)


def _sentences(call: ast.Call) -> list[str]:
    given = (*call.args, *(keyword.value for keyword in call.keywords))
    return [text for node in given for text in _words(node) if _SENTENCE.search(text)]


def test_the_guard_sees_sentences() -> None:
    for source in ('UserError("It broke.", "x")', 'Failed(t, f"The file {x} is gone.")'):
        call = ast.parse(source, mode="eval").body
        assert isinstance(call, ast.Call) and _sentences(call)


def test_no_literal_sentence_is_told() -> None:
    made = [(place, call) for place, name, call in _calls() if name in MADE]
    assert len(made) > 300
    assert [(place, words) for place, call in made if (words := _sentences(call))] == []


def _code(node: ast.expr) -> str:
    """The code that an expression names, or nothing."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        kind = CODES.get(node.value.id)
        return str(kind[node.attr]) if kind else ""
    return ""


def _filled(code: str, language: str) -> set[str]:
    texts = " ".join(catalogue(language)[code].values())
    return {name.split(".")[0] for _, name, _, _ in Formatter().parse(texts) if name}


def test_every_placeholder_is_given_and_nothing_else() -> None:
    told = [(p, c) for p, name, c in _calls() if name in ("UserError", "notice") and c.args]
    wrong = []
    for place, call in told:
        if (code := _code(call.args[0])) and len(call.args) == 1:
            given = {keyword.arg for keyword in call.keywords}
            if given != _filled(code, ENGLISH):
                wrong.append((place, code, given ^ _filled(code, ENGLISH)))
    assert wrong == []


def test_no_code_is_unused() -> None:
    used = {
        (node.value.id, node.attr)
        for _, tree in trees(*PACKAGES)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    known = {(name, member.name) for name, kind in CODES.items() for member in kind}
    assert known - used == set()


def test_every_message_of_the_catalogue_has_a_code() -> None:
    codes = {str(member) for kind in CODES.values() for member in kind}
    assert set(catalogue(ENGLISH)) == codes


@pytest.mark.parametrize("language", languages())
def test_every_code_has_its_words(language: str) -> None:
    english, words = catalogue(ENGLISH), catalogue(language)
    assert set(words) == set(english)
    for code, entry in english.items():
        assert set(words[code]) - {"way"} == set(entry) - {"way"} and all(words[code].values())
        assert _filled(code, language) == _filled(code, ENGLISH), code


ABOUT_NO_MODEL = frozenset({
    AgentCode.CONVERSATION_HAS_TOO_MANY_TOKENS,
    AgentCode.CONVERSATION_TOO_LONG,
    AgentCode.NO_GRAMMAR,
    AgentCode.ADAPTER_DOES_NOT_FIT_MODEL,
    AgentCode.ADAPTER_FILE_NOT_THERE,
    AgentCode.LLAMA_SEES_NO_GPU,
    AgentCode.TORCH_SEES_NO_GPU,
    AgentCode.WANTED_ADAPTER_NOT_ON,
})  # fmt: skip
"""What engines raise and no other model would mend."""


def test_what_an_engine_cannot_do_leads_to_the_models() -> None:
    """The catalogue is the one list of the errors that the Models page mends."""
    raised = {
        code
        for place, name, call in _calls()
        if name == "UserError"
        and call.args
        and place.startswith(("agent/dialogue", "agent/engines"))
        if (code := _code(call.args[0]))
    }
    ways = {code: entry.get("way", "") for code, entry in catalogue(ENGLISH).items()}
    assert set(ways.values()) == {"", "models"}
    assert len(raised) > 20
    assert {code for code in raised if not ways[code]} - ABOUT_NO_MODEL == set()
