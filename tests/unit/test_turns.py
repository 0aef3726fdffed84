"""Requests work one after the other; beside each other only where one takes long."""

from __future__ import annotations

import asyncio
from asyncio import Event, Task
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from pennydrop_api.turns import FOR_A_WHILE_S, KEEPS_UP_WITHIN_S, Busy, Turns, Width
from tests.support.loops import run_apart

_NEVER_S, _AT_ONCE_S = 60.0, 0.01


class Bench:
    """Requests that work until they are told to end, and a note of who is at work."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.at_work: list[str] = []
        self._ends: dict[str, Event] = {}
        self._tasks: dict[str, Task[None]] = {}

    async def comes(self, *names: str) -> None:
        for name in names:
            self._ends[name] = Event()
            self._tasks[name] = asyncio.create_task(self._work(name))
            await _a_moment()

    async def ends(self, name: str) -> None:
        self._ends[name].set()
        await self._tasks[name]
        await _a_moment()

    async def gives_up(self, name: str) -> None:
        self._tasks[name].cancel()
        await _a_moment()
        assert self._tasks[name].cancelled()

    async def hears(self, name: str) -> BaseException | None:
        await asyncio.wait([self._tasks[name]])
        return self._tasks[name].exception()

    async def _work(self, name: str) -> None:
        async with self.turns.one():
            self.at_work.append(name)
            try:
                await self._ends[name].wait()
            finally:
                self.at_work.remove(name)


async def _a_moment() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def with_turns(
    *, most: int = 3, alone_s: float = _NEVER_S, patience_s: float = _NEVER_S
) -> Callable[[Callable[[Bench], Coroutine[Any, Any, None]]], Callable[[], None]]:
    def wrap(test: Callable[[Bench], Coroutine[Any, Any, None]]) -> Callable[[], None]:
        def run() -> None:
            run_apart(test(Bench(Turns(most=most, alone_s=alone_s, patience_s=patience_s))))

        run.__name__ = test.__name__
        return run

    return wrap


@with_turns()
async def test_one_works_at_a_time_and_those_who_came_first_begin_first(bench: Bench) -> None:
    await bench.comes("a", "b", "c")
    for name in "abc":
        assert bench.at_work == [name]
        await bench.ends(name)
    assert bench.at_work == []


@with_turns(alone_s=_AT_ONCE_S)
async def test_who_has_waited_for_long_begins_beside_the_others_up_to_the_most(bench: Bench) -> None:
    await bench.comes("a", "b", "c", "d")
    assert bench.at_work == ["a"]
    while len(bench.at_work) < 3:
        await asyncio.sleep(_AT_ONCE_S)
    await asyncio.sleep(5 * _AT_ONCE_S)
    assert bench.at_work == ["a", "b", "c"]
    await bench.ends("b")
    assert bench.at_work == ["a", "c", "d"]
    for name in "acd":
        await bench.ends(name)


@with_turns(alone_s=_AT_ONCE_S)
async def test_one_that_takes_long_keeps_nobody_waiting_any_more(bench: Bench) -> None:
    await bench.comes("long")
    await asyncio.sleep(5 * _AT_ONCE_S)
    await bench.comes("a")
    assert bench.at_work == ["long", "a"]
    for name in ("a", "long"):
        await bench.ends(name)


@with_turns(patience_s=0.02)
async def test_who_waits_too_long_hears_so_and_leaves_the_turns_to_others(bench: Bench) -> None:
    await bench.comes("a", "late")
    assert isinstance(await bench.hears("late"), Busy)
    assert bench.at_work == ["a"]
    await bench.ends("a")
    await bench.comes("b")
    assert bench.at_work == ["b"]
    await bench.ends("b")


@with_turns()
async def test_who_gives_up_takes_no_turn(bench: Bench) -> None:
    await bench.comes("a", "b", "c")
    await bench.gives_up("b")
    assert bench.at_work == ["a"]
    await bench.gives_up("a")
    assert bench.at_work == ["c"]
    await bench.ends("c")


def test_who_gives_up_as_her_turn_comes_hands_it_on() -> None:
    async def both() -> list[str]:
        turns, done = Turns(most=1, alone_s=_NEVER_S, patience_s=_NEVER_S), []

        async def one(name: str) -> None:
            async with turns.one():
                done.append(name)

        async with turns.one():
            waiting = [asyncio.create_task(one(name)) for name in "ab"]
            await _a_moment()
        # Her turn has come, but she doesn't know of it yet.
        waiting[0].cancel()
        await asyncio.wait(waiting)
        assert waiting[0].cancelled()
        return done

    assert run_apart(both()) == ["b"]


@with_turns()
async def test_a_request_that_fails_gives_its_turn_back(bench: Bench) -> None:
    with pytest.raises(ZeroDivisionError):
        async with bench.turns.one():
            raise ZeroDivisionError
    await bench.comes("a")
    assert bench.at_work == ["a"]
    await bench.ends("a")


def test_where_somebody_always_waits_more_work_side_by_side_for_a_while() -> None:
    width = Width(most=3)
    now, widths = 0.0, []
    for _ in range(4):
        width.look(now, somebody_waits=True)
        now += KEEPS_UP_WITHIN_S + 0.1
        width.look(now, somebody_waits=True)
        widths.append(width.now)
    assert widths == [2, 3, 3, 3]
    for expected in (2, 1, 1):
        now += FOR_A_WHILE_S + 0.1
        width.look(now, somebody_waits=False)
        assert width.now == expected


def test_where_a_queue_is_done_with_again_and_again_one_keeps_up() -> None:
    width = Width(most=3)
    for tenth in range(1000):
        width.look(tenth / 10, somebody_waits=tenth % 3 != 0)
    assert width.now == 1


@with_turns()
async def test_two_begin_at_once_where_two_work_side_by_side(bench: Bench) -> None:
    now = asyncio.get_running_loop().time()
    for since in (0.0, KEEPS_UP_WITHIN_S + 0.1):
        bench.turns.width.look(now + since, somebody_waits=True)
    await bench.comes("a", "b", "c")
    assert bench.at_work == ["a", "b"]
    for name in "abc":
        await bench.ends(name)
