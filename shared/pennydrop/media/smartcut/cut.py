"""Cuts an exact clip: encodes what lies beside the cuts, copies the rest, writes a clean MP4."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pennydrop.media.mp4.boxes import Mp4Unreadable, ReadAt
from pennydrop.media.mp4.entries import clean_entry, configuration, video_entry
from pennydrop.media.mp4.index import Mp4Index
from pennydrop.media.mp4.kept import Kept, keep_sound
from pennydrop.media.mp4.tables import Ints
from pennydrop.media.smartcut.encode import Encoded, encode_piece
from pennydrop.media.smartcut.h264 import IDR, CannotSmartCut, Configuration, SpsFacts, slice_kind
from pennydrop.media.smartcut.join import Pictures, ReadSample, join
from pennydrop.media.smartcut.plan import CutPlan, FrameOrder, plan_cut
from pennydrop.media.smartcut.write import write_clip

# Decoding up to a clip whose keyframe lies further back takes longer than encoding the clip anew.
MAX_LEAD_IN = 900
# A slice begins within the first bytes of a sample, after parameter sets and messages.
SAMPLE_HEAD = 16 << 10


@dataclass(frozen=True, slots=True)
class CutReport:
    """What became of a clip's frames, and how long it is."""

    encoded: int
    copied: int
    duration_ms: int
    size: int

    @property
    def frames(self) -> int:
        return self.encoded + self.copied


def can_smart_cut(index: Mp4Index) -> str | None:
    """Return why the film can't be cut without encoding the whole clip anew, or None when it can.

    What only the pictures themselves tell is found while cutting: `smart_cut` raises `CannotSmartCut` then.
    """
    try:
        refuse_unfit(index)
    except (CannotSmartCut, Mp4Unreadable) as unfit:
        return unfit.reason
    return None


def smart_cut(read_at: ReadAt, index: Mp4Index, frames: range, out: Path, *, threads: int = 2) -> CutReport:
    """Write frames [frames.start, frames.stop) of the film, numbered as its frame table does, to `out`.

    Raises `CannotSmartCut` when the film doesn't allow it; the clip must then be encoded whole.
    """
    refuse_unfit(index)
    track = index.video
    source = track.samples
    order = FrameOrder(track)
    order.refuse_doubles()

    def read_sample(number: int, most: int | None = None) -> bytes:
        size = int(source.sizes[number])
        return read_at(int(source.offsets[number]), size if most is None else min(size, most))

    start, end = order.places_of(frames)
    plan = plan_cut(order, _idr_entries(read_sample, order, start, end), start, end)
    if start - plan.head.decode_from > MAX_LEAD_IN:
        raise CannotSmartCut("The film's keyframes lie too far apart.")
    start_tick, end_tick = order.ticks_of(frames)
    pictures, entry = _pictures(read_sample, order, plan, threads, end_tick)
    video = Kept(track, entry, pictures.samples, start_tick, end_tick)
    sound = keep_sound(index.sound, video.begins, video.ends) if index.sound else None
    size = write_clip(out, read_at, video, pictures.new, sound, movie_matrix=index.movie_matrix)
    return CutReport(
        encoded=len(plan.head) + len(plan.tail),
        copied=plan.copied,
        duration_ms=(end_tick - start_tick) * 1000 // track.timescale,
        size=size,
    )


def refuse_unfit(index: Mp4Index) -> None:
    """Raise `CannotSmartCut` or `Mp4Unreadable` where the film can't be cut without encoding it anew."""
    track = index.video
    if track.codec != "avc1":
        raise CannotSmartCut("The pictures aren't plain H.264.")
    configured = Configuration.parse(configuration(track))
    if configured.length_size != 4 or not configured.sps or not configured.pps:
        raise CannotSmartCut("The pictures are stored in an unusual way.")
    for sps in configured.sps:
        facts = SpsFacts.parse(sps)
        if (facts.chroma, facts.bits) != (1, 8):
            raise CannotSmartCut("The pictures aren't 8-bit 4:2:0.")
        if not facts.progressive:
            raise CannotSmartCut("The pictures are interlaced.")
    if index.sound:
        clean_entry(index.sound)
    elif any(ignored.kind == "sound" for ignored in index.ignored):
        raise CannotSmartCut("The sound isn't AAC.")


def _idr_entries(read_sample: ReadSample, order: FrameOrder, start: int, end: int) -> Ints:
    """Return the last sample up to `start` at which decoding can begin, and all those inside the clip."""

    def is_idr(number: int) -> bool:
        return slice_kind(read_sample(number, SAMPLE_HEAD)) == IDR

    candidates = order.entries
    before = candidates[(candidates <= start) & (candidates >= start - MAX_LEAD_IN)]
    last = next(([number] for number in before[::-1].tolist() if is_idr(number)), [])
    inside = candidates[(candidates > start) & (candidates < end)].tolist()
    return np.array([*last, *filter(is_idr, inside)], np.int64)


def _pictures(
    read_sample: ReadSample, order: FrameOrder, plan: CutPlan, threads: int, end_tick: int
) -> tuple[Pictures, bytes]:
    """Encode both ends at the same time; return the whole clip's pictures and their sample entry."""
    avcc = configuration(order.track)
    configured = Configuration.parse(avcc)
    pieces = [piece for piece in (plan.head, plan.tail) if len(piece)]
    if not pieces:
        return join(order, plan, None, None, configured, read_sample, end_tick), clean_entry(order.track)
    set_id = configured.free_id()

    def encode(at: int) -> Encoded:
        return encode_piece(read_sample, order, pieces[at], avcc=avcc, set_id=set_id, threads=threads)

    with ThreadPoolExecutor(min(threads, len(pieces))) as pool:
        encoded = list(pool.map(encode, range(len(pieces))))
    head = encoded[0] if len(plan.head) else None
    tail = encoded[-1] if len(plan.tail) else None
    entry = video_entry(order.track, configured.with_sets(encoded[0].sps, encoded[0].pps))
    return join(order, plan, head, tail, configured, read_sample, end_tick), entry
