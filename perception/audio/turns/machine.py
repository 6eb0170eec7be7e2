"""Turn-taking as one pure state machine: no thread, no clock, no model.

    state, actions = step(state, event, rules)

listening -> user speaking -> maybe finished -> thinking -> speaking -> listening. A voice while
Candor thinks or speaks is doubtful at first: the sound is ducked, then held, and when the words
or the length of it are known it interrupts, or is withdrawn and the sound goes on.
"""

from __future__ import annotations

from dataclasses import replace

from perception.audio.ipc.messages import Mode, TurnPhase
from perception.audio.turns.events import (
    Action,
    AnswerEnded,
    Duck,
    Endpoint,
    Event,
    Frame,
    Hold,
    Lost,
    ModeChanged,
    Muted,
    PlayedOut,
    Playing,
    Pressed,
    Released,
    Show,
    Woken,
    WordsRecognised,
)
from perception.audio.turns.speech_turn import (
    Step,
    begin,
    close,
    end,
    hear,
    may_begin,
    release,
    settle,
    take_word,
    withdraw,
)
from perception.audio.turns.state import (
    FRAME,
    JudgedFrame,
    MachineState,
    Onset,
    Rules,
)

__all__ = ["MachineState", "Rules", "step"]

_HEARD_UP_TO = 0.1  # words that reach so close to the end of the voice hold all of it


def step(
    state: MachineState, event: Event, rules: Rules
) -> tuple[MachineState, tuple[Action, ...]]:
    """The next state, and what is to be done now, in this order."""
    after, actions = _handle(state, event, rules)
    phase = _phase(after)
    changed = (phase, after.mode, after.muted) != (state.phase, state.mode, state.muted)
    if changed or isinstance(event, ModeChanged):
        actions = (*actions, Show(phase))
    return replace(after, phase=phase), actions


def _handle(state: MachineState, event: Event, rules: Rules) -> Step:
    match event:
        case Frame() | Endpoint() | WordsRecognised() | Lost():
            return _hear(state, event, rules)
        case Playing() | PlayedOut() | AnswerEnded():
            return _follow_answer(state, event, rules)
        case _:
            return _obey(state, event, rules)


def _hear(
    state: MachineState, event: Frame | Endpoint | WordsRecognised | Lost, rules: Rules
) -> Step:
    match event:
        case Frame():
            return _frame(state, event, rules)
        case Endpoint():
            return _endpoint(state, event)
        case WordsRecognised():
            return _words(state, event, rules)
        case Lost():
            return close(state, event.at, rules)


def _follow_answer(
    state: MachineState, event: Playing | PlayedOut | AnswerEnded, rules: Rules
) -> Step:
    match event:
        case Playing():
            return _playing(state, event)
        case PlayedOut():
            return _played_out(state, event, rules)
        case AnswerEnded():
            return _answered(state, event, rules)


def _obey(
    state: MachineState, event: Pressed | Released | Muted | Woken | ModeChanged, rules: Rules
) -> Step:
    match event:
        case Pressed():
            return _pressed(state, event, rules)
        case Released():
            return _released(state, event, rules)
        case Muted():
            return _muted(state, event)
        case Woken():
            return _woken(state, event, rules)
        case ModeChanged():
            return _mode_changed(state, event, rules)


def _phase(state: MachineState) -> TurnPhase:
    if state.speech:
        if state.speech.doubtful and state.playing:
            return TurnPhase.INTERRUPTED
        maybe = state.speech.paused is not None and not state.speech.pressed
        return TurnPhase.MAYBE_FINISHED if maybe else TurnPhase.USER
    if state.answering:
        return TurnPhase.SPEAKING if state.playing else TurnPhase.THINKING
    if may_begin(state):
        return TurnPhase.LISTENING
    waits = state.mode is Mode.WAKE and not state.muted
    return TurnPhase.WAITING if waits else TurnPhase.OFF


def _frame(state: MachineState, frame: Frame, rules: Rules) -> Step:
    if state.muted:
        return state, ()
    look = _look(state, frame, rules)
    if state.speech:
        return hear(state, state.speech, look, rules)
    if state.mode is Mode.WAKE and 0.0 < state.awake < frame.at:
        state = replace(state, awake=0.0, onset=None)
    if not may_begin(state):
        return release(replace(state, onset=None))
    return _listen(state, look, rules)


def _look(state: MachineState, frame: Frame, rules: Rules) -> JudgedFrame:
    voice = frame.voice * (1.0 - frame.echo)
    lasting = state.onset or (state.speech and state.speech.paused is None)
    least = rules.keep if lasting else rules.begin
    if frame.far and not (state.speech and not state.speech.doubtful):
        least = rules.begin_over_sound
    return JudgedFrame(frame.at, voice >= least, voice >= rules.strong, frame.faded)


