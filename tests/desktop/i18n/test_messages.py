"""What other processes tell is shown in the window's language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from agent.codes import AgentCode
from desktop import i18n
from desktop.i18n.messages import headline, message, next_step, sentences
from perception.codes import PerceptionCode
from perception.messages import notice, plain
from safety.codes import SafetyCode
from safety.types import Explanation


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    i18n.install(qapp, "zh")
    yield
    i18n.install(qapp, "en")


def test_a_failure_comes_in_the_language_of_the_window(chinese: None) -> None:
    failed = notice(AgentCode.SOMETHING_BROKE, kind="KeyError")
    assert sentences(failed) == ("出了问题：KeyError。", "请再试一次。")
    assert message(notice(PerceptionCode.MICROPHONE_SILENT, name="USB")) == "麦克风“USB”没有声音。"
    assert failed.message == "Something broke: KeyError."


def test_a_message_within_a_message_comes_in_the_same_language(chinese: None) -> None:
    lost = notice(PerceptionCode.MODEL_FILE_MISSING, file="vad.onnx")
    told = notice(PerceptionCode.HOLD_UNTIL_THEN, trouble=lost)
    assert message(told) == "缺少模型文件 vad.onnx。"
    assert sentences(told)[1].startswith("请运行：") and sentences(told)[1].endswith("按键说话。")


def test_the_notes_of_an_account_are_said_one_after_the_other(chinese: None) -> None:
    notes = (notice(SafetyCode.NOTHING_CHANGED), notice(AgentCode.ANSWER_CUT_REPEATING))
    why = Explanation.of_notes(*notes)
    assert headline(why) == "没有更改任何内容。 回答被截断：模型开始重复。"
    assert next_step(why) == "" and why.untouched


def test_words_of_an_older_version_are_shown_as_they_are(chinese: None) -> None:
    why = Explanation("The history was full.", (), (), "Make room.", "")
    assert (headline(why), next_step(why)) == ("The history was full.", "Make room.")
    assert sentences(plain("Pi is 3.14.", "Really.")) == ("Pi is 3.14.", "Really.")
