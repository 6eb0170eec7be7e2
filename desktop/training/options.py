"""How to train: what learns, and, folded away, everything else that can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.processes import training_events as events
from desktop.settings.fields import Choice, Number, field
from desktop.widgets.collapsible import Collapsible

QUICK, WHOLE, FULL = "quick", "whole", "full"
_RANKS = ("4", "8", "16", "32", "64")
_RATES = ("1e-5", "2e-5", "5e-5", "1e-4", "2e-4", "4e-4", "8e-4", "1e-3")
_RANK, _RATE, _ROUNDS, _LAYERS = "8", "2e-4", 3, 8
_MOST_ROUNDS, _MOST_LAYERS, _MOST_SEED = 100, 200, 999_999


class TrainingOptions(QWidget):
    """The fold with the rarer choices; `way` stands outside of it. `changed` on each choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fold = Collapsible(self.tr("More choices"))
        self.way = Choice(self._ways(small=False), QUICK)
        self.base = Choice([("", self.tr("The model that answers"))], "")
        self.rounds = Number(_MOST_ROUNDS, _ROUNDS, "")
        self.rounds.setMinimum(1)
        self.rank = Choice([(rank, rank) for rank in _RANKS], _RANK)
        self.rate = Choice([(rate, f"{float(rate):g}") for rate in _RATES], _RATE)
        self.layers = Number(_MOST_LAYERS, _LAYERS, "")
        self.layers.setMinimum(1)
        self.seed = Number(_MOST_SEED, 0, "")
        self._small: dict[str, bool] = {}
        for choice in (self.way, self.base, self.rank, self.rate):
            choice.chosen.connect(self._take)
        for number in (self.rounds, self.layers, self.seed):
            number.valueChanged.connect(self._take)
        self._lay_out()
        self._fit()

    def offer(self, bases: Sequence[events.Base]) -> None:
        """The models that can be trained, first the one that answers now."""
        if not bases:
            return
        self._small = {base.id: base.small for base in bases}
        chosen = self.base.value if self.base.value in self._small else bases[0].id
        self.base.offer([(base.id, base.title) for base in bases], chosen)
        self._fit()

    def words(self) -> list[str]:
        """The options of `candor train` for what differs from its own choice."""
        way, said = self.way.value, list[str]()
        if way == QUICK:
            said += ["--layers", str(self.layers.value())]
        if way == FULL:
            said.append("--full")
        elif self.rank.value != _RANK:
            said += ["--rank", self.rank.value]
        for option, value, usual in (
            ("--model", self.base.value, ""),
            ("--epochs", str(self.rounds.value()), str(_ROUNDS)),
            ("--rate", self.rate.value, _RATE),
            ("--seed", str(self.seed.value()), "0"),
        ):
            said += [option, value] if value != usual else []
        return said

    def show_asked(self, asked: dict[str, object]) -> None:
        """The choices that a training was begun with."""
        layers = int(str(asked.get("layers") or 0))
        self.way.offer(self._ways(small=True), FULL if asked.get("full") else
                       QUICK if layers else WHOLE)  # fmt: skip
        self.layers.setValue(layers or _LAYERS)
        self.rounds.setValue(int(str(asked.get("epochs") or _ROUNDS)))
        self.seed.setValue(int(str(asked.get("seed") or 0)))
        for choice, known, key in (
            (self.base, "", "model"),
            (self.rank, _RANK, "rank"),
            (self.rate, _RATE, "rate"),
        ):
            _pick(choice, str(asked.get(key) or known))
        self._fit()

    def _ways(self, *, small: bool) -> list[tuple[str, str]]:
        ways = [
            (QUICK, self.tr("Quick: the upper layers learn")),
            (WHOLE, self.tr("Thorough: all layers learn")),
        ]
        return [*ways, (FULL, self.tr("Every weight learns (small models)"))] if small else ways

    def _take(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Only what has a meaning for the base and the way can be chosen."""
        small = self._small.get(self.base.value, self.way.value == FULL)
        way = self.way.value if small or self.way.value != FULL else WHOLE
        ways = self._ways(small=small)
        if len(ways) != self.way.count() or way != self.way.value:
            self.way.offer(ways, way)
        self.rank.setEnabled(way != FULL)
        self.layers.setEnabled(way == QUICK)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.gap(4))
        grid.setVerticalSpacing(theme.gap(3))
        parts: list[tuple[str, QWidget, str]] = [
            (self.tr("Rounds"), self.rounds, self.tr("It ends earlier when it gets no better.")),
            (self.tr("Upper layers"), self.layers, self.tr("Fewer are faster and learn less.")),
            (self.tr("LoRA rank"), self.rank, self.tr("Higher can learn more, and needs more.")),
            (self.tr("Learning rate"), self.rate, self.tr("For every weight take 2e-05 or less.")),
            (self.tr("Seed"), self.seed, self.tr("The same seed gives the same result.")),
        ]
        base = field(self.tr("Base"), self.base, self.tr("The model that learns."))
        grid.addWidget(base, 0, 0, 1, 2)
        for at, (name, control, hint) in enumerate(parts):
            place = (1 + at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field(name, control, hint), *place)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.fold.rows.addLayout(grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)


def _pick(choice: Choice, value: str) -> None:
    """Choose a value, also where it is written otherwise; one that is not offered is added."""
    options = [(str(choice.itemData(at)), choice.itemText(at)) for at in range(choice.count())]
    same = next((each for each, _ in options if each == value or _number(each) == _number(value)),
                value)  # fmt: skip
    choice.offer(options, same)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
