"""Rules are found by their files, and one that cannot be used holds everything back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from perception import discovery
from perception.types import UserError
from safety import registry
from safety.guard import load_guard
from safety.policy_file import SHIPPED
from safety.rules import RuleDeclaration
from safety.types import Action, Circumstance

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
OUT = Circumstance("out", (), "everyday", "", "en_GB")
LOUD = "THIS IS THE VERY LAST TRAIN"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Entry points of `candor.rule` by name; modules may be written into `tmp_path`."""
    values = dict[str, str]()

    def entry_points(group: str) -> Sequence[EntryPoint]:
        return [EntryPoint(name, value, group) for name, value in values.items()]

    monkeypatch.setattr(discovery, "entry_points", entry_points)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    monkeypatch.syspath_prepend(str(tmp_path))
    registry.rules.cache_clear()
    yield values
    registry.rules.cache_clear()


def test_every_rule_is_there_once_and_is_called_like_its_file() -> None:
    names = ["advice", "classifier", "grounding", "injection", "patterns", "privacy"]
    assert [rule.name for rule in registry.rules()] == names
    assert all(isinstance(rule, RuleDeclaration) for rule in registry.rules())


@pytest.mark.usefixtures("processes")
def test_listing_the_rules_loads_nothing_heavy() -> None:
    look = (
        "import sys\nfrom safety.registry import rules\nrules()\n"
        "heavy = {'torch', 'onnx', 'onnxruntime', 'tokenizers', 'transformers', 'stdnum'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_example_is_a_rule_like_any_other(installed: dict[str, str]) -> None:
    installed["shouting"] = "shouting_rule:RULE"
    verdict = load_guard().judge(LOUD, OUT)
    assert verdict.action is Action.ADVISE
    assert verdict.text == f"{LOUD} (it need not be shouted)"
    assert verdict.why.headline == "This was said very loudly."
    assert load_guard().judge(LOUD.capitalize(), OUT).action is Action.ALLOW


def test_the_policy_of_the_user_governs_it(installed: dict[str, str], tmp_path: Path) -> None:
    installed["shouting"] = "shouting_rule:RULE"
    own = (EXAMPLES / "shouting_rule.toml").read_text("utf-8").replace('"advise"', '"block"')
    general, _, rest = SHIPPED.read_text("utf-8").partition("[[help]]")
    file = tmp_path / "policy.toml"
    file.write_text(f"{general}{own}\n[[help]]{rest}", encoding="utf-8")
    assert load_guard(file).judge(LOUD, OUT).action is Action.BLOCK


BROKEN = {
    "cannot be imported: RuntimeError": "raise RuntimeError('secret words')",
    "cannot be loaded: OSError": (
        "from pathlib import Path\n"
        "from safety.rules import RuleDeclaration\n"
        "def load(source):\n    raise OSError('secret words')\n"
        f"POLICY = Path({str(EXAMPLES / 'shouting_rule.toml')!r})\n"
        "RULE = RuleDeclaration('shouting', 'Shouting', load, POLICY)"
    ),
    "declares no rule called shouting": "RULE = 'shouting'",
}


@pytest.mark.parametrize("reason", BROKEN)
def test_one_that_cannot_be_used_holds_everything_back(
    installed: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    module = f"broken_rule_{list(BROKEN).index(reason)}"
    (tmp_path / f"{module}.py").write_text(BROKEN[reason], encoding="utf-8")
    installed["shouting"] = f"{module}:RULE"
    verdict = load_guard().judge("Good morning.", OUT)
    assert verdict.action is Action.BLOCK
    assert "Good morning" not in verdict.text
    notes = " ".join(finding.note for finding in verdict.why.findings if finding.fired)
    assert reason in notes
    assert "secret words" not in notes


def test_a_second_rule_of_a_name_holds_everything_back(installed: dict[str, str]) -> None:
    installed["privacy"] = "safety.rules.privacy:RULE"
    verdict = load_guard().judge("Good morning.", OUT)
    assert verdict.action is Action.BLOCK
    assert "There are two rules called privacy." in [f.note for f in verdict.why.findings]


def test_a_policy_text_may_only_speak_of_its_own_rule(
    installed: dict[str, str], tmp_path: Path
) -> None:
    text = (EXAMPLES / "shouting_rule.toml").read_text("utf-8")
    (tmp_path / "greedy.toml").write_text(text.replace('"shouting"', '"privacy"'), encoding="utf-8")
    source = (EXAMPLES / "shouting_rule.py").read_text("utf-8")
    (tmp_path / "greedy.py").write_text(
        source.replace("shouting_rule.toml", "greedy.toml"), encoding="utf-8"
    )
    installed["shouting"] = "greedy:RULE"
    with pytest.raises(UserError, match="the rule privacy, which is not its own"):
        load_guard()
