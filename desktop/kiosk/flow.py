"""A visit from page to page: attract, consent, session, thanks; and its end by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from agent.profiles.profile import Profile, in_language
from desktop import i18n
from desktop.kiosk.engine import KioskEngine
from desktop.kiosk.forgetter import Forgetter
from desktop.kiosk.hours import dimming, is_open, opens_at
from desktop.kiosk.idle import IdleWatch
from desktop.kiosk.pages import wording
from desktop.kiosk.pages.attract import AttractPage
from desktop.kiosk.pages.question import QuestionPage
from desktop.kiosk.pages.session import SessionPage, SessionSteps
from desktop.kiosk.parts import KioskParts
from desktop.kiosk.person import PersonCall
from desktop.kiosk.upkeep import Upkeep
from desktop.kiosk.window import KioskWindow
from desktop.kiosk.words import HELLO, in_each, spoken_languages

_TICK_MS = 250
_THANKS_MS = 8000
_AGAIN_MS = 60_000
"""So long after the mind was given up it is tried again."""


class VisitStep(StrEnum):
    """Where a visit is."""

    ATTRACT = "attract"
    MICROPHONE = "microphone"
    CAMERA = "camera"
    SESSION = "session"
    THANKS = "thanks"
    TROUBLE = "trouble"
    CLOSED = "closed"


class KioskFlow(QObject):
    """Leads a visitor through the pages, and the next one. `stepped` carries a `VisitStep`."""

    stepped = Signal(object)

    def __init__(
        self,
        window: KioskWindow,
        engine: KioskEngine,
        profile: Profile,
        parts: KioskParts,
        *,
        upkeep: Upkeep | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = datetime.now,
        thanks_ms: int = _THANKS_MS,
    ) -> None:
        super().__init__(window)
        self._window, self._engine, self._profile = window, engine, profile
        self.codes = spoken_languages(profile.languages)
        self.language, self.step = self.codes[0], VisitStep.ATTRACT
        upkeep = upkeep or Upkeep()
        self._open, self._brightness, self._now = upkeep.open, upkeep.brightness, now
        self._idle = IdleWatch(profile.idle, clock)
        self._person = PersonCall(profile.person_command, self)
        self._forgetter = Forgetter(parts.begin_visit, self)
        self._session: SessionPage | None = None
        self._may_talk, self._note, self._receipt = False, "", ""
        self._lost = self._counting = False
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._ticking.timeout.connect(self.tick)
        self._ticking.start()
        self._going = QTimer(self, singleShot=True, interval=thanks_ms)
        self._going.timeout.connect(self._attract)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(engine.revive)
        window.language_chosen.connect(self.speak_language)
        engine.changed.connect(self._refresh)
        engine.lived.connect(self.sign_of_life)
        engine.lost.connect(self._lose)
        engine.ready.connect(self._recover)
        engine.failed.connect(lambda: self._tell(wording.something_failed()))
        self._person.told.connect(lambda on: self._tell(wording.person_told(on, self._desk), True))
        self._forgetter.done.connect(self._forgotten)
        self._attract()

    @property
    def _desk(self) -> str:
        return in_language(self._profile.desk, self.language)

    @property
    def visited(self) -> bool:
        """Whether a visit is open: then nothing may start anew."""
        return self._visited

    @property
    def _visited(self) -> bool:
        """Whether a visit is going on."""
        return self.step in (VisitStep.MICROPHONE, VisitStep.CAMERA, VisitStep.SESSION)

    def attract_page(self) -> AttractPage:
        """The first page, also for further screens."""
        return AttractPage(self.codes, in_language(self._profile.title, self.codes[0]))

    def speak_language(self, code: str) -> None:
        """The visitor chose a language: on the first page that is the beginning, too."""
        self.language = code
        self._speak_in(code)
        if self.step is VisitStep.ATTRACT:
            self.wake()
        else:
            self._show()

    def wake(self) -> None:
        """Somebody is there."""
        if self.step is not VisitStep.ATTRACT:
            return
        self._idle.sign_of_life()
        self._forgetter.begin()
        self._engine.begin()
        self._enter(VisitStep.MICROPHONE if self._engine.microphone else VisitStep.CAMERA)

    def sign_of_life(self) -> None:
        """A touch, a key, a voice or a face: the visit goes on."""
        self._idle.sign_of_life()
        if self._counting:
            self._counting = False
            self._window.show_countdown("")
            self._engine.hush()

    def tick(self) -> None:
        """Look at the time."""
        self._window.show_light(dimming(self._now(), self._brightness))
        closed = self.step is VisitStep.CLOSED
        waits = closed or self.step is VisitStep.ATTRACT
        if waits and closed == is_open(self._now(), self._open):
            self._attract()
        if not self._visited:
            return
        if self._engine.busy and not self._counting:
            self._idle.sign_of_life()
        left = self._idle.left()
        if left is None:
            return
        if not self._counting:
            self._counting = True
            self._engine.speak(wording.still_there_spoken())
        self._window.show_countdown(wording.still_there(left))
        if left == 0:
            self.end()

    def end(self) -> None:
        """The visit is over: nothing of it stays on the screen, and then nowhere."""
        if not self._visited:
            return
        self._counting, self._session, self._note, self._receipt = False, None, "", ""
        self._may_talk = False
        self._window.show_countdown("")
        self._engine.end()
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            QGuiApplication.clipboard().clear(mode)
        self._forgetter.forget()
        self._enter(VisitStep.THANKS)

    def _forgotten(self, line: str, proven: bool) -> None:
        self._receipt = line if proven else wording.not_forgotten()
        if self.step is VisitStep.THANKS:
            self._show()
            self._going.start()

    def _attract(self) -> None:
        self._going.stop()
        if self.language != self.codes[0] or i18n.language() != self.codes[0]:
            self._speak_in(self.codes[0])
        self.language, self._receipt = self.codes[0], ""
        step = VisitStep.ATTRACT if is_open(self._now(), self._open) else VisitStep.CLOSED
        self._enter(VisitStep.TROUBLE if self._lost else step)

    def _speak_in(self, code: str) -> None:
        app = QApplication.instance()
        assert app is not None
        i18n.install(app, code)
        self._window.show_language(code)
        self._engine.speak_language(code)

    def _enter(self, step: VisitStep) -> None:
        self.step = step
        self._show()
        self.stepped.emit(step)

    def _show(self) -> None:
        """Show the page of this step in the language of the visitor, and say it."""
        makers: dict[VisitStep, Callable[[], QWidget]] = {
            VisitStep.ATTRACT: self._make_attract,
            VisitStep.MICROPHONE: self._make_microphone,
            VisitStep.CAMERA: self._make_camera,
            VisitStep.SESSION: self._make_session,
            VisitStep.THANKS: self._make_thanks,
            VisitStep.TROUBLE: self._make_trouble,
            VisitStep.CLOSED: self._make_closed,
        }
        page = makers[self.step]()
        self._session = page if isinstance(page, SessionPage) else None
        self._window.show_page(page, types=self._session is not None)
        silent = self.step in (VisitStep.TROUBLE, VisitStep.CLOSED)
        if isinstance(page, QuestionPage) and not silent:
            # To whom cannot read it, the first page says where one is.
            hello = in_each(HELLO, (self.language,)) if self.step is VisitStep.MICROPHONE else []
            self._engine.speak(" ".join((*hello, page.spoken)))
        self._refresh()

    def _make_attract(self) -> QWidget:
        page = self.attract_page()
        page.begun.connect(self.wake)
        return page

    def _make_microphone(self) -> QWidget:
        return self._asking(wording.microphone_question(), self._allow_microphone, "mic")

    def _make_camera(self) -> QWidget:
        return self._asking(wording.camera_question(), self._allow_camera, "camera")

    def _asking(
        self, words: tuple[str, str], answered: Callable[[bool], None], icon: str
    ) -> QWidget:
        yes, no = wording.yes_no()
        answers = [(yes, "check", lambda: answered(True)), (no, "x", lambda: answered(False))]
        return QuestionPage(*words, answers, icon=icon)

    def _make_session(self) -> QWidget:
        questions = [
            (in_language(each.text, self.language), each.icon) for each in self._profile.questions
        ]
        steps = SessionSteps(self._ask, self._talk, self._call, self.end)
        return SessionPage(questions, steps, may_talk=self._may_talk)

    def _make_thanks(self) -> QWidget:
        text = wording.forgetting() if self._forgetter.working else self._receipt
        return QuestionPage(wording.thanks(), text, icon="check")

    def _make_trouble(self) -> QWidget:
        answers = []
        if self._person.possible:
            answers = [(wording.person_please(), "user", self._call)]
        heading, text = wording.trouble(self._desk)
        return QuestionPage(heading, self._note or text, answers, icon="info")

    def _make_closed(self) -> QWidget:
        return QuestionPage(*wording.closed(opens_at(self._now(), self._open)), icon="clock")

    def _allow_microphone(self, yes: bool) -> None:
        self._may_talk = yes
        self._engine.allow_microphone(yes)
        self._enter(VisitStep.CAMERA)

    def _allow_camera(self, yes: bool) -> None:
        self._engine.allow_camera(yes)
        self._engine.hush()
        self._enter(VisitStep.SESSION)

    def _ask(self, text: str) -> None:
        self._note = ""
        self._engine.talk(False, discard=True)
        self._engine.ask(text)

    def _talk(self) -> None:
        self._engine.hush()
        self._engine.talk(not self._engine.listens)
        self._refresh()

    def _call(self) -> None:
        if self._person.possible:
            self._tell(wording.calling())
            self._person.call()
        else:
            self._tell(wording.person_told(False, self._desk), True)

    def _tell(self, text: str, aloud: bool = False) -> None:
        self._note = text
        if self.step is VisitStep.TROUBLE:
            self._show()
        elif self._session is not None:
            if aloud and not self._engine.busy:
                self._engine.speak(text)
            self._refresh()

    def _lose(self) -> None:
        """There is no mind: the visit ends, and the page says where to ask."""
        self._lost = True
        self._again.start()
        if self._visited:
            self.end()
        elif self.step is VisitStep.ATTRACT:
            self._enter(VisitStep.TROUBLE)

    def _recover(self) -> None:
        self._lost = False
        self._again.stop()
        if self.step is VisitStep.TROUBLE:
            self._note = ""
            self._attract()

    def _refresh(self) -> None:
        page = self._session
        if page is None:
            return
        engine = self._engine
        page.conversation.show_transcript(engine.transcript)
        page.heard.setText(engine.heard or (wording.getting_ready() if engine.loading else ""))
        page.show_listening(engine.listens)
        page.talk.setVisible(self._may_talk and engine.microphone)
        page.show_note(self._note)
        page.fit()
