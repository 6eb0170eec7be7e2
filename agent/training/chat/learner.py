"""A chat model and the rows that it learns from, ready for the loop."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from agent.training.chat.examples import EncodedExample
from agent.training.chat.model import ChatModel
from agent.training.core.progress import Score
from agent.training.core.states import HiddenStates

Batch = tuple[tuple[EncodedExample, ...], tuple[int, ...]]
"""Rows, and their numbers among all rows (train first, then dev)."""


class ChatLearner:
    """`train` and `dev` rows for one model; states of lower layers are kept in `folder`."""

    def __init__(
        self,
        model: ChatModel,
        train: Sequence[EncodedExample],
        dev: Sequence[EncodedExample],
        folder: Path,
    ) -> None:
        most = model.tuning.most_tokens
        self.model = model
        self._train = [_shortened(row, most) for row in train]
        self._dev = [_shortened(row, most) for row in dev]
        self._states: HiddenStates | None = None
        if model.split:
            model.check_split(min(self._train, key=lambda row: len(row.ids)))
            self._states = HiddenStates(
                folder / "states.bin",
                [len(row.ids) for row in self._rows()],
                model.width,
                lambda number: model.lower(self._rows()[number].ids),
            )

    def _rows(self) -> list[EncodedExample]:
        return [*self._train, *self._dev]

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """What learns."""
        return self.model.parameters()

    def unseen_tokens(self) -> int:
        """Tokens that each check reads."""
        return sum(len(row.ids) for row in self._dev)

    def length(self) -> int:
        """Batches in an epoch."""
        return -(-len(self._train) // self.model.tuning.batch)

    def batches(self, epoch: int) -> Iterator[Batch]:
        """Rows of like length together, in random order."""
        draw = random.Random(f"{self.model.tuning.seed} {epoch}")
        size = self.model.tuning.batch
        order = list(range(len(self._train)))
        draw.shuffle(order)
        if size > 1:
            order.sort(key=lambda i: len(self._train[i].ids) + draw.random() * 32)
        groups = [order[start : start + size] for start in range(0, len(order), size)]
        draw.shuffle(groups)
        for group in groups:
            yield tuple(self._train[i] for i in group), tuple(group)

    def loss(self, batch: Batch) -> torch.Tensor:
        """Mean cross-entropy of the learned ids."""
        self.model.training(True)
        scores, targets = self._scores(*batch)
        return torch.nn.functional.cross_entropy(scores.float(), targets)

    def score(self) -> Score:
        """Mean cross-entropy of the dev rows' learned ids, and the share predicted rightly."""
        loss = right = count = 0.0
        self.model.training(False)
        kind, cast = torch.device(self.model.device).type, self.model.tuning.autocast
        mixed = torch.autocast(kind, getattr(torch, cast), cast != "float32")
        with torch.no_grad(), mixed:
            for place, row in enumerate(self._dev):
                scores, targets = self._scores((row,), (len(self._train) + place,))
                loss += float(torch.nn.functional.cross_entropy(scores.float(), targets)) * len(
                    targets
                )
                right += float((scores.argmax(-1) == targets).sum())
                count += len(targets)
        return Score(loss / max(1.0, count), right / max(1.0, count))

    def _scores(
        self, rows: tuple[EncodedExample, ...], numbers: tuple[int, ...]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        states = [self._states[number] for number in numbers] if self._states else []
        return self.model.scores(rows, states)


def _shortened(row: EncodedExample, most: int) -> EncodedExample:
    """The end of a row that is too long: there is the last answer."""
    return EncodedExample(row.ids[-most:], row.learned[-most:])
