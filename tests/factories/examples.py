"""Exemplars and the examples of terms as rows, permitted and published or on their way."""

from __future__ import annotations

from itertools import count
from typing import Any

from pennydrop.clips.models import Clip
from pennydrop.clock import utcnow
from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.models import Exemplar, ExemplarChapter
from pennydrop.library.models import Step, StepTerm, Term
from pennydrop.people.models import Person
from pennydrop.terms.models import TermExample
from pennydrop.videos.models import Video
from tests.factories import world
from tests.factories.content import a_clip, a_library_step, a_video

_number = count(1)


def an_exemplar(
    video: Video | None = None,
    *,
    clip: Clip | None = None,
    step: Step | None = None,
    proposed_by: Person | None = None,
    permitted: bool = True,
    declined: bool = False,
    published: bool = True,
) -> Exemplar:
    """A published model, of a film or of one clip alone; or one that waits for somebody's word."""
    film = clip.video if clip else video or a_video()
    step = step or a_library_step(organisation_id=film.owner.school.organisation_id)
    return world.saved(
        Exemplar(
            step_id=step.id,
            video_id=film.id,
            clip_id=clip.id if clip else None,
            title=(clip or film).title,
            owner_id=film.owner_id,
            proposed_by_id=(proposed_by or film.owner).id,
            **_answers(permitted and not declined, declined, published),
        )
    )


def a_chapter(
    exemplar: Exemplar, *, criterion: int = 1, start_ms: int = 1_000, end_ms: int | None = None
) -> ExemplarChapter:
    """Where the criterion of this number is done well, on the film's own timeline."""
    with world.session() as session:
        chapter = ExemplarChapter(
            exemplar_id=exemplar.id,
            criterion_id=session.get_one(Step, exemplar.step_id).criteria[criterion - 1].id,
            start_ms=start_ms,
            end_ms=end_ms,
        )
        session.add(chapter)
        session.flush()
        session.refresh(chapter)
    return chapter


def a_term(*, organisation_id: str, name: str | None = None, introduced_by: Step | None = None) -> Term:
    number = next(_number)
    term = world.saved(
        Term(
            organisation_id=organisation_id,
            slug=f"term-{number}",
            name=name or f"Term {number}",
            meaning="What it means in plain words.",
        )
    )
    if introduced_by is not None:
        world.saved(StepTerm(step_id=introduced_by.id, term_id=term.id))
    return term


def a_term_example(
    clip: Clip | None = None,
    *,
    term: Term | None = None,
    proposed_by: Person | None = None,
    permitted: bool = True,
    published: bool = True,
) -> TermExample:
    clip = clip or a_clip()
    owner = clip.video.owner
    term = term or a_term(organisation_id=owner.school.organisation_id)
    return world.saved(
        TermExample(
            term_id=term.id,
            school_id=owner.school_id,
            clip_id=clip.id,
            owner_id=owner.id,
            proposed_by_id=(proposed_by or owner).id,
            **_answers(permitted, False, published),
        )
    )


def _answers(permitted: bool, declined: bool, published: bool) -> dict[str, Any]:
    shown = permitted and published
    return {
        "permitted_at": utcnow() if permitted else None,
        "declined_at": utcnow() if declined else None,
        "state": PublicationState.PUBLISHED if shown else PublicationState.PROPOSED,
        "published_at": utcnow() if shown else None,
    }
