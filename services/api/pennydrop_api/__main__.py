"""`python -m pennydrop_api`: one API server."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import threading
from typing import NoReturn

import uvicorn
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from pennydrop import logs, process, traces
from pennydrop.care.installation import hold_together
from pennydrop.db import migrate
from pennydrop.db.session import transaction
from pennydrop.db.trouble import is_away, is_full, said
from pennydrop.jobs import beats, broker, nudge
from pennydrop.jobs.models import Queue
from pennydrop.jobs.timings import Timings
from pennydrop.listening import listen
from pennydrop.sentences import in_sentences
from pennydrop.settings import Settings
from pennydrop.storage.port import StoreAway
from pennydrop_api.app import create_app
from pennydrop_api.deps import Parts
from pennydrop_api.server import STOP_S, Server

log = logging.getLogger("pennydrop.api")

# What the last requests asked for is announced; a broker that is away isn't waited for.
_LAST_NUDGES_S = 0.5
# How many new objects before Python looks for circles among them, and how many such looks before it looks
# among older ones too: a request makes thousands, and nearly all go by themselves when it ends.
_CIRCLES = (20_000, 20, 50)


def main() -> None:
    process.end_with_parent()
    process.write_for_ourselves()
    with in_sentences():
        settings = Settings()
        logs.start("api", settings.log)
        traces.start("api", settings.traces_endpoint)
        migrate.demand(settings.database)
        inherited = os.environ.pop(process.SOCKET, "")
        door = socket.socket(fileno=int(inherited)) if inherited else listen(settings.host, settings.port)
        app = create_app(settings)
        _hold_together(app.state.parts)
        nudge.use(broker.nudger(broker.make_celery("pennydrop.api", settings)), behind=True)
    log.info("listening on %s, port %d", settings.host, door.getsockname()[1])
    _serve(app, door, stays_open=bool(inherited))


def _serve(app: FastAPI, door: socket.socket, *, stays_open: bool) -> NoReturn:
    """Answer until a signal comes, then end this process: exit code 0 if all went well."""
    parts: Parts = app.state.parts
    settings = parts.settings
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=True,
        timeout_graceful_shutdown=STOP_S,
    )
    # Under a supervisor nobody is turned away: its socket stays open.
    server = Server(
        config, app, drain_s=0 if stays_open else settings.drain_seconds, door_stays_open=stays_open
    )
    stopping = threading.Event()
    name = beats.process_name("api")
    threading.Thread(target=_beat, args=(parts, name, stopping), daemon=True).start()
    # uvicorn stops at this signal by itself, then raises it once more: nothing is left to do by then.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    _collect_rarely()
    code = 1
    try:
        server.run(sockets=[door])
        code = 0 if server.started else 1
    except Exception:
        log.exception("the API ended by a fault of ours")
    finally:
        stopping.set()
        _say_farewell(parts, name)
        nudge.finish(_LAST_NUDGES_S)
        traces.stop()
        log.info("stopped")
        logging.shutdown()
        # Threads that still stream a film would keep the process; their listeners are gone.
        os._exit(code)


def _say_farewell(parts: Parts, name: str) -> None:
    try:
        with transaction(parts.writers) as session:
            beats.farewell(session, name)
    except Exception as error:
        log.warning("the database couldn't be told that this API stops: %s", said(error))


def _hold_together(parts: Parts) -> None:
    """Don't start on films of others. Whatever is away meanwhile says so to whoever needs it."""
    try:
        hold_together(parts.writers.kw["bind"], parts.store)
    except (SQLAlchemyError, StoreAway, OSError) as error:
        log.warning("whose films these are couldn't be asked: %s", said(error))


def _collect_rarely() -> None:
    """Leave all that is here now out of Python's search for circles: a look at it all takes 0.14 s."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_CIRCLES)


def _beat(parts: Parts, name: str, stopping: threading.Event) -> None:
    # The first message to the broker takes a fifth of a second to prepare: better now than in a request.
    nudge.send(Queue.BULK)
    while not stopping.is_set():
        try:
            with transaction(parts.writers) as session:
                beats.beat(session, "api", name)
        except Exception as error:
            known = is_away(error) or is_full(error)
            log.error(
                "the API couldn't say that it is alive, and goes on: %s",
                said(error),
                exc_info=None if known else error,
            )
        stopping.wait(Timings().heartbeat)


if __name__ == "__main__":
    main()
