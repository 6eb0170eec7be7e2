"""The pages of training, with a scripted child in place of `candor train`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from agent.adapters.store import About, Measured
from agent.settings import Settings
from desktop import theme
from desktop.processes import training_events as events
from desktop.session.training import Trainer
from desktop.training import labels
from desktop.training.dialog import (
    EXAMPLES,
    TRAINED,
    VOICE,
    TrainingDialog,
)
from perception.audio.ipc.messages import (
    Level,
    PlayBack,
    Record,
    Recorded,
    Trouble,
)
from perception.messages import plain

pytestmark = pytest.mark.slow

CHILD = [sys.executable, "-m", "tests.desktop.training_child"]
WAIT = 20_000


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path))
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    return tmp_path / "seen"


@pytest.fixture
def panel(qapp: QApplication, qtbot: QtBot, tmp_path: Path, seen: Path) -> Iterator[TrainingDialog]:
    theme.apply(qapp, Settings(theme="light"))
    made = TrainingDialog(tmp_path, "en", start=CHILD)
    yield made
    # pytest-qt would delete it before this, and then nobody hears that the children end.
    made.close_work()
    rest(qtbot, made)
    made.close()
    made.deleteLater()


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def rest(qtbot: QtBot, panel: TrainingDialog) -> None:
    qtbot.waitUntil(lambda: not (panel.work.running or panel.task.running), timeout=WAIT)


def press(widget: QWidget, name: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.text() == name).click()


def test_from_examples_to_a_result(qtbot: QtBot, panel: TrainingDialog, seen: Path) -> None:
    page = panel.examples
    assert not page.begin.isEnabled()
    page.path.setText("garden.csv")
    page.marks.setChecked(True)
    page.check.click()
    assert not page.check.isEnabled()
    rest(qtbot, panel)
    told = words(page)
    assert "40 examples to learn from, 5 kept back to check with." in told
    assert "3 rows are there twice." in told
    assert "900 tokens" in told
    assert page.begin.isEnabled()
    page.estimate.click()
    rest(qtbot, panel)
    assert "41 minutes" in page.status
    assert "5.2 GB" in page.status
    page.begin.click()
    rest(qtbot, panel)
    assert page.run.text.startswith("Done")
    assert "Loss 0.167" in page.run.curves.words()
    assert "Kept back 0.4" in page.run.curves.words()
    assert "Grounding" in words(page.run)
    asked = seen.read_text().splitlines()
    assert asked[0].startswith("prepare garden.csv --history --name mine --layers 8 --json")
    assert any(line.startswith("run garden.csv --history --name mine --layers 8") for line in asked)


def test_what_is_chosen_is_counted_again_and_told(
    qtbot: QtBot, panel: TrainingDialog, seen: Path
) -> None:
    panel.show()
    rest(qtbot, panel)
    page, choices = panel.examples, panel.examples.choices
    assert not choices.fold.opened
    assert choices.base.value == "tiny"
    page.path.setText("garden.csv")
    page.check.click()
    rest(qtbot, panel)
    choices.rounds.setValue(7)
    choices.rank.setCurrentIndex(choices.rank.findData("16"))
    choices.rank.activated.emit(choices.rank.currentIndex())
    qtbot.waitUntil(lambda: "estimate" in seen.read_text(), timeout=WAIT)
    rest(qtbot, panel)
    asked = next(line for line in seen.read_text().splitlines() if line.startswith("estimate"))
    assert "--layers 8 --rank 16 --model tiny --epochs 7 --counted" in asked
    assert "5.2 GB" in page.status


def test_what_does_not_fit_is_told_before_the_start(qtbot: QtBot, panel: TrainingDialog) -> None:
    panel.show()
    rest(qtbot, panel)
    page, choices = panel.examples, panel.examples.choices
    page.path.setText("garden.csv")
    page.check.click()
    rest(qtbot, panel)
    assert page.begin.isEnabled()
    choices.way.setCurrentIndex(choices.way.findData("full"))
    choices.way.activated.emit(choices.way.currentIndex())
    assert not choices.rank.isEnabled()
    qtbot.waitUntil(lambda: "3.0 GB of memory are missing" in words(page), timeout=WAIT)
    rest(qtbot, panel)
    assert "browser" in words(page)
    assert not page.begin.isEnabled()
    choices.way.setCurrentIndex(choices.way.findData("quick"))
    choices.way.activated.emit(choices.way.currentIndex())
    qtbot.waitUntil(page.begin.isEnabled, timeout=WAIT)
    assert "missing" not in words(page)


def test_going_on_takes_the_options_of_the_start(
    qtbot: QtBot, panel: TrainingDialog, tmp_path: Path, seen: Path
) -> None:
    asked = {"data": "/my/roses.csv", "history": True, "model": "tiny", "layers": 4, "rank": 16,
             "epochs": 9, "rate": 0.0004, "seed": 3, "full": False}  # fmt: skip
    work = tmp_path / "training" / "roses"
    work.mkdir(parents=True)
    (work / "job.json").write_text(json.dumps({"asked": asked}))
    panel.show()
    rest(qtbot, panel)
    press(panel.trained, "Go on with it")
    rest(qtbot, panel)
    assert "\nresume roses --json" in seen.read_text()
    page = panel.examples
    assert (page.path.text(), page.marks.isChecked()) == ("/my/roses.csv", True)
    assert page.choices.words() == [
        "--layers", "4", "--rank", "16", "--model", "tiny", "--epochs", "9", "--rate", "4e-4",
        "--seed", "3",
    ]  # fmt: skip
    assert page.run.text.startswith("Done")


def test_nothing_chosen_is_said(panel: TrainingDialog) -> None:
    panel.examples.check.click()
    assert "nothing to learn from" in words(panel.examples)
    assert not panel.work.running


def test_wrong_data_are_said_and_cannot_be_trained(qtbot: QtBot, panel: TrainingDialog) -> None:
    panel.examples.path.setText("bad.csv")
    panel.examples.check.click()
    rest(qtbot, panel)
    assert "bad.csv has none of the columns." in words(panel.examples)
    assert "Name one column prompt." in words(panel.examples)
    assert not panel.examples.begin.isEnabled()


@pytest.mark.parametrize(("button", "end"), [("stop", "Done"), ("pause", "Paused")])
def test_a_training_is_stopped_or_paused_while_the_page_is_closed(
    qtbot: QtBot, panel: TrainingDialog, monkeypatch: pytest.MonkeyPatch, button: str, end: str
) -> None:
    monkeypatch.setenv("TOLD", "wait")
    page = panel.examples
    page.path.setText("garden.csv")
    page.start()
    panel.close()
    qtbot.waitUntil(lambda: "Kept back" in page.run.curves.words(), timeout=WAIT)
    assert panel.work.running
    getattr(page.run, button).click()
    rest(qtbot, panel)
    assert page.run.text.startswith(end)
    assert page.run.go_on.isHidden() == (end == "Done")


def test_the_end_of_the_window_pauses_it(
    qtbot: QtBot, panel: TrainingDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLD", "wait")
    panel.examples.path.setText("garden.csv")
    panel.examples.start()
    panel.close_work()
    with qtbot.waitSignal(panel.work.ended, timeout=WAIT) as ended:
        pass
    assert ended.args == [130]


def test_worse_is_switched_on_only_by_an_explicit_word(
    qtbot: QtBot, panel: TrainingDialog, seen: Path
) -> None:
    changes: list[bool] = []
    panel.changed.connect(lambda: changes.append(True))
    panel.show()
    rest(qtbot, panel)
    panel.show_page(TRAINED)
    trained = panel.trained
    assert "The training “roses” was begun and not finished." in words(trained)
    trained.cards["mine"].switch.click()
    rest(qtbot, panel)
    assert "worse than before on safety, grounding or ordinary talk" in words(trained)
    assert changes == []
    press(trained, "Switch it on anyway")
    qtbot.waitUntil(lambda: bool(changes), timeout=WAIT)
    rest(qtbot, panel)
    assert any(line.startswith("switch mine --anyway") for line in seen.read_text().splitlines())


def test_what_is_on_goes_back_and_deleting_asks(
    qtbot: QtBot, panel: TrainingDialog, seen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLD", "on")
    panel.trained.refresh()
    rest(qtbot, panel)
    card = panel.trained.cards["mine"]
    assert card.on
    assert card.switch.isHidden()
    assert "Fingerprint of the base: ab" in words(card)
    card.delete.click()
    assert "delete" not in seen.read_text()
    card.undo.click()
    rest(qtbot, panel)
    panel.trained.cards["mine"].delete.click()
    panel.trained.cards["mine"].delete.click()
    rest(qtbot, panel)
    asked = seen.read_text()
    assert "back --model tiny" in asked
    assert "delete mine" in asked


def test_an_adapter_is_imported_or_refused_with_its_reason(
    qtbot: QtBot, panel: TrainingDialog, seen: Path
) -> None:
    panel.trained.take_in("/my/foreign")
    rest(qtbot, panel)
    assert "It was made for another model." in words(panel.trained)
    panel.trained.take_in("/my/garden.zip")
    rest(qtbot, panel)
    assert "not used until you switch it on" in words(panel.trained)
    assert [line.split(" --json")[0] for line in seen.read_text().splitlines()] == [
        "import /my/foreign", "import /my/garden.zip", "list",
    ]  # fmt: skip


def test_a_comparison_is_shown_with_its_time(qtbot: QtBot, panel: TrainingDialog) -> None:
    trained = panel.trained
    told = Measured("knowledge", 0.5, 0.6)
    mine = About("mine", "tiny", "ab", 2, measured=(told,), compared="2026-11-24T03:40:00+00:00")
    ours = About("ours", "tiny", "ab", 2)
    trained.handle_event(
        events.Listed((events.Row("mine", mine, None, False), events.Row("ours", ours, None, True)))
    )
    assert "Compared again 2026-11-24 03:40" in words(trained.cards["mine"])
    own = trained.cards["ours tiny"]
    assert "Candor's own" in words(own)
    assert own.delete.isHidden()
    assert own.compare.isHidden()
    trained.cards["mine"].compare.click()
    assert "Comparing “mine” with its base." in words(trained)


def test_a_child_that_breaks_says_what_to_do(qtbot: QtBot, tmp_path: Path, seen: Path) -> None:
    trainer = Trainer(tmp_path / "log", CHILD)
    told: list[events.Line] = []
    trainer.told.connect(told.append)
    with qtbot.waitSignal(trainer.ended, timeout=WAIT):
        trainer.start(["crash"])
    wrong = told[-1]
    assert isinstance(wrong, events.Wrong)
    assert "goes on from its last save" in wrong.told.hint
    assert "it broke" in wrong.told.hint


def test_a_program_that_is_not_there_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    trainer = Trainer(tmp_path / "log", ["/nowhere/at/all"])
    told: list[object] = []
    trainer.told.connect(told.append)
    assert not trainer.start(["list"])
    assert isinstance(told[-1], events.Wrong)


def test_one_sentence_after_the_other(qtbot: QtBot, panel: TrainingDialog, tmp_path: Path) -> None:
    page, said = panel.voice, list[object]()
    page.to_ears.connect(said.append)
    panel.show_page(VOICE)
    first = page.sentence.text()
    page.record.click()
    page.take_sound(Level(0.1, 0.4))
    page.record.click()
    page.kept.draft.parent.mkdir(parents=True, exist_ok=True)
    page.kept.draft.write_bytes(b"sound")
    page.take_sound(Recorded(str(page.kept.draft), 3.0, 0.4))
    assert said == [Record(True), Record(False, str(page.kept.draft))]
    assert page.count == "Sentence 1 of 30 · 1 read"
    assert (tmp_path / "voice" / "en" / "001.txt").read_text("utf-8") == first
    page.listen.click()
    assert said[-1] == PlayBack(str(tmp_path / "voice" / "en" / "001.wav"))
    page.skip.click()
    assert page.sentence.text() != first
    assert TrainingDialog(tmp_path, "en", start=CHILD).voice.count == "Sentence 2 of 30 · 1 read"


@pytest.mark.parametrize(("seconds", "peak"), [(3.0, 0.0), (0.2, 0.5)])
def test_silence_and_a_slip_are_not_kept(
    panel: TrainingDialog, seconds: float, peak: float
) -> None:
    page = panel.voice
    page.record.click()
    page.record.click()
    page.kept.draft.parent.mkdir(parents=True, exist_ok=True)
    page.kept.draft.write_bytes(b"sound")
    page.take_sound(Recorded(str(page.kept.draft), seconds, peak))
    assert page.kept.count == 0
    assert page.verdict
    assert not page.kept.draft.exists()


def test_muted_or_in_trouble_nothing_is_recorded(panel: TrainingDialog) -> None:
    page, said = panel.voice, list[object]()
    page.to_ears.connect(said.append)
    page.set_muted(True)
    page.record.click()
    assert said == []
    assert "muted" in page.verdict
    page.set_muted(False)
    page.record.click()
    page.take_sound(Trouble(plain("No microphone was found.", "Connect one.")))
    assert said == [Record(True), Record(False)]
    assert "No microphone was found." in page.verdict


def test_measures_are_said_as_what_they_mean() -> None:
    errors = Measured("word errors, you", 0.3, 0.1, lower_is_better=True)
    assert labels.verdict(errors)[2] == "better"
    assert labels.value(errors, 0.3) == "30.0%"
    worse = Measured("safety", 0.9, 0.8, guarded=True, allowed=0.02)
    assert labels.verdict(worse)[2] == "worse"


def test_every_control_has_a_name(panel: TrainingDialog) -> None:
    panel.show()
    panel.show_page(EXAMPLES)
    for button in panel.findChildren(QPushButton):
        assert button.accessibleName() or button.text()
