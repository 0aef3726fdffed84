"""A client of the whole application on a fresh database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from pennydrop.db.session import SessionMaker
from pennydrop.settings import Settings
from pennydrop_api.app import create_app
from tests.api.client import Client


@pytest.fixture
def app(settings: Settings, database: SessionMaker) -> FastAPI:
    return create_app(settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[Client]:
    """Nobody is logged in; `client.as_(person)` is somebody's own client."""
    with Client(app) as client:
        yield client
