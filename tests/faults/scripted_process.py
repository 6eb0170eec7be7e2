"""The mind, or `candor chat`, as a process with a scripted model: `mind` or `chat`."""

from __future__ import annotations

import sys

from agent import process
from agent.engines.loaded import Engines
from agent.engines.places import Tell
from agent.settings import Settings, data_folder
from desktop.cli import chat
from desktop.cli import main as cli
from tests.engines import engines, scripted


def assemble(
    settings: Settings,
    tell: Tell = lambda line: None,
    *,
    private: bool = False,
    adapter: str | None = None,
) -> Engines:
    """An answer that takes a second, so that there is a middle of it to be killed in."""
    dialogue = scripted("So many words. " * 10)
    dialogue.pause = 0.03
    return engines(data_folder(), dialogue)


def main(part: str) -> int:
    """Run as the part that is named."""
    if part == "chat":
        chat.assemble = assemble  # type: ignore[attr-defined]
        return cli.main(["chat"])
    process.assemble = assemble  # type: ignore[attr-defined]
    return process.main()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
