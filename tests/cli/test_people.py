"""People from the terminal: their passwords and their schools."""

from __future__ import annotations

import pytest

from pennydrop.cli.accounts import person_by_email
from pennydrop.clock import utcnow
from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.people.invite import InvitationEnded, open_invitation
from pennydrop.people.passwords import person_by_password
from pennydrop.settings import Settings
from tests.cli.conftest import Typed

ADD = ("person", "add", "--name", "Ada Obi", "--email", "ada.obi@oak.test")


@pytest.fixture(autouse=True)
def _migrated(typed: Typed) -> None:
    assert typed("migrate").code == 0


def test_a_password_comes_from_the_environment_and_works(
    typed: Typed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENNYDROP_NEW_PASSWORD", "three blue pennies")
    said = typed(*ADD, "--school", "Oak")
    assert said.code == 0
    assert "Her password is set." in said.out
    with transaction(make_sessions(make_engine(settings.database))) as session:
        assert person_by_password(session, email="ada.obi@oak.test", password="three blue pennies").name


@pytest.mark.parametrize("password", ["x", "aaaaaaaaaaaa", "ada.obi and more", "p" * 201])
def test_a_password_that_is_quickly_guessed_is_refused(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("PENNYDROP_NEW_PASSWORD", password)
    said = typed(*ADD, "--school", "Oak")
    assert (said.code, said.out) == (1, "")
    assert "password" in said.err
    monkeypatch.delenv("PENNYDROP_NEW_PASSWORD")
    assert typed(*ADD, "--school", "Oak").code == 0, "nobody was added by the refused command"


def test_no_password_is_taken_as_an_argument_that_others_can_read(typed: Typed) -> None:
    assert typed(*ADD, "--school", "Oak", "--password", "three blue pennies").code == 2


def test_a_school_that_is_new_is_said_to_be(typed: Typed) -> None:
    assert "The school Oak is new.\n" in typed(*ADD, "--school", "Oak").out
    second = ("person", "add", "--name", "Tom", "--email", "tom@oak.test", "--school")
    assert "new" not in typed(*second, "Oak").out
    third = ("person", "add", "--name", "Leo", "--email", "leo@oak.test", "--school")
    assert "The school Oakk is new.\n" in typed(*third, "Oakk").out


def test_whoever_lost_her_password_gets_a_new_link_and_the_old_one_ends(
    typed: Typed, settings: Settings
) -> None:
    first = link_in(typed(*ADD, "--school", "Oak").out)
    second = link_in(typed("person", "invite", "--email", "Ada.Obi@oak.test").out)
    with transaction(make_sessions(make_engine(settings.database))) as session:
        assert open_invitation(session, second).person.name == "Ada Obi"
        assert not open_invitation(session, second).person.is_admin
        with pytest.raises(InvitationEnded):
            open_invitation(session, first)


def test_no_link_opens_an_account_that_is_switched_off(typed: Typed, settings: Settings) -> None:
    typed(*ADD, "--school", "Oak")
    sessions = make_sessions(make_engine(settings.database))
    with transaction(sessions) as session:
        person_by_email(session, "ada.obi@oak.test").disabled_at = utcnow()
    said = typed("person", "invite", "--email", "ada.obi@oak.test")
    assert (said.code, said.out) == (1, "")
    assert "switched off" in said.err


def test_a_stranger_gets_no_link(typed: Typed) -> None:
    said = typed("person", "invite", "--email", "nobody@oak.test")
    assert (said.code, said.out) == (1, "")


def link_in(out: str) -> str:
    """Return the secret of the link that a command printed."""
    return out.split("/welcome/")[1].strip()
