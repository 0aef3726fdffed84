"""Captions: WebVTT that people bring along, checked before it is kept."""

from __future__ import annotations

import re
from io import StringIO

import webvtt
from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_change_video
from pennydrop.access.may_exemplars import may_caption
from pennydrop.access.viewer import Viewer
from pennydrop.changes.feed import record as record_change
from pennydrop.errors import Invalid, TooLarge
from pennydrop.exemplars.steps import steps_shown_in
from pennydrop.library.search import index_steps
from pennydrop.videos.find import get_video
from pennydrop.videos.models import Caption

MAX_BYTES = 1_000_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def put_captions(
    session: Session, viewer: Viewer, video_id: str, *, language: str, label: str, body: bytes
) -> Caption:
    """Keep captions in one language, in place of earlier ones in it.

    `language` is a BCP 47 tag such as `en` or `cy`; `body` is WebVTT in UTF-8, at most 1 MB. Raises `Invalid`
    with the reason when it can't be read. Captions of what others see as a model are its owner's alone.
    """
    video = get_video(session, viewer, video_id)
    may_change_video(session, viewer, video)
    may_caption(session, viewer, video)
    if not _LANGUAGE.fullmatch(language) or len(language) > 35:
        raise Invalid("Please name the captions' language by its short code, for example en or cy.")
    text = read_webvtt(body)
    caption = session.scalar(
        select(Caption).where(Caption.video_id == video.id, Caption.language == language)
    )
    if caption is None:
        caption = Caption(video_id=video.id, language=language, label=label or language, webvtt=text)
        session.add(caption)
    caption.label = (label or language)[:80]
    caption.webvtt = text
    session.flush()
    index_steps(session, steps_shown_in(session, video.id))
    record_change(session, "video", video.id, video_id=video.id)
    return caption


def read_webvtt(body: bytes) -> str:
    """Return WebVTT written anew from what could be read, so that nothing else is ever served.

    Raises `TooLarge` or `Invalid`.
    """
    if len(body) > MAX_BYTES:
        raise TooLarge("That captions file is larger than 1 MB. Captions of a lesson are much smaller.")
    try:
        captions = webvtt.from_buffer(StringIO(body.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise Invalid("That captions file isn't UTF-8 text. Save it as UTF-8 and try again.") from None
    except webvtt.errors.MalformedFileError:
        raise Invalid("That file doesn't begin with WEBVTT, so it isn't a WebVTT captions file.") from None
    except webvtt.errors.MalformedCaptionError as error:
        raise Invalid(f"The captions can't be read: {error}") from None
    if not captions.captions:
        raise Invalid("There are no captions in that file.")
    return str(captions.content)
