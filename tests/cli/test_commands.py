"""What commands say and leave behind."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from pennydrop.audit.models import AuditEntry
from pennydrop.care.backup.restore import put_aside
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.people.authenticate import viewer_from
from pennydrop.people.models import Invitation, Lead, Pairing, Person
from pennydrop.settings import Settings
from tests.cli.conftest import Typed


@pytest.fixture(autouse=True)
def _up_to_date(typed: Typed, settings: Settings) -> None:
    settings.data.mkdir(parents=True, exist_ok=True)


def migrated(typed: Typed) -> None:
    assert typed("migrate").code == 0


def add_person(typed: Typed, name: str, *more: str) -> str:
    migrated(typed)
    email = f"{name.lower()}@oak.test"
    said = typed("person", "add", "--name", name, "--email", email, "--school", "Oak", *more)
    assert said.code == 0, said.err
    return said.out


def sessions_of(settings: Settings) -> SessionMaker:
    from pennydrop.db.session import make_engine, make_sessions

    return make_sessions(make_engine(settings.database))


def test_migrating_twice_changes_nothing_the_second_time(typed: Typed) -> None:
    assert "now at revision" in typed("migrate").out
    assert "already at revision" in typed("migrate").out


def test_a_database_of_a_newer_version_is_left_alone(typed: Typed, settings: Settings) -> None:
    migrated(typed)
    with sqlite3.connect(settings.data / "pennydrop.sqlite3") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    said = typed("migrate")
    assert said.code == 1
    assert "newer Pennydrop" in said.err


def test_the_first_person_is_invited_by_a_link(typed: Typed) -> None:
    assert "http://localhost:8000/welcome/" in add_person(typed, "Aisha", "--admin")


def test_people_come_with_their_pairings_and_roles(typed: Typed, settings: Settings) -> None:
    add_person(typed, "Tom")
    add_person(typed, "Priya", "--coach-of", "tom@oak.test", "--lead")
    with transaction(sessions_of(settings)) as session:
        pairing = session.scalars(select(Pairing)).one()
        assert (pairing.coach.name, pairing.coachee.name) == ("Priya", "Tom")
        assert pairing.coach.school_id == pairing.coachee.school_id
        assert session.scalars(select(Lead)).one().person_id == pairing.coach_id


def test_a_token_is_all_that_is_printed_and_it_works(typed: Typed, settings: Settings) -> None:
    add_person(typed, "Tom")
    token = typed("token", "create", "--email", "Tom@Oak.test").out
    assert token == token.split()[0] + "\n"
    with transaction(sessions_of(settings)) as session:
        viewer = viewer_from(session, cookie=None, bearer=token.strip())
        assert session.get_one(Person, viewer.person_id).name == "Tom"


def test_nobody_gets_a_token_for_a_stranger(typed: Typed) -> None:
    migrated(typed)
    said = typed("token", "create", "--email", "nobody@oak.test")
    assert (said.code, said.out) == (1, "")
    assert "Nobody here has the e-mail address nobody@oak.test." in said.err


def test_a_school_of_an_unclear_organisation_is_asked_about(typed: Typed) -> None:
    add_person(typed, "Tom", "--organisation", "North")
    add_person(typed, "Priya", "--organisation", "South")
    said = typed("person", "add", "--name", "Leo", "--email", "leo@oak.test", "--school", "Elm")
    assert said.code == 1
    assert "North; South" in said.err


def test_a_setting_that_cannot_be_is_named(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENNYDROP_WORKERS", "none")
    said = typed("migrate")
    assert said.code == 2
    assert "PENNYDROP_WORKERS" in said.err


def test_a_data_folder_that_cannot_be_made_is_named(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PENNYDROP_DATA", str(tmp_path / "file" / "data"))
    said = typed("migrate")
    assert said.code == 1
    assert str(tmp_path / "file") in said.err


@pytest.mark.media
def test_the_doctor_finds_a_good_machine_good(typed: Typed) -> None:
    migrated(typed)
    said = typed("doctor")
    assert said.code == 0, said.out
    for subject in ("Python", "ffmpeg", "sandbox", "storage", "database", "broker"):
        assert f"ok  {subject}" in said.out
    assert "transcoder  isn't running" in said.out


def test_the_doctor_says_what_to_type(typed: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = typed("doctor")
    assert said.code == 1
    assert "apt-get install ffmpeg" in said.out
    assert "pennydrop migrate" in said.out


def test_a_service_that_does_not_run_is_not_alive(typed: Typed) -> None:
    migrated(typed)
    for service in ("api", "transcoder", "worker"):
        assert typed("alive", service).code == 1
    said = typed("alive", "kitchen")
    assert (said.code, "There are: api, transcoder, worker." in said.err) == (1, True)


def test_a_bucket_is_made_only_where_films_are_kept_in_one(typed: Typed) -> None:
    said = typed("bucket")
    assert (said.code, "PENNYDROP_STORAGE=s3" in said.err) == (1, True)


def test_the_doctor_asks_of_an_image_only_what_its_service_needs(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrated(typed)
    whole = typed("doctor").out
    monkeypatch.setattr("pennydrop.cli.doctor.find_spec", lambda name: name == "pennydrop_api" or None)
    api = typed("doctor").out
    assert "ffmpeg" in whole
    assert "sandbox" in whole
    assert not {"ffmpeg", "PyAV", "sandbox"} & set(api.split())
    monkeypatch.setenv("PENNYDROP_WEB_ROOT", "/nowhere")
    assert "web app" in typed("doctor").out
    monkeypatch.setattr("pennydrop.cli.doctor.find_spec", lambda name: name == "pennydrop_worker" or None)
    assert "web app" not in typed("doctor").out


def test_a_new_link_is_printed_and_who_it_is_for_can_read_that(typed: Typed, settings: Settings) -> None:
    first = add_person(typed, "Aisha", "--admin").split()[-1]
    said = typed("person", "invite", "--email", "aisha@oak.test")
    assert said.out.startswith("http://localhost:8000/welcome/")
    assert said.out.strip() != first
    with transaction(sessions_of(settings)) as session:
        links = session.scalars(select(Invitation).order_by(Invitation.id)).all()
        assert [link.used_at is None for link in links] == [False, True]
        noted = session.scalars(select(AuditEntry).where(AuditEntry.action == "person.invited")).one()
        assert (noted.owner_id, noted.person_id) == (links[0].person_id, None)


def test_a_restore_says_what_it_ended_and_the_doctor_what_it_put_aside(
    typed: Typed, settings: Settings, tmp_path: Path
) -> None:
    add_person(typed, "Aisha", "--admin")
    backups = str(tmp_path / "disk" / "backups")
    assert typed("backup", backups).code == 0
    said = typed("restore", backups, "--replace")
    assert (said.code, "Everybody is logged out" in said.out) == (0, True)
    assert "is erased from now on stays in it" in said.out
    (aside,) = put_aside(settings.database)
    assert f"{aside} was put aside by a restore" in typed("doctor").out
    for path in settings.data.glob(f"{aside.name}*"):
        path.unlink()
    assert "put aside" not in typed("doctor").out


def test_the_only_administrator_becomes_a_lead_by_who_looks_after_the_server(
    typed: Typed, settings: Settings
) -> None:
    add_person(typed, "Aisha")
    change = ("person", "change", "--email", "aisha@oak.test")
    for _ in range(2):
        assert typed(*change, "--lead", "Oak", "--admin").code == 0
    with transaction(sessions_of(settings)) as session:
        aisha = session.scalars(select(Person)).one()
        assert aisha.is_admin is True
        lead = session.scalars(select(Lead)).one()
        assert (lead.person_id, lead.school_id) == (aisha.id, aisha.school_id)
        noted = session.scalars(select(AuditEntry).where(AuditEntry.action == "person.changed")).all()
        assert {entry.owner_id for entry in noted} == {aisha.id}
    assert "There is no school Elm in Oak." in typed(*change, "--lead", "Elm").err
    assert "Please say what she becomes" in typed(*change).err


def test_nothing_makes_a_database_beside_stored_films(typed: Typed, settings: Settings) -> None:
    film = settings.objects / "sources" / "hers"
    film.parent.mkdir(parents=True)
    film.write_bytes(b"film")
    for words in (("migrate",), ("up", "--port", "0", "--no-open")):
        said = typed(*words)
        assert said.code == 1
        assert f"There are stored films in {settings.objects}, but the database" in said.err
        assert not (settings.data / "pennydrop.sqlite3").exists()
    assert film.read_bytes() == b"film"


def test_much_that_is_nobodys_goes_once_somebody_says_so(typed: Typed, settings: Settings) -> None:
    migrated(typed)
    for number in range(21):
        left = settings.objects / "sources" / f"leftover-{number}"
        left.parent.mkdir(exist_ok=True)
        left.write_bytes(b"x")
        os.utime(left, (0, 0))
    said = typed("sweep")
    assert said.code == 1
    assert "type: pennydrop sweep --all" in said.err
    assert typed("sweep", "--all").out == "21 stored files of nobody's removed.\n"
