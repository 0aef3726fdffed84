"""Films, clips and what belongs to them, byte by byte. Rights are asked on every request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Annotated, cast

from fastapi import BackgroundTasks, Depends, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.routing import Match, Route
from starlette.types import Scope

from pennydrop.access.viewer import Viewer
from pennydrop.errors import NotFound
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.delivery import (
    Stored,
    find_beside,
    find_captions,
    find_clip_file,
    find_clip_original,
    find_rendition,
)
from pennydrop.videos.models import RenditionName
from pennydrop.videos.watch import watched
from pennydrop_api import routing
from pennydrop_api.deps import Parts, PartsDep, SessionDep, ViewerApartDep, ViewerDep, get_viewer
from pennydrop_api.media.answers import Content, deliver, deliver_growing, deliver_text
from pennydrop_api.media.bodies import PIECE, VirtualFiles, virtual_body
from pennydrop_api.media.growing import GrowingCopies
from pennydrop_api.media.urls import FILES, version_of
from pennydrop_api.media.watching import Watchings

router = routing.router(prefix="/media", include_in_schema=False)
api_router = routing.router(tags=["videos"])

_GET = ["GET", "HEAD"]
_SIZES = 4096
_YES = ("1", "true", "yes", "on")
_PLAYLIST = "application/vnd.apple.mpegurl"
_NAMES = {file: name for name, file in FILES.items()}
_TEXTS = frozenset(
    {RenditionName.FRAMES, RenditionName.STORYBOARD, RenditionName.WAVEFORM, RenditionName.SPEECH}
)
_FILMS = frozenset(
    {RenditionName.VIRTUAL, RenditionName.REMUX, RenditionName.P720, RenditionName.P360},
)
_TYPES = {
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".m3u8": _PLAYLIST,
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".ts": "video/mp2t",
}


class _Media:
    """What this process keeps at hand for delivery."""

    def __init__(self, parts: Parts) -> None:
        self.virtual_files = VirtualFiles(parts.store)
        self.watchings = Watchings(parts.writers, parts.traffic)
        self.growing = GrowingCopies(parts.readers, parts.writers, parts.store)
        self.store = parts.store
        self._by_web_server = parts.settings.delivery == "nginx"
        self._sizes: dict[str, int] = {}

    def is_at_hand(self, key: str) -> bool:
        """Whether an answer about it waits for nobody: it lies on a disk of ours, or all we need is known."""
        return key in self._sizes or self.store.local_path(key) is not None

    def _size(self, key: str) -> int:
        """Return an object's size, and raise `ObjectMissing` where it is gone.

        A web server that sends it would say that too, so we look once: what lies under a key never changes,
        and a bucket would be asked for each piece of a film.
        """
        if not self._by_web_server:
            return self.store.size(key)
        size = self._sizes.get(key)
        if size is None:
            size = self.store.size(key)
            if len(self._sizes) >= _SIZES:
                self._sizes.clear()
            self._sizes[key] = size
        return size

    def plain(self, stored: Stored, *, tag: str = "", name: str = "") -> Content:
        """A whole stored object, which the web server in front of us sends where there is one that can."""
        return Content(
            size=self._size(stored.key),
            media_type=stored.media_type,
            tag=tag or version_of(stored.key),
            read=lambda start, end: self.store.stream(stored.key, start, end, PIECE),
            name=name,
            internal=partial(self.store.internal_address, stored.key) if self._by_web_server else None,
        )


def _media_of(app: FastAPI) -> _Media:
    if not hasattr(app.state, "media"):
        app.state.media = _Media(app.state.parts)
    return cast(_Media, app.state.media)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for bytes, and who asks."""

    request: Request
    session: Session
    viewer: Viewer
    media: _Media
    after_answer: BackgroundTasks


@dataclass(frozen=True, slots=True)
class Found:
    """Where something lies that may be had."""

    answer: Callable[[], Response]
    """Reads what is stored, and asks the database nothing."""
    at_hand: bool = False
    """Waits for no bucket."""


class Direct(Route):
    """A route without what the framework does for forms and documents, which takes most of its time."""

    def __init__(self, path: str, answer: Callable[[Asked], Found]) -> None:
        super().__init__(path, partial(_answer, answer), methods=_GET, name=answer.__name__)
        self.answer = answer

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        if match is not Match.NONE:
            found["route"] = self
        return match, found


async def _answer(answer: Callable[[Asked], Found], request: Request) -> Response:
    parts: Parts = request.app.state.parts
    media, after_answer = _media_of(request.app), BackgroundTasks()

    def find() -> Found | Response:
        with parts.transaction(request) as session:
            viewer = get_viewer(request, session, parts, after_answer)
            found = answer(Asked(request, session, viewer, media, after_answer))
        return found.answer() if found.at_hand else found

    response = await parts.in_turn(find)
    if isinstance(response, Found):
        # A bucket that is silent holds up those who want bytes of it, and nobody else's turn.
        response = await run_in_threadpool(response.answer)
    response.background = after_answer
    return response


async def get_media(request: Request) -> _Media:
    return _media_of(request.app)


