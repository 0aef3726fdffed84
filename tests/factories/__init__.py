"""Factories: `from tests.factories import a_video`. Films that play come from `tests.factories.films`."""

from tests.factories.content import (
    a_clip,
    a_clip_share,
    a_library_step,
    a_meeting,
    a_moment,
    a_proposal,
    a_reply,
    a_round,
    a_share,
    a_video,
    an_action_step,
    evidence,
)
from tests.factories.examples import a_chapter, a_term, a_term_example, an_exemplar
from tests.factories.people import (
    PASSWORD,
    a_coach,
    a_lead,
    a_pairing,
    a_person,
    a_school,
    an_admin,
    an_organisation,
)

__all__ = [
    "PASSWORD",
    "a_chapter",
    "a_clip",
    "a_clip_share",
    "a_coach",
    "a_lead",
    "a_library_step",
    "a_meeting",
    "a_moment",
    "a_pairing",
    "a_person",
    "a_proposal",
    "a_reply",
    "a_round",
    "a_school",
    "a_share",
    "a_term",
    "a_term_example",
    "a_video",
    "an_action_step",
    "an_admin",
    "an_exemplar",
    "an_organisation",
    "evidence",
]
