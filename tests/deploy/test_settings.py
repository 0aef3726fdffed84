"""Whoever reads `deploy/` and the docs finds every setting, and none that isn't there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from pennydrop.settings import NO_SETTINGS, Settings, names_of_settings

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "deploy/pennydrop.env.example"
NAMES = names_of_settings()


def assignments(text: str) -> list[tuple[str, str, bool]]:
    """Return each name and value of an env file, and whether it is set rather than only shown."""
    found = re.findall(r"^(#?)([A-Z][A-Z0-9_]+)=(.*)$", text, re.MULTILINE)
    return [(name, value, not hidden) for hidden, name, value in found]


def test_the_example_names_every_setting_once() -> None:
    named = [name for name, _, _ in assignments(EXAMPLE.read_text())]
    assert sorted(named) == sorted(NAMES)


def test_what_the_example_only_shows_is_what_holds_anyway(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value, is_set in assignments(EXAMPLE.read_text()):
        if is_set:
            continue
        field = name.removeprefix("PENNYDROP_").lower()
        default = Settings.model_fields[field].default
        if value == "" and default is None:
            continue
        monkeypatch.setenv(name, value)
        held = getattr(Settings(), field)
        plain = held.get_secret_value() if isinstance(held, SecretStr) else held
        expected = default.get_secret_value() if isinstance(default, SecretStr) else default
        assert plain == expected, name
        monkeypatch.delenv(name)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_what_is_set_to_nothing_is_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Settings()
    monkeypatch.setenv(name, "")
    assert Settings() == usual


def test_what_the_example_sets_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value, is_set in assignments(EXAMPLE.read_text()):
        if is_set:
            monkeypatch.setenv(name, value)
    assert Settings().sandbox == "required"
    assert Settings().public_url.startswith("https://")


def test_the_manual_tells_every_setting() -> None:
    table = (ROOT / "docs/operations.md").read_text().partition("\n## Settings\n")[2]
    assert NAMES - set(re.findall(r"PENNYDROP_[A-Z0-9_]+", table)) == set()


@pytest.mark.parametrize("folder", ["deploy", "docs"])
def test_no_variable_is_named_that_nobody_reads(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in (".md", ".yaml", ".service", ".timer", ".example", ".conf") or not path.suffix:
            if path.is_dir():
                continue
            named = set(re.findall(r"PENNYDROP_[A-Z0-9_]*[A-Z0-9]", path.read_text()))
            assert named <= NAMES | NO_SETTINGS, path
