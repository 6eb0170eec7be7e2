"""Commands that meet hostile text: `python -m tests.faults.hostile_terminal WHAT [WORDS …]`.

`ask` and `chat` answer from a script; the others show what training and models tell.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from unittest import mock

from agent.adapters.store import About, Adapter, Measured
from agent.engines.loaded import Engines
from agent.events import Asked, Failed, PartialTranscript, Ready, Sentence
from agent.settings import Settings
from agent.training.chat.examples import Example
from agent.training.chat.prepare import Prepared
from agent.training.chat.sources import DataProblem
from agent.types import Message
from desktop.cli import ask, chat, talk
from desktop.cli import main as cli
from desktop.cli.commands import doctor
from desktop.cli.progress import TransferBar
from desktop.cli.training import terminal_view
from desktop.processes.headless import Headless
from perception.messages import plain
from perception.types import UserError
from safety.types import Action, Explanation, Verdict
from tests.engines import engines, scripted

HOSTILE = (
    "\x1b]0;owned\x07 \x1b]52;c;b3duZWQ=\x1b\\ \x1b[2J\x1b[31;5m \x9b31m \x9d0;x\x9c \x90q\x9c "
    "over\b\b\b\bwritten gone\rhere \x0b\x0c\x7f\x00 \u202eevil\u202c \u2066a\u2069 \u200fb "
    "[bold red]not markup[/] :boom: \u2028line"
)
"""Title, clipboard, wipe, colour, C1, device control, backspace, CR, overrides; and markup."""


def _assembled(settings: Settings, **_: object) -> Engines:
    return engines(Path(tempfile.mkdtemp()), scripted(f"Hello. {HOSTILE} end."), lines=[HOSTILE])


def _talk() -> None:
    shown = talk._TalkTerminal(cast(Headless, SimpleNamespace()))
    why = Explanation(HOSTILE, (), (), HOSTILE, HOSTILE)
    for event in (
        Ready(HOSTILE, HOSTILE, plain(HOSTILE)),
        PartialTranscript("t", HOSTILE),
        Asked("t", 1, HOSTILE, None, (), None),
        Sentence("t", 0, HOSTILE, Verdict(Action.ALLOW, HOSTILE, why), (), 1.0),
        Failed("t", plain(HOSTILE, HOSTILE)),
    ):
        shown.show(event)


def _train() -> None:
    words = (Message("user", HOSTILE), Message("assistant", HOSTILE))
    example = Example(words)
    problem = DataProblem(plain(HOSTILE, HOSTILE), True)
    terminal_view.show_prepared(Prepared((example,), (), (problem,)), None)
    about = About(HOSTILE, HOSTILE, HOSTILE, 2, made=HOSTILE)
    terminal_view.show_adapters([Adapter(Path(HOSTILE), about, plain(HOSTILE))], {})
    lost = (HOSTILE,)
    terminal_view.show_measures([Measured(HOSTILE, 1.0, 2.0, True, lost=lost)])
    terminal_view.say(HOSTILE)


def _bar() -> None:
    steps = [SimpleNamespace(stage=HOSTILE, model=HOSTILE, note=HOSTILE, done=1, total=2)]
    with TransferBar() as bar:
        for step in steps:
            step.speed, step.seconds_left = 1.0, 1.0
            bar.show(step)  # type: ignore[arg-type]
            print(HOSTILE)
            time.sleep(0.2)


def _log() -> None:
    logging.getLogger("test").error("%s", HOSTILE)
    print(HOSTILE, file=sys.stderr)


def _everything() -> None:
    _talk()
    _train()
    _log()
    raise RuntimeError(HOSTILE)


def _refuse() -> None:
    raise UserError.plain(HOSTILE, HOSTILE)


_ACTS: dict[str, Callable[[], None]] = {
    "everything": _everything,
    "bar": _bar,
    "refuse": _refuse,
}


def main() -> int:
    """Run it as the command line would; returns the exit code."""
    what, *words = sys.argv[1:]
    if what in _ACTS:

        def act(args: object) -> int:
            _ACTS[what]()
            return 0

        with mock.patch.object(doctor, "run_command", act):
            return cli.main(["doctor"])
    with (
        mock.patch.object(ask, "assemble", _assembled),
        mock.patch.object(chat, "assemble", _assembled),
    ):
        return cli.main([what, *words])


if __name__ == "__main__":
    sys.exit(main())
