"""A language is one folder; the example is one like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from agent.memory.recent import told
from agent.speech import command_phrases, correction
from agent.speech.command_phrases import CommandKind, intent, spelled
from agent.speech.replies import replies
from desktop import i18n
from perception import discovery, languages
from perception.audio.turns import backchannel
from perception.audio.turns.backchannel import Completeness, is_nod, standing
from safety.guard import Guard
from safety.helplines import lines_for
from safety.policy_file import SHIPPED, load_policy
from safety.registry import UnusableRule, rule_names
from safety.types import Circumstance

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
FILES = ("commands", "corrections", "helplines", "phrases", "policy", "replies")
CACHES: list[Callable[[], None]] = [
    languages.folders.cache_clear,
    languages.languages.cache_clear,
    languages._note_missing.cache_clear,
    command_phrases._commands.cache_clear,
    correction._forms.cache_clear,
    backchannel._phrases.cache_clear,
]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Entry points of `candor.language` by code; packages may be written into `tmp_path`."""
    values = {"eo": "language_eo"}

    def entry_points(group: str) -> Sequence[EntryPoint]:
        named = values if group == "candor.language" else {}
        return [EntryPoint(code, value, group) for code, value in named.items()]

    monkeypatch.setattr(discovery, "entry_points", entry_points)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    monkeypatch.syspath_prepend(str(tmp_path))
    for clear in CACHES:
        clear()
    yield values
    for clear in CACHES:
        clear()


def test_chinese_has_every_file_and_english_what_is_not_in_the_code() -> None:
    assert list(languages.languages()) == ["en", "zh"]
    english, chinese = (languages.folders()[code] for code in ("en", "zh"))
    assert [name for name in FILES if not (chinese / f"{name}.toml").is_file()] == []
    assert [name for name in FILES if not (english / f"{name}.toml").is_file()] == [
        "helplines",
        "policy",
    ]
    for code in languages.languages():
        assert len(languages.sentences(code)) == 30


def test_the_example_is_a_language_of_the_window(installed: dict[str, str]) -> None:
    assert {code: each.name for code, each in languages.languages().items()} == {
        "en": "English",
        "eo": "Esperanto",
        "zh": "简体中文",
    }
    assert i18n.choose("", ["eo", "en"]) == "eo"
    assert languages.sentences("eo")[-1] == "Dankon, kaj bonan nokton."


def test_the_example_is_understood_and_answered(installed: dict[str, str]) -> None:
    found = intent("Bonvolu diru tion denove, mi petas.")
    assert found is not None
    assert (found.wish, found.language) == (CommandKind.AGAIN, "eo")
    assert told((), replies("eo")).startswith("Dum la lastaj")
    assert spelled("vic-", "eo") == "vic-: V, I, C, streketo."
    assert standing("Mi iras al la") is Completeness.OPEN
    assert is_nod("Jes, mi komprenas.")
    assert intent("Say that again.") == command_phrases.Intent(CommandKind.AGAIN)


def test_the_guard_speaks_it_and_english_where_it_is_silent(installed: dict[str, str]) -> None:
    policy = load_policy(None, rule_names())
    guard = Guard([UnusableRule("privacy", "broken")], policy)
    verdict = guard.judge("Bonan tagon.", Circumstance("in", (), "everyday", "", "eo"))
    assert verdict.why.headline.startswith("Sekureca kontrolo")
    assert verdict.why.alternative == "You can say it in another way."


def test_a_policy_of_the_user_keeps_its_words_in_every_language(tmp_path: Path) -> None:
    own = SHIPPED.read_text("utf-8").replace(
        'en = "Nothing was held back or changed."', 'en = "All is well."\nzh = "一切正常。"'
    )
    file = tmp_path / "policy.toml"
    file.write_text(own, encoding="utf-8")
    general = load_policy(file, rule_names()).general
    assert general.allowed == {"en": "All is well.", "zh": "一切正常。"}
    assert general.failed["zh"].startswith("一项安全检查出错")


def test_help_lines_of_a_language_stand_behind_those_of_the_policy(
    installed: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "language_xa"
    folder.mkdir()
    (folder / "__init__.py").touch()
    lines = (
        'regions = ["{}"]\ncrisis = "K"\nemergency = "1"\npoison = "2"\nabuse = "3"\nchild = "4"\n'
    )
    (folder / "helplines.toml").write_text(
        "".join(f"[[help]]\n{lines.format(region)}" for region in ("XA", "GB")), encoding="utf-8"
    )
    installed["xa"] = "language_xa"
    policy = load_policy(None, rule_names())
    assert lines_for(policy, "XA").crisis == "K"
    assert lines_for(policy, "GB").crisis == "Samaritans, 116 123"
    assert "12356" in lines_for(policy, "CN").crisis


def test_missing_and_broken_files_fall_back_to_english_and_are_named(
    installed: dict[str, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "language_xb"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "language.toml").write_text('name = "B"\nlocale = "xb"\n', encoding="utf-8")
    (folder / "commands.toml").write_text('[commands]\nstop = ["(", "brr"]\n', encoding="utf-8")
    (folder / "policy.toml").write_text("[general\n", encoding="utf-8")
    installed["xb"] = "language_xb"
    installed["xc"] = "no_such_package"
    assert replies("xb") == replies("en")
    assert languages.sentences("xb") == languages.sentences("en")
    assert load_policy(None, rule_names()).general.failed.keys() == {"en", "eo", "zh"}
    assert intent("brr") == command_phrases.Intent(CommandKind.STOP)
    assert "the language xb has no replies.toml: the English one speaks" in caplog.text
    assert "the language xb has no sentences.txt" in caplog.text
    assert "policy.toml is left out" in caplog.text
    assert "a pattern of a language is left out" in caplog.text
    assert "the language no_such_package is left out" in caplog.text


@pytest.mark.parametrize(
    ("text", "locale", "code"),
    [
        ("Good morning", "en_GB", "en"),
        ("Good morning", "zh_CN", "en"),
        ("今天天气", "", "zh"),
        ("今日はいい天気", "", "en"),
        ("The sign 出口 means that this is the exit", "", "en"),
        ("42!", "zh_CN", "zh"),
        ("", "", "en"),
    ],
)
def test_a_text_tells_its_language(text: str, locale: str, code: str) -> None:
    assert languages.language_of(text, locale) == code
