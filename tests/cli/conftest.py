"""The command line, in this process and on an installation of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pennydrop.cli.main import app
from pennydrop.settings import Settings


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


Typed = Callable[..., Said]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation of which nothing is there yet."""
    return Settings(data=tmp_path / "data", keep_free_bytes=0)


@pytest.fixture
def typed(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command and get what it said: `typed("token", "create", "--email", …)`."""
    monkeypatch.setenv("PENNYDROP_DATA", str(settings.data))
    monkeypatch.setenv("PENNYDROP_KEEP_FREE_BYTES", "0")

    def type_(*words: str) -> Said:
        with pytest.raises(SystemExit) as ended:
            app(list(words))
        captured = capsys.readouterr()
        return Said(int(ended.value.code or 0), captured.out, captured.err)

    return type_
