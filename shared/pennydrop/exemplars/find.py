"""Finding exemplars: what the viewer may see, and what waits for somebody's word."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, bindparam, select, union_all
from sqlalchemy.orm import Session, defaultload, joinedload, lazyload, selectinload

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.models import Exemplar
from pennydrop.library.find import get_library_step
from pennydrop.library.models import Goal, Step
from pennydrop.paging import DEFAULT_LIMIT, Page, id_in
from pennydrop.terms.models import TermExample
from pennydrop.videos.models import Video

# Of its step a list names the wording alone …
_WORDED = defaultload(Exemplar.step).options(
    lazyload(Step.criteria),
    lazyload(Step.practice_tasks),
    lazyload(Step.prompts),
    lazyload(Step.terms),
    lazyload(Step.school),
    defaultload(Step.goal).options(lazyload(Goal.area), lazyload(Goal.learning_problem)),
)
# … and a line under a film not much more.
_IN_A_LINE = (
    _WORDED,
    lazyload(Exemplar.video),
    lazyload(Exemplar.clip),
    lazyload(Exemplar.owner),
    lazyload(Exemplar.published_by),
    lazyload(Exemplar.chapters),
)
# Joined all at once, so many tables would take longer to plan than to read.
IN_A_LIST = (
    _WORDED,
    selectinload(Exemplar.video).options(joinedload(Video.source)),
    selectinload(Exemplar.clip),
)


def list_exemplars(
    session: Session,
    viewer: Viewer,
    *,
    step: str | None = None,
    video: str | None = None,
    state: PublicationState | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Exemplar]:
    """Return the exemplars the viewer may see, newest first. `step` is an id or slug."""
    query = (
        select(Exemplar).where(visible_to(viewer, Exemplar)).options(*IN_A_LIST).order_by(Exemplar.id.desc())
    )
    if step is not None:
        query = query.where(Exemplar.step_id == get_library_step(session, viewer, step).id)
    if video is not None:
        query = query.where(Exemplar.video_id == video)
    if state is not None:
        query = query.where(Exemplar.state == state)
    if cursor:
        query = query.where(Exemplar.id < id_in(cursor))
    found = session.scalars(query.limit(limit + 1)).unique().all()
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)


def get_exemplar(session: Session, viewer: Viewer, exemplar_id: str) -> Exemplar:
    """Return one exemplar. Raises `NotFound` where the viewer may not see it."""
    return get_visible(session, viewer, Exemplar, exemplar_id)


def shown_for(session: Session, viewer: Viewer, step: Step) -> list[Exemplar]:
    """Return the published exemplars of a step, or of what it is a copy of, the newest first."""
    query = (
        select(Exemplar)
        .options(*IN_A_LIST)
        .where(
            Exemplar.step_id.in_([one for one in (step.id, step.based_on_id) if one is not None]),
            Exemplar.state == PublicationState.PUBLISHED,
            visible_to(viewer, Exemplar),
        )
    )
    return list(session.scalars(query.order_by(Exemplar.published_at.desc())).unique())


def of_videos(session: Session, viewer: Viewer, video_ids: Iterable[str]) -> dict[str, list[Exemplar]]:
    """Return for each of these videos what of it is, or may become, a model, by one query."""
    found: dict[str, list[Exemplar]] = {video_id: [] for video_id in video_ids}
    for exemplar in _OF_VIDEOS(session, viewer, videos=list(found)).scalars().unique():
        found[exemplar.video_id].append(exemplar)
    return found


def is_asked(session: Session, viewer: Viewer) -> bool:
    """Whether others would like to show anything of the viewer, as a model or as a term's example."""
    return _IS_ASKED(session, viewer).first() is not None


def asked_of(session: Session, viewer: Viewer) -> list[Exemplar]:
    """Return what others would like to show of the viewer, and she hasn't answered yet."""
    return list(_ASKED(session, viewer).scalars().unique())


_OF_VIDEOS = prepared(
    lambda viewer: (
        select(Exemplar)
        .where(Exemplar.video_id.in_(bindparam("videos", expanding=True)), visible_to(viewer, Exemplar))
        .options(*_IN_A_LINE)
        .order_by(Exemplar.id)
    )
)


def _unanswered(viewer: Viewer, model: type[Exemplar] | type[TermExample]) -> ColumnElement[bool]:
    return and_(model.owner_id == viewer.person_id, model.permitted_at.is_(None), model.declined_at.is_(None))


# Nearly always the answer is no, and costs little.
_IS_ASKED = prepared(
    lambda viewer: union_all(
        select(Exemplar.id).where(_unanswered(viewer, Exemplar)),
        select(TermExample.id).where(_unanswered(viewer, TermExample)),
    ).limit(1)
)
_ASKED = prepared(
    lambda viewer: (
        select(Exemplar)
        .options(*IN_A_LIST)
        .where(_unanswered(viewer, Exemplar), visible_to(viewer, Exemplar))
        .order_by(Exemplar.id.desc())
    )
)
