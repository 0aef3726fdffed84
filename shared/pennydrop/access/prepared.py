"""Questions that are asked so often that writing their SQL anew would cost more than the answer.

    _FILM = prepared(lambda viewer: select(Video.title).where(
        Video.id == bindparam("video_id"), visible_to(viewer, Video)))
    title = _FILM(session, viewer, video_id="…").scalar()

The rules of `visible` are written down once for each kind of viewer, with her ids as parameters; only these
parameters differ from question to question.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVarTuple, cast

from sqlalchemy import BindParameter, CompoundSelect, Result, Select, String
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer

Columns = TypeVarTuple("Columns")

_PERSON, _SCHOOL, _ORGANISATION, _LINK = (
    "viewer_person",
    "viewer_school",
    "viewer_organisation",
    "viewer_link",
)


class prepared(Generic[*Columns]):
    """A select that is written once for all viewers, from a function that takes one.

    The function must not look at the viewer's ids, only hand them on: they are parameters.
    """

    def __init__(self, write: Callable[[Viewer], Select[*Columns] | CompoundSelect[*Columns]]) -> None:
        self._write = write
        self._written: dict[tuple[bool, bool], Select[*Columns] | CompoundSelect[*Columns]] = {}
        self._lock = Lock()

    def __call__(self, session: Session, viewer: Viewer, **values: Any) -> Result[*Columns]:
        """Ask it for a viewer; `values` are for the parameters of its own."""
        kind = (viewer.is_admin, viewer.join_link_id is not None)
        statement = self._written.get(kind)
        if statement is None:
            with self._lock:
                statement = self._written.setdefault(kind, self._write(_anybody(*kind)))
        return session.execute(statement, {**ids_of(viewer), **values})


def ids_of(viewer: Viewer) -> dict[str, str | None]:
    """Return the parameters that stand for a viewer."""
    return {
        _PERSON: viewer.person_id,
        _SCHOOL: viewer.school_id,
        _ORGANISATION: viewer.organisation_id,
        _LINK: viewer.join_link_id,
    }


class _Id(BindParameter[str]):
    """Somebody's id, whoever she will be. A rule that decides by it in Python would decide for everybody."""

    inherit_cache = True
    __hash__ = BindParameter.__hash__

    def __eq__(self, other: object) -> Any:
        if isinstance(other, str):
            raise TypeError("a rule that looks at a viewer's id can't be written once for all")
        return super().__eq__(other)


def _anybody(is_admin: bool, is_a_phone: bool) -> Viewer:
    """Return a viewer whose ids are parameters."""

    def parameter(name: str) -> str:
        return cast(str, _Id(name, type_=String(), required=True))

    return Viewer(
        person_id=parameter(_PERSON),
        school_id=parameter(_SCHOOL),
        organisation_id=parameter(_ORGANISATION),
        is_admin=is_admin,
        join_link_id=parameter(_LINK) if is_a_phone else None,
    )