MediaDep = Annotated[_Media, Depends(get_media)]


@router.api_route("/videos/{video_id}/captions/{language}.vtt", methods=_GET)
def captions(
    request: Request, session: SessionDep, viewer: ViewerDep, video_id: str, language: str
) -> Response:
    text = find_captions(session, viewer, video_id, language)
    return deliver_text(request, text.encode(), "text/vtt", version_of(text))


@router.api_route("/videos/{video_id}/live/{file:path}", methods=_GET)
async def live(
    request: Request,
    parts: PartsDep,
    viewer: ViewerApartDep,
    media: MediaDep,
    after_answer: BackgroundTasks,
    video_id: str,
    file: str,
) -> Response:
    """A film that phones can't play, while it is made into one they can, at whatever place of it.

    Who asks for a place that isn't there yet waits for it, for some seconds at most.
    """
    media_type = _type_of(file)
    found = await media.growing.wait_for(viewer, video_id, file)
    stored = Stored(found.key, media_type, video_id, found.owner_id)
    media.watchings.note(request, after_answer, viewer, stored)
    if found.chunk_id is None:
        return deliver_growing(await run_in_threadpool(parts.store.read, found.key), media_type)
    return deliver(request, await run_in_threadpool(media.plain, stored))


def of_video(asked: Asked) -> Found:
    """A film, a picture, a table: whatever was made from a source."""
    request, session, viewer, media = asked.request, asked.session, asked.viewer, asked.media
    video_id, file = request.path_params["video_id"], request.path_params["file"]
    name = _NAMES.get(file)
    if name is None:
        sheet = find_beside(session, viewer, video_id, RenditionName.STORYBOARD, file, _type_of(file))
        return _plain(asked, sheet)
    stored = find_rendition(session, viewer, video_id, name)
    if name in _TEXTS:
        return Found(
            lambda: deliver_text(
                request, media.store.read(stored.key), stored.media_type, version_of(stored.key)
            )
        )
    if name in _FILMS:
        media.watchings.note(request, asked.after_answer, viewer, stored)
    if name is RenditionName.VIRTUAL:
        return Found(lambda: deliver(request, _virtual(media.store, media.virtual_files, stored)))
    return _plain(asked, stored)


def of_clip(asked: Asked) -> Found:
    """A clip's own file, for those who may see the clip, whether or not they may see its lesson."""
    return _clip(asked, find_clip_file)


def of_clip_original(asked: Asked) -> Found:
    """A clip in the film's full quality, for those who may see the film."""
    return _clip(asked, find_clip_original)


def _clip(asked: Asked, find: Callable[[Session, Viewer, str], Stored]) -> Found:
    clip_id = asked.request.path_params["clip_id"]
    stored = find(asked.session, asked.viewer, clip_id)
    asked.media.watchings.note(asked.request, asked.after_answer, asked.viewer, stored, clip_id)
    download = asked.request.query_params.get("download", "").lower() in _YES
    name = f"{stored.title}.mp4" if download else ""
    return _plain(asked, stored, name)


def _plain(asked: Asked, stored: Stored, name: str = "") -> Found:
    media = asked.media
    return Found(
        lambda: deliver(asked.request, media.plain(stored, name=name)), at_hand=media.is_at_hand(stored.key)
    )


# Compared before all other addresses: these are asked for in hundreds of requests a film.
FILMS = (
    Direct("/media/videos/{video_id}/{file}", of_video),
    Direct("/media/clips/{clip_id}.mp4", of_clip),
    Direct("/media/clips/{clip_id}/original.mp4", of_clip_original),
)


class WatchIn(BaseModel):
    """What is being watched: the whole film, or one of its clips."""

    clip: str | None = None


@api_router.post("/videos/{video_id}/watches", operation_id="note_watch", status_code=204)
def watch(session: SessionDep, viewer: ViewerDep, video_id: str, body: WatchIn | None = None) -> None:
    """Somebody pressed play. Its owner sees it; my own films and models are counted for me alone."""
    watched(session, viewer, video_id=video_id, clip_id=body.clip if body else None)


@api_router.post("/clips/{clip_id}/watches", operation_id="note_clip_watch", status_code=204)
def watch_clip(session: SessionDep, viewer: ViewerDep, clip_id: str) -> None:
    """Somebody pressed play on a clip whose film she may not see: a model, or one that was shared."""
    watched(session, viewer, clip_id=clip_id)


def _virtual(store: ObjectStore, files: VirtualFiles, stored: Stored) -> Content:
    file = files.get(stored.key)
    source_key = stored.source_key or ""
    store.size(source_key)  # an original that is gone is not found, rather than an answer that breaks off
    return Content(
        size=file.size,
        media_type=stored.media_type,
        tag=version_of(stored.key),
        read=lambda start, end: virtual_body(store, file, source_key, start, end),
    )


def _type_of(file: str) -> str:
    """Return the type of a file beside a rendition. Raises `NotFound` for what is never served."""
    media_type = _TYPES.get(PurePosixPath(file).suffix)
    if media_type is None:
        raise NotFound
    return media_type
