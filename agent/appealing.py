"""Taking an appeal: the decision is looked up, kept with its chat, and noted in the log."""

from __future__ import annotations

from agent.codes import AgentCode
from agent.commands import Appeal
from agent.events import Appealed
from agent.memory.appeals import AppealStore, decided_of
from agent.memory.history import PRIVATE, History
from perception.types import UserError
from safety.audit.log import Audit


def take_appeal(appeal: Appeal, history: History, audit: Audit) -> Appealed:
    """Keep an appeal or take it back. UserError where there is nothing to appeal against.

    The log gets what was decided, and not a word of the user's.
    """
    turn = history.turn(appeal.turn)
    if not history.file.exists() or (turn is not None and turn.chat == PRIVATE):
        raise UserError(AgentCode.APPEAL_IN_PRIVATE)
    if turn is None:
        raise UserError(AgentCode.ANSWER_GONE)
    store = AppealStore(history.file)
    if not appeal.wrong:
        if store.forget(turn.id):
            audit.note("appeal-withdrawn", turn=turn.id)
        return Appealed(turn.id, False)
    decided = decided_of(turn)
    store.keep(turn.id, decided, appeal.words, appeal.may_train)
    audit.note(
        "appeal",
        turn=turn.id,
        action=decided.action,
        direction=decided.direction,
        rule=decided.rule,
        category=decided.category,
        may_train=appeal.may_train,
    )
    return Appealed(turn.id, True)
