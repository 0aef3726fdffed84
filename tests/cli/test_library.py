"""The library from the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from pennydrop.settings import Settings
from tests.cli.conftest import Typed


@pytest.fixture
def school(typed: Typed, settings: Settings) -> Typed:
    """The terminal of an installation with one organisation."""
    settings.data.mkdir(parents=True)
    assert typed("migrate").code == 0
    typed("person", "add", "--name", "Aisha", "--email", "aisha@oak.test", "--school", "Oak")
    return typed


def test_the_starter_library_goes_in_and_comes_out_as_one_file(school: Typed, tmp_path: Path) -> None:
    assert "steps: 56 new, 0 changed, 0 as before" in school("library", "import", "--starter").out
    file = tmp_path / "library.yaml"
    assert school("library", "export", str(file)).code == 0
    assert "steps: 0 new, 0 changed, 56 as before" in school("library", "import", str(file)).out


def test_mistakes_are_printed_one_to_a_line(school: Typed, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("areas:\n  - slug: a\nwords: []\n")
    said = school("library", "import", str(file))
    assert said.code == 1
    assert "mine.yaml line 2: an area needs “name”." in said.out
    assert "mine.yaml line 3: the file has no “words”." in said.out
    assert "Nothing was imported" in said.err


def test_among_several_organisations_one_has_to_be_named(school: Typed) -> None:
    second = ("--name", "Ben", "--email", "ben@elm.test", "--school", "Elm", "--organisation", "Elm Trust")
    school("person", "add", *second)
    refused = school("library", "import", "--starter")
    assert (refused.code, refused.err.count("Oak; Elm Trust")) == (1, 1)
    named = school("library", "import", "--starter", "--organisation", "Elm Trust", "--dry-run")
    assert "This was a dry run" in named.out
