"""Exemplars where something else is shown: on a film, above all."""

from __future__ import annotations

from pydantic import BaseModel, Field

from pennydrop.exemplars.consent import Permission, PublicationState
from pennydrop.exemplars.models import Exemplar
from pennydrop.library.models import Step
from pennydrop_api.people.schemas import PersonRef


class StepName(BaseModel):
    id: str
    slug: str
    wording: str

    @classmethod
    def of(cls, step: Step) -> StepName:
        return cls(id=step.id, slug=step.slug, wording=step.wording)


class ExemplarRef(BaseModel):
    """What a film is the model of, or may become."""

    id: str
    step: StepName
    clip: str | None = Field(description="Where only this clip of the film is the model")
    title: str
    state: PublicationState
    permission: Permission = Field(description="What the person in the film says")
    shown: bool = Field(description="Published and permitted: the organisation can watch it")
    proposed_by: PersonRef

    @classmethod
    def of(cls, exemplar: Exemplar) -> ExemplarRef:
        return cls(
            id=exemplar.id,
            step=StepName.of(exemplar.step),
            clip=exemplar.clip_id,
            title=exemplar.title,
            state=exemplar.state,
            permission=exemplar.permission,
            shown=exemplar.is_shown,
            proposed_by=PersonRef.of(exemplar.proposed_by),
        )
