"""Long transfers that end when nobody wants them any more: a film deleted meanwhile, a service that stops."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

_unwanted: ContextVar[Callable[[], bool]] = ContextVar("unwanted", default=lambda: False)


class TransferStopped(Exception):
    """A transfer was ended half-way because it isn't wanted any more."""


@contextmanager
def stopping_when(unwanted: Callable[[], bool]) -> Iterator[None]:
    """Let transfers of this thread end with `TransferStopped` once `unwanted()` is true."""
    before = _unwanted.set(unwanted)
    try:
        yield
    finally:
        _unwanted.reset(before)


def check_wanted() -> None:
    """Raise `TransferStopped` where nobody wants the transfer any more."""
    if _unwanted.get()():
        raise TransferStopped


def while_wanted(pieces: Iterable[T]) -> Iterator[T]:
    """Pass pieces on for as long as they are wanted. Raises `TransferStopped`."""
    for piece in pieces:
        check_wanted()
        yield piece
