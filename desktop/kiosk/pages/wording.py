"""The sentences of the kiosk, in the language that is installed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

translate = QCoreApplication.translate


def thinking() -> str:
    """While an answer is on its way."""
    return translate("Kiosk", "One moment…")


def no_answer() -> str:
    """In place of an answer that failed."""
    return translate("Kiosk", "That did not work. Please ask again, or ask a person.")


def microphone_question() -> tuple[str, str]:
    """Heading and text."""
    return (
        translate("Kiosk", "May I hear you?"),
        translate(
            "Kiosk",
            "With the microphone you can talk to me. It hears you only after you press Talk. You "
            "can also type or touch, without it.",
        ),
    )


def camera_question() -> tuple[str, str]:
    """Heading and text."""
    return (
        translate("Kiosk", "May I see you?"),
        translate(
            "Kiosk",
            "With the camera you can show me things, and I notice when you leave. No picture is "
            "kept. Everything works without it.",
        ),
    )


def forgets() -> str:
    """What the session promises."""
    return translate("Kiosk", "When you leave, I forget what you said.")


def still_there(left: int) -> str:
    """Shown while the end is near."""
    words = translate("Kiosk", "Are you still there? I end in {seconds} seconds. Touch the screen.")
    return words.format(seconds=left)


def still_there_spoken() -> str:
    """Spoken once, as the countdown begins."""
    return translate("Kiosk", "Are you still there? Touch the screen to go on.")


def thanks() -> str:
    """The last page's heading."""
    return translate("Kiosk", "Thank you. Goodbye!")


def forgetting() -> str:
    """While it is being forgotten."""
    return translate("Kiosk", "Your visit is being forgotten…")


def not_forgotten() -> str:
    """Where forgetting failed: told openly."""
    return translate("Kiosk", "Forgetting could not be proven. Please tell the staff.")


def trouble(desk: str) -> tuple[str, str]:
    """Heading and text where there is nobody to answer."""
    ask = translate("Kiosk", "Please ask at {desk}.").format(desk=desk) if desk else ""
    heading = translate("Kiosk", "I cannot answer just now")
    return heading, ask or translate("Kiosk", "Please ask a person. I will try again by myself.")


def closed(opens: datetime | None) -> tuple[str, str]:
    """Heading and text outside the opening hours."""
    heading = translate("Kiosk", "Closed just now")
    if opens is None:
        return heading, ""
    day = QLocale().dayName(opens.isoweekday())
    return heading, translate("Kiosk", "I am here again on {day} at {time}.").format(
        day=day, time=f"{opens:%H:%M}"
    )


def something_failed() -> str:
    """Where one part does not work."""
    return translate("Kiosk", "Something does not work just now. You can go on by touch.")


def calling() -> str:
    """While a person is called."""
    return translate("Kiosk", "A person is being called…")


def person_told(reached: bool, desk: str) -> str:
    """How calling a person ended."""
    if reached:
        return translate("Kiosk", "Somebody knows, and will come to you.")
    if desk:
        return translate("Kiosk", "A person will gladly help you at {desk}.").format(desk=desk)
    return translate("Kiosk", "I could not reach anybody. Please ask the staff.")


def yes_no() -> tuple[str, str]:
    """The two answers."""
    return translate("Kiosk", "Yes"), translate("Kiosk", "No")


def person_please() -> str:
    """The button."""
    return translate("Kiosk", "A person, please")


def getting_ready() -> str:
    """While the models load."""
    return translate("Kiosk", "I am getting ready…")
