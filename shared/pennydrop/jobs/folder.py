"""Celery's folder of messages, hardened: what a full disk cut short is a message that was lost, no error."""

from __future__ import annotations

import logging
from typing import Any

from kombu.transport import filesystem

log = logging.getLogger("pennydrop.jobs")


class Channel(filesystem.Channel):
    def _get(self, queue: str, timeout: Any = None) -> Any:
        """Return the next message of a queue that can be read. Raises `queue.Empty`."""
        while True:
            try:
                return super()._get(queue)  # type: ignore[no-untyped-call]
            except ValueError:
                # It is out of the folder already, and nudges may be lost: workers look by themselves.
                log.warning("a message for %s was cut short; it is passed over", queue)


class Transport(filesystem.Transport):
    Channel = Channel
