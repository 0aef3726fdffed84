"""What the demo school shows of itself: a model, one that waits for a word, the example of a term."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.clips.make import make_clip
from pennydrop.clips.models import Clip
from pennydrop.demo.accounts import Accounts
from pennydrop.demo.cast import FILMS
from pennydrop.demo.notes import playing
from pennydrop.demo.screening import find_film
from pennydrop.exemplars.chapters import add_chapter
from pennydrop.exemplars.decide import publish
from pennydrop.exemplars.models import Exemplar
from pennydrop.exemplars.propose import propose
from pennydrop.library.models import Step
from pennydrop.storage.port import ObjectStore
from pennydrop.terms.examples import propose_example
from pennydrop.terms.models import TermExample
from pennydrop.videos.models import Video

# Criterion, where it begins on the model, where it ends, and what to look at there.
CHAPTERS = (
    (1, 2_000, 8_000, "Hands in his lap, and not a word"),
    (2, 8_000, 13_000, "Where he looks while she thinks"),
    (4, 13_000, 17_000, "One question, then quiet again"),
)
_MODEL_STEP, _ASKED_STEP = "wait-before-helping", "clean-sounds"
_TERM = "wait-time"


def add_models(session: Session, store: ObjectStore, accounts: Accounts) -> None:
    """Add what is missing of the models and examples on films that play; doing it again adds nothing."""
    films = {film.slug: playing(find_film(session, accounts, film)) for film in FILMS}
    if (model := films["model"]) is not None:
        _publish_model(session, store, accounts, model)
        _publish_example(session, store, accounts, model)
    if (phonics := films["phonics"]) is not None:
        _ask_for_a_clip(session, accounts, phonics)


def _publish_model(session: Session, store: ObjectStore, accounts: Accounts, model: Video) -> None:
    """The coach shows himself, so he permits it by proposing."""
    if session.scalar(select(Exemplar.id).where(Exemplar.video_id == model.id)) is not None:
        return
    coach = Viewer.of(accounts["coach"])
    exemplar = propose(
        session, coach, step=_MODEL_STEP, video=model.id, title="Counting to five before helping"
    )
    criteria = {criterion.position: criterion.id for criterion in exemplar.step.criteria}
    for number, start_ms, end_ms, note in CHAPTERS:
        add_chapter(
            session,
            coach,
            exemplar.id,
            store=store,
            criterion=criteria[number],
            start_ms=start_ms,
            end_ms=end_ms,
            note=note,
        )
    publish(session, Viewer.of(accounts["lead"]), exemplar)


def _publish_example(session: Session, store: ObjectStore, accounts: Accounts, model: Video) -> None:
    if session.scalar(select(TermExample.id).where(TermExample.owner_id == model.owner_id)) is not None:
        return
    coach = Viewer.of(accounts["coach"])
    clip = make_clip(
        session,
        coach,
        store=store,
        video_id=model.id,
        start_ms=3_000,
        end_ms=9_000,
        title="Five quiet seconds",
    )
    example = propose_example(session, coach, _TERM, clip=clip.id)
    publish(session, Viewer.of(accounts["lead"]), example)


def _ask_for_a_clip(session: Session, accounts: Accounts, phonics: Video) -> None:
    """The coach would like to show a clip of the teaching assistant's; she hasn't answered yet."""
    if session.scalar(select(Exemplar.id).where(Exemplar.video_id == phonics.id)) is not None:
        return
    clip = session.scalar(select(Clip).where(Clip.video_id == phonics.id).order_by(Clip.id))
    known = session.scalar(select(Step.id).where(Step.slug == _ASKED_STEP))
    if clip is not None and known is not None:
        propose(session, Viewer.of(accounts["coach"]), step=_ASKED_STEP, clip=clip.id)
