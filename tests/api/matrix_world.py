"""One film and everybody around it: the world in which the access matrix asks every route."""

from __future__ import annotations

import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import Engine, select

from pennydrop.access.viewer import Viewer
from pennydrop.clips.models import Clip, ClipFileState, ClipOriginal
from pennydrop.coaching.models import ActionStep
from pennydrop.db.session import make_engine, make_sessions
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Queue
from pennydrop.library.models import Step
from pennydrop.meetings.models import MeetingConsent
from pennydrop.people.invite import invite
from pennydrop.people.models import Pairing, Person
from pennydrop.people.tokens import create_token, make_my_token
from pennydrop.proposals.models import ProposalReply
from pennydrop.settings import Settings
from pennydrop.storage.local import LocalStore
from pennydrop.uploads.join_link import link_for_step
from pennydrop.videos.models import Caption, Video, Watch
from pennydrop_api.app import create_app
from pennydrop_api.deps import Parts
from tests.api.client import Client
from tests.factories import (
    PASSWORD,
    a_chapter,
    a_clip,
    a_clip_share,
    a_coach,
    a_lead,
    a_library_step,
    a_meeting,
    a_moment,
    a_pairing,
    a_person,
    a_proposal,
    a_reply,
    a_round,
    a_school,
    a_sequence,
    a_share,
    a_term,
    a_term_example,
    a_video,
    an_action_step,
    an_admin,
    an_exemplar,
    an_organisation,
    evidence,
    world,
)
from tests.support.databases import Databases

# Words that only some may read, wherever they turn up.
OWNER = "Aisha Odell"
FILM = "Tuesday with Leo"
SAID = "you waited for every eye"
CLIP = "the long pause"
WHY = "so that Leo hears it"
NOTES = "said between the two of us"
WISH = "what I would like to try"
MODEL = "Wednesday as a model"
SHOWN = "A model that is out"
GOAL = "Be heard the first time"


@dataclass(frozen=True)
class Matrix:
    """The world, who is in it, and the names its things have in paths and bodies."""

    app: FastAPI
    nobody: Client
    people: dict[str, Person]
    tokens: dict[str, str]
    names: dict[str, str]
    bring_back: Callable[[], None]
    uploads: Path

    def client(self, role: str) -> Client:
        client = self.nobody.another()
        if role != "anon":
            client.headers["Authorization"] = f"Bearer {self.tokens[role]}"
        return client

    def restore(self) -> None:
        """Undo whatever a request has done."""
        parts: Parts = self.app.state.parts
        engine: Engine = parts.readers.kw["bind"]
        engine.dispose()
        self.bring_back()
        shutil.copytree(self.uploads, parts.settings.uploads, dirs_exist_ok=True)


@contextmanager
def a_matrix(folder: Path, databases: Databases) -> Iterator[Matrix]:
    with databases.one(folder) as url:
        settings = Settings(data=folder, database_url=url, keep_free_bytes=0)
        engine = make_engine(settings.database)
        with world.writing_to(make_sessions(engine)):
            people = _people()
            names = _things(people, LocalStore(settings.objects))
            tokens = {role: _token(person) for role, person in people.items()}
            names["token_id"] = _spare_token(people["owner"])
        app = create_app(settings)
        with Client(app) as client:
            names["upload_id"] = _upload(client, tokens["coach"], people["owner"])
            bring_back = databases.save(engine)
            engine.dispose()
            uploads = folder / "saved-uploads"
            shutil.copytree(settings.uploads, uploads)
            yield Matrix(app, client, people, tokens, names, bring_back, uploads)


def _people() -> dict[str, Person]:
    trust, far_trust = an_organisation("Trust"), an_organisation("Far trust")
    elm, oak = a_school("Elm", organisation=trust), a_school("Oak", organisation=trust)
    far = a_school("Far", organisation=far_trust)
    owner = a_person(OWNER, school=elm, email="aisha@elm.test", password=PASSWORD)
    oak_lead, far_all = a_lead(school=oak), an_admin(school=far)
    for elsewhere in (oak_lead, far_all):
        a_pairing(elsewhere, a_person(school=elsewhere.school))
    a_coach(of=far_all)
    peer = a_person("Bo", school=elm)
    a_coach(of=peer)
    return {
        "owner": owner,
        "coach": a_coach(of=owner, name="Sam"),
        "past": a_coach(of=owner, name="Past", ended=True),
        "peer": peer,
        "lead": a_lead(school=elm),
        "admin": an_admin(school=elm),
        "film": a_person("Film friend", school=elm),
        "clip": a_person("Clip friend", school=elm),
        "oak": oak_lead,
        "far": far_all,
    }


