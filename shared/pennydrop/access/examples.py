"""Who sees a film, or a clip, because its owner permits that it is shown as an example.

With her permission the leads of her school see it, to decide; once they publish it, her organisation does
(a model of a step, for those who see that) or her school (the example of a term). The film alone: never its
moments or other clips.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from pennydrop.access.library import step_published, step_visible
from pennydrop.access.ties import is_inside, people_led, schools_led, those_worked_with
from pennydrop.access.viewer import Viewer
from pennydrop.clips.models import Clip
from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.models import Exemplar
from pennydrop.library.models import Step
from pennydrop.terms.models import TermExample
from pennydrop.videos.models import Video

# Others than those that queries for exemplars and examples themselves are about; made once (see `ties`).
_MODEL, _SHOWN, _STEP = aliased(Exemplar), aliased(TermExample), aliased(Step)


def video_shown(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a video is one the viewer sees as an exemplar."""
    of_it = select(_MODEL.id).where(_MODEL.video_id == Video.id, _MODEL.clip_id.is_(None))
    return of_it.where(_exemplar_shown(viewer, _MODEL)).exists()


def clip_shown(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a clip is one the viewer sees as an exemplar, or as the example of a term."""
    of_steps = select(_MODEL.id).where(_MODEL.clip_id == Clip.id, _exemplar_shown(viewer, _MODEL))
    of_terms = select(_SHOWN.id).where(_SHOWN.clip_id == Clip.id, _example_shown(viewer, _SHOWN))
    return or_(of_steps.exists(), of_terms.exists())


def clips_permitted() -> tuple[Select[Any], Select[Any]]:
    """The ids of the clips whose owners permit that they are shown, to whomever."""
    of_steps = select(_MODEL.clip_id).where(_MODEL.clip_id.is_not(None), _MODEL.permitted_at.is_not(None))
    return of_steps, select(_SHOWN.clip_id).where(_SHOWN.permitted_at.is_not(None))


def exemplar_visible(viewer: Viewer) -> ColumnElement[bool]:
    """Its owner and her coach see an exemplar from the first proposal on, others once it is shown to them.

    The two see it without its step as well: she can take her word back whatever became of that.
    """
    return or_(Exemplar.owner_id.in_(those_worked_with(viewer)), _exemplar_shown(viewer, Exemplar))


def term_example_visible(viewer: Viewer) -> ColumnElement[bool]:
    return or_(TermExample.owner_id.in_(those_worked_with(viewer)), _example_shown(viewer, TermExample))


def _exemplar_shown(viewer: Viewer, exemplar: Any) -> ColumnElement[bool]:
    """With its step, or not at all: nobody sees the model of a step that she doesn't see."""
    step = select(_STEP.id).where(_STEP.id == exemplar.step_id).correlate(exemplar)
    everybody = and_(
        exemplar.state == PublicationState.PUBLISHED,
        is_inside(viewer, exemplar.owner_id),
        step.where(step_published(viewer, _STEP)).exists(),
    )
    leads = and_(exemplar.owner_id.in_(people_led(viewer)), step.where(step_visible(viewer, _STEP)).exists())
    return and_(exemplar.permitted_at.is_not(None), or_(everybody, leads))


def _example_shown(viewer: Viewer, example: Any) -> ColumnElement[bool]:
    everybody = and_(example.state == PublicationState.PUBLISHED, example.school_id == viewer.school_id)
    return and_(example.permitted_at.is_not(None), or_(everybody, example.school_id.in_(schools_led(viewer))))
