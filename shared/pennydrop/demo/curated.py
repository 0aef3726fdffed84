"""What the demo's lead has done to the library: a draft in the making, and a step in her school's words."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.library.customise import customise
from pennydrop.library.edit import CriterionLine, edit_step, write_step
from pennydrop.library.models import Step
from pennydrop.library.publish import publish
from pennydrop.people.models import Person

COPIED = "three-facts-handover"


def curate(session: Session, lead: Person) -> None:
    """Write a draft, and word one of the trust's steps as the lead's school says it; once."""
    if session.scalar(select(Step.id).where(Step.school_id == lead.school_id).limit(1)) is not None:
        return
    viewer = Viewer.of(lead)
    write_step(
        session,
        viewer,
        {
            "goal": "smooth-transitions",
            "action": "practising the way to assembly before the first one",
            "criteria": [
                CriterionLine("You walk it once with nobody else about"),
                CriterionLine("You name the two places where it jams"),
            ],
        },
    )
    copy = customise(session, viewer, COPIED)
    said = [CriterionLine(one.text, one.id) for one in copy.criteria]
    edit_step(
        session,
        viewer,
        copy.id,
        {
            "action": "handing over three facts at the classroom door, in under a minute",
            "criteria": [*said, CriterionLine("It happens at the door, before the next bell")],
        },
    )
    publish(session, viewer, copy.id, note="We meet at the door")
