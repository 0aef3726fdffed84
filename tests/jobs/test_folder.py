"""The folder of messages, where a disk was full."""

from __future__ import annotations

from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from pennydrop.jobs.broker import make_celery
from pennydrop.settings import Settings


def test_a_message_that_was_cut_short_is_passed_over(tmp_path: Path) -> None:
    app = make_celery("test", Settings(data=tmp_path))
    connection: Connection = app.connection_for_write()
    with connection, connection.SimpleQueue("nudges") as nudges:
        nudges.put("first")
        (message,) = (tmp_path / "broker" / "messages").iterdir()
        message.write_bytes(message.read_bytes()[:20])
        nudges.put("second")
        assert nudges.get(block=True, timeout=5).payload == "second"
        # Messages of the same millisecond come in any order.
        with pytest.raises(Empty):
            nudges.get(block=False)
        assert list((tmp_path / "broker" / "messages").iterdir()) == []
