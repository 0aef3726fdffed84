"""A setting that can't be used is named by whatever is started, with what to write instead."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from pennydrop.settings import Settings
from tests.cli.conftest import Typed

WRONG = [
    ("DATABASE_URL", "mysql://pennydrop:secret@db/pennydrop", "Write postgresql+psycopg://USER"),
    ("DATABASE_URL", "postgres://pennydrop:secret@db/pennydrop", "Write postgresql+psycopg:// instead"),
    ("DATABASE_URL", "postgresql://pennydrop:secret@db/pennydrop", "Write postgresql+psycopg:// instead"),
    ("DATABASE_URL", "postgresql+psycopg://pennydrop:secret@db:none/x", "Write it as postgresql+psycopg://"),
    ("BROKER_URL", "nonsense", "Write redis://HOST:6379/0"),
    ("BROKER_URL", "redis://:secret@broker:none/0", "The port has to be a number"),
    ("S3_ENDPOINT", "https://store.example.org/", "without https:// and without a path"),
    ("S3_ENDPOINT", "store.example.org:99999", "without https:// and without a path"),
    ("PUBLIC_URL", "pennydrop.oak.sch.uk", "with https:// before it"),
    ("PUBLIC_URL", "https://pennydrop.oak.sch.uk:none", "The port has to be a number"),
    ("SESSION_DAYS", "-4", "greater than or equal to 1"),
    ("SESSION_DAYS", "1000000000", "less than or equal to 3650"),
    ("QUOTA_BYTES", "-5", "greater than or equal to 1"),
    ("VIDEO_MAX_MINUTES", "-1", "greater than or equal to 1"),
    ("UPLOAD_MAX_BYTES", "0", "greater than or equal to 1"),
    ("KEEP_FREE_BYTES", "-1", "greater than or equal to 0"),
    ("DRAIN_SECONDS", "inf", "less than or equal to 3600"),
    ("PORT", "eight", "valid integer"),
]

RIGHT = [
    ("DATABASE_URL", "postgresql+psycopg://pennydrop:a#b?c@db.example.org:5432/pennydrop"),
    ("DATABASE_URL", "postgresql+psycopg:///pennydrop?host=/run/postgresql"),
    ("BROKER_URL", "redis://:secret@broker.example.org:6379/0"),
    ("BROKER_URL", "redis+socket:///run/redis/redis.sock"),
    ("S3_ENDPOINT", "store:8333"),
    ("S3_ENDPOINT", "[::1]:9000"),
    ("S3_ENDPOINT", "s3.example.org"),
    ("PUBLIC_URL", "https://pennydrop.oak.sch.uk/"),
    ("PUBLIC_URL", "http://localhost:8000"),
]


@pytest.mark.parametrize(("name", "value", "advice"), WRONG)
def test_a_setting_that_cannot_be_used_is_named_with_what_to_write(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, name: str, value: str, advice: str
) -> None:
    monkeypatch.setenv(f"PENNYDROP_{name}", value)
    for command in ("migrate", "doctor"):
        said = typed(command)
        assert said.code == 2
        assert f"PENNYDROP_{name}: " in said.err
        assert advice in said.err
        assert "secret" not in said.err


@pytest.mark.parametrize(("name", "value"), RIGHT)
def test_a_setting_that_can_be_used_is_taken_as_it_is(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"PENNYDROP_{name}", value)
    assert getattr(Settings(), name.lower()) == value


def test_the_doctor_names_a_variable_that_is_no_setting(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENNYDROP_QOUTA_BYTES", "5")
    monkeypatch.setenv("PENNYDROP_NEW_PASSWORD", "three blue pennies")
    said = typed("doctor")
    assert said.code == 1
    assert "PENNYDROP_QOUTA_BYTES is no setting (did you mean PENNYDROP_QUOTA_BYTES?)." in said.out
    assert "NEW_PASSWORD" not in said.out


def test_the_doctor_knows_the_examples_address(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENNYDROP_PUBLIC_URL", "https://pennydrop.example.sch.uk")
    assert "!!  settings    https://pennydrop.example.sch.uk is only an example." in typed("doctor").out
    monkeypatch.setenv("PENNYDROP_PUBLIC_URL", "https://pennydrop.oak.sch.uk")
    assert "is only an example" not in typed("doctor").out


def test_the_version_is_said(typed: Typed) -> None:
    said = typed("--version")
    assert (said.code, said.out) == (0, f"Pennydrop {version('pennydrop')}\n")
    assert typed("doctor").out.startswith(f"ok  Pennydrop   {version('pennydrop')}\n")
