"""A store full of films, on a database of the test's own."""

from __future__ import annotations

import random

import pytest

from pennydrop.care.scrub import Places
from pennydrop.db.session import SessionMaker
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store


@pytest.fixture
def places(settings: Settings, database: SessionMaker) -> Places:
    return Places(database, open_store(settings))


@pytest.fixture
def noise() -> random.Random:
    return random.Random(20)
