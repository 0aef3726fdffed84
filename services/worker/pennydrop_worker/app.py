"""The worker: short work that somebody waits for, and housekeeping."""

from __future__ import annotations

from celery import Celery

from pennydrop.jobs import broker
from pennydrop.jobs.models import Queue
from pennydrop.jobs.service import Service
from pennydrop.jobs.slots import Slots
from pennydrop.settings import Settings
from pennydrop_worker.kinds import KINDS


def make_service(settings: Settings) -> Service:
    # Housekeeping has one slot of its own, so that it never takes one that somebody waits for.
    slots = {Queue.INTERACTIVE: settings.workers, Queue.BULK: 1}
    return Service("worker", settings, kinds=KINDS, slots=slots)


def make_app(settings: Settings, slots: Slots) -> Celery:
    """Make the Celery app whose one task rings the bell of these slots."""
    app = broker.make_celery("pennydrop.worker", settings)

    def look(queue: str) -> None:
        slots.wake(Queue(queue))

    app.task(name=broker.LOOK)(look)
    return app
