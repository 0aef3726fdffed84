"""A school's own copy of a trust's step: worded for its pupils, standing in for the original there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may import curates_school, may_curate, may_curate_step
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.errors import Conflict, Invalid, NotAllowed
from pennydrop.library.content import StepContent, content_at, content_of
from pennydrop.library.difference import Difference, difference
from pennydrop.library.edit import free_slug
from pennydrop.library.find import get_library_step
from pennydrop.library.models import Criterion, PracticeTask, Prompt, Step, StepState
from pennydrop.library.search import index_steps
from pennydrop.library.versions import get_version
from pennydrop.people.models import School


class CopyExists(Conflict):
    def __init__(self, school: str) -> None:
        super().__init__(f"{school} has its own copy of this step already. You can change that one.")


def customise(session: Session, viewer: Viewer, step_id: str, *, school: str | None = None) -> Step:
    """Begin a school's own copy of a trust's step, as a draft that says the same. Raises `CopyExists`.

    Until it is published, the school goes on seeing the trust's. `school` is the viewer's own unless given.
    """
    may_curate(session, viewer)
    source = get_library_step(session, viewer, step_id)
    home = get_visible(session, viewer, School, school or viewer.school_id)
    if not curates_school(session, viewer, home.id):
        raise NotAllowed(f"Only those who lead coaching at {home.name} can word steps for it.")
    if source.school_id is not None:
        raise Invalid("This is a school's own copy already. Please customise the trust's step.")
    if source.state is StepState.DRAFT:
        raise Invalid("This step is still a draft. It can be customised once it is published.")
    if copy_of(session, source, home.id) is not None:
        raise CopyExists(home.name)
    copy = Step(
        organisation_id=source.organisation_id,
        goal=source.goal,
        slug=free_slug(session, source.organisation_id, f"{source.slug} {home.name}"),
        action=source.action,
        insight=source.insight,
        sounds_like=list(source.sounds_like),
        phases=list(source.phases),
        subjects=list(source.subjects),
        state=StepState.DRAFT,
        version=0,
        school_id=home.id,
        based_on_id=source.id,
        based_on_version=source.version,
        criteria=[Criterion(position=one.position, text=one.text) for one in source.criteria],
        practice_tasks=[PracticeTask(position=one.position, text=one.text) for one in source.practice_tasks],
        prompts=[Prompt(position=one.position, text=one.text) for one in source.prompts],
        terms=list(source.terms),
    )
    session.add(copy)
    session.flush()
    session.refresh(copy)
    index_steps(session, [copy])
    return copy


def catch_up(session: Session, viewer: Viewer, step_id: str) -> Step:
    """Say that a copy was looked at beside the trust's newest version, and is as its school wants it."""
    copy = get_library_step(session, viewer, step_id)
    may_curate_step(session, viewer, copy)
    if copy.based_on is None:
        raise Invalid("This step isn't based on another one.")
    copy.based_on_version = copy.based_on.version
    session.flush()
    return copy


def copy_of(session: Session, step: Step, school_id: str) -> Step | None:
    """Return a school's own copy of a step, draft or not."""
    return session.scalar(select(Step).where(Step.based_on_id == step.id, Step.school_id == school_id))


def shown_difference(
    session: Session, viewer: Viewer, step_id: str, *, old: int | None = None, new: int | None = None
) -> tuple[str, str, Difference]:
    """Return what two names stand for and what is different between them.

    Without numbers, a school's copy is compared with the trust's step as it is now, and any other step with
    its version before. `old` and `new` are versions of the step itself.
    """
    step = get_library_step(session, viewer, step_id)
    after: StepContent = content_of(step)
    name = "draft" if step.state is StepState.DRAFT else f"version {step.version}"
    if new is not None:
        after, name = content_at(get_version(session, viewer, step, new)), f"version {new}"
    if old is None and new is None and step.based_on_id is not None:
        trust = session.scalar(select(Step).where(Step.id == step.based_on_id, visible_to(viewer, Step)))
        if trust is not None:
            return "the trust’s step", "your school’s copy", difference(content_of(trust), after)
    number = old if old is not None else _before(step, new)
    before = content_at(get_version(session, viewer, step, number))
    return f"version {number}", name, difference(before, after)


def _before(step: Step, number: int | None) -> int:
    """The version before that one; before a draft, the one that was published."""
    if number is None and step.state is StepState.DRAFT:
        return step.version
    return max((step.version if number is None else number) - 1, 1)
