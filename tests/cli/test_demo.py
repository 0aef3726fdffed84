"""The demo school opens no door to people who aren't the demo's."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from tests.cli.conftest import Typed

ADD = ("person", "add", "--name", "Ada Obi", "--email", "ada@oak.test", "--school", "Oak", "--admin")


def accounts(settings: Settings) -> int:
    with transaction(make_sessions(make_engine(settings.database))) as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def test_a_school_with_people_gets_no_demo_accounts(typed: Typed, settings: Settings) -> None:
    typed("migrate")
    assert typed(*ADD).code == 0
    for words in (("demo", "--people-only"), ("demo",)):
        said = typed(*words)
        assert (said.code, said.out) == (1, "")
        assert "People who aren't the demo's are here, so no demo school is set up" in said.err
        assert accounts(settings) == 1


def test_a_public_demo_wants_a_password_of_its_own(
    typed: Typed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENNYDROP_PUBLIC_URL", "https://pennydrop.oak.sch.uk")
    for published in ("", "penny-drop-demo"):
        if published:
            monkeypatch.setenv("PENNYDROP_DEMO_PASSWORD", published)
        said = typed("demo", "--people-only")
        assert said.code == 1
        assert "set PENNYDROP_DEMO_PASSWORD" in said.err
        assert accounts(settings) == 0
    monkeypatch.setenv("PENNYDROP_DEMO_PASSWORD", "three blue pennies")
    assert typed("demo", "--people-only").code == 0
    assert accounts(settings) == 9


def test_a_demo_is_set_up_again_on_this_machine(
    typed: Typed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENNYDROP_PUBLIC_URL", "http://localhost:8000")
    for _ in range(2):
        assert typed("demo", "--people-only").code == 0
        assert accounts(settings) == 9
