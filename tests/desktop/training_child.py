"""Stands in for `candor train`: prints what the real one would, and obeys on standard input."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from agent.adapters.store import About, Measured
from agent.training.chat.prepare import Counts
from agent.training.chat.sources import DataProblem
from agent.training.core.progress import Score, TrainingProgress
from desktop.processes import training_events as events
from perception.messages import plain

STEPS = 6
MEASURED = (
    Measured("accuracy on your own rows", 0.5, 0.7),
    Measured("grounding", 0.84, 0.6, guarded=True, allowed=0.02),
)
ABOUT = About("mine", "tiny", "ab", 2, made="2026-11-23T22:10:00", measured=MEASURED)


def tell(event: events.Line) -> None:
    print(events.encode(event), flush=True)


def train() -> int:
    tell(events.Expected(90.0))
    for step in range(1, STEPS + 1):
        tell(
            events.Step(
                TrainingProgress(0, step, STEPS, 1.0 / step, 1e-4, step, step_loss=1.0 / step)
            )
        )
        if step == STEPS // 2:
            tell(
                events.Step(TrainingProgress(0, step, STEPS, 1.0, 0.0, step, Score(0.4, 0.6), True))
            )
            if "wait" in os.environ.get("TOLD", ""):
                word = sys.stdin.readline().strip()
                if word != "stop":
                    return 130
                break
    tell(events.Made(ABOUT))
    return 0


def wrong(words: list[str]) -> events.Wrong | None:
    match words[0]:
        case "prepare" if "bad.csv" in " ".join(words):
            return events.Wrong(
                plain("bad.csv has none of the columns.", "Name one column prompt.")
            )
        case "estimate" if "--full" in words:
            return events.Wrong(plain("Most is held by browser.", "Close it."), short=3 * 10**9)
        case "import" if "foreign" in words[1]:
            return events.Wrong(plain("It was made for another model.", "Ask for one."))
        case "switch" if "--anyway" not in words:
            return events.Wrong(plain("mine is worse.", "It stays off."), gate=True)
    return None


def main(words: list[str]) -> int:
    with Path(os.environ["SEEN"]).open("a") as seen:
        seen.write(" ".join(words) + "\n")
    if (refused := wrong(words)) is not None:
        tell(refused)
        return 1
    match words[0]:
        case "prepare":
            found = (DataProblem(plain("3 rows are there twice.", "Each is used once.")),)
            samples = (("Who?", "Me."),)
            tell(events.Prepared(found, 40, 5, samples, Counts(900, 300, 20, 60, 0)))
        case "estimate" if "--full" in words:
            tell(
                events.Wrong(
                    plain("It needs much; most is held by browser.", "Close it."), False, 3 * 10**9
                )
            )
            return 1
        case "estimate":
            tell(events.Expected(2460.0, 5_200_000_000, 310_000_000))
        case "run" | "resume" | "voice":
            return train()
        case "list":
            row = events.Row("mine", ABOUT, None, "on" in os.environ.get("TOLD", ""))
            tell(events.Listed((row,), ("roses",), (events.Base("tiny", "Tiny", True),)))
        case "crash":
            print("Traceback: it broke", file=sys.stderr)
            return 7
        case _:
            tell(events.Done(plain("done")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
