"""From examples to an adapter and back through the window, with the real trainer."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from agent.commands import Reload
from desktop.processes import training_events as events
from desktop.training.dialog import TRAINED, TrainingDialog
from desktop.window.main import Window
from perception.audio.ipc.messages import Record, Recorded
from tests.desktop.window_script import Script
from tests.desktop.windowing import button
from tests.tiny import make

pytestmark = pytest.mark.slow

CHILD = [sys.executable, "-m", "tests.desktop.real_training_child"]
WAIT = 120_000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setattr("desktop.session.training.command", lambda: CHILD)
    rows = "".join(f"{n} plus 1?,It is {n + 1}.\n" for n in range(24))
    (tmp_path / "sums.csv").write_text(f"question,answer\n{rows}")
    return tmp_path / "home"


@pytest.fixture
def panel(window: Window, home: Path) -> TrainingDialog:
    window.dialogs.open_train()
    assert window.dialogs.train is not None
    return window.dialogs.train


@pytest.fixture
def ready(qtbot: QtBot, panel: TrainingDialog, tmp_path: Path) -> Callable[[int], None]:
    """Chooses everything, and checks it."""

    def choose(rounds: int) -> None:
        page = panel.examples
        rest(qtbot, panel)
        base = str(make(tmp_path / "tiny"))
        page.choices.offer([events.Base(base, "Tiny", small=True)])
        page.choices.base.setCurrentIndex(page.choices.base.findData(base))
        page.choices.layers.setValue(2)
        page.choices.rounds.setValue(rounds)
        page.path.setText(str(tmp_path / "sums.csv"))
        page.check.click()
        rest(qtbot, panel)
        assert page.begin.isEnabled(), page.status

    return choose


def rest(qtbot: QtBot, panel: TrainingDialog) -> None:
    qtbot.waitUntil(lambda: not (panel.work.running or panel.task.running), timeout=WAIT)


def reloads(script: Script) -> int:
    return sum(isinstance(command, Reload) for command in script.mind)


def test_prepare_run_evaluate_gate_switch_and_back(
    qtbot: QtBot, panel: TrainingDialog, ready: Callable[[int], None], script: Script, home: Path
) -> None:
    ready(1)
    panel.examples.begin.click()
    rest(qtbot, panel)
    assert panel.examples.run.text.startswith("Done"), panel.examples.run.text
    card = panel.trained.cards["mine"]
    about = json.loads((home / "adapters" / "mine" / "about.json").read_bytes())
    assert {each["name"] for each in about["measured"]} >= {"safety", "grounding", "everyday"}
    assert about["settings"]["tuning"]["layers"] == 2
    panel.show_page(TRAINED)
    card.switch.click()
    rest(qtbot, panel)
    assert reloads(script) == 0
    button(panel.trained, "Switch it on anyway").click()
    rest(qtbot, panel)
    assert panel.trained.cards["mine"].on
    assert reloads(script) == 1
    panel.trained.cards["mine"].undo.click()
    rest(qtbot, panel)
    assert not panel.trained.cards["mine"].on
    assert reloads(script) == 2


def test_closing_saves_and_the_next_window_goes_on(
    qtbot: QtBot, window: Window, panel: TrainingDialog, ready: Callable[[int], None], home: Path
) -> None:
    ready(40)
    page, log = panel.examples, home / "training" / "mine" / "metrics.jsonl"
    page.begin.click()
    qtbot.waitUntil(lambda: "Loss" in page.run.curves.words(), timeout=WAIT)
    with qtbot.waitSignal(panel.work.ended, timeout=WAIT) as ended:
        window.close()
    assert ended.args == [130]
    before = len(log.read_text().splitlines())
    later = TrainingDialog(home, "en", start=CHILD)
    qtbot.addWidget(later)
    later.trained.refresh()
    rest(qtbot, later)
    names = [each.text() for each in later.trained.findChildren(QPushButton)]
    assert "Go on with it" in names
    button(later.trained, "Go on with it").click()
    qtbot.waitUntil(lambda: len(log.read_text().splitlines()) > before, timeout=WAIT)
    assert later.examples.choices.rounds.value() == 40
    assert later.examples.choices.layers.value() == 2
    steps = [json.loads(line)["step"] for line in log.read_text().splitlines()]
    assert steps[before] > 1
    later.close_work()
    rest(qtbot, later)


def test_a_sentence_is_recorded_through_the_ears(
    qtbot: QtBot, panel: TrainingDialog, script: Script, home: Path
) -> None:
    voice = panel.voice
    voice.record.click()
    voice.record.click()
    draft = voice.kept.draft
    assert [each for each in script.ears if isinstance(each, Record)] == [
        Record(True), Record(False, str(draft)),
    ]  # fmt: skip
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_bytes(b"sound")
    script.tell(Recorded(str(draft), 3.0, 0.4))
    assert voice.kept.count == 1
    assert len(list((home / "voice").rglob("*.wav"))) == 1
    rest(qtbot, panel)
