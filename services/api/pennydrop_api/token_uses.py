"""When each personal token was last used, noted so rarely that reading never turns into writing."""

from __future__ import annotations

import time

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.people.secrets import fingerprint
from pennydrop.people.tokens import note_use

_EVERY_S = 3600


class TokenUses:
    """One process's memory of which tokens it has noted within the hour."""

    def __init__(self) -> None:
        self._noted: dict[str, float] = {}

    def is_due(self, secret: str) -> bool:
        """Whether this use of a *valid* token is to be noted; asking counts as noting."""
        now = time.monotonic()
        key = fingerprint(secret)
        if now - self._noted.get(key, -_EVERY_S) < _EVERY_S:
            return False
        self._noted[key] = now
        return True


def write_use(writers: SessionMaker, secret: str) -> None:
    """Note the use in a transaction of its own, after the answer has left."""
    with transaction(writers) as session:
        note_use(session, secret)
