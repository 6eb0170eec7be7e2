"""What other processes and layers tell, as sentences in the user's language."""

from __future__ import annotations

from desktop.i18n import language
from perception import messages
from perception.messages import Notice
from safety.types import Explanation


def message(told: Notice) -> str:
    """What happened."""
    return messages.message(told, language())


def hint(told: Notice) -> str:
    """What to do next; empty where there is nothing to do."""
    return messages.hint(told, language())


def sentences(told: Notice) -> tuple[str, str]:
    """What happened, and what to do next."""
    return message(told), hint(told)


def headline(why: Explanation) -> str:
    """What was decided about a turn, with all that Candor has to say of it."""
    return " ".join(filter(None, (why.headline, *map(message, why.notes))))


def next_step(why: Explanation) -> str:
    """What else can be had or done."""
    return " ".join(filter(None, (why.alternative, *map(hint, why.notes))))
