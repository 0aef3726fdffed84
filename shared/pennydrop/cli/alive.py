"""`pennydrop alive`: whether a service lives on this machine, asked by containers and monitors."""

from __future__ import annotations

import urllib.request

from sqlalchemy.exc import SQLAlchemyError

from pennydrop.db import migrate
from pennydrop.db.session import make_engine, make_readers
from pennydrop.errors import Invalid
from pennydrop.jobs import beats
from pennydrop.settings import Settings

_PATIENCE_S = 5


class ServiceUnknown(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no service called {name}. There are: {', '.join(beats.SERVICES)}.")


def lives_here(settings: Settings, service: str) -> bool:
    """Ask the API for an answer, the others for a fresh beat of this machine.

    Raises `ServiceUnknown`, `NoPennydropHere`.
    """
    if service not in beats.SERVICES:
        raise ServiceUnknown(service)
    if service == "api":
        return _answers(settings)
    migrate.demand(settings.database)
    try:
        with make_readers(make_engine(settings.database))() as session:
            return beats.is_alive_here(session, service)
    except SQLAlchemyError:
        return False


def _answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104 - compared
    try:
        with urllib.request.urlopen(f"http://{host}:{settings.port}/healthz", timeout=_PATIENCE_S) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
