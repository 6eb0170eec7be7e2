"""Every sentence of the window about where words and pictures go and stay, made from the facts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.session.facts import Facts

translate = QCoreApplication.translate


def status(facts: Facts) -> str:
    """The status line: where it answers, what is fetched or loaded."""
    parts = list[str]()
    if facts.ready is not None:
        parts.append(_place(facts))
    if facts.fetching:
        parts.append(translate("StatusLine", "fetching models from the network"))
    if facts.loading:
        parts.append(facts.loading)
    if facts.camera_address:
        parts.append(
            translate("StatusLine", "pictures from {name}").format(name=facts.camera_address)
        )
    if facts.server == "" and not facts.connected and not facts.loading:
        parts.append(translate("StatusLine", "not connected"))
    if not parts:
        parts.append(translate("StatusLine", "No model is loaded"))
    if facts.private:
        parts.append(translate("StatusLine", "private chat, not saved"))
    return " · ".join(parts)


def before_models(server: str) -> str:
    """Of the first start, before any model is here; `server` answers by the settings, if any."""
    if server:
        told = translate(
            "Promise",
            "Candor listens and looks on this computer; {server} answers, and is sent what you say "
            "and show as text. Candor downloads its models once.",
        )
        return told.format(server=server)
    return translate(
        "Promise",
        "Candor listens, looks and answers on this computer alone. It downloads its models "
        "once; after that it needs no network.",
    )


def status_icon(facts: Facts) -> str:
    """The icon before the status line."""
    if facts.fetching:
        return "download"
    if facts.ready is None:
        return "cpu"
    return "external-link" if facts.connected else "wifi-off"


def words_stay(facts: Facts) -> str:
    """Of what is said and shown; nothing while nobody knows yet."""
    if facts.server is None:
        return ""
    if facts.server:
        sent = translate("Promise", "What you say and show is sent as text to {server}.")
        return sent.format(server=facts.server)
    return translate("Promise", "What you say and show stays on this computer.")


def pictures_stay(facts: Facts) -> str:
    """Of pictures: no engine sends them, but a server gets what is seen in them."""
    if facts.server is None:
        return ""
    stay = translate("Promise", "Pictures stay on this computer.")
    if not facts.server:
        return stay
    sent = translate("Promise", "What is seen in them is sent as text to {server}.")
    return f"{stay} {sent.format(server=facts.server)}"


def chat_kept(facts: Facts) -> str:
    """What becomes of the chat that is open."""
    if facts.private:
        return translate(
            "Promise", "This chat is private: it is not saved, and is gone when you leave it."
        )
    if facts.keep_days:
        kept = translate("Promise", "This chat is saved here for {n} days.")
        return kept.format(n=facts.keep_days)
    return translate("Promise", "This chat is saved here until you delete it.")


def recent_kept(facts: Facts) -> str:
    """Of the list of the last two minutes, and of the chats that hold the same words."""
    list_ = translate("Promise", "This list is not saved, and is forgotten after two minutes.")
    if facts.private:
        chats = translate("Promise", "This chat is not saved either; your other chats are.")
    else:
        chats = translate("Promise", "What you say to Candor is saved in your chats.")
    return f"{list_} {chats}"


def _place(facts: Facts) -> str:
    if facts.server:
        return translate("StatusLine", "On the server {name}").format(name=facts.server)
    return translate("StatusLine", "On this computer")
