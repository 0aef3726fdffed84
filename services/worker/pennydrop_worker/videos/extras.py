"""What helps to find a moment: the storyboard, the waveform and the map of speech."""

from __future__ import annotations

from pathlib import Path

from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.media.inspection import inspect
from pennydrop.media.sound import make_sound_map
from pennydrop.media.storyboard import make_storyboard
from pennydrop.storage.nearby import nearby
from pennydrop.videos.material import Inspected, get_video_row, inspected, keep
from pennydrop.videos.models import RenditionName
from pennydrop.videos.progress import EXTRAS, Made, publish, settle

# Below everything that somebody waits for.
_NICE = 19


def extras(attempt: Attempt, parts: WorkerParts) -> None:
    """Make the storyboard, and the waveform and speech map where there is sound."""
    film = inspected(parts.sessions, parts.store, attempt.payload["video_id"])
    made = [_storyboard(attempt, parts, film)]
    attempt.progress(60)
    if film.probe.audio is not None:
        made += _sound(attempt, parts, film)
    with attempt.publish() as session:
        video = get_video_row(session, film.material.video_id)
        for one in made:
            publish(session, video, one)
        settle(session, video, finishing=EXTRAS)


def _storyboard(attempt: Attempt, parts: WorkerParts, film: Inspected) -> Made:
    """Take the pictures from the proxy of a film that browsers can't show: its colours are right."""
    source = nearby(parts.store, film.material.source_key, parts.settings.scratch)
    probe, frames = film.probe, film.frames
    proxy = film.material.keys.get(RenditionName.P720) or film.material.keys.get(RenditionName.P360)
    plays_as_it_is = {RenditionName.VIRTUAL, RenditionName.REMUX} & film.material.keys.keys()
    if proxy is not None and not plays_as_it_is:
        source = nearby(parts.store, proxy, parts.settings.scratch)
        probe = inspect(source, _folder(attempt, "look"), cancelled=attempt.cancelled.is_set).probe
    board = make_storyboard(
        source,
        probe,
        frames,
        _folder(attempt, "storyboard"),
        nice=_NICE,
        cancelled=attempt.cancelled.is_set,
    )
    return keep(
        parts.store,
        board.vtt,
        video_id=film.material.video_id,
        name=RenditionName.STORYBOARD,
        attempt=attempt.prefix,
        beside=board.sheets,
    )


def _sound(attempt: Attempt, parts: WorkerParts, film: Inspected) -> list[Made]:
    source = nearby(parts.store, film.material.source_key, parts.settings.scratch)
    found = make_sound_map(
        source, film.probe, _folder(attempt, "sound"), nice=_NICE, cancelled=attempt.cancelled.is_set
    )
    files = ((RenditionName.WAVEFORM, found.waveform), (RenditionName.SPEECH, found.speech))
    return [
        keep(parts.store, path, video_id=film.material.video_id, name=name, attempt=attempt.prefix)
        for name, path in files
    ]


def _folder(attempt: Attempt, name: str) -> Path:
    path = attempt.scratch / name
    path.mkdir()
    return path
