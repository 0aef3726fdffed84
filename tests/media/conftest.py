"""Films shared by all tests of media, made when first asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories.films import FilmShelf


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> FilmShelf:
    return FilmShelf(tmp_path_factory.mktemp("films"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir(mode=0o700)
    return folder
