"""What the services say of themselves: a line each on standard error, for people or for machines."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

Form = Literal["plain", "json"]

REQUESTS = "pennydrop.requests"
"""The logger that names every request: of use to machines, too much for people."""


def start(service: str, form: Form) -> None:
    """Log to standard error from now on. `json` carries the request or job in which something happened."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_for_people(service) if form == "plain" else _for_machines(service))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for chatty in ("celery", "kombu", "uvicorn", "alembic", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # What it tries again is nobody's news; whoever gives up says so.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    logging.getLogger(REQUESTS).setLevel(logging.INFO if form == "json" else logging.WARNING)


def _for_people(service: str) -> logging.Formatter:
    return logging.Formatter(f"%(asctime)s {service:<10}  %(message)s", datefmt="%H:%M:%S")


def _for_machines(service: str) -> logging.Formatter:
    def name_service(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["service"] = service
        return event

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            name_service,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )
