"""Who sees a film, or a clip, because its owner permits that it is shown as an example.

With her permission the leads of her school see it, to decide; once they publish it, her organisation does
(a model of a step) or her school (the example of a term). The film alone: never its moments or other clips.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from pennydrop.access.ties import coachees, is_inside, people_led, schools_led
from pennydrop.access.viewer import Viewer
from pennydrop.clips.models import Clip
from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.models import Exemplar
from pennydrop.terms.models import TermExample


def videos_shown(viewer: Viewer) -> Select[str]:
    """The ids of the videos that the viewer sees as exemplars."""
    exemplar = aliased(Exemplar)
    return select(exemplar.video_id).where(exemplar.clip_id.is_(None), _exemplar_shown(viewer, exemplar))


def clips_shown(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a clip is one the viewer sees as an exemplar, or as the example of a term."""
    exemplar, example = aliased(Exemplar), aliased(TermExample)
    of_steps = select(exemplar.clip_id).where(_exemplar_shown(viewer, exemplar))
    of_terms = select(example.clip_id).where(_example_shown(viewer, example))
    return or_(Clip.id.in_(of_steps), Clip.id.in_(of_terms))


def exemplar_visible(viewer: Viewer) -> ColumnElement[bool]:
    """Its owner and her coach see an exemplar from the first proposal on, others once it is shown to them."""
    return or_(_works_with(viewer, Exemplar.owner_id), _exemplar_shown(viewer, Exemplar))


def term_example_visible(viewer: Viewer) -> ColumnElement[bool]:
    return or_(_works_with(viewer, TermExample.owner_id), _example_shown(viewer, TermExample))


def _works_with(viewer: Viewer, owner_id: Any) -> ColumnElement[bool]:
    return or_(owner_id == viewer.person_id, owner_id.in_(coachees(viewer)))


def _exemplar_shown(viewer: Viewer, exemplar: Any) -> ColumnElement[bool]:
    everybody = and_(exemplar.state == PublicationState.PUBLISHED, is_inside(viewer, exemplar.owner_id))
    return and_(exemplar.permitted_at.is_not(None), or_(everybody, exemplar.owner_id.in_(people_led(viewer))))


def _example_shown(viewer: Viewer, example: Any) -> ColumnElement[bool]:
    everybody = and_(example.state == PublicationState.PUBLISHED, example.school_id == viewer.school_id)
    return and_(example.permitted_at.is_not(None), or_(everybody, example.school_id.in_(schools_led(viewer))))