def _listen(state: MachineState, look: JudgedFrame, rules: Rules) -> Step:
    """Nobody speaks yet: gather the frames of a voice until there are enough."""
    onset, at = state.onset, look.at
    if look.voice:
        onset = onset or Onset(at - FRAME, at - FRAME, 0.0)
        strong = onset.strong + FRAME * look.strong
        onset = replace(onset, last=at, voiced=onset.voiced + FRAME, strong=strong)
    elif onset is None or at - onset.last > rules.gap:
        return release(replace(state, onset=None))
    state = replace(state, onset=onset)
    actions: tuple[Action, ...] = ()
    if state.playing and not state.ducked and onset.voiced >= rules.duck_after:
        state, actions = replace(state, ducked=True), (Duck(),)
    if not _is_enough(onset, bool(state.playing), rules):
        return state, actions
    state, more = begin(state, onset, rules)
    return state, actions + more


def _is_enough(onset: Onset, playing: bool, rules: Rules) -> bool:
    if not playing:
        return onset.voiced >= rules.onset
    return onset.voiced >= rules.hold_after or onset.strong >= rules.hold_after_strong


def _endpoint(state: MachineState, event: Endpoint) -> Step:
    speech = state.speech
    if speech and speech.turn == event.turn and speech.paused == event.at:
        state = replace(state, speech=replace(speech, complete=event.complete))
    return state, ()


def _words(state: MachineState, event: WordsRecognised, rules: Rules) -> Step:
    speech, ended = state.speech, state.ended
    if ended and ended.turn == event.turn:
        return replace(state, ended=replace(ended, text=event.text)), ()
    if speech is None or speech.turn != event.turn:
        return state, ()
    reaches = event.until >= speech.last - _HEARD_UP_TO or not event.until
    heard = speech.paused is not None and reaches
    speech = replace(speech, text=event.text, heard=heard)
    now = max(speech.last, event.until)
    return settle(replace(state, speech=speech), now, rules)


def _playing(state: MachineState, event: Playing) -> Step:
    ended = state.ended if state.ended and state.ended.turn == event.turn else None
    thinking = "" if state.thinking == event.turn else state.thinking
    state = replace(state, playing=event.turn, sounding=event.at, thinking=thinking, ended=ended)
    if state.speech and not state.held:
        return replace(state, held=True), (Hold(),)
    return state, ()


def _played_out(state: MachineState, event: PlayedOut, rules: Rules) -> Step:
    if state.playing != event.turn:
        return state, ()
    state = replace(state, playing="", ended=None, awake=_awake(state, event.at, rules))
    return _nothing_plays(state)


def _answered(state: MachineState, event: AnswerEnded, rules: Rules) -> Step:
    if state.thinking != event.turn:
        return state, ()
    state = replace(state, thinking="", ended=None, awake=_awake(state, event.at, rules))
    return _nothing_plays(state)


def _nothing_plays(state: MachineState) -> Step:
    """Without an answer to talk over, an open turn is a turn like any other."""
    if state.answering:
        return state, ()
    if state.speech:
        state = replace(state, speech=replace(state.speech, doubtful=False))
    return release(state)


def _awake(state: MachineState, at: float, rules: Rules) -> float:
    return at + rules.follow_up if state.mode is Mode.WAKE else 0.0


def _pressed(state: MachineState, event: Pressed, rules: Rules) -> Step:
    """A key takes the word at once. In open and wake mode it stands for the wake word."""
    if state.mode.hands_free:
        return _woken(state, Woken(event.at), rules)
    if state.speech or state.muted:
        return state, ()
    state, actions = take_word(state)
    onset = Onset(event.at, event.at, 0.0)
    state, more = begin(state, onset, rules, pressed=True)
    return state, actions + more


def _released(state: MachineState, event: Released, rules: Rules) -> Step:
    if state.speech is None:
        return state, ()
    if event.discard:
        return withdraw(state)
    late = rules.tail if state.speech.pressed else 0.0
    return end(state, event.at, event.at + late)


def _muted(state: MachineState, event: Muted) -> Step:
    state = replace(state, muted=event.on, onset=None, awake=0.0)
    return withdraw(state) if state.speech else release(state)


def _woken(state: MachineState, event: Woken, rules: Rules) -> Step:
    if state.muted or (state.speech and not state.speech.doubtful):
        return state, ()
    state, actions = take_word(state)
    if state.mode is Mode.WAKE and state.speech is None:
        floor = max(state.floor, event.at - rules.wake_reach)
        state = replace(state, awake=event.at + rules.awake, floor=floor, onset=None)
    return state, actions


def _mode_changed(state: MachineState, event: ModeChanged, rules: Rules) -> Step:
    if state.mode is event.mode:
        return state, ()
    state, actions = close(state, event.at, rules)
    return replace(state, mode=event.mode, awake=0.0), actions
