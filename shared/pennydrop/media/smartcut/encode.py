"""Decodes a few frames out of a film and encodes them as H.264 that can stand beside the film's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame

from pennydrop.media.smartcut.h264 import (
    PPS,
    SEI,
    SPS,
    CannotSmartCut,
    is_disposable,
    join_sample,
    kind,
    split_annex_b,
)
from pennydrop.media.smartcut.plan import FrameOrder, Piece

# A second or less at each end: quick to make, hard to tell from the film itself, whatever size it takes.
QUALITY = {"preset": "ultrafast", "crf": "18"}
# No picture may refer across a splice, nor wait for one that comes later.
SPLICEABLE = "bframes=0:keyint=infinite:scenecut=0:rc-lookahead=0:sync-lookahead=0:sliced-threads=0"


@dataclass(frozen=True, slots=True)
class Encoded:
    """Frames encoded anew: a sample and its time each, the first a keyframe, and their parameter sets."""

    samples: list[bytes]
    pts: list[int]
    sps: bytes
    pps: bytes


def encode_piece(
    read_sample: Callable[[int], bytes],
    order: FrameOrder,
    piece: Piece,
    *,
    avcc: bytes,
    set_id: int,
    threads: int,
) -> Encoded:
    """Encode the frames of `piece` with parameter sets numbered `set_id`; times stay the film's own.

    Raises `CannotSmartCut` when not every frame can be decoded.
    """
    time_base = Fraction(1, order.track.timescale)
    encoder: VideoCodecContext | None = None
    packets: list[tuple[bytes, int]] = []
    count = 0
    for decoder, frame in _decode(read_sample, order, piece, avcc, threads):
        if encoder is None:
            encoder = _encoder_like(decoder, frame, time_base, set_id, threads)
        frame.pict_type = PictureType.NONE
        frame.time_base = time_base
        packets += _packets(encoder, frame)
        count += 1
    if encoder is None or count != len(piece):
        raise CannotSmartCut("Some of the film's pictures beside the cut can't be decoded.")
    packets += _packets(encoder, None)
    return _encoded(packets)


def _decode(
    read_sample: Callable[[int], bytes], order: FrameOrder, piece: Piece, avcc: bytes, threads: int
) -> Iterator[tuple[VideoCodecContext, VideoFrame]]:
    """Yield the piece's frames in the order they are shown."""
    pts = order.track.samples.pts
    first, last = int(pts[order.samples[piece.start]]), int(pts[order.samples[piece.end - 1]])
    decoder = av.CodecContext.create("h264", "r")
    decoder.extradata = avcc
    decoder.thread_count = threads
    # No sample after the last wanted one in decoding order is needed; flushing gives up what is left.
    needed = int(order.samples[piece.start : piece.end].max()) + 1
    for number in [*range(piece.decode_from, needed), None]:
        packet = None
        if number is not None:
            sample = read_sample(number)
            if pts[number] < first and is_disposable(sample):
                continue
            packet = av.Packet(sample)
            packet.pts = int(pts[number])
        for frame in decoder.decode(packet):
            if frame.pts is not None and first <= frame.pts <= last:
                yield decoder, frame


def _encoder_like(
    decoder: VideoCodecContext, frame: VideoFrame, time_base: Fraction, set_id: int, threads: int
) -> VideoCodecContext:
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height = frame.width, frame.height
    encoder.pix_fmt = frame.format.name
    encoder.time_base = time_base
    encoder.framerate = Fraction(30)
    encoder.thread_count = threads
    if decoder.sample_aspect_ratio:
        encoder.sample_aspect_ratio = decoder.sample_aspect_ratio
    encoder.color_range = frame.color_range
    encoder.color_primaries = frame.color_primaries
    encoder.color_trc = frame.color_trc
    encoder.colorspace = frame.colorspace
    encoder.options = {**QUALITY, "x264-params": f"sps-id={set_id}:{SPLICEABLE}"}
    return encoder


def _packets(encoder: VideoCodecContext, frame: VideoFrame | None) -> list[tuple[bytes, int]]:
    return [(bytes(packet), packet.pts or 0) for packet in encoder.encode(frame)]


def _encoded(packets: list[tuple[bytes, int]]) -> Encoded:
    samples: list[bytes] = []
    sets: dict[int, bytes] = {}
    for stream, _ in packets:
        nals = list(split_annex_b(stream))
        sets |= {kind(nal): nal for nal in nals if kind(nal) in (SPS, PPS)}
        samples.append(join_sample([nal for nal in nals if kind(nal) not in (SPS, PPS, SEI)]))
    return Encoded(samples, [pts for _, pts in packets], sets[SPS], sets[PPS])
