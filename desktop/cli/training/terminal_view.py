"""How training looks in a terminal: a bar that moves, a line for each check, tables."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from desktop.cli.terminal_text import console, one_line, unmarked

if TYPE_CHECKING:
    from agent.adapters.store import Adapter, Measured
    from agent.training.chat.prepare import Counts, Prepared
    from agent.training.chat.sources import DataProblem
    from agent.training.core.progress import TrainingProgress

T = TypeVar("T")


def say(line: str) -> None:
    """A line for the person, beside what a program reads."""
    print(line, file=sys.stderr, flush=True)


def follow(steps: Generator[TrainingProgress, None, T]) -> T:
    """Run it to its end with a bar; Control-C closes it, and it keeps its best."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    screen = Console(file=unmarked(sys.stderr))
    quiet = not sys.stderr.isatty()
    with Bar(
        *columns, console=screen, disable=quiet, redirect_stdout=False, redirect_stderr=False
    ) as bar:
        task = bar.add_task("training", total=None)
        try:
            while True:
                now = next(steps)
                loss = f"step {now.step}/{now.steps}  loss {now.step_loss or now.loss:.3f}"
                bar.update(task, total=now.steps, completed=now.step, description=loss)
                if now.score is not None:
                    best = "  (the best so far)" if now.best else ""
                    bar.console.print(
                        f"step {now.step}: unseen loss {now.score.loss:.4f}, "
                        f"accuracy {now.score.accuracy:.1%}{best}"
                    )
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        finally:
            steps.close()


def told(seconds: float) -> str:
    """A time as one would say it."""
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    minutes = seconds / 60
    return f"{minutes:.0f} minutes" if minutes < 90 else f"{minutes / 60:.1f} hours"


def show_problems(problems: Iterable[DataProblem]) -> None:
    """What is amiss, and what to do; `!!` prevents training."""
    for problem in problems:
        print(f"{'!!' if problem.fatal else ' -'} {one_line(str(problem.told))}")


def show_prepared(prepared: Prepared, counts: Counts | None, samples: int = 3) -> None:
    """What was found amiss, how much there is, and some of it."""
    show_problems(prepared.problems)
    print(f"{len(prepared.train)} to learn from, {len(prepared.dev)} to check with.")
    if counts:
        print(
            f"{counts.tokens:,} tokens, {counts.answers:,} of them answers; "
            f"a row has {counts.median}, the longest {counts.longest}."
        )
        if counts.too_long:
            print(
                f" - {counts.too_long} rows are longer than what is read at once; their beginning "
                "is left out. Shorten them, or raise --most-tokens."
            )
    for example in prepared.train[:samples]:
        asked, told = (" ".join(m.text.split())[:100] for m in example.messages[-2:])
        print(f"  > {one_line(asked)}\n  < {one_line(told)}")


def show_measures(measured: Sequence[Measured]) -> None:
    """Before and after, as a table."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("measure")
    for name in ("before", "after"):
        table.add_column(name, justify="right")
    table.add_column("")
    for each in measured:
        better = (each.after < each.before) == each.lower_is_better and each.after != each.before
        said = "worse" if each.worse else "better" if better else "the same"
        gate = " (keeps it off)" if each.guarded and each.worse else ""
        table.add_row(each.name, f"{each.before:.3f}", f"{each.after:.3f}", said + gate)
    console().print(table)
    for each in measured:
        for asked in each.lost if each.worse else ():
            print(f" - {each.name}: no longer answered well: {one_line(asked)}")


def show_adapters(adapters: Iterable[Adapter], on: dict[str, str]) -> None:
    """All adapters, which is on, and what is wrong with one."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("adapter", "base", "made", "examples", "on", ""):
        table.add_column(name)
    for adapter in adapters:
        about = adapter.about
        used = "on" if on.get(about.base) == adapter.name else ""
        table.add_row(
            *map(one_line, (adapter.name, about.base, about.made[:16])), str(about.examples), used,
            one_line(str(adapter.problem or "")),
        )  # fmt: skip
    console().print(table)
