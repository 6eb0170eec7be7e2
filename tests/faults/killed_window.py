"""What a window does with mind and ears, without its widgets: it is made to be killed.

argv: `scripted` or `real`, and how many questions to ask. Standard output tells what happens, a
line each: the pids of the children, each question once it was sent, each reply.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QTimer

from agent.commands import Say
from agent.events import Asked, Reply
from agent.settings import data_folder
from agent.types import new_turn
from desktop.processes.dispatch import MIND
from desktop.session.children import Children
from perception.child_command import child_command


def _scripted(module: str) -> Sequence[str]:
    if module == MIND:
        return [sys.executable, "-m", "tests.faults.scripted_process", "mind"]
    return child_command(module)


def main(model: str, count: int) -> int:
    """Ask, and stay until every question has its reply."""
    app = QCoreApplication([])
    command = child_command if model == "real" else _scripted
    children = Children(data_folder() / "logs", command)
    open_ = set[str]()
    pids = dict[str, int]()

    def tell(*words: object) -> None:
        print(*words, flush=True)

    def look() -> None:
        if (now := children.pids()) != pids:
            pids.clear()
            pids.update(now)
            tell("pids", now.get("mind", 0), now.get("ears", 0))

    def take(event: object) -> None:
        if isinstance(event, Asked):
            tell("asked", event.turn)
        if isinstance(event, Reply):
            tell("reply", event.turn, event.ended)
            open_.discard(event.turn)
            if not open_:
                QTimer.singleShot(0, app.quit)

    def ask() -> None:
        turns = [new_turn() for _ in range(count)]
        open_.update(turns)
        for turn in turns:
            children.tell_mind(Say(turn, None, f"What is {turn}?"))
            tell("sent", turn)

    children.arrived.connect(take)
    children.start()
    look()
    watch = QTimer(interval=20)
    watch.timeout.connect(look)
    watch.start()
    QTimer.singleShot(0, ask)
    app.exec()
    children.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
