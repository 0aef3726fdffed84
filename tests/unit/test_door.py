"""A door to a server that may be away."""

from __future__ import annotations

import threading

import pytest

from pennydrop.door import Door


class Away(Exception):
    """The server doesn't answer."""


class Refused(Exception):
    """Somebody else has just found that out."""


def knock(door: Door, error: Exception | None = None) -> None:
    with door.passing(Away):
        if error is not None:
            raise error


def shut(*, knock_every_s: float) -> Door:
    door = Door(Refused, knock_every_s=knock_every_s)
    with pytest.raises(Away):
        knock(door, Away())
    return door


def test_after_a_failure_everybody_is_refused_at_once() -> None:
    door = shut(knock_every_s=60)
    for _ in range(3):
        with pytest.raises(Refused):
            knock(door)


def test_the_first_success_opens_it_for_all() -> None:
    door = shut(knock_every_s=0)
    knock(door)
    assert not door.is_shut
    knock(door)


def test_while_one_knocks_nobody_else_waits() -> None:
    door = shut(knock_every_s=0)
    inside, leaves = threading.Event(), threading.Event()

    def knock_for_long() -> None:
        with door.passing(Away):
            inside.set()
            leaves.wait(20)

    knocking = threading.Thread(target=knock_for_long)
    knocking.start()
    assert inside.wait(20)
    with pytest.raises(Refused):
        knock(door)
    leaves.set()
    knocking.join()
    knock(door)


def test_a_fault_behind_an_open_door_does_not_shut_it() -> None:
    door = Door(Refused)
    with pytest.raises(ValueError, match="a fault"):
        knock(door, ValueError("a fault"))
    knock(door)
