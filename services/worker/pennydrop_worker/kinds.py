"""Which jobs the worker knows how to do."""

from __future__ import annotations

from pennydrop.care.erasures import REMEMBER
from pennydrop.jobs.kinds import Kind
from pennydrop.jobs.models import Queue
from pennydrop.storage.later import FORGET
from pennydrop.storage.sweep import SWEEP
from pennydrop.uploads.prove import PROVE
from pennydrop.videos.failing import extra_failed, video_failed
from pennydrop.videos.progress import CLIP_FILE, CLIP_ORIGINAL, EXTRAS, INGEST, POSTER
from pennydrop_worker.clips.original import original, original_failed
from pennydrop_worker.clips.render import render, render_failed
from pennydrop_worker.storage.tidy import (
    drop_retired_chunks,
    forget_objects,
    remember_erasure,
    sweep_objects,
)
from pennydrop_worker.uploads.proof import expire, prove
from pennydrop_worker.videos.extras import extras
from pennydrop_worker.videos.ingest import ingest
from pennydrop_worker.videos.poster import poster

_HOUR = 3600.0

# Limits are far above any honest run; the sandbox stops a child long before.
KINDS: tuple[Kind, ...] = (
    Kind(INGEST, Queue.INTERACTIVE, ingest, limit_s=_HOUR, on_failed=video_failed),
    Kind(POSTER, Queue.INTERACTIVE, poster, limit_s=300, on_failed=extra_failed),
    Kind(CLIP_FILE, Queue.INTERACTIVE, render, limit_s=900, on_failed=render_failed),
    Kind(CLIP_ORIGINAL, Queue.INTERACTIVE, original, limit_s=900, on_failed=original_failed),
    Kind(EXTRAS, Queue.BULK, extras, limit_s=2 * _HOUR, on_failed=extra_failed),
    Kind(PROVE, Queue.BULK, prove, limit_s=2 * _HOUR),
    Kind(FORGET, Queue.BULK, forget_objects, limit_s=_HOUR),
    Kind(REMEMBER, Queue.BULK, remember_erasure, limit_s=300),
    Kind(SWEEP, Queue.BULK, sweep_objects, limit_s=_HOUR, every_s=_HOUR),
    Kind("chunks.retired", Queue.BULK, drop_retired_chunks, limit_s=300, every_s=900),
    Kind("uploads.expire", Queue.BULK, expire, limit_s=_HOUR, every_s=_HOUR),
)
