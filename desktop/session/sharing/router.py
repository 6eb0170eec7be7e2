"""Several windows on one mind: whose turn an event belongs to, and which question comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QObject

from agent.commands import Command, Continue, Interrupt, OpenChat, Say, SetCamera
from agent.events import Asked, AssistantState, Failed, Reply, Sentence
from agent.memory.history import PRIVATE
from agent.types import Ended, Phase
from desktop.session.children import Children
from desktop.session.sharing.audience import Audience, audience_of
from desktop.session.sharing.channel import Channel
from desktop.session.sharing.standing import Standing
from perception.audio.ipc.messages import Mute, ToEars
from safety.types import Explanation


class Router(QObject):
    """Gives each window its own events, and the mind one question at a time.

    What is spoken belongs to the window in front: its chat is the one that the mind has open.
    """

    def __init__(self, children: Children) -> None:
        super().__init__()
        self._children = children
        self._channels = list[Channel]()
        self._front: Channel | None = None
        self._owner = dict[str, Channel]()
        self._open = dict[str, Channel]()
        """The turns that are being answered."""
        self._held = list[tuple[Channel, Say]]()
        self._waiting = dict[Channel, Say]()
        """Pictures that wait for a spoken turn, by the window that holds them."""
        self._standing = Standing()
        self._started = False
        children.arrived.connect(self._route)

    def open(self) -> Channel:
        """A line for another window."""
        channel = Channel(self)
        self._channels.append(channel)
        self._front = self._front or channel
        return channel

    def catch_up(self, channel: Channel) -> None:
        """Tell a new window what stands."""
        for event in self._standing.events:
            channel.arrived.emit(event)
        if self._standing.muted:
            channel.muted.emit(True)
        if self._standing.camera:
            channel.camera.emit(self._standing.camera)

    def close(self, channel: Channel) -> None:
        """A window is gone; its answer is written to its end, what it had waiting is asked."""
        self._channels.remove(channel)
        self._waiting.pop(channel, None)
        if channel is self._front:
            self._front = None
            if self._channels:
                self.set_front(self._channels[-1])
        elif channel.chat == PRIVATE:
            self._tell_open()

    def hand_over(self, before: Channel, after: Channel) -> None:
        """The chat of one window goes on in another, with the answer that is on its way."""
        after.chat = before.chat
        for owned in (self._owner, self._open):
            owned.update({turn: after for turn, one in owned.items() if one is before})
        self._held = [(after if one is before else one, say) for one, say in self._held]
        before.chat = None
        if after is self._front:
            self._tell_open()

    def set_front(self, channel: Channel) -> None:
        """The user works in this window now."""
        if channel is self._front or channel not in self._channels:
            return
        self._front = channel
        self._tell_open()
        self._children.tell_mind(self._waiting.get(channel, Say("", None, "")))

    @property
    def started(self) -> bool:
        """Whether mind and ears were started."""
        return self._started

    def start(self) -> None:
        """Start mind and ears, unless they run."""
        if not self._started:
            self._started = True
            self._children.start()

    def revive(self, name: str) -> None:
        """As `Children.revive`."""
        self._children.revive(name)

    def tell_mind(self, channel: Channel, command: Command) -> None:
        """Pass a command on, or keep it until it disturbs no other window."""
        if turn := getattr(command, "turn", ""):
            self._owner[turn] = channel
        match command:
            case OpenChat() | SetCamera() | Say(turn=""):
                self._stand(channel, command)
            case Say():
                self._ask(channel, command)
            case Interrupt(turn) if self._withdraw(turn):
                pass
            case _:
                if isinstance(command, Continue):
                    self._open[command.turn] = channel
                self._children.tell_mind(command)

    def _stand(self, channel: Channel, command: OpenChat | SetCamera | Say) -> None:
        """What is so from now on: the open chat and what waits for it are those in front."""
        match command:
            case OpenChat(chat):
                channel.chat = chat
                if channel is self._front:
                    self._tell_open()
            case Say():
                self._waiting[channel] = command
                if channel is self._front:
                    self._children.tell_mind(command)
            case SetCamera(source):
                self._standing.camera = source
                self._children.tell_mind(command)
                for other in self._others(channel):
                    other.camera.emit(source)

    def tell_ears(self, channel: Channel, message: ToEars) -> None:
        """Pass a message on; what another window told them already is not told again."""
        if not self._standing.is_news(message):
            return
        self._children.tell_ears(message)
        if isinstance(message, Mute):
            for other in self._others(channel):
                other.muted.emit(message.on)

    def _ask(self, channel: Channel, say: Say) -> None:
        """A question interrupts the answer before it, but not that of another window."""
        if any(owner is not channel for owner in self._open.values()):
            self._held.append((channel, say))
            self._children.hold(say)
            return
        self._open[say.turn] = channel
        self._children.tell_mind(say)

    def _withdraw(self, turn: str) -> bool:
        """Whether this question still waited; then it has its reply now."""
        for held in self._held:
            channel, say = held
            if say.turn == turn:
                self._held.remove(held)
                self._children.withdraw(turn)
                ended = Reply(turn, "", Ended.INTERRUPTED, Explanation.of_notes(), {})
                channel.arrived.emit(ended)
                return True
        return False

    def _tell_open(self) -> None:
        """Let what is spoken go to the chat in front, and keep a private one that is beside it."""
        front = self._front
        if front is None:
            return
        beside = any(other.chat == PRIVATE for other in self._others(front))
        self._children.tell_mind(OpenChat(front.chat, keep_private=beside))

    def _others(self, channel: Channel) -> Iterator[Channel]:
        return (each for each in self._channels if each is not channel)

    def _route(self, event: object) -> None:
        self._standing.note(event)
        owner = self._owner_of(event)
        if isinstance(event, AssistantState) and event.turn and owner is not None:
            self._show_at_work(event, owner)
            return
        for channel in self._listening(event, owner):
            channel.arrived.emit(event)
        if isinstance(event, Reply):
            self._ended(event.turn)
        elif isinstance(event, Asked) and owner is not None and owner is not self._front:
            # The mind takes the chat of each turn for the open one.
            self._tell_open()

    def _show_at_work(self, event: AssistantState, owner: Channel) -> None:
        """The mind works for one window; for the others it is idle."""
        for channel in tuple(self._channels):
            busy = channel is owner or event.phase is Phase.LOADING
            channel.arrived.emit(event if busy else AssistantState(Phase.IDLE, ""))

    def _listening(self, event: object, owner: Channel | None) -> tuple[Channel, ...]:
        audience = audience_of(event)
        if audience is Audience.EVERYONE:
            return tuple(self._channels)
        one = owner if audience is Audience.OWNER and owner is not None else self._front
        return (one,) if one in self._channels and one is not None else ()

    def _owner_of(self, event: object) -> Channel | None:
        turn = getattr(event, "turn", "")
        if not isinstance(turn, str) or not turn:
            return None
        owner = self._owner.get(turn)
        if isinstance(event, Asked):
            owner = owner or self._showing(event.chat) or self._front
            if owner is not None:
                self._owner[turn] = self._open[turn] = owner
                owner.chat = event.chat
        elif isinstance(event, Failed | Reply | Sentence) and owner is None:
            owner = self._front
        return owner

    def _showing(self, chat: int) -> Channel | None:
        return next((each for each in self._channels if each.chat == chat), None)

    def _ended(self, turn: str) -> None:
        self._open.pop(turn, None)
        if self._open or not self._held:
            return
        channel, say = self._held.pop(0)
        # What was held for a chat that has its number by now goes there.
        chat = channel.chat if say.chat is None else say.chat
        self._open[say.turn] = channel
        self._children.tell_mind(replace(say, chat=chat))
