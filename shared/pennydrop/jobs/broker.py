"""Celery as Pennydrop uses it: to carry nudges, and nothing that mustn't be lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pennydrop.jobs.models import Queue
from pennydrop.jobs.nudge import Nudger
from pennydrop.settings import Settings

if TYPE_CHECKING:
    from celery import Celery

LOOK = "pennydrop.look"
"""The one task there is: “look at the ledger for queue X”."""

# A folder can't ring, so it is polled: this often costs about 0.6 % of a core.
_POLL_S = 0.05
# A nudge that can't be sent at once isn't worth waiting for.
_CONNECT_S = 2
_ANSWER_S = 5
# A consumer whose Redis froze, or is cut off, listens anew after twice this.
_CHECK_EVERY_S = 10
# Irrelevant by design, as every message is acknowledged within milliseconds.
_VISIBILITY_S = 12 * 3600


def make_celery(name: str, settings: Settings, *, poll_s: float = _POLL_S) -> Celery:
    """Make a Celery app that speaks to the broker the settings name; a folder is looked at every `poll_s`."""
    from celery import Celery  # 0.2 s that the supervisor needn't spend

    app = Celery(name, set_as_current=False)
    app.conf.update(_config(settings, poll_s))
    return app


def nudger(app: Celery) -> Nudger:
    """Return what `pennydrop.jobs.nudge.use` takes: a function that sends one message, or raises at once."""

    def send(queue: Queue) -> None:
        app.send_task(LOOK, args=[queue.value], queue=broker_queue(queue), retry=False, ignore_result=True)

    return send


def broker_queue(queue: Queue) -> str:
    """Return the broker's name for a queue: brokers may be shared with other programs."""
    return f"pennydrop-{queue.value}"


def forget_messages(settings: Settings) -> None:
    """Throw away what lies in the folder broker: the ledger knows better than messages from before."""
    if not settings.broker_url:
        shutil.rmtree(_folder(settings), ignore_errors=True)


def _config(settings: Settings, poll_s: float) -> dict[str, Any]:
    return {
        **_transport(settings, poll_s),
        "task_queues": {
            name: {"exchange": name, "exchange_type": "direct", "routing_key": name}
            for name in map(broker_queue, Queue)
        },
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_ignore_result": True,
        "worker_prefetch_multiplier": 1,
        "worker_pool": "solo",  # the task only rings a bell; the slots' threads do the work
        "worker_concurrency": 1,
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "enable_utc": True,
    }


def _transport(settings: Settings, poll_s: float) -> dict[str, Any]:
    if settings.broker_url:
        options: dict[str, Any] = {
            "visibility_timeout": _VISIBILITY_S,
            "socket_connect_timeout": _CONNECT_S,
            "socket_timeout": _ANSWER_S,
            "health_check_interval": _CHECK_EVERY_S,
            "socket_keepalive": True,
        }
        return {"broker_url": settings.broker_url, "broker_transport_options": options}
    folder = _folder(settings)
    messages, control = folder / "messages", folder / "control"
    for path in (messages, control):
        path.mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "filesystem://localhost",
        "broker_transport": "pennydrop.jobs.folder:Transport",
        "broker_transport_options": {
            "data_folder_in": str(messages),
            "data_folder_out": str(messages),
            "control_folder": str(control),
            "polling_interval": poll_s,
        },
    }


def _folder(settings: Settings) -> Path:
    return settings.data.absolute() / "broker"
