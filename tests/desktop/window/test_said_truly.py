"""Small promises: a chat that is there is listed, a camera that is not open is not called on."""

from __future__ import annotations

from PySide6.QtWidgets import QCompleter, QLineEdit

from agent.codes import AgentCode
from agent.events import Failed, Kept
from agent.memory.history import History
from agent.types import Ended
from desktop.conversation.evidence_chip import chip_text
from desktop.inspector.why_text import overall
from desktop.session import intents
from desktop.window.main import Window
from perception.codes import PerceptionCode
from perception.messages import notice
from perception.types import Box, Evidence, Where
from safety.types import Explanation, GivenSentence
from tests.desktop.window_script import Script
from tests.desktop.windowing import ask, change, composer_of, notice_of, open_chat, transcript_of

LOST = notice(PerceptionCode.CAMERA_NOT_OPENED, where="1")


def test_a_chat_whose_answer_waits_for_a_model_is_listed(
    window: Window, script: Script, history: History
) -> None:
    ask(window, "What is tea?")
    say, chat = script.said(), history.new_chat()
    history.begin(say.turn, chat, say.text)
    script.tell(Kept(say.turn, chat))
    assert window.session.chat == chat
    assert window.parts.chats.title_of(chat) == "What is tea?"


def test_a_second_question_goes_to_the_same_chat_as_soon_as_that_is_known(
    window: Window, script: Script, history: History
) -> None:
    window.session.ask("One?", ())
    first, chat = script.said(), history.new_chat()
    window.session.ask("Two?", ())
    assert script.said() is first
    history.begin(first.turn, chat, first.text)
    script.tell(Kept(first.turn, chat))
    assert (script.said().text, script.said().chat) == ("Two?", chat)


def test_a_camera_that_cannot_be_opened_is_off_and_says_so_until_one_works(
    window: Window, script: Script
) -> None:
    window.actions_.look_through("camera:0")
    assert composer_of(window).camera.isChecked()
    script.tell(Failed("", LOST))
    assert (window.actions_.camera, composer_of(window).camera.isChecked()) == ("", False)
    assert notice_of(window) == "Camera 1 cannot be opened."
    window.actions_.look_through("file:clip.avi")
    assert notice_of(window) == ""


def test_another_failure_leaves_the_camera_on(window: Window, script: Script) -> None:
    window.actions_.look_through("camera:0")
    script.tell(Failed("", notice(AgentCode.CAMERA_STOPPED, kind="x")))
    assert window.actions_.camera == "camera:0"


def test_a_reopened_chat_has_its_chips_and_how_sure(
    window: Window, script: Script, history: History
) -> None:
    tag = Evidence(3, "text", "PLATFORM 7", Where("picture", Box(0, 0, 1, 1)), 0.9)
    why = Explanation(
        "", (), (tag,), "", "", sentences=(GivenSentence("Platform 7 [3].", 0.9, (3,)),)
    )
    chat = history.new_chat("Station")
    history.begin("t1", chat, "Which platform?")
    history.ground("t1", "Which platform?", (tag,))
    history.add_pictures("t1", [b"jpeg"])
    history.end("t1", "Platform 7 [3].", Ended.DONE, why)
    open_chat(window, chat)
    turn = transcript_of(window).get("t1")
    assert turn is not None and [chip_text(item) for item in turn.cited] == ["[3] “PLATFORM 7”"]
    assert turn.why is not None and overall(turn.why)
    assert window.session.pictures(turn) == (b"jpeg",)


def test_why_says_to_which_question_and_leaves_with_an_answer_that_is_replaced(
    window: Window, script: Script
) -> None:
    ask(window, "What is tea?")
    turn = script.answer(["A drink."]).turn
    window.actions_.explain(turn)
    why = window.parts.inspector.why
    about = "The answer to “What is tea?”"
    assert window.parts.inspector.about == about and why.text
    ask(window, "And coffee?")
    script.answer(["Another."])
    assert window.parts.inspector.about == about
    window.actions_.wish(intents.Regenerate(turn))
    assert (why.text, window.parts.inspector.about) == ("", "")


def test_what_completes_a_name_is_no_black_on_black(window: Window) -> None:
    for name in ("light", "dark"):
        change(window, theme=name)
        field = QLineEdit()
        completer = QCompleter(["docs", "desktop"], field)
        popup = completer.popup()
        assert popup is not None
        popup.ensurePolished()
        colors = popup.palette()
        assert abs(colors.base().color().lightness() - colors.text().color().lightness()) > 100
