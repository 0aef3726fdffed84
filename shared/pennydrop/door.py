"""A door to a server that may be away: one knocks, the others hear at once that nobody opens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Soon enough for people who wait, rare enough for a server that is just coming up.
KNOCK_EVERY_S = 1.0


class Door:
    """Keeps a crowd from waiting, one timeout after the other, for a server that doesn't answer.

    After a failure the door is shut. One caller at a time, once a second, may try whether somebody opens;
    whoever comes meanwhile is refused at once. The first success opens it for all.
    """

    def __init__(self, refusal: Callable[[], Exception], *, knock_every_s: float = KNOCK_EVERY_S) -> None:
        """`refusal` makes what is raised for those who needn't try."""
        self._refusal = refusal
        self._knock_every_s = knock_every_s
        self._lock = threading.Lock()
        self._shut = False
        self._knocking = False
        self._next_knock = 0.0

    @property
    def is_shut(self) -> bool:
        return self._shut

    @contextmanager
    def passing(self, *failures: type[Exception]) -> Iterator[None]:
        """Run the block unless the door is shut; `failures` that leave the block shut it."""
        knocks = self._may_pass()
        failed = True
        try:
            yield
            failed = False
        except failures:
            raise
        except BaseException:
            # Something else went wrong behind a door that stood open.
            failed = False
            raise
        finally:
            with self._lock:
                if knocks:
                    self._knocking = False
                if failed:
                    self._shut = True
                    self._next_knock = time.monotonic() + self._knock_every_s
                else:
                    self._shut = False

    def _may_pass(self) -> bool:
        """Say whether the caller is the one who tries at a shut door."""
        with self._lock:
            if not self._shut:
                return False
            if self._knocking or time.monotonic() < self._next_knock:
                raise self._refusal()
            self._knocking = True
            return True
