"""The user's open turn: how it begins, goes on, pauses and ends. Part of `turn`."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from perception.audio.ipc.messages import Mode
from perception.audio.turns.backchannel import BackchannelVerdict, judge
from perception.audio.turns.end_of_turn import silence_needed
from perception.audio.turns.events import (
    Action,
    AskEndpoint,
    CancelTurn,
    EndTurn,
    Hold,
    Interrupt,
    Release,
    ReportPause,
    ReportResume,
    StartTurn,
)
from perception.audio.turns.state import (
    FRAME,
    EndedTurn,
    JudgedFrame,
    MachineState,
    Onset,
    Rules,
    Speech,
)

Step: TypeAlias = tuple[MachineState, tuple[Action, ...]]


def begin(state: MachineState, onset: Onset, rules: Rules, pressed: bool = False) -> Step:
    """A turn begins: doubtful where an answer is awaited or heard, unless a key says it."""
    number = state.count + 1
    turn = f"{state.prefix}-{number}"
    before = None if pressed else _before(state, onset, rules)
    reach = onset.began - (0.0 if pressed else rules.pre_roll)
    since = before.since if before else max(reach, state.floor)
    doubtful = bool(state.answering) and not pressed
    speech = Speech(
        turn,
        since,
        onset.began,
        onset.last,
        onset.voiced,
        onset.strong,
        pressed=pressed,
        continues=before.turn if before else "",
        before=before.text if before else "",
        doubtful=doubtful,
    )
    hold: tuple[Action, ...] = (Hold(),) if doubtful and not state.held else ()
    state = replace(state, count=number, onset=None, speech=speech, held=state.held or doubtful)
    return state, (*hold, StartTurn(turn, since, speech.continues))


def _before(state: MachineState, onset: Onset, rules: Rules) -> EndedTurn | None:
    """The last turn, where this voice goes on with it before any sound of its answer."""
    ended = state.ended
    if ended is None or state.answering != ended.turn:
        return None
    if onset.began > ended.ended + rules.continue_within:
        return None
    return None if state.playing and onset.began >= state.sounding else ended


def hear(state: MachineState, speech: Speech, look: JudgedFrame, rules: Rules) -> Step:
    """One frame of an open turn."""
    if look.voice and (not look.faded or _is_faint(speech, look.at, rules)):
        speech, actions = _go_on(replace(speech, faint=look.faded), look, rules)
    else:
        speech, actions = _grow_quiet(speech, look, rules)
    state, more = settle(replace(state, speech=speech), look.at, rules)
    actions += more
    speech_now = state.speech
    if speech_now is None or speech_now.doubtful:
        return state, actions
    state, more = _end_where_due(state, speech_now, look, rules)
    return state, actions + more


def _is_faint(speech: Speech, at: float, rules: Rules) -> bool:
    """Whether the voice lasts although it has faded: longer than Silero takes to see its end."""
    return speech.faint or (speech.quiet is not None and at - speech.quiet > rules.fading)


def _grow_quiet(
    speech: Speech, look: JudgedFrame, rules: Rules
) -> tuple[Speech, tuple[Action, ...]]:
    """A frame without a voice, or one that is so quiet that the voice before it has ended."""
    last = look.at if look.voice else speech.last
    quiet = look.at - FRAME if speech.quiet is None else speech.quiet
    speech = replace(speech, last=last, quiet=quiet, back=None)
    if speech.paused is not None or look.at - quiet < rules.pause or not speech.voiced:
        return speech, ()
    speech = replace(speech, paused=quiet, complete=None, heard=False)
    since = speech.since
    return speech, (ReportPause(speech.turn, quiet), AskEndpoint(speech.turn, quiet, since))


def _go_on(speech: Speech, look: JudgedFrame, rules: Rules) -> tuple[Speech, tuple[Action, ...]]:
    """A voiced frame; after a pause it takes more than one, so that a click is nothing."""
    at = look.at
    speech = replace(speech, strong=speech.strong + FRAME * look.strong, quiet=None)
    if speech.paused is None:
        return replace(speech, last=at, voiced=speech.voiced + FRAME), ()
    back = at - FRAME if speech.back is None else speech.back
    if at - back < rules.resume:
        return replace(speech, back=back), ()
    voiced = speech.voiced + at - back
    speech = replace(
        speech, last=at, voiced=voiced, paused=None, complete=None, heard=False, back=None
    )
    return speech, (ReportResume(speech.turn),)


def settle(state: MachineState, at: float, rules: Rules) -> Step:
    """Decide on a doubtful turn, if it can be decided now."""
    speech = state.speech
    if speech is None or not speech.doubtful:
        return state, ()
    verdict = judge(speech, at, bool(state.playing), rules)
    if verdict is BackchannelVerdict.TAKE:
        return take_word(state)
    return withdraw(state) if verdict is BackchannelVerdict.DROP else (state, ())


def take_word(state: MachineState) -> Step:
    """The user has the word: what was answered stops for good."""
    speech = replace(state.speech, doubtful=False) if state.speech else None
    return _cut(replace(state, speech=speech))


def _cut(state: MachineState) -> Step:
    answering = state.answering
    state = replace(state, ducked=False, held=False, thinking="", playing="", ended=None)
    return state, (Interrupt(answering),) if answering else ()


def withdraw(state: MachineState) -> Step:
    """The open turn was nothing; an answer that was held goes on."""
    if state.speech is None:
        return state, ()
    gone = CancelTurn(state.speech.turn)
    state, actions = release(replace(state, speech=None, onset=None))
    return state, (gone, *actions)


def release(state: MachineState) -> Step:
    """End ducking and holding."""
    actions: tuple[Action, ...] = (Release(),) if state.ducked or state.held else ()
    return replace(state, ducked=False, held=False), actions


def end(state: MachineState, at: float, until: float) -> Step:
    """The open turn ends here and is answered."""
    speech = state.speech
    if speech is None:
        return state, ()
    state, actions = take_word(state)
    until = max(until, speech.since)  # A turn that was pressed begins after the one before it.
    ended = max(speech.since, speech.last if speech.voiced > 0 else at)
    done = EndTurn(speech.turn, speech.since, until, ended, speech.continues)
    last = EndedTurn(speech.turn, speech.since, until, ended, speech.text or "")
    if not actions:  # a gate that nothing waits behind any more
        state, actions = release(state)
    state = replace(
        state, speech=None, onset=None, ended=last, thinking=speech.turn, floor=until, awake=0.0
    )
    return state, (*actions, done)


def close(state: MachineState, at: float, rules: Rules) -> Step:
    """No more sound will come of the open turn: answer what there is, if it is something."""
    speech = state.speech
    if speech is None:
        return release(replace(state, onset=None))
    if speech.pressed or (not speech.doubtful and speech.voiced >= rules.shortest):
        return end(state, at, at)
    return withdraw(state)


def _end_where_due(state: MachineState, speech: Speech, look: JudgedFrame, rules: Rules) -> Step:
    at = look.at
    most = rules.most_pressed if speech.pressed else rules.most
    if at - speech.began >= most:
        return end(state, at, at)
    if speech.pressed or look.voice or speech.paused is None:
        return state, ()
    silence = at - speech.last
    if speech.heard and not speech.text and silence >= rules.no_words:
        return withdraw(state)
    if silence < silence_needed(speech, rules):
        return state, ()
    if speech.voiced < rules.shortest and not speech.text:
        return withdraw(state) if silence >= rules.words_within else (state, ())
    return end(state, at, min(at, speech.last + rules.tail))


def may_begin(state: MachineState) -> bool:
    """Whether a voice alone begins a turn now."""
    if state.muted:
        return False
    return state.mode is Mode.OPEN or (state.mode is Mode.WAKE and state.awake > 0.0)
