"""What an answer rests on, in the window: measured when the reasons are opened, shown live."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QProgressBar

from agent.codes import AgentCode
from agent.commands import MeasureCauses
from agent.events import Asked, CausesMeasured, Reply
from agent.types import Ended
from desktop.inspector.cause_view import CauseChart
from desktop.window.main import Window
from perception.messages import notice
from perception.types import Evidence, Where
from safety.types import Cause, CauseKind, Explanation, GivenSentence, LineEffect
from tests.desktop.window_script import NOTHING, Script, sentence
from tests.desktop.windowing import ask, button, newest

SEEN = (Evidence(1, "text", "PLATFORM 7", Where("picture"), 0.95),)
GIVEN = (GivenSentence("It is platform 7 [1].", 0.9, (1,)),)


def _answered(window: Window, script: Script) -> tuple[str, Explanation]:
    ask(window, "Which platform?")
    say = script.said()
    why = replace(NOTHING, evidence=SEEN, sentences=GIVEN)
    script.tell(
        Asked(say.turn, 1, say.text, None, SEEN, None),
        sentence(say.turn, 0, GIVEN[0].text),
        Reply(say.turn, GIVEN[0].text, Ended.DONE, why, {}),
    )
    return say.turn, why


def test_it_is_measured_when_the_reasons_are_opened(window: Window, script: Script) -> None:
    turn, why = _answered(window, script)
    assert MeasureCauses(turn) not in script.mind
    button(newest(window), "Why this answer?").click()
    assert MeasureCauses(turn) in script.mind
    panel = window.parts.inspector.why
    script.tell(CausesMeasured(turn, 0.25))
    assert panel.findChildren(QProgressBar)[-1].value() == 25
    effect = LineEffect(1, "7", 0.91, 0.12)
    causes = (Cause(0, CauseKind.RESTS, "7", 0.91, 0.1, (effect,)),)
    script.tell(CausesMeasured(turn, 1.0, replace(why, causes=causes)))
    assert "91% → 12%" in panel.text
    assert panel.findChildren(CauseChart)
    asked = script.mind.count(MeasureCauses(turn))
    button(newest(window), "Why this answer?").click()
    assert script.mind.count(MeasureCauses(turn)) == asked


def test_where_it_cannot_be_measured_it_says_why(window: Window, script: Script) -> None:
    turn, _ = _answered(window, script)
    button(newest(window), "Why this answer?").click()
    problem = notice(AgentCode.CAUSES_NEED_SCORES, engine="a server")
    script.tell(CausesMeasured(turn, 1.0, None, problem))
    words = [each.text() for each in window.parts.inspector.why.findChildren(QLabel)]
    assert any("a server cannot tell" in text for text in words)


def test_news_of_another_turn_changes_nothing(window: Window, script: Script) -> None:
    _answered(window, script)
    before = window.parts.inspector.why.text
    script.tell(CausesMeasured("another", 1.0, NOTHING))
    assert window.parts.inspector.why.text == before
