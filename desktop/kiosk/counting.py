"""How a turn's end becomes numbers of the kiosk; its words are not looked at."""

from __future__ import annotations

from agent.events import Reply
from agent.types import Ended
from desktop.kiosk.metrics import KioskMetrics, QuestionEnd

_FIRST, _ABSTAINED = "first_sentence", "abstained"


def count_reply(metrics: KioskMetrics, reply: Reply) -> None:
    """Count a turn; one that the visitor broke off before its first word does not count."""
    first = reply.timings_ms.get(_FIRST)
    if reply.ended is Ended.FAILED:
        end = QuestionEnd.FAILED
    elif reply.ended is Ended.BLOCKED:
        end = QuestionEnd.WITHHELD
    elif _ABSTAINED in reply.timings_ms:
        end = QuestionEnd.ABSTAINED
    elif reply.ended is Ended.INTERRUPTED and first is None:
        return
    else:
        end = QuestionEnd.ANSWERED
    metrics.count_question(end, None if first is None else first / 1000)
