"""Where in a take or a model each criterion of a step is to be seen, so that both can be held side by side.

What the two said themselves comes first, then a model's own chapters, then moments and clips that name the
criterion. Times count from the beginning of what the knot shows: of the film, or of the clip alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_add_evidence
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import Clip
from pennydrop.clock import utcnow
from pennydrop.coaching.criteria import criterion_of
from pennydrop.coaching.models import ActionStep, CriterionPlace, Evidence
from pennydrop.coaching.thread import Knot, Place, models_in_library, thread_of
from pennydrop.errors import NotFound
from pennydrop.exemplars.chapters import chapters_of
from pennydrop.exemplars.find import IN_A_LIST
from pennydrop.exemplars.models import Exemplar
from pennydrop.moments.mark import place as at_frames
from pennydrop.moments.models import Moment
from pennydrop.storage.port import ObjectStore

COMPARED = (Place.MODEL, Place.TAKE)


class Known(StrEnum):
    """How it is known, the surest first."""

    SAID = "said"
    CHAPTER = "chapter"
    MOMENT = "moment"
    CLIP = "clip"


@dataclass(frozen=True, slots=True)
class Seen:
    """Where one criterion is to be seen. `end_ms` is None where nobody said."""

    criterion_id: str
    start_ms: int
    end_ms: int | None
    known: Known


def places_of(session: Session, viewer: Viewer, step: ActionStep, knots: Iterable[Knot]) -> list[list[Seen]]:
    """Return for each knot where each criterion is to be seen: at most one place for each."""
    knots = list(knots)
    videos = {knot.video.id for knot in knots if knot.place in COMPARED}
    if not videos:
        return [[] for _ in knots]
    known = _Known(session, viewer, step, videos)
    return [known.of(knot) if knot.place in COMPARED else [] for knot in knots]


def say_where(
    session: Session,
    viewer: Viewer,
    action_step_id: str,
    *,
    store: ObjectStore,
    criterion: str,
    video: str | None = None,
    clip: str | None = None,
    start_ms: int,
    end_ms: int | None = None,
) -> ActionStep:
    """Say where in a take or a model of the step a criterion is to be seen; times move to the nearest frames.

    The latest word of coachee and coach holds. Raises `NotFound` for any other film, `SpanInvalid`.
    """
    step = get_visible(session, viewer, ActionStep, action_step_id)
    may_add_evidence(session, viewer, step)
    knot = _knot(session, viewer, step, video=video, clip=clip)
    begins = knot.start_ms if knot.alone else 0
    start, end = at_frames(store, knot.video, begins + start_ms, None if end_ms is None else begins + end_ms)
    found = criterion_of(session, step.coachee_id, criterion, action_step_id=step.id)
    row = session.scalar(
        select(CriterionPlace).where(
            CriterionPlace.criterion_id == found, CriterionPlace.video_id == knot.video.id
        )
    )
    if row is None:
        row = CriterionPlace(criterion_id=found, video_id=knot.video.id)
        session.add(row)
    row.start_ms, row.end_ms, row.set_by_id, row.set_at = start, end, viewer.person_id, utcnow()
    session.flush()
    record_change(session, "action_step", step.id, person_id=step.coachee_id)
    return step


def _knot(session: Session, viewer: Viewer, step: ActionStep, *, video: str | None, clip: str | None) -> Knot:
    for knot in thread_of(session, viewer, step):
        asked = clip is not None and knot.clip is not None and knot.clip.id == clip
        if knot.place in COMPARED and (asked if knot.alone else knot.video.id == video):
            return knot
    raise NotFound


class _Known:
    """All that is known of some films, by a handful of queries."""

    def __init__(self, session: Session, viewer: Viewer, step: ActionStep, videos: set[str]) -> None:
        self.step = step
        criteria = [one.id for one in step.criteria]
        self.said = session.scalars(
            select(CriterionPlace).where(
                CriterionPlace.criterion_id.in_(criteria),
                CriterionPlace.video_id.in_(videos),
                visible_to(viewer, CriterionPlace),
            )
        ).all()
        models = (
            select(Exemplar)
            .where(
                Exemplar.step_id.in_(models_in_library(step)),
                Exemplar.video_id.in_(videos),
                visible_to(viewer, Exemplar),
            )
            .options(*IN_A_LIST)
        )
        self.models = session.scalars(models).unique().all()
        self.moments = session.scalars(
            select(Moment)
            .where(Moment.criterion_id.in_(criteria), Moment.video_id.in_(videos), visible_to(viewer, Moment))
            .order_by(Moment.start_ms)
        ).all()
        self.clips = session.execute(
            select(Clip, Evidence.criterion_id)
            .outerjoin(Evidence, (Evidence.clip_id == Clip.id) & (Evidence.action_step_id == step.id))
            .where(Clip.video_id.in_(videos), visible_to(viewer, Clip))
            .order_by(Clip.start_ms)
        ).all()

    def of(self, knot: Knot) -> list[Seen]:
        first: dict[str, Seen] = {}
        for seen in (*self._on_film(knot.video.id, Known.SAID), *self._chapters(knot)):
            self._keep(first, knot, seen)
        for known in (Known.MOMENT, Known.CLIP):
            for seen in self._on_film(knot.video.id, known):
                self._keep(first, knot, seen)
        order = [one.id for one in self.step.criteria]
        return sorted(first.values(), key=lambda seen: order.index(seen.criterion_id))

    def _keep(self, first: dict[str, Seen], knot: Knot, seen: Seen) -> None:
        """Keep the first that is known of each criterion, as far as the knot shows it."""
        if seen.criterion_id in first or seen.criterion_id not in {one.id for one in self.step.criteria}:
            return
        if knot.alone and seen.known is not Known.CHAPTER:
            ends = knot.end_ms or 0
            if not knot.start_ms <= seen.start_ms < ends:
                return
            end = None if seen.end_ms is None else min(seen.end_ms, ends) - knot.start_ms
            seen = Seen(seen.criterion_id, seen.start_ms - knot.start_ms, end, seen.known)
        first[seen.criterion_id] = seen

    def _on_film(self, video_id: str, known: Known) -> Iterator[Seen]:
        if known is Known.SAID:
            for place in self.said:
                if place.video_id == video_id:
                    yield Seen(place.criterion_id, place.start_ms, place.end_ms, known)
        elif known is Known.MOMENT:
            for moment in self.moments:
                if moment.video_id == video_id:
                    yield Seen(moment.criterion_id or "", moment.start_ms, moment.end_ms, known)
        else:
            for clip, evidence_of in self.clips:
                criterion = evidence_of or clip.criterion_id
                if clip.video_id == video_id and criterion is not None:
                    yield Seen(criterion, clip.start_ms, clip.end_ms, known)

    def _chapters(self, knot: Knot) -> Iterator[Seen]:
        clip_id = knot.clip.id if knot.alone and knot.clip else None
        for model in self.models:
            if (model.video_id, model.clip_id) == (knot.video.id, clip_id):
                yield from self._chapters_of(model)

    def _chapters_of(self, model: Exemplar) -> Iterator[Seen]:
        """A model's chapters name the library's criteria: those of the step were copied from them."""
        by_text = {_plain(one.text): one.id for one in self.step.criteria}
        by_position: Sequence[str] = [one.id for one in self.step.criteria]
        whole = len(by_position) == len(model.step.criteria)
        for chapter in chapters_of(model):
            criterion = chapter.row.criterion
            found = by_text.get(_plain(criterion.text))
            if found is None and whole:
                # Worded otherwise for this person, but none was left out.
                found = by_position[[one.id for one in model.step.criteria].index(criterion.id)]
            if found is not None:
                yield Seen(found, chapter.start_ms, chapter.end_ms, Known.CHAPTER)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
