"""The demo school has a coaching cycle to show."""

from __future__ import annotations

from pennydrop.access.viewer import Viewer
from pennydrop.coaching.find import present_steps
from pennydrop.coaching.thread import Place, thread_of
from pennydrop.coaching.today import today
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.demo.accounts import find_accounts
from pennydrop.demo.build import open_accounts
from pennydrop.demo.cast import FILMS
from pennydrop.demo.cycle import add_cycle
from pennydrop.demo.days import school_day
from pennydrop.demo.filmed import add_filmed_meeting
from pennydrop.demo.models import add_models
from pennydrop.demo.notes import add_notes
from pennydrop.demo.screening import find_film
from pennydrop.exemplars.find import asked_of, list_exemplars
from pennydrop.meetings.about import looked_at
from pennydrop.meetings.counts import counts_of
from pennydrop.meetings.find import list_meetings
from pennydrop.meetings.models import MeetingKind, MeetingState, Phase
from pennydrop.proposals.find import list_proposals
from pennydrop.rounds.find import rounds_of_step
from pennydrop.settings import Settings
from pennydrop.storage.local import LocalStore
from pennydrop.terms.examples import list_examples
from pennydrop.videos.models import Video, VideoState


def build(settings: Settings, sessions: SessionMaker, state: VideoState = VideoState.READY) -> None:
    """The demo school with its films as rows: nothing is drawn."""
    open_accounts(sessions, settings)
    with transaction(sessions) as session:
        accounts = find_accounts(session)
        for film in FILMS:
            at = school_day(film.days_ago, film.hour, film.minute)
            session.add(
                Video(
                    owner_id=accounts[film.owner].id,
                    filmed_by_id=accounts[film.filmed_by].id,
                    purpose=film.purpose,
                    title=film.title,
                    filename=f"{film.slug}.mp4",
                    state=state,
                    duration_ms=film.scene.seconds * 1000,
                    recorded_at=at,
                    created_at=at,
                )
            )


def add(settings: Settings, sessions: SessionMaker) -> None:
    store = LocalStore(settings.objects)
    with transaction(sessions) as session:
        add_notes(session, store, find_accounts(session))
        add_cycle(session, store, find_accounts(session))
        add_filmed_meeting(session, find_accounts(session))
        add_models(session, store, find_accounts(session))


def test_films_that_become_ready_one_by_one_lead_to_the_same_school(
    settings: Settings, database: SessionMaker
) -> None:
    build(settings, database, VideoState.PROCESSING)
    for film in FILMS:
        with transaction(database) as session:
            video = find_film(session, find_accounts(session), film)
            assert video is not None
            video.state = VideoState.READY
        add(settings, database)
    with transaction(database) as session:
        coach = Viewer.of(find_accounts(session)["coach"])
        assert len(list_meetings(session, coach).items) == 3


def test_there_is_a_meeting_of_the_past_one_to_come_a_drop_in_and_a_proposal(
    settings: Settings, database: SessionMaker
) -> None:
    build(settings, database)
    for _ in range(2):  # the second time adds nothing
        add(settings, database)
    with transaction(database) as session:
        coach = Viewer.of(find_accounts(session)["coach"])
        meetings = list_meetings(session, coach).items
        assert sorted((one.kind, one.state) for one in meetings) == [
            (MeetingKind.DROP_IN, MeetingState.DONE),
            (MeetingKind.FEEDBACK, MeetingState.DONE),
            (MeetingKind.FEEDBACK, MeetingState.PREPARING),
        ]
        prepared = next(one for one in meetings if one.state is MeetingState.PREPARING)
        assert prepared.clips
        assert prepared.planned_at is not None
        assert len(list_proposals(session, coach).items) == 1


def test_the_teaching_assistants_day_has_all_three_films_and_her_step_its_thread(
    settings: Settings, database: SessionMaker
) -> None:
    build(settings, database)
    add(settings, database)
    with transaction(database) as session:
        aisha = Viewer.of(find_accounts(session)["ta"])
        day = today(session, aisha)
        assert day.moment
        assert day.model
        assert day.best_take
        assert day.best_take.video.title == "Rehearsal, third go"
        step = present_steps(session, aisha, [aisha.person_id])[aisha.person_id]
        assert step.next_observation_at is not None
        places = [knot.place for knot in thread_of(session, aisha, step)]
        assert places == [Place.PRAISE, Place.MOMENT, Place.MODEL, Place.TAKE, Place.TAKE, Place.TAKE]
        rounds = rounds_of_step(session, aisha, step.id)
        assert [len(one.marks) for one in rounds] == [6, 4, 4, 6]
        assert any(one.reflection for one in rounds)


def test_there_is_a_model_in_the_library_one_that_waits_for_a_word_and_a_terms_example(
    settings: Settings, database: SessionMaker
) -> None:
    build(settings, database)
    for _ in range(2):  # the second time adds nothing
        add(settings, database)
    with transaction(database) as session:
        accounts = find_accounts(session)
        newcomer, ta = Viewer.of(accounts["ta4"]), Viewer.of(accounts["ta"])
        (shown,) = list_exemplars(session, newcomer).items
        assert (shown.is_shown, [one.criterion.position for one in shown.chapters]) == (True, [1, 2, 4])
        (asked,) = asked_of(session, ta)
        assert asked.clip is not None
        (example,) = list_examples(session, ta)
        assert (example.term.slug, example.is_shown) == ("wait-time", True)
        assert list_examples(session, newcomer) == []


def test_a_meeting_on_film_is_looked_at_by_two_who_coach_each_other(
    settings: Settings, database: SessionMaker
) -> None:
    build(settings, database)
    for _ in range(2):  # the second time adds nothing
        add(settings, database)
    with transaction(database) as session:
        accounts = find_accounts(session)
        ruth, megan = Viewer.of(accounts["teacher"]), Viewer.of(accounts["ta3"])
        (held,) = list_meetings(session, megan).items
        assert {one.person.name for one in held.consents} == {"Dylan Reed", "Megan Price"}
        together = next(
            one
            for one in list_meetings(session, ruth, coachee=accounts["coach2"].id).items
            if one.kind is MeetingKind.COACHING_ON_COACHING
        )
        about = looked_at(session, ruth, together)
        assert about is not None
        assert about.id == held.id
        counts = counts_of(session, about)
        assert [span.phase for span in counts.spans] == list(Phase)
        assert sum(counts.phase_ms.values()) == 24_000
        assert (counts.models, counts.rehearsals) == (1, 2)
