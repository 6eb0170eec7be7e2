"""The composer: keys, input methods, pictures, long pastes, and the button to talk."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from agent.prompting.prompt import MOST_CHARACTERS
from agent.settings import Settings
from desktop import theme
from desktop.conversation import attachments
from desktop.conversation.composer import Composer
from desktop.session.pictures import (
    check_picture,
    encode,
    read_picture,
    thumbnail,
)
from desktop.voice.push_to_talk import TalkButton
from perception.picture import MOST_BYTES
from perception.types import UserError


@pytest.fixture
def composer(qtbot: QtBot, qapp: QApplication) -> Iterator[Composer]:
    theme.apply(qapp, Settings(theme="light"))
    composer = Composer()
    composer.resize(560, 200)
    qtbot.addWidget(composer)
    composer.show()
    composer.focus_text()
    yield composer


@pytest.fixture
def sent(composer: Composer) -> list[tuple[str, tuple[bytes, ...]]]:
    seen = list[tuple[str, tuple[bytes, ...]]]()
    composer.sent.connect(lambda text, pictures: seen.append((text, pictures)))
    return seen


def _picture(width: int = 40, height: int = 30) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return encode(image)


def test_enter_sends_and_shift_enter_begins_a_line(
    qtbot: QtBot, composer: Composer, sent: list[tuple[str, tuple[bytes, ...]]]
) -> None:
    QTest.keyClicks(composer.text, "two")
    QTest.keyClick(composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(composer.text, "lines")
    assert sent == []
    QTest.keyClick(composer.text, Qt.Key.Key_Return)
    assert sent == [("two\nlines", ())]
    assert composer.draft == ""


def test_nothing_is_sent_where_nothing_is_written(
    qtbot: QtBot, composer: Composer, sent: list[tuple[str, tuple[bytes, ...]]]
) -> None:
    QTest.keyClicks(composer.text, "   ")
    QTest.keyClick(composer.text, Qt.Key.Key_Return)
    assert sent == []


def test_enter_belongs_to_the_input_method_while_chinese_is_composed(
    qtbot: QtBot, composer: Composer, sent: list[tuple[str, tuple[bytes, ...]]]
) -> None:
    QApplication.sendEvent(composer.text, QInputMethodEvent("ni hao", []))
    QTest.keyClick(composer.text, Qt.Key.Key_Return)
    assert sent == []
    commit = QInputMethodEvent("", [])
    commit.setCommitString("你好")
    QApplication.sendEvent(composer.text, commit)
    QTest.keyClick(composer.text, Qt.Key.Key_Return)
    assert [text.strip() for text, _ in sent] == ["你好"]


def test_the_field_grows_to_eight_lines_and_then_scrolls(composer: Composer) -> None:
    heights = list[int]()
    for lines in (1, 4, 8, 30):
        composer.text.setPlainText("\n".join(["line"] * lines))
        heights.append(composer.text.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_a_million_characters_are_attached_and_none_is_cut(composer: Composer) -> None:
    data = QMimeData()
    data.setText("x" * 1_000_000)
    composer.text.insertFromMimeData(data)
    assert (composer.draft, len(composer.texts[0].text)) == ("", 1_000_000)
    composer.text.setPlainText("x" * (MOST_CHARACTERS - 3))
    data.setText("more")
    composer.text.insertFromMimeData(data)
    assert [text.text for text in composer.texts[1:]] == ["more"]
    composer.set_draft("y" * (MOST_CHARACTERS + 1))
    assert composer.draft == "" and composer.texts[-1].text == "y" * (MOST_CHARACTERS + 1)


def test_binary_in_a_paste_loses_its_zeros(composer: Composer) -> None:
    data = QMimeData()
    data.setText("a\0b\x07c")
    composer.text.insertFromMimeData(data)
    assert "\0" not in composer.draft


def test_pictures_are_dropped_pasted_shown_removed_and_sent(
    qtbot: QtBot,
    composer: Composer,
    sent: list[tuple[str, tuple[bytes, ...]]],
    tmp_path: Path,
) -> None:
    file = tmp_path / "label.png"
    file.write_bytes(_picture())
    drop = QMimeData()
    drop.setUrls([QUrl.fromLocalFile(str(file))])
    composer.text.insertFromMimeData(drop)
    paste = QMimeData()
    paste.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    composer.text.insertFromMimeData(paste)
    assert [len(data) > 0 for data in composer.attached] == [True, True]
    remove = [b for b in composer.findChildren(QToolButton) if "Remove" in b.accessibleName()]
    QTest.mouseClick(remove[1], Qt.MouseButton.LeftButton)
    assert composer.attached == (file.read_bytes(),)
    QTest.keyClick(composer.text, Qt.Key.Key_Return)
    assert sent == [("", (file.read_bytes(),))]
    assert not composer.attached


def test_more_pictures_than_fit_are_refused_in_a_sentence(composer: Composer) -> None:
    trouble = list[str]()
    composer.trouble.connect(lambda message, hint: trouble.append(message))
    for _ in range(attachments.MOST + 1):
        paste = QMimeData()
        paste.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
        composer.take_pictures(paste)
    assert len(composer.attached) == attachments.MOST
    assert len(trouble) == 1


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_picture_is_said_so(composer: Composer, tmp_path: Path, content: bytes) -> None:
    trouble = list[str]()
    composer.trouble.connect(lambda message, hint: trouble.append(message + hint))
    file = tmp_path / "notes.png"
    file.write_bytes(content)
    composer.add_files([file])
    assert not composer.attached
    assert "notes.png" in trouble[0]


def test_missing_huge_and_tiny_files(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.png"):
        read_picture(tmp_path / "none.png")
    huge = tmp_path / "huge.png"
    with huge.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(UserError, match="50 MB"):
        read_picture(huge)
    one = _picture(1, 1)
    check_picture(one, "one pixel")
    small = thumbnail(one, 96)
    assert small is not None and small.width() >= 1


def _chunk(kind: bytes, body: bytes) -> bytes:
    crc = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)


def test_a_picture_of_more_than_100_megapixels_is_refused_unopened() -> None:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(b"")) + _chunk(b"IEND", b"")
    with pytest.raises(UserError, match="100 megapixels"):
        check_picture(data, "huge.png")


def test_the_button_stops_while_answering_and_sends_what_is_written_meanwhile(
    qtbot: QtBot, composer: Composer, sent: list[tuple[str, tuple[bytes, ...]]]
) -> None:
    stops = list[bool]()
    composer.stopped.connect(lambda: stops.append(True))
    assert not composer.go.isEnabled()
    composer.set_answering(True)
    assert composer.go.accessibleName() == "Stop this answer"
    QTest.mouseClick(composer.go, Qt.MouseButton.LeftButton)
    assert stops == [True]
    QTest.keyClicks(composer.text, "and now?")
    assert composer.go.accessibleName() == "Send"
    QTest.mouseClick(composer.go, Qt.MouseButton.LeftButton)
    assert sent == [("and now?", ())]


@pytest.fixture
def talk(qtbot: QtBot, composer: Composer) -> TalkButton:
    return composer.talk


@pytest.fixture
def talked(talk: TalkButton) -> list[object]:
    seen = list[object]()
    talk.changed.connect(seen.append)
    talk.discarded.connect(lambda: seen.append("discarded"))
    return seen


def test_holding_the_button_talks_until_it_is_let_go(
    qtbot: QtBot, talk: TalkButton, talked: list[object]
) -> None:
    QTest.mousePress(talk, Qt.MouseButton.LeftButton)
    assert talked == [True]
    assert talk.accessibleName() == "Let go to send"
    qtbot.wait(450)
    QTest.mouseRelease(talk, Qt.MouseButton.LeftButton)
    assert talked == [True, False]


def test_a_tap_begins_and_the_next_one_ends(
    qtbot: QtBot, talk: TalkButton, talked: list[object]
) -> None:
    QTest.mouseClick(talk, Qt.MouseButton.LeftButton)
    assert talked == [True]
    assert talk.accessibleName() == "Tap to send"
    QTest.mouseClick(talk, Qt.MouseButton.LeftButton)
    assert talked == [True, False]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keyboard_alone_can_talk(
    qtbot: QtBot, talk: TalkButton, talked: list[object], key: Qt.Key
) -> None:
    talk.setFocus()
    QTest.keyClick(talk, key)
    QTest.keyClick(talk, key)
    assert talked == [True, False]
    QTest.keyClick(talk, key)
    QTest.keyClick(talk, Qt.Key.Key_Escape)
    assert talked[2:] == [True, "discarded"]
    assert not talk.on


def test_the_meter_follows_the_level(talk: TalkButton) -> None:
    talk.toggle_talk()
    quiet = talk.grab().toImage()
    for _ in range(5):
        talk.set_level(0.9)
    assert talk.grab().toImage() != quiet


def test_without_a_microphone_it_says_so(talk: TalkButton) -> None:
    talk.set_microphone("")
    assert not talk.isEnabled()
    assert "no microphone" in talk.accessibleDescription()
    talk.set_microphone("Built-in")
    assert talk.isEnabled()


def test_every_control_has_a_name_and_a_target_of_24_pixels(composer: Composer) -> None:
    composer.take_pictures(_image_data())
    QApplication.processEvents()
    for button in composer.findChildren(QToolButton):
        if button.isVisible():
            assert button.accessibleName()
            assert min(button.width(), button.height()) >= 24, button.accessibleName()


def _image_data() -> QMimeData:
    data = QMimeData()
    data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    return data


def test_a_drop_on_the_frame_is_taken(composer: Composer, tmp_path: Path) -> None:
    from PySide6.QtGui import QDropEvent

    file = tmp_path / "a.png"
    file.write_bytes(_picture())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    composer.dropEvent(event)
    assert len(composer.attached) == 1
