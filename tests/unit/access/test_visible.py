"""Who may see what: DESIGN's table of rights, asked of the database itself."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from sqlalchemy import select, true

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import (
    clips_at_most,
    get_visible,
    video_at_hand,
    videos_at_most,
    visible_to,
)
from pennydrop.clips.models import Clip, ClipShare
from pennydrop.coaching.models import ActionStep, Evidence
from pennydrop.db.base import Base
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.errors import NotFound
from pennydrop.exemplars.models import Exemplar, ExemplarChapter
from pennydrop.library.models import Step, StepState
from pennydrop.moments.models import Moment, Reply
from pennydrop.people.models import Pairing, Person, School
from pennydrop.terms.models import TermExample
from pennydrop.videos.models import Purpose, Share, Video
from tests.factories import (
    a_chapter,
    a_clip,
    a_clip_share,
    a_coach,
    a_lead,
    a_library_step,
    a_moment,
    a_pairing,
    a_person,
    a_reply,
    a_school,
    a_share,
    a_term_example,
    a_video,
    an_action_step,
    an_admin,
    an_exemplar,
    an_organisation,
    evidence,
    world,
)

pytestmark = pytest.mark.usefixtures("database")


def sees(person: Person, thing: Base, database: SessionMaker) -> bool:
    model = type(thing)
    with transaction(database) as session:
        ids = session.scalars(select(model).where(visible_to(Viewer.of(person), model)))
        return thing.id in {row.id for row in ids}  # type: ignore[attr-defined]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_the_owner_and_her_coach_see_a_film_of_every_purpose(
    purpose: Purpose, database: SessionMaker
) -> None:
    video = a_video(purpose=purpose)
    coach = a_coach(of=video.owner)
    assert sees(video.owner, video, database)
    assert sees(coach, video, database)


def test_what_a_coach_saw_is_gone_for_her_when_the_pairing_ends(database: SessionMaker) -> None:
    video = a_video()
    coach = a_coach(of=video.owner, ended=True)
    moment = a_moment(video, author=coach)
    clip = a_clip(video, made_by=coach)
    step = an_action_step(video.owner, set_by=coach)
    assert not any(sees(coach, thing, database) for thing in (video, moment, clip, step))
    assert all(sees(video.owner, thing, database) for thing in (video, moment, clip, step))


def test_a_second_pairing_opens_the_door_again(database: SessionMaker) -> None:
    video = a_video()
    coach = a_coach(of=video.owner, ended=True)
    a_pairing(coach, video.owner)
    assert sees(coach, video, database)


def test_being_coached_by_somebody_doesnt_show_her_films(database: SessionMaker) -> None:
    coachee = a_person()
    coach = a_coach(of=coachee)
    assert not sees(coachee, a_video(owner=coach), database)


def test_having_filmed_somebody_gives_nothing(database: SessionMaker) -> None:
    owner = a_person()
    cameraman = a_person(school=owner.school)
    assert not sees(cameraman, a_video(owner=owner, filmed_by=cameraman), database)


def test_neither_lead_nor_admin_nor_colleague_sees_a_film(database: SessionMaker) -> None:
    owner = a_person()
    video = a_video(owner=owner)
    clip = a_clip(video)
    for other in (a_lead(school=owner.school), an_admin(school=owner.school), a_person(school=owner.school)):
        assert not sees(other, video, database)
        assert not sees(other, clip, database)


def test_a_share_shows_the_film_but_not_what_was_said_about_it(database: SessionMaker) -> None:
    video = a_video()
    friend = a_person(school=video.owner.school)
    moment = a_moment(video)
    reply = a_reply(moment)
    a_share(video, friend)
    assert sees(friend, video, database)
    assert not any(sees(friend, thing, database) for thing in (moment, reply, a_clip(video)))


def test_a_shared_clip_doesnt_show_its_film(database: SessionMaker) -> None:
    clip = a_clip()
    friend = a_person(school=clip.video.owner.school)
    a_clip_share(clip, friend)
    assert sees(friend, clip, database)
    assert not sees(friend, clip.video, database)
    assert not sees(friend, a_clip(clip.video), database)


def test_a_model_shows_the_film_alone_once_it_is_permitted_and_published(database: SessionMaker) -> None:
    video = a_video()
    moment, clip = a_moment(video), a_clip(video)
    colleague = a_person(school=a_school(beside=video.owner.school))
    exemplar = an_exemplar(video)
    assert sees(colleague, video, database)
    assert sees(colleague, exemplar, database)
    assert not any(sees(colleague, thing, database) for thing in (moment, clip))
    assert not any(sees(a_person(), thing, database) for thing in (video, exemplar))


def test_leads_see_a_model_that_waits_for_them_and_nobody_else_does(database: SessionMaker) -> None:
    video = a_video()
    school = video.owner.school
    exemplar = an_exemplar(video, published=False)
    lead = a_lead(school=school)
    assert all(sees(lead, thing, database) for thing in (video, exemplar))
    elsewhere = a_lead(school=a_school(beside=school))
    for other in (a_person(school=school), an_admin(school=school), elsewhere):
        assert not any(sees(other, thing, database) for thing in (video, exemplar))


@pytest.mark.each_database
def test_a_model_is_seen_with_its_step_or_not_at_all(database: SessionMaker) -> None:
    clip = a_clip()
    film, school = clip.video, clip.video.owner.school
    step = a_library_step(organisation_id=school.organisation_id)
    models = (an_exemplar(film, step=step), an_exemplar(clip=clip, step=step))
    things = (film, clip, *models)
    colleague, lead = a_person(school=school), a_lead(school=school)
    oak = a_school(beside=school)
    elsewhere, their_lead = a_person(school=oak), a_lead(school=oak)
    admin, coach = an_admin(school=school), a_coach(of=film.owner)

    def who_sees(thing: Base) -> list[Person]:
        people = (colleague, lead, elsewhere, their_lead, admin)
        return [one for one in people if sees(one, thing, database)]

    for thing in things:
        assert who_sees(thing) == [colleague, lead, elsewhere, their_lead, admin]
    change(step, state=StepState.DRAFT)
    for thing in things:
        assert who_sees(thing) == [lead]
    change(step, state=StepState.PUBLISHED, school_id=school.id)
    for thing in things:
        assert who_sees(thing) == [colleague, lead, admin]
    change(step, school_id=oak.id)
    for thing in things:
        assert who_sees(thing) == [elsewhere, their_lead]
        # Whatever became of the step: she can still take her word back.
        assert sees(film.owner, thing, database)
        assert sees(coach, thing, database)


def change(step: Step, **columns: Any) -> None:
    with world.session() as session:
        row = session.get_one(Step, step.id)
        for name, value in columns.items():
            setattr(row, name, value)


def test_without_permission_not_even_leads_see_what_was_proposed(database: SessionMaker) -> None:
    video = a_video()
    coach, lead = a_coach(of=video.owner), a_lead(school=video.owner.school)
    for exemplar in (
        an_exemplar(video, permitted=False, proposed_by=coach),
        an_exemplar(video, declined=True, proposed_by=coach),
    ):
        assert sees(coach, exemplar, database)
        assert sees(video.owner, exemplar, database)
        assert not any(sees(lead, thing, database) for thing in (video, exemplar))


def test_a_clip_as_a_model_keeps_its_film_out_of_sight(database: SessionMaker) -> None:
    clip = a_clip()
    an_exemplar(clip=clip)
    colleague = a_person(school=clip.video.owner.school)
    assert sees(colleague, clip, database)
    assert not sees(colleague, clip.video, database)
    assert not sees(colleague, a_clip(clip.video), database)


def test_the_example_of_a_term_is_its_schools_own(database: SessionMaker) -> None:
    clip = a_clip()
    school = clip.video.owner.school
    example = a_term_example(clip)
    assert all(sees(a_person(school=school), thing, database) for thing in (clip, example))
    elsewhere = a_person(school=a_school(beside=school))
    assert not any(sees(elsewhere, thing, database) for thing in (clip, example))


def test_no_row_reaches_across_organisations(database: SessionMaker) -> None:
    video = a_video()
    clip = a_clip(video)
    outsider = an_admin(school=a_school(organisation=an_organisation()))
    a_share(video, outsider)
    a_clip_share(clip, outsider)
    with transaction(database) as session:
        session.add(Pairing(coach_id=outsider.id, coachee_id=video.owner_id))
    assert not any(sees(outsider, thing, database) for thing in (video, clip, a_moment(video)))


def test_the_library_is_the_organisations_own(database: SessionMaker) -> None:
    person = a_person()
    step = a_library_step(organisation_id=person.school.organisation_id)
    assert sees(person, step, database)
    assert not sees(a_person(), step, database)


def test_people_see_colleagues_and_those_they_work_with(database: SessionMaker) -> None:
    organisation = an_organisation()
    elm, oak = a_school("Elm", organisation=organisation), a_school("Oak", organisation=organisation)
    coachee = a_person(school=elm)
    coach = a_coach(of=coachee, school=oak)
    stranger = a_person(school=oak)
    assert sees(coachee, coach, database)
    assert sees(coach, coachee, database)
    assert sees(coachee, a_person(school=elm), database)
    assert not sees(coachee, stranger, database)
    assert sees(a_lead(school=elm, of=oak), stranger, database)
    assert sees(an_admin(school=elm), stranger, database)


def test_asking_for_what_isnt_visible_is_asking_for_what_isnt_there(database: SessionMaker) -> None:
    moment, stranger = a_moment(), a_person()
    with transaction(database) as session, pytest.raises(NotFound):
        get_visible(session, Viewer.of(stranger), Moment, moment.id)
    with transaction(database) as session, pytest.raises(NotFound):
        get_visible(session, Viewer.of(stranger), Video, "nothing")


def test_what_lists_are_narrowed_by_leaves_out_nothing_that_may_be_seen(database: SessionMaker) -> None:
    video = a_video()
    coach = a_coach(of=video.owner)
    friend = a_person(school=video.owner.school)
    clip = a_clip(video)
    a_share(video, friend)
    a_clip_share(clip, friend)
    an_exemplar(a_video(owner=video.owner))
    an_exemplar(clip=a_clip(a_video(owner=coach)), published=False)
    a_term_example(a_clip(a_video(owner=video.owner)))
    lead = a_lead(school=coach.school)
    seen = 0
    with transaction(database) as session:
        for person in (video.owner, coach, friend, lead, an_admin(school=coach.school), a_person()):
            viewer = Viewer.of(person)
            films = set(session.scalars(select(Video.id).where(video_at_hand(viewer))))
            clips = set(session.scalars(select(Clip.id).where(visible_to(viewer, Clip))))
            assert films <= set(session.scalars(videos_at_most(viewer)))
            assert clips <= set(session.scalars(clips_at_most(viewer)))
            seen += len(films) + len(clips)
    assert seen


def test_a_rule_means_the_same_inside_a_larger_question(database: SessionMaker) -> None:
    """Asking for clips together with their films must not tangle the rule with the question around it."""
    video = a_video()
    coach = a_coach(of=video.owner)
    friend = a_person(school=video.owner.school)
    clip = a_clip(video)
    a_reply(a_moment(video))
    evidence(an_action_step(video.owner, clip=clip), clip=clip)
    a_share(video, friend)
    a_clip_share(clip, friend)
    exemplar = an_exemplar(a_video(owner=video.owner))
    a_chapter(exemplar)
    an_exemplar(clip=a_clip(a_video(owner=coach)), published=False)
    a_term_example(a_clip(a_video(owner=video.owner)))
    kinds: list[Any] = [
        Video,
        Moment,
        Reply,
        Clip,
        ActionStep,
        Evidence,
        Share,
        ClipShare,
        Person,
        Pairing,
        School,
        Exemplar,
        ExemplarChapter,
        TermExample,
    ]
    lead = a_lead(school=coach.school)
    with transaction(database) as session:
        for person in (video.owner, coach, friend, lead, an_admin(school=coach.school), a_person()):
            viewer = Viewer.of(person)
            for model, other in product(kinds, kinds):
                if model is not other:
                    plain = session.scalars(select(model.id).where(visible_to(viewer, model)))
                    joined = session.scalars(
                        select(model.id).join(other, true()).where(visible_to(viewer, model))
                    )
                    assert set(plain) == set(joined), (model, other)
