"""The shared language as the contract shows it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from pennydrop.access.may_exemplars import rights
from pennydrop.access.viewer import Viewer
from pennydrop.library.models import Term
from pennydrop.terms.models import TermExample
from pennydrop_api.clips.present import clips_out
from pennydrop_api.exemplars.schemas import ExampleRights
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.terms.schemas import TermExampleOut, TermName


def term_name(term: Term) -> TermName:
    return TermName(id=term.id, slug=term.slug, name=term.name)


def example_out(session: Session, viewer: Viewer, example: TermExample) -> TermExampleOut:
    return examples_out(session, viewer, [example])[0]


def examples_out(session: Session, viewer: Viewer, examples: Sequence[TermExample]) -> list[TermExampleOut]:
    clips = clips_out(session, viewer, [one.clip for one in examples])
    return [
        TermExampleOut(
            id=one.id,
            term=term_name(one.term),
            clip=clip,
            state=one.state,
            permission=one.permission,
            shown=one.is_shown,
            owner=PersonRef.of(one.owner),
            proposed_by=PersonRef.of(one.proposed_by),
            proposed_at=one.created_at,
            rights=ExampleRights(**allowed),
        )
        for one, clip, allowed in zip(examples, clips, rights(session, viewer, examples), strict=True)
    ]
