"""What `candor train` tells: to a person in a terminal, or line by line to a window."""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
from collections.abc import Generator, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TextIO, TypeVar

from desktop.cli.training import terminal_view as view
from desktop.processes import training_events as events
from perception.messages import Notice

if TYPE_CHECKING:
    from agent.adapters.store import About, Adapter
    from agent.training.chat.estimate import Needs
    from agent.training.chat.prepare import Counts, Prepared
    from agent.training.chat.sources import DataProblem
    from agent.training.core.progress import TrainingProgress

T = TypeVar("T")
PAUSED = 130
_SAMPLES = 8
_SHOWN = 300


class Report(Protocol):
    """Takes what a training has to tell, in order."""

    def prepared(self, prepared: Prepared, counts: Counts | None) -> None:
        """What was found in the examples."""
        ...

    def recordings(
        self, problems: Sequence[DataProblem], train: int, dev: int, seconds: float
    ) -> None:
        """What was found in the recordings."""
        ...

    def expected(self, seconds: float, needs: Needs | None) -> None:
        """What it will take."""
        ...

    def say(self, told: Notice) -> None:
        """A line for the person."""
        ...

    def follow(self, steps: Generator[TrainingProgress, None, T]) -> T:
        """Run it to its end. KeyboardInterrupt where it is to end and keep its best."""
        ...

    def made(self, about: About) -> None:
        """What came out."""
        ...

    def listed(
        self,
        found: Sequence[Adapter],
        on: dict[str, str],
        begun: Sequence[str],
        bases: Sequence[events.Base],
    ) -> None:
        """All adapters, and what can be trained."""
        ...

    def done(self, told: Notice) -> None:
        """What was asked for is done."""
        ...


class Terminal:
    """For a person."""

    def prepared(self, prepared: Prepared, counts: Counts | None) -> None:
        """As sentences, with samples."""
        view.show_prepared(prepared, counts)

    def recordings(
        self, problems: Sequence[DataProblem], train: int, dev: int, seconds: float
    ) -> None:
        """As sentences."""
        view.show_problems(problems)
        print(f"{train} recordings to learn from, {dev} to check with; {seconds:.0f} s.")

    def expected(self, seconds: float, needs: Needs | None) -> None:
        """As a sentence."""
        if seconds:
            view.say(f"This will take about {view.told(seconds)}.")
        if needs:
            memory, disk = needs.memory / 1e9, needs.disk / 1e9
            view.say(f"It needs {memory:.1f} GB of memory and {disk:.2f} GB of disk.")

    def say(self, told: Notice) -> None:
        """Beside what a program reads."""
        view.say(str(told))

    def follow(self, steps: Generator[TrainingProgress, None, T]) -> T:
        """With a bar; Control-C ends it."""
        return view.follow(steps)

    def made(self, about: About) -> None:
        """As a table."""
        view.show_measures(about.measured)
        print(f"To use it: candor train switch {about.name}")

    def listed(
        self,
        found: Sequence[Adapter],
        on: dict[str, str],
        begun: Sequence[str],
        bases: Sequence[events.Base],
    ) -> None:
        """As a table."""
        if found:
            view.show_adapters(found, on)
        else:
            print("There is no adapter yet. Make one: candor train run FILE --name NAME")
        if begun:
            print(f"Begun, and not finished: {', '.join(begun)}. candor train resume NAME goes on.")

    def done(self, told: Notice) -> None:
        """As it is."""
        print(told)


class Lines:
    """For a window: JSON lines on `out`. With `steered` it obeys `stop` and `pause` on `words`."""

    def __init__(self, out: TextIO, words: Iterable[str] = (), steered: bool = False) -> None:
        self._out = out
        self._wishes: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stepping = False
        if steered:
            threading.Thread(target=self._read, args=(words,), name="reins", daemon=True).start()

    def prepared(self, prepared: Prepared, counts: Counts | None) -> None:
        """One line."""
        samples = [
            (example.messages[-2].text[:_SHOWN], example.messages[-1].text[:_SHOWN])
            for example in prepared.train[:_SAMPLES]
            if len(example.messages) > 1
        ]
        sizes = (len(prepared.train), len(prepared.dev))
        self._tell(events.Prepared(prepared.problems, *sizes, tuple(samples), counts))

    def recordings(
        self, problems: Sequence[DataProblem], train: int, dev: int, seconds: float
    ) -> None:
        """One line."""
        self._tell(events.Prepared(tuple(problems), train, dev, seconds=seconds))

    def expected(self, seconds: float, needs: Needs | None) -> None:
        """One line."""
        sizes = (needs.memory, needs.disk) if needs else ()
        self._tell(events.Expected(seconds, *sizes))

    def say(self, told: Notice) -> None:
        """One line."""
        self._tell(events.Said(told))

    def follow(self, steps: Generator[TrainingProgress, None, T]) -> T:
        """One line a step."""
        self._stepping = True
        try:
            while True:
                if (wish := self._wish()) == "stop":
                    raise KeyboardInterrupt
                if wish:
                    steps.close()
                    sys.exit(PAUSED)
                self._tell(events.Step(next(steps)))
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        finally:
            self._stepping = False
            steps.close()

    def made(self, about: About) -> None:
        """One line."""
        self._tell(events.Made(about))

    def listed(
        self,
        found: Sequence[Adapter],
        on: dict[str, str],
        begun: Sequence[str],
        bases: Sequence[events.Base],
    ) -> None:
        """One line."""
        rows = [
            events.Row(a.name, a.about, a.problem, on.get(a.about.base) == a.name) for a in found
        ]
        self._tell(events.Listed(tuple(rows), tuple(begun), tuple(bases)))

    def done(self, told: Notice) -> None:
        """One line."""
        self._tell(events.Done(told))

    def wrong(self, told: Notice, gate: bool = False, short: int = 0) -> None:
        """One line for an error."""
        self._tell(events.Wrong(told, gate, short))

    def _wish(self) -> str:
        return "" if self._wishes.empty() else self._wishes.get()

    def _read(self, words: Iterable[str]) -> None:
        # What is no text ends the words, as their end does.
        with contextlib.suppress(UnicodeDecodeError):
            for word in words:
                if (wish := word.strip()) in ("stop", "pause"):
                    self._take(wish)
        self._take("pause")

    def _take(self, wish: str) -> None:
        self._wishes.put(wish)
        if wish == "pause" and not self._stepping:
            # Whatever is being read or written is whole or not at all; a later run goes on.
            os._exit(PAUSED)

    def _tell(self, event: events.Line) -> None:
        try:
            print(events.encode(event), file=self._out, flush=True)
        except (BrokenPipeError, ValueError):
            # Nobody follows any more; the steps end at the next look.
            self._wishes.put("pause")