def _things(people: dict[str, Person], store: LocalStore) -> dict[str, str]:
    owner, coach = people["owner"], people["coach"]
    step = a_library_step(organisation_id=owner.school.organisation_id, goal=GOAL)
    video = a_video(FILM, owner=owner, filmed_by=coach)
    _bytes_behind(video, store)
    moment = a_moment(video, author=coach, text=SAID)
    answer = a_reply(moment, author=owner)
    clip = a_clip(video, made_by=coach, title=CLIP)
    action_step = an_action_step(owner, set_by=coach, step=step, clip=clip)
    a_share(video, people["film"])
    a_clip_share(clip, people["clip"])
    past = people["past"]
    a_moment(video, author=past, text="written before the pairing ended")
    world.saved(Caption(video_id=video.id, language="en", label="English", webvtt="WEBVTT\n\n"))
    world.saved(Watch(video_id=video.id, person_id=coach.id))
    newcomer = a_person("New", school=owner.school)
    with world.session() as session:
        row = session.get_one(Clip, clip.id)
        row.file_state, row.file_key, row.file_size = ClipFileState.READY, f"clips/{clip.id}/x.mp4", 4
        row.original = ClipOriginal(state=ClipFileState.READY, key=f"clips/{clip.id}/y.mp4", size=4)
        session.get_one(ActionStep, action_step.id).why = WHY
        job = enqueue(
            session, "video.test", queue=Queue.BULK, unique_key="x", payload={}, subject_id=video.id
        )
        invitation = invite(session, session.get_one(Person, newcomer.id))[1]
    for file in ("x", "y"):
        store.put_bytes(f"clips/{clip.id}/{file}.mp4", b"clip")
    pairing = a_pairing(a_person(school=owner.school), owner)
    cycle = _cycle(owner, coach, action_step)
    return {
        "video_id": video.id,
        "moment_id": moment.id,
        "clip_id": clip.id,
        "action_step_id": action_step.id,
        "action_criterion_id": action_step.criteria[0].id,
        "step_id": step.id,
        "goal_id": step.goal_id,
        "area_id": step.goal.area_id,
        "sequence_id": a_sequence(step).id,
        "pairing_id": pairing.id,
        "reply_id": answer.id,
        **cycle,
        "job_id": job.id,
        "token": invitation,
        "person_id": owner.id,
        "newcomer": newcomer.id,
        **_examples(owner, step),
        **{role: person.id for role, person in people.items()},
    }


def _examples(owner: Person, step: Step) -> dict[str, str]:
    """A film and a clip of the owner's that she lets be shown, and one of each that is out."""
    term = a_term(organisation_id=owner.school.organisation_id, introduced_by=step)
    film, out = a_video(MODEL, owner=owner), a_video(SHOWN, owner=a_person("Mo", school=owner.school))
    exemplar, shown = an_exemplar(film, step=step, published=False), an_exemplar(out, step=step)
    example = a_term_example(a_clip(film, title=MODEL), term=term, published=False)
    shown_example = a_term_example(a_clip(out, title="Out"), term=term)
    return {
        "exemplar_id": exemplar.id,
        "shown_exemplar_id": shown.id,
        "shown_video_id": out.id,
        "criterion_id": step.criteria[0].id,
        "chapter_id": a_chapter(exemplar).id,
        "term_id": term.id,
        "example_id": example.id,
        "shown_example_id": shown_example.id,
    }


def _cycle(owner: Person, coach: Person, action_step: ActionStep) -> dict[str, str]:
    """What owner and coach do together: a meeting that goes on, a round, a proposal, a code for a phone."""
    with world.session() as session:
        together = session.scalars(
            select(Pairing).where(Pairing.coach_id == coach.id, Pairing.coachee_id == owner.id)
        ).one()
    meeting = a_meeting(together, action_step=action_step, notes=NOTES)
    one = a_round(action_step, meeting=meeting, by=coach, feedback=NOTES)
    proposal = a_proposal(owner, words=WISH)
    reply = world.saved(ProposalReply(proposal_id=proposal.id, author_id=owner.id, text=WISH))
    world.saved(MeetingConsent(meeting_id=meeting.id, person_id=coach.id))
    with world.session() as session:
        viewer = Viewer.of(session.get_one(Person, coach.id))
        link, secret = link_for_step(session, viewer, action_step.id)
    return {
        "meeting_id": meeting.id,
        "round_id": one.id,
        "proposal_id": proposal.id,
        "proposal_reply_id": reply.id,
        "evidence_id": evidence(action_step, by=coach).id,
        "join_link_id": link.id,
        "join_secret": secret,
    }


def _bytes_behind(video: Video, store: LocalStore) -> None:
    store.put_bytes(video.renditions[0].key, b"film")
    growing = f"live/{video.id}/x/index.m3u8"
    store.put_bytes(growing, b"#EXTM3U\n")
    with world.session() as session:
        session.get_one(Video, video.id).live_key = growing


def _token(person: Person) -> str:
    with world.session() as session:
        return create_token(session, session.get_one(Person, person.id), "matrix")


def _spare_token(person: Person) -> str:
    with world.session() as session:
        token, _ = make_my_token(session, Viewer.of(person), name="spare")
    return token.id


def _upload(client: Client, token: str, owner: Person) -> str:
    """The coach has begun to send a film for the owner."""
    said = {"filename": "a.mp4", "owner": owner.id}
    metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in said.items())
    headers = {
        "Authorization": f"Bearer {token}",
        "Tus-Resumable": "1.0.0",
        "Upload-Length": "1000",
        "Upload-Metadata": metadata,
    }
    answer = client.post("/api/v1/uploads", headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"]).rsplit("/", 1)[1]
