"""The transcoder: long work that a processor sweats over."""

from __future__ import annotations

from celery import Celery

from pennydrop.jobs import broker
from pennydrop.jobs.models import Queue
from pennydrop.jobs.service import Service
from pennydrop.jobs.slots import Slots
from pennydrop.settings import Settings
from pennydrop_transcoder.kinds import KINDS

# Work that takes minutes may start a moment later; it keeps an idle machine idle.
_POLL_S = 0.2


def make_service(settings: Settings) -> Service:
    slots = {Queue.TRANSCODE: settings.transcoders, Queue.SOUND: 1}
    return Service("transcoder", settings, kinds=KINDS, slots=slots)


def make_app(settings: Settings, slots: Slots) -> Celery:
    """Make the Celery app whose one task rings the bell of these slots."""
    app = broker.make_celery("pennydrop.transcoder", settings, poll_s=_POLL_S)

    def look(queue: str) -> None:
        slots.wake(Queue(queue))

    app.task(name=broker.LOOK)(look)
    return app
