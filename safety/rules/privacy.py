"""Personal data. On `out`, what the user said or shows now may be said back; the log hides all."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from safety.helplines import numbers
from safety.rules import Rule, RuleDeclaration, RuleSource
from safety.text.contacts import Contacts
from safety.text.found import Found
from safety.text.identities import Identities
from safety.types import Circumstance, Finding

THRESHOLD = 0.5
_SPOKEN = ((r"\s+at\s+", "@"), (r"\s+dot\s+", "."), (r"\s+(?:dash|hyphen|minus)\s+", "-"))


class Privacy:
    """E-mail, telephone, card, account, identity, network and home addresses, and secrets.

    Telephone numbers follow libphonenumber, cards Luhn (ISO/IEC 7812), accounts ISO 13616,
    identity numbers their national checksums (python-stdnum).
    """

    name = "privacy"

    def __init__(self, region: str = "", public: Collection[str] = ()) -> None:
        """`region` (ISO 3166) says how telephone numbers without a country code are read.

        `public` are numbers that are nobody's own, such as help lines.
        """
        self._public = frozenset(map(_plain, public))
        self._contacts = Contacts(region)
        self._identities = Identities()

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        """A finding for each piece; on `out` the user's own have the score 0."""
        own = ""
        if circumstance.direction == "out":
            shown = [circumstance.words, *(item.text for item in circumstance.evidence)]
            own = " ".join(filter(None, (_plain(part) for part in shown)))
        for found in self.find(text):
            score, note = found.score, f"Looks like: {found.note}."
            if own and _plain(text[found.start : found.end]) in own:
                score, note = 0.0, f"The user's own: {found.note}."
            span = (found.start, found.end)
            yield Finding(self.name, found.category, span, score, THRESHOLD, note)

    def find(self, text: str) -> list[Found]:
        """All personal data in `text`; where two overlap, the surer and then the longer stays."""
        if not any(c.isdigit() or c in "@:=" for c in text):
            return []
        text = _plain_digits(text)
        every = [*self._identities.find(text), *self._contacts.find(text)]
        kept: list[Found] = []
        for found in sorted(every, key=lambda f: (-f.score, f.start - f.end)):
            if _plain(text[found.start : found.end]) in self._public:
                continue
            place = bisect_left(kept, found.end, key=lambda k: k.start)
            if not place or kept[place - 1].end <= found.start:
                kept.insert(place, found)
        return kept

    def redact(self, text: str) -> str:
        """`text` with every piece of personal data replaced by its kind in brackets: for logs."""
        return _replaced(text, [f for f in self.find(text) if f.score >= THRESHOLD])


def _replaced(text: str, pieces: Sequence[Found]) -> str:
    parts: list[str] = []
    end = 0
    for piece in pieces:
        parts += [text[end : piece.start], f"[{piece.category}]"]
        end = piece.end
    return "".join(parts) + text[end:]


def _plain_digits(text: str) -> str:
    """The same characters with every script's digits as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _plain(text: str) -> str:
    """Letters and digits only, so that the same number in another spelling is the same."""
    text = text.lower()
    for spoken, sign in _SPOKEN:
        text = re.sub(spoken, sign, text)
    return re.sub(r"[\W_]+", "", text)


def _load(source: RuleSource) -> Rule:
    return Privacy(source.region, numbers(source.policy))


RULE = RuleDeclaration("privacy", "Personal data", _load)
