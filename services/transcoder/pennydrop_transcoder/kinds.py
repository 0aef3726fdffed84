"""Which jobs the transcoder knows how to do."""

from __future__ import annotations

from pennydrop.chunks.done import chunk_failed
from pennydrop.jobs.kinds import Kind
from pennydrop.jobs.models import Queue
from pennydrop.videos.failing import video_failed
from pennydrop.videos.progress import CHUNK, PROXIES, SOUND
from pennydrop_transcoder.videos.chunk import chunk
from pennydrop_transcoder.videos.proxies import proxies

# Four hours of film at a third of real time on a slow machine, with room to spare.
_LONGEST_S = 24 * 3600.0

KINDS: tuple[Kind, ...] = (
    Kind(PROXIES, Queue.TRANSCODE, proxies, limit_s=_LONGEST_S, on_failed=video_failed),
    Kind(CHUNK, Queue.TRANSCODE, chunk, limit_s=_LONGEST_S, on_failed=chunk_failed),
    Kind(SOUND, Queue.SOUND, chunk, limit_s=_LONGEST_S, on_failed=chunk_failed),
)
