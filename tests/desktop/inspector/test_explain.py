"""The panel that says why: decision first, everything in order, nothing missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from agent.types import Ended
from desktop import theme
from desktop.inspector import why_text
from desktop.inspector.reasons import ScoreBar
from desktop.inspector.why import WhyPanel, as_text
from desktop.widgets.collapsible import Collapsible
from perception.types import Box, Evidence, Where
from safety.types import Explanation, Finding, GivenSentence
from tests.desktop import reading

EVIDENCE = (
    Evidence(1, "text", "Ibuprofen 400 mg", Where("camera", Box(0.1, 0.1, 0.2, 0.1)), 0.97),
    Evidence(2, "document", "One tablet three times a day", Where("leaflet.pdf", page=2), 0.62),
)
CALM = Finding("patterns", "self_harm", None, 0.02, 0.5, "")
NEAR = Finding("classifier", "harm", None, 0.55, 0.6, "")
FIRED = Finding("privacy", "email", (3, 9), 1.0, 0.5, "an address was found")
FINE = Explanation("Nothing was held back or changed.", (CALM, NEAR), EVIDENCE, "", "")
HIDDEN = Explanation("An email was hidden.", (CALM, NEAR, FIRED), EVIDENCE, "Ask.", "Appeal.")
GIVEN = (
    GivenSentence("It says Ibuprofen.", 0.93, (1,)),
    GivenSentence(" Write to [hidden].", 0.4, (2,)),
)
CHANGED = replace(HIDDEN, changes=(HIDDEN.change,), sentences=GIVEN)
TIMES = {"hearing": 130.4, "whole_answer": 2310.0}


@pytest.fixture
def panel(qapp: QApplication, qtbot: QtBot) -> WhyPanel:
    theme.apply(qapp, Settings())
    made = WhyPanel()
    qtbot.addWidget(made)
    made.resize(theme.gap(80), theme.gap(200))
    made.show()
    return made


def show(panel: WhyPanel) -> None:
    panel.show_why(CHANGED, Ended.DONE, TIMES)


def test_before_any_answer_it_says_what_it_is_for(panel: WhyPanel) -> None:
    assert panel.text == ""
    assert "Why?" in " ".join(reading.words(panel))


def test_the_decision_comes_first_and_details_are_folded(panel: WhyPanel) -> None:
    show(panel)
    words = reading.words(panel)
    assert words[:3] == [
        "Why this answer",
        "Answered",
        "How sure: 2 of 2 sentences rest on what was seen or read",
    ]
    assert words.index("An email was hidden.") < words.index("Ibuprofen 400 mg")
    folds = {fold.title: fold.opened for fold in panel.findChildren(Collapsible)}
    assert folds == {
        "Sources (2)": True,
        "Safety checks (3)": True,
        "Sentence by sentence": False,
        "Times": False,
    }


def test_where_nothing_fired_the_rules_are_folded_too(panel: WhyPanel) -> None:
    panel.show_why(FINE, Ended.DONE, {})
    folds = {fold.title: fold.opened for fold in panel.findChildren(Collapsible)}
    assert folds["Safety checks (2)"] is False
    assert "Nothing was held back or changed." in reading.words(panel)


def test_a_change_names_its_reason_what_else_and_the_appeal(panel: WhyPanel) -> None:
    show(panel)
    words = reading.words(panel)
    at = words.index("An email was hidden.")
    assert words[at : at + 3] == ["An email was hidden.", "Ask.", "Appeal."]


def test_rules_stand_with_score_and_threshold_in_words_and_marks(panel: WhyPanel) -> None:
    show(panel)
    bars = panel.findChildren(ScoreBar)
    assert [(bar.score, bar.threshold) for bar in bars] == [(1.0, 0.5), (0.55, 0.6), (0.02, 0.5)]
    assert reading.spoken(bars[0]) == "Personal data: email. Score 1.00, acts from 0.50: it acted."
    assert "Score 0.55, acts from 0.60: it did not act." in reading.words(panel)
    assert bars[0].grab().toImage() != bars[1].grab().toImage()


def test_a_piece_of_evidence_can_be_met_again(panel: WhyPanel, qtbot: QtBot) -> None:
    show(panel)
    rows = [b for b in panel.findChildren(QPushButton) if b.property("kind") == "row"]
    assert reading.spoken(rows[0]) == "[1] Text in view: Ibuprofen 400 mg (sure)"
    with qtbot.waitSignal(panel.evidence_chosen) as heard:
        rows[1].setFocus()
        QTest.keyClick(rows[1], Qt.Key.Key_Space)
    assert heard.args == [EVIDENCE[1]]


def test_a_blocked_turn_without_sentences(panel: WhyPanel) -> None:
    why = Explanation("I will not help with this.", (FIRED,), (), "Call 112.", "Say so.")
    panel.show_why(replace(why, changes=(why.change,)), Ended.BLOCKED, {})
    words = reading.words(panel)
    assert "Held back" in words
    assert words.count("I will not help with this.") == 1
    assert "Nothing seen, heard or read: only what the model learned." in words


def test_a_turn_of_history_knows_little_and_says_it(panel: WhyPanel) -> None:
    panel.show_why(Explanation.of_notes(), Ended.INTERRUPTED, {})
    assert "Stopped before the end" in reading.words(panel)
    assert panel.text.startswith("Stopped before the end\n")


def test_an_answer_that_is_not_over_has_its_evidence_and_no_reasons_yet(panel: WhyPanel) -> None:
    panel.show_begun(EVIDENCE)
    assert "Ibuprofen 400 mg" in reading.words(panel)
    assert panel.text == ""


def test_as_plain_text_everything_is_there_in_order() -> None:
    text = as_text(CHANGED, Ended.DONE, TIMES)
    wanted = [
        "An email was hidden.",
        "How sure: 2 of 2 sentences rest on what was seen or read",
        "Sources",
        "- [1] Text in view: Ibuprofen 400 mg",
        "- [2] Document: One tablet three times a day",
        "What was changed",
        "- An email was hidden. Ask. Appeal.",
        "Safety checks",
        "- Personal data (email): Score 1.00, acts from 0.50: it acted.",
        "- Harm classifier (harm): Score 0.55, acts from 0.60: it did not act.",
        "Sentence by sentence",
        "- It says Ibuprofen. (rests on [1], sure)",
        "- Write to [hidden]. (rests on [2], fairly sure)",
        "Times",
        "- Hearing: 130 ms",
        "- Whole answer: 2.3 s",
    ]
    lines = text.split("\n")
    places = [lines.index(line) for line in wanted]
    assert places == sorted(places)


def test_the_nearest_of_many_looks_of_one_rule_is_kept() -> None:
    looks = [Finding("classifier", "harm", None, score, 0.6, "") for score in (0.1, 0.5, 0.2)]
    assert [finding.score for finding in why_text.strongest([*looks, FIRED])] == [1.0, 0.5]


def test_copy_and_read_aloud(panel: WhyPanel, qtbot: QtBot) -> None:
    show(panel)
    buttons = {b.text(): b for b in panel.findChildren(QPushButton)}
    buttons["Copy"].click()
    assert QGuiApplication.clipboard().text() == panel.text
    with qtbot.waitSignal(panel.speak_asked) as heard:
        buttons["Read aloud"].click()
    assert heard.args == [panel.text]


def test_markup_in_evidence_is_shown_as_it_is(panel: WhyPanel) -> None:
    odd = Evidence(1, "text", "<b>Ignore</b> <img src=x>", Where("camera"), 0.9)
    panel.show_why(replace(FINE, evidence=(odd,)), Ended.DONE, {})
    assert "<b>Ignore</b> <img src=x>" in reading.words(panel)


def test_it_scrolls_no_further_than_its_words(panel: WhyPanel, qtbot: QtBot) -> None:
    panel.resize(theme.gap(80), theme.gap(400))
    show(panel)
    qtbot.waitUntil(lambda: panel.verticalScrollBar().maximum() == 0)
    panel.resize(theme.gap(80), theme.gap(50))
    qtbot.waitUntil(lambda: panel.verticalScrollBar().maximum() > 0)


def test_everything_has_a_name_and_a_size(panel: WhyPanel) -> None:
    show(panel)
    for fold in panel.findChildren(Collapsible):
        fold.open()
    assert reading.nameless(panel) == []
    assert reading.too_small(panel) == []
