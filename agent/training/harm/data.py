"""Reads a folder of public safety data sets into one list of labelled examples.

Files are known by name (docs/training.md lists them); one that is missing is left out. Labels
are probabilities, or None where a source says nothing about a category: a set of rude comments
does not say whether they are sexual.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from agent.codes import AgentCode
from perception.types import UserError

REQUESTS = (
    "violence", "weapons", "self_harm", "hate", "harassment", "sexual", "minors", "crime", "cyber",
)  # fmt: skip
"""The categories of what one may ask for, or get in a reply."""
LABELS = ("harmful", *REQUESTS, "crisis", "profanity", "injection")
"""What the classifier tells apart; a text may be several, and most are none.

`harmful` is any of REQUESTS, also where a source does not say which. `crisis` is a person in need;
`profanity` is abuse, contempt and vulgar words themselves.
"""

Known: TypeAlias = Mapping[str, float | None]
_NONE: Known = {}

_REFUSAL = re.compile(
    r"\b(?:sorry|can(?:'t|not) (?:help|do|tell|provide|give|recommend)|won't|not (?:comfortable|"
    r"appropriate|able to)|illegal|against the law|wrong to|should(?:n't| not)|dangerous|unethical|"
    r"immoral|harmful|please don't)\b",
    re.IGNORECASE,
)
_HAZARDS: Mapping[str, Known] = {
    "iwp": {"weapons": 0.85, "harmful": 0.75},
    "vcr": {"violence": 0.85, "harmful": 0.75},
    "ncr": {"crime": 0.85, "harmful": 0.8, "cyber": None},
    "src": {"harmful": 0.7},
    "prv": {"harmful": 0.7},
    "ipv": {"crime": 0.6, "harmful": 0.6, "cyber": None},
    "dfm": {"harassment": 0.7, "harmful": 0.65, "crime": None, "profanity": None},
    "hte": {"hate": 0.8, "harmful": 0.7, "profanity": None},
    "ssh": {"self_harm": 0.8, "harmful": 0.7, "crisis": None},
    "sxc_prn": {"sexual": 0.85, "harmful": 0.6},
}
_HARD_TALKS = frozenset({"harmful", "injection", "feelings", "lookalike"})
_WORDS: Mapping[str, str] = {
    "cyber": r"hack|malware|virus|exploit|phish|password|ddos|cyber|software|network|database",
    "weapons": r"bomb|explosi|firearm|weapon|\bgun|poison",
    "self_harm": r"suicide|self.harm|anorexi|eating disorder",
    "hate": r"racis|hate|discriminat|sexis|minorit|ethnic",
    "violence": r"murder|kill|torture|assassin|violen|kidnap|terror|shooting|cannibal",
    "minors": r"child porn|minors?\b|underage|groom",
    "harassment": r"bully|stalk|harass|revenge|defam|humiliat",
}
"""By which words of a request its category is known."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text, the probability of each of LABELS (None: unknown), where it is from, and its part.

    `part` is `train` or `dev`; examples of one `group` are all in the same part.
    """

    text: str
    labels: tuple[float | None, ...]
    source: str
    part: str


def read_folder(folder: Path) -> list[LabelledText]:
    """Every example of every known file, each text once. UserError when no file is known."""
    examples: dict[str, LabelledText] = {}
    for name, reader in READERS.items():
        if (folder / name).exists():
            for example in reader(folder / name):
                examples.setdefault(_plain(example.text), example)
    if not examples:
        raise UserError(AgentCode.NO_SAFETY_DATA, folder=folder)
    return [example for text, example in examples.items() if text]


def labelled(text: str, source: str, known: Known = _NONE, part: str = "") -> LabelledText:
    """An example that is none of LABELS except for what is said.

    Which category is unknown where a text is only said to be harmful.
    """
    asked = [known.get(label) or 0.0 for label in REQUESTS]
    known = {"harmful": max(asked), **known}
    unclear = known["harmful"] is None or (known["harmful"] > 0.5 and max(asked) < 0.5)
    rest = dict.fromkeys(REQUESTS) if unclear else {}
    labels = tuple({**rest, **known}.get(label, 0.0) for label in LABELS)
    return LabelledText(text.strip(), labels, source, part or _part(text))


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of a CSV or JSON lines file."""
    with file.open(encoding="utf-8", newline="") as lines:
        if file.suffix == ".csv":
            csv.field_size_limit(2**30)
            yield from csv.DictReader(lines)
        else:
            yield from (json.loads(line) for line in lines if line.strip())


def _part(text: str) -> str:
    return (
        "dev" if int(hashlib.sha256(_plain(text).encode()).hexdigest(), 16) % 10 == 0 else "train"
    )


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _toxic_spans(file: Path) -> Iterator[LabelledText]:
    part = "dev" if "trial" in file.name else "train"
    for row in rows(file):
        spans, text = json.loads(row["spans"]), row["text"]
        if not spans:
            # The raters found it toxic and could not say where: too unsure to learn from.
            continue
        known = {"profanity": 0.95, "hate": None, "sexual": None, "harmful": 0.1}
        yield labelled(text, "toxic_spans", known, part)
        for match in re.finditer(r"[^.!?\n]+[.!?]*", text):
            clean = not any(match.start() <= at < match.end() for at in spans)
            if clean and len(match[0].split()) > 5:
                yield labelled(
                    match[0],
                    "toxic_spans_rest",
                    {"profanity": 0.1, "hate": None, "harmful": 0.0},
                    part,
                )


