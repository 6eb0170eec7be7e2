"""Opens a page in the browser, after the user pressed the button that this asks with."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.wishes import about_words, stripped
from agent.tools.types import Call, Parameter, Result, Tool

_PAGE = r"(?P<page>(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,12}(?:/[^\s]*)?)"
_ASK = re.compile(
    rf"(?:open|go to|visit|show me|launch|browse to)(?: up)?(?: the (?:page"
    rf"|site|website))?(?: of| at)? {_PAGE}(?: (?:in|with) (?:my"
    rf"|the) browser)?|(?:打开|访问)(?:网站|网页|网址)?\s*{_PAGE.replace('page', 'other')}",
    re.I,
)


def quick(said: Said) -> Call | None:
    """Such as "Open wikipedia.org", "打开 bilibili.com"."""
    if about_words(said.words):
        return None
    found = _ASK.fullmatch(stripped(said.words))
    return Call("open", {"page": found["page"] or found["other"]}) if found else None


def run_tool(call: Call, box: Toolbox) -> Result:
    """Ask; only pages of the web (http, https) are ever opened."""
    page = str(call.arguments.get("page", "")).strip()
    address = page if re.match(r"https?://", page, re.I) else f"https://{page}"
    parts = urlsplit(address)
    if not parts.hostname or "." not in parts.hostname or parts.username:
        return Result("open", "page_unclear", {"page": page})
    return Result("open", "open_asks", {"page": address})


ABILITY = Ability(
    Tool("open", "open a web page (asks first)", (Parameter("page"),)), quick, run_tool, order=23
)
