"""Whether Pennydrop lives: asked by load balancers, scripts and `pennydrop up`, who don't log in."""

from __future__ import annotations

import shutil

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from pennydrop.care.standing import standing
from pennydrop.errors import Unavailable
from pennydrop.jobs import beats, nudge
from pennydrop.jobs.figures import failures_of_last_hour, figures, last_hour
from pennydrop.storage.port import ObjectMissing, StoreAway
from pennydrop_api import web
from pennydrop_api.deps import Parts, PartsDep
from pennydrop_api.health import metrics

router = APIRouter(tags=["health"], include_in_schema=False)

# A store that says that there is no such object answers.
_NOTHING = "doctor/nothing"


class NotReady(Unavailable):
    def __init__(self, missing: list[str]) -> None:
        who = " and the ".join(missing)
        verb = "isn't" if len(missing) == 1 else "aren't"
        super().__init__(f"The {who} {verb} running yet. `pennydrop doctor` says more.")


class DatabaseDown(Unavailable):
    def __init__(self) -> None:
        super().__init__("The database doesn't answer. `pennydrop doctor` says more.")


class StoreDown(Unavailable):
    def __init__(self) -> None:
        super().__init__("The place where films are kept doesn't answer. `pennydrop doctor` says more.")


class ScreensMissing(Unavailable):
    def __init__(self) -> None:
        super().__init__("There are no screens to show. `pennydrop doctor` says more.")


class Stopping(Unavailable):
    def __init__(self) -> None:
        super().__init__("This API is about to stop. Others go on.")


class Health(BaseModel):
    status: str
    services: list[str]
    without: list[str] = []
    """What is away, and only makes things slower."""


@router.get("/healthz")
def healthz() -> Health:
    """Answer while this API process lives, whatever else is broken."""
    return Health(status="ok", services=["api"])


@router.get("/readyz")
def readyz(parts: PartsDep) -> Health:
    """Answer 200 while all three services live, the database and the store answer, and this API goes on.

    Without screens to show nobody is served. Without a broker everything goes on, only seconds later.
    """
    alive = _alive(parts)
    missing = [service for service in beats.SERVICES if service not in alive]
    if missing:
        raise NotReady(missing)
    try:
        parts.store.size(_NOTHING)
    except ObjectMissing:
        pass
    except (StoreAway, OSError) as error:
        raise StoreDown from error
    if not web.is_built(parts.settings):
        raise ScreensMissing
    return Health(status="ready", services=sorted(alive), without=["broker"] if nudge.is_failing() else [])


@router.get("/readyz/api")
def readyz_api(parts: PartsDep) -> Health:
    """Answer 200 while this API can be asked: for load balancers, who'd better not mind about the others."""
    _alive(parts)
    return Health(status="ready", services=["api"])


def _alive(parts: Parts) -> frozenset[str]:
    if parts.draining.is_set():
        raise Stopping
    try:
        with parts.readers() as session:
            return beats.alive(session) | {"api"}
    except SQLAlchemyError as error:
        raise DatabaseDown from error


@router.get("/metrics")
def figures_for_machines(parts: PartsDep) -> Response:
    """Answer with how services, queues and the disk are, for Prometheus and its like."""
    try:
        with parts.readers() as session:
            alive, queues = beats.alive(session) | {"api"}, figures(session)
            kinds, failures = last_hour(session), failures_of_last_hour(session)
            care = standing(session)
    except SQLAlchemyError as error:
        raise DatabaseDown from error
    text = metrics.exposition(
        parts.traffic,
        alive=alive,
        services=beats.SERVICES,
        queues=queues,
        kinds=kinds,
        failures=failures,
        disk_free=_room(parts),
        care=care,
    )
    return Response(text, media_type=metrics.MEDIA_TYPE)


def _room(parts: Parts) -> int:
    """Return the free bytes where films are kept or, where nobody can tell, on this machine's own disk."""
    free = parts.store.free_bytes()
    if free is not None:
        return free
    parts.settings.data.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(parts.settings.data).free