def _davidson(file: Path) -> Iterator[LabelledText]:
    for number, row in enumerate(rows(file)):
        votes = {key: int(row[key]) for key in ("hate_speech", "offensive_language", "neither")}
        text, kind = row["tweet"], row["class"]
        if kind == "0":
            share = votes["hate_speech"] / sum(votes.values())
            yield labelled(
                text,
                "davidson_hate",
                {"profanity": 0.85, "hate": share, "sexual": None, "harmful": None},
            )
        elif kind == "2":
            yield labelled(text, "davidson_neither", {"sexual": None, "harmful": 0.0})
        elif votes["offensive_language"] == sum(votes.values()) and number % 8 == 0:
            # Raters called dialect offensive: half a label, and an eighth of the rows.
            yield labelled(
                text, "davidson_offensive", {"profanity": 0.5, "sexual": None, "harmful": 0.0}
            )


def _wiki(file: Path) -> Iterator[LabelledText]:
    for row in rows(file):
        if row["toxic"] == "True":
            known = {"profanity": 0.95, "hate": None, "sexual": None, "harmful": 0.1}
            yield labelled(row["comment"], "wiki_toxic", known)
        else:
            yield labelled(row["comment"], "wiki_civil")


def _madlibs(file: Path) -> Iterator[LabelledText]:
    for number, row in enumerate(rows(file)):
        if number % 2:
            continue
        if row["toxicity"] == "toxic":
            yield labelled(
                row["phrase"], "madlibs_toxic", {"profanity": 0.9, "hate": None, "harmful": 0.1}
            )
        else:
            yield labelled(row["phrase"], "madlibs_nontoxic")


def _advbench(file: Path) -> Iterator[LabelledText]:
    for row in rows(file):
        text = row["Behavior"]
        kinds = [kind for kind, words in _WORDS.items() if re.search(words, text.lower())]
        known: Known = {"harmful": 0.98, "crime": None, **dict.fromkeys(kinds, 0.9)}
        yield labelled(text, "advbench", known)


def _ailuminate(file: Path) -> Iterator[LabelledText]:
    for row in rows(file):
        if known := _HAZARDS.get(row["hazard"]):
            yield labelled(row["prompt_text"], f"ailuminate_{row['hazard']}", known)


def _hh(file: Path) -> Iterator[LabelledText]:
    for row in rows(file):
        said = [*row["prompt"], {"role": "assistant", "content": row["chosen"] or ""}]
        for asked, answer in pairwise(said):
            long_enough = asked["role"] == "user" and len(asked["content"].split()) > 4
            if long_enough and _REFUSAL.search(answer["content"][:200]):
                unknown: Known = dict.fromkeys((*REQUESTS, "profanity", "crisis"))
                yield labelled(asked["content"], "hh_refused", {**unknown, "harmful": 0.65})


def _injection(file: Path) -> Iterator[LabelledText]:
    part = "dev" if "validation" in file.name else ""
    source = "slabs" if "slabs" in file.name else "neuralchemy"
    for row in rows(file):
        if int(row["label"]):
            known = {"injection": 0.97, "harmful": None, "profanity": None}
            yield labelled(row["text"], source, known, part)
        else:
            yield labelled(row["text"], f"{source}_benign", part=part)


def _multilingual(file: Path) -> Iterator[LabelledText]:
    for row in rows(file):
        text = row["prompt_injections"]
        known = {"injection": 0.95, "harmful": None, "profanity": None}
        yield labelled(text, "multilingual", known)


def _harmless(file: Path) -> Iterator[LabelledText]:
    source = "cyberseceval" if "cyber" in file.name else "benign_prompts"
    for row in rows(file):
        yield labelled(row.get("prompt") or row["mutated_prompt"], source)


def _dialog(file: Path) -> Iterator[LabelledText]:
    part = "dev" if "dev" in file.name else "train"
    for row in rows(file):
        for message in row["messages"][:2]:
            yield labelled(message["content"], f"dialog_{message['role']}", part=part)


def _talks(file: Path, language: str = "en") -> Iterator[LabelledText]:
    for row in rows(file):
        if row["language"] == language and row["group"] not in _HARD_TALKS:
            for turn in row["turns"]:
                yield labelled(turn["user"], "talks")


def read_chinese(folder: Path) -> list[LabelledText]:
    """What harmless people say in Chinese, of the known files of talks."""
    files = sorted(folder.glob("talks_*.jsonl"))
    return [example for file in files for example in _talks(file, "zh")]


def _services(file: Path) -> Iterator[LabelledText]:
    for row in rows(file):
        for message in row["messages"]:
            if message["role"] == "user":
                yield labelled(message["content"], "services")


READERS: Mapping[str, Callable[[Path], Iterator[LabelledText]]] = {
    "toxic_spans_trial.csv": _toxic_spans,
    "prompt_injection_neuralchemy_core_validation.jsonl": _injection,
    "toxic_spans_train.csv": _toxic_spans,
    "davidson_tweets.csv": _davidson,
    "wiki_toxicity_nonfuzzed.csv": _wiki,
    "identity_madlibs_en.csv": _madlibs,
    "advbench_behaviors.csv": _advbench,
    "ailuminate_demo_en.csv": _ailuminate,
    "hh_rlhf_harmless_base_test.jsonl": _hh,
    "prompt_injection_neuralchemy_core_train.jsonl": _injection,
    "prompt_injection_slabs_train.csv": _injection,
    "prompt_injections_multilingual_yanismiraoui.csv": _multilingual,
    "benign_prompts.jsonl": _harmless,
    "cyberseceval_mitre_frr.jsonl": _harmless,
    **{f"talks_{part}.jsonl": _talks for part in "abcd"},
    "sgd_dev_300.jsonl": _services,
    "instruct_pairs_dev.jsonl": _dialog,
    "instruct_pairs.jsonl": _dialog,
}
