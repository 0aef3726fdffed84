"""Routes whose endpoints ask who it is, do their work and commit at one go, in one thread.

The framework would go to a thread and back for each of these, and once more to look at the answer: with many
people at once, that costs more than the work.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_args

from fastapi import APIRouter, BackgroundTasks, Depends, Request
from fastapi.routing import APIRoute

from pennydrop_api.deps import Parts, get_parts, get_session, get_viewer

Endpoint = Callable[..., Any]


class AtOneGo(APIRoute):
    """A route for a plain function with a `SessionDep`, and perhaps a `ViewerDep`, among its parameters."""

    def __init__(self, path: str, endpoint: Endpoint, **options: Any) -> None:
        super().__init__(path, at_one_go(endpoint), **options)


def router(**options: Any) -> APIRouter:
    """Return a router for such endpoints; all others stay as they are."""
    return APIRouter(route_class=AtOneGo, **options)


def at_one_go(endpoint: Endpoint) -> Endpoint:
    """Return what the framework is to call instead of an endpoint."""
    if inspect.iscoroutinefunction(endpoint):
        return endpoint
    signature = inspect.signature(endpoint, eval_str=True)
    given = dict(signature.parameters)
    session, viewer = _asking(given, get_session), _asking(given, get_viewer)
    if session is None:
        return endpoint
    for name in filter(None, (session, viewer)):
        del given[name]
    # The framework knows one parameter for each of these.
    request = _of_kind(given, Request)
    after_answer = _of_kind(given, BackgroundTasks)
    parts = _asking(given, get_parts)
    own = {
        "request_": None if request else Request,
        "after_answer_": None if after_answer else BackgroundTasks,
        "parts_": None if parts else Annotated[Parts, Depends(get_parts)],
    }
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation)
        for name, annotation in own.items()
        if annotation is not None
    ]

    @functools.wraps(endpoint)
    async def together(**values: Any) -> Any:
        its_request = values[request or "request_"]
        its_parts: Parts = values[parts or "parts_"]
        tasks = values[after_answer or "after_answer_"]
        for one in more:
            del values[one.name]

        def work() -> Any:
            with its_parts.transaction(its_request) as opened:
                values[session] = opened
                if viewer is not None:
                    values[viewer] = get_viewer(its_request, opened, its_parts, tasks)
                return endpoint(**values)

        return await its_parts.in_turn(work)

    together.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*(_by_name(one) for one in given.values()), *more]
    )
    return together


def _by_name(parameter: inspect.Parameter) -> inspect.Parameter:
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)


def _asking(parameters: dict[str, inspect.Parameter], dependency: Callable[..., Any]) -> str | None:
    """Return the name of the parameter that is what a dependency gives."""
    return next(
        (
            name
            for name, one in parameters.items()
            for mark in get_args(one.annotation)[1:]
            if getattr(mark, "dependency", None) is dependency
        ),
        None,
    )


def _of_kind(parameters: dict[str, inspect.Parameter], kind: type) -> str | None:
    return next((name for name, one in parameters.items() if one.annotation is kind), None)
