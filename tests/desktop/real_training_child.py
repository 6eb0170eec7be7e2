"""`candor train` itself; its gate asks little, and finds every adapter worse."""

from __future__ import annotations

import sys

from agent.training.chat import gate
from agent.training.everyday import trial
from desktop.cli.main import main

if __name__ == "__main__":
    asked = gate.questions()
    setattr(gate, "questions", lambda: [asked[0], asked[-1], asked[-10]])  # noqa: B010
    setattr(gate, "_MOST_TOKENS", 8)  # noqa: B010
    setattr(gate, "_ALLOWED", -1.0)  # noqa: B010
    setattr(gate, "own_talks", lambda: trial.own_talks()[10:11])  # noqa: B010
    setattr(trial, "MOST_TOKENS", 8)  # noqa: B010
    sys.exit(main(["train", *sys.argv[1:]]))
