"""The composition root of the API: settings in, application out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig

from pennydrop.db import tables  # noqa: F401 - every table is known before the first query
from pennydrop.db.session import make_engine, make_readers, make_sessions
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop_api import errors, openapi, web
from pennydrop_api.audit import routes as audit
from pennydrop_api.clips import routes as clips
from pennydrop_api.coaching import routes as coaching
from pennydrop_api.deps import Parts
from pennydrop_api.events import routes as events
from pennydrop_api.events.hub import Hub
from pennydrop_api.exemplars import routes as exemplars
from pennydrop_api.guard import BodyLimit, SafeAnswers, SameOriginOnly
from pennydrop_api.health import routes as health
from pennydrop_api.health.metrics import Traffic
from pennydrop_api.jobs import routes as jobs
from pennydrop_api.library import arranging as library_arranging
from pennydrop_api.library import curating as library_curating
from pennydrop_api.library import routes as library
from pennydrop_api.media import routes as media
from pennydrop_api.meetings import routes as meetings
from pennydrop_api.moments import routes as moments
from pennydrop_api.people import routes as people
from pennydrop_api.proposals import routes as proposals
from pennydrop_api.reports import routes as reports
from pennydrop_api.reports import work
from pennydrop_api.requests import Numbered
from pennydrop_api.rounds import routes as rounds
from pennydrop_api.terms import routes as terms
from pennydrop_api.uploads import join_routes as joining
from pennydrop_api.uploads import routes as uploads
from pennydrop_api.videos import routes as videos

# Each area's routes.py gives a `router`; add it here. These live under /api/v1. An address is compared with
# them in this order, so what people ask for most stands first …
ROUTERS: tuple[APIRouter, ...] = (
    moments.router,
    videos.router,
    uploads.router,
    media.api_router,
    clips.router,
    coaching.router,
    people.router,
    events.router,
    jobs.router,
    joining.router,
    rounds.router,
    meetings.router,
    proposals.router,
    library.router,
    library_curating.router,
    library_arranging.router,
    exemplars.router,
    terms.router,
    audit.router,
    reports.router,
    work.router,
)
# … and these, which aren't part of the described API, at the root.
ROOT_ROUTERS: tuple[APIRouter, ...] = (media.router, health.router)

PREFIX = "/api/v1"
# The framework's own would send the addresses of films and the words of errors: see pennydrop.traces.
_NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
# A library of 1,500 steps as YAML takes 3 MB.
MAX_BODY = 8 * 1024 * 1024 + 64 * 1024


def create_app(settings: Settings) -> FastAPI:
    engine = make_engine(settings.database)
    readers = make_readers(engine)
    parts = Parts(
        settings=settings,
        writers=make_sessions(engine),
        readers=readers,
        store=open_store(settings, impatient=True),
        hub=Hub(readers),
        traffic=Traffic(),
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        parts.hub.close()
        engine.dispose()

    app = FastAPI(
        title="Pennydrop",
        version="0.1.0",
        openapi_url=f"{PREFIX}/openapi.json",
        # The usual docs page fetches its scripts from elsewhere on the internet.
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        lifespan=lifespan,
        telemetry=_NO_TELEMETRY,
    )
    app.state.parts = parts
    # The last one added is the outermost: refusals get their headers too.
    app.add_middleware(SameOriginOnly, public_url=settings.public_url)
    app.add_middleware(BodyLimit, most=MAX_BODY, streaming=(f"{PREFIX}/uploads",))
    app.add_middleware(SafeAnswers)
    app.add_middleware(Numbered, traffic=parts.traffic)
    errors.install(app)
    # Addresses are compared in this order, and most requests bring films.
    app.router.routes[:0] = media.FILMS
    for router in ROOT_ROUTERS:
        app.include_router(router)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    web.install(app, settings)
    openapi.install(app)
    return app


def _operation_id(route: APIRoute) -> str:
    """The function's own name: what the generated client calls the operation."""
    return route.name
