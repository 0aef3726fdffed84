"""Putting the demo's films into the store, as if phones had sent them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.demo.accounts import Accounts, find_accounts
from pennydrop.demo.cast import FILMS, Film
from pennydrop.demo.days import school_day
from pennydrop.demo.films import write_film
from pennydrop.ids import id_at, new_id
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Queue
from pennydrop.storage import keys
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.models import Share, Source, Video, VideoState
from pennydrop.videos.progress import INGEST


def bring_films(sessions: SessionMaker, store: ObjectStore, scratch: Path) -> Iterator[Film]:
    """Draw each film that is missing and hand it over to the workers; yield each that is handed over."""
    scratch.mkdir(parents=True, exist_ok=True)
    for film in FILMS:
        with transaction(sessions) as session:
            if find_film(session, find_accounts(session), film) is not None:
                continue
        path = write_film(film.scene, scratch / f"{film.slug}.mp4")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        source_id = new_id()
        size = store.put_file(keys.source(source_id), path)
        path.unlink(missing_ok=True)
        with transaction(sessions) as session:
            _hand_over(session, film, Source(id=source_id, size=size, sha256=digest))
        yield film


def find_film(session: Session, accounts: Accounts, film: Film) -> Video | None:
    """Return a film of the demo if it is there."""
    return session.scalar(
        select(Video).where(Video.owner_id == accounts[film.owner].id, Video.filename == _filename(film))
    )


def _filename(film: Film) -> str:
    return f"{film.slug}.mp4"


def _hand_over(session: Session, film: Film, source: Source) -> None:
    accounts = find_accounts(session)
    owner = accounts[film.owner]
    source.owner_id, source.key = owner.id, keys.source(source.id)
    session.add(source)
    session.flush()
    recorded_at = school_day(film.days_ago, film.hour, film.minute)
    video = Video(
        id=id_at(recorded_at),
        created_at=recorded_at,
        owner_id=owner.id,
        filmed_by_id=accounts[film.filmed_by].id,
        source_id=source.id,
        purpose=film.purpose,
        title=film.title,
        filename=_filename(film),
        recorded_at=recorded_at,
        state=VideoState.PROCESSING,
        proven_at=utcnow(),
    )
    session.add(video)
    session.flush()
    for mailbox in film.shared_with:
        session.add(Share(video_id=video.id, person_id=accounts[mailbox].id))
    enqueue(
        session,
        INGEST,
        queue=Queue.INTERACTIVE,
        unique_key=f"{INGEST}:{video.id}",
        subject_id=video.id,
        payload={"video_id": video.id},
        priority=10,
    )
