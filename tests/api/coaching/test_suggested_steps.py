"""Which steps a clip calls for."""

from __future__ import annotations

from pennydrop.clips.models import Clip
from pennydrop.coaching.models import ActionStep
from pennydrop.library.models import PlaceKind, Sequence, SequencePlace, Step
from pennydrop.people.models import Person
from tests.api.client import Client
from tests.factories import (
    a_clip,
    a_coach,
    a_library_step,
    a_moment,
    a_person,
    a_video,
    an_action_step,
    world,
)


def suggested(client: Client, clip: Clip) -> list[tuple[str, str]]:
    answer = client.get(f"/api/v1/clips/{clip.id}/steps")
    assert answer.status_code == 200, answer.text
    return [(one["step"]["id"], one["because"]) for one in answer.json()["items"]]


def a_step(coachee: Person, action: str, goal: str = "Keep the thinking with the pupil") -> Step:
    return a_library_step(organisation_id=coachee.school.organisation_id, goal=goal, action=action)


def working_on(coachee: Person, step: Step) -> ActionStep:
    action_step = an_action_step(coachee)
    with world.session() as session:
        session.get_one(ActionStep, action_step.id).step_id = step.id
    return action_step


def test_what_was_noted_at_the_moment_comes_first(client: Client) -> None:
    aisha = a_person("Aisha")
    step = a_step(aisha, "waiting in silence while the pupil thinks")
    a_step(aisha, "ringing a bell", goal="Start the lesson on time")
    video = a_video(owner=aisha)
    moment = a_moment(video, text="You could wait in silence while Leo thinks.")
    clip = a_clip(video, title="Leo")
    with world.session() as session:
        session.get_one(Clip, clip.id).moment_id = moment.id
    found = suggested(client.as_(a_coach(of=aisha)), clip)
    assert found[0] == (step.id, "words")


def test_the_next_of_a_sequence_is_suggested_and_the_present_step_is_not(client: Client) -> None:
    aisha = a_person("Aisha")
    first, knowing, then = (a_step(aisha, action) for action in ("humming", "reading up", "clapping twice"))
    working_on(aisha, first)
    with world.session() as session:
        sequence = Sequence(organisation_id=aisha.school.organisation_id, slug="s", name="Together")
        kinds = (PlaceKind.ACTION, PlaceKind.KNOWLEDGE, PlaceKind.ACTION)
        sequence.places = [
            SequencePlace(position=place, kind=kind, step_id=step.id)
            for place, (kind, step) in enumerate(zip(kinds, (first, knowing, then), strict=True), 1)
        ]
        session.add(sequence)
    clip = a_clip(a_video(owner=aisha), title="Leo")
    found = suggested(client.as_(a_coach(of=aisha)), clip)
    assert (then.id, "next") in found
    assert first.id not in [step for step, _ in found]


def test_the_step_that_the_clip_hangs_on_can_be_set_again_once_it_is_an_earlier_one(client: Client) -> None:
    aisha = a_person("Aisha")
    step = a_step(aisha, "humming")
    earlier = working_on(aisha, step)
    an_action_step(aisha)
    clip = a_clip(a_video(owner=aisha), title="Leo", action_step=earlier)
    assert (step.id, "same") in suggested(client.as_(a_coach(of=aisha)), clip)


def test_a_step_that_left_the_library_is_passed_over(client: Client) -> None:
    aisha = a_person("Aisha")
    step = a_step(aisha, "humming")
    working_on(aisha, step)
    with world.session() as session:
        session.delete(session.get_one(Step, step.id))
    assert suggested(client.as_(a_coach(of=aisha)), a_clip(a_video(owner=aisha), title="Leo")) == []
