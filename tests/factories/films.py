"""Small films whose pixels know the time.

Every frame carries a 24-bit counter in its top strip, and a beep of 1 kHz sounds at every full second. A
counter `c` belongs at `c / FPS` seconds, whatever happens to the file later, so a test can read off what a
cut, a seek or a rendition really shows. `FilmShelf` makes each kind of film once and keeps it.
"""

from __future__ import annotations

import subprocess
import wave
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from tests.factories.boxes import with_dolby_vision, with_stretches

FPS = 30
BITS = 24
RATE = 48000
SECONDS = 4

X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p"]
# One thread: libvpx needs eight times as long for so small a picture with two.
REALTIME = ["-threads", "1", "-deadline", "realtime", "-cpu-used", "8", "-g", "30", "-b:v", "1M"]
# As phones make it, with B-frames: pictures are shown in another order than they are stored.
PHONE = ["-c:v", "libx264", "-preset", "veryfast", "-g", "30", "-bf", "2", "-pix_fmt", "yuv420p"]
AAC = ["-c:a", "aac", "-b:a", "96k"]
HLG = ["-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace", "bt2020nc"]
PQ = ["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc"]


def x265() -> list[str]:
    quick = ["-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1"]
    return [*quick, "-x265-params", "log-level=none:keyint=30"]


def ffmpeg(*arguments: str | Path, stdin: bytes | None = None) -> bytes:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    if stdin is not None:
        command.remove("-nostdin")
    done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@lru_cache(maxsize=4)
def pixels(width: int, height: int, seconds: float) -> bytes:
    """Raw yuv420p frames: a moving picture under a strip that spells the frame's number."""
    count = round(seconds * FPS)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    chroma_w, chroma_h = (width + 1) // 2, (height + 1) // 2
    strip, left, right = max(8, height // 9), width // 10, width - width // 10
    column = np.clip(((np.arange(width) - left) * BITS) // max(1, right - left), 0, BITS - 1)
    frames = []
    for number in range(count):
        luma = 110 + 60 * np.sin((x + 3 * number) / 17) * np.cos((y - number) / 23)
        luma = np.clip(luma, 16, 235).astype(np.uint8)
        row = np.where((number >> (BITS - 1 - column)) & 1, 220, 30).astype(np.uint8)
        row[:left] = row[right:] = 30
        luma[:strip] = row
        # A corner that is bright on the left only: a mirrored picture shows.
        luma[-strip:, : width // 4] = 235
        blue = np.full((chroma_h, chroma_w), 118 + (number % 20), np.uint8)
        red = np.full((chroma_h, chroma_w), 140, np.uint8)
        frames.append(luma.tobytes() + blue.tobytes() + red.tobytes())
    return b"".join(frames)


def write_beeps(path: Path, seconds: float) -> Path:
    """40 ms of 1 kHz at each full second, over a whisper of noise."""
    t = np.arange(round(seconds * RATE)) / RATE
    sound = np.where(t % 1.0 < 0.04, 0.5 * np.sin(2 * np.pi * 1000 * t), 0.0)
    sound += np.random.default_rng(7).normal(0, 0.0005, len(t))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((sound * 32767).astype("<i2").tobytes())
    return path


def encode(
    path: Path,
    *options: str,
    width: int = 320,
    height: int = 180,
    seconds: float = SECONDS,
    sound: bool = True,
    filters: str = "",
) -> Path:
    """Encode the counting film into `path` with ffmpeg's output `options`."""
    inputs = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}", "-r", str(FPS), "-i", "-"]
    if sound:
        beeps = write_beeps(path.with_suffix(".wav"), seconds)
        inputs += ["-i", str(beeps), "-map", "0:v", "-map", "1:a"]
    chain = ["-vf", filters] if filters else []
    ffmpeg(*inputs, *chain, *options, path, stdin=pixels(width, height, seconds))
    return path


def a_phone_film(path: Path, **size: float) -> Path:
    """H.264 with B-frames and AAC in plain MP4, as most phones write it."""
    return encode(path, *PHONE, *AAC, **size)  # type: ignore[arg-type]


def a_rotated_film(path: Path, degrees: int) -> Path:
    """Upright content, stored on its side with a display matrix that turns it back."""
    turn = {90: "transpose=1", 180: "hflip,vflip", 270: "transpose=2"}[degrees]
    width, height = (320, 180) if degrees == 180 else (180, 320)
    side = encode(
        path.with_name(f"side-{degrees}.mp4"), *X264, *AAC, filters=turn, width=width, height=height
    )
    ffmpeg("-i", side, "-c", "copy", "-metadata:s:v", f"rotate={degrees}", path)
    return path


def a_vfr_film(path: Path, *options: str) -> Path:
    """Frames dropped at random, the others at their own times: 1/30 s, 2/30 s and longer gaps."""
    keep = "select='eq(mod(n,30),0)+gt(mod(n*7919,11),4)'"
    times = ["-fps_mode", "vfr", "-enc_time_base", "1:90000", "-video_track_timescale", "90000"]
    return encode(path, *(options or (*X264, "-bf", "2")), *times, *AAC, filters=keep)


def a_recorder_film(path: Path, *codecs: str) -> Path:
    """What a browser's MediaRecorder leaves behind: a stream without duration and without index."""
    whole = encode(path.with_suffix(".whole.mkv"), *codecs, "-f", "matroska")
    kind = "webm" if "libvpx" in codecs or "libvpx-vp9" in codecs else "matroska"
    path.write_bytes(ffmpeg("-i", whole, "-c", "copy", "-f", kind, "-live", "1", "pipe:1"))
    return path


def an_old_phone_film(path: Path) -> Path:
    """H.263 and AMR in 3GP. ffmpeg's own build has no AMR encoder, PyAV's has."""
    pictures = encode(
        path.with_suffix(".h263.mkv"), "-c:v", "h263", "-q:v", "3", width=176, height=144, sound=False
    )
    beeps = write_beeps(path.with_suffix(".wav"), SECONDS)
    speech = path.with_suffix(".amr")
    with av.open(str(beeps)) as wav, av.open(str(speech), "w", format="amr") as amr:
        track = amr.add_stream("libopencore_amrnb", rate=8000, layout="mono")
        track.bit_rate = 12200
        resampler = av.AudioResampler("s16", "mono", 8000)
        for frame in [*wav.decode(audio=0), None]:
            for piece in resampler.resample(frame):
                amr.mux(track.encode(piece))
        amr.mux(track.encode(None))
    ffmpeg("-i", pictures, "-i", speech, "-map", "0:v", "-map", "1:a", "-c", "copy", "-f", "3gp", path)
    return path


def a_film_that_starts_inside(path: Path) -> Path:
    """Cut by copy at 1.3 s: an edit list hides the frames from the keyframe before it to frame 39."""
    whole = a_phone_film(path.with_suffix(".whole.mp4"))
    ffmpeg("-ss", "1.3", "-i", whole, "-c", "copy", path)
    return path


def a_shifted_film(path: Path, *, video_late: float = 0, audio_late: float = 0, both_late: float = 0) -> Path:
    """One track begins later than the other, or both later than zero. Beeps stay with their frames."""
    whole = a_phone_film(path.with_suffix(".whole.mp4"))
    first_frame, first_sound = str(video_late), str(audio_late)
    cut = path.with_suffix(".cut.mkv")
    chain = f"[0:v]trim=start={first_frame}[v];[0:a]atrim=start={first_sound}[a]"
    ffmpeg("-i", whole, "-filter_complex", chain, "-map", "[v]", "-map", "[a]", *X264, *AAC, "-copyts", cut)
    ffmpeg("-copyts", "-i", cut, "-c", "copy", "-output_ts_offset", str(both_late), path)
    return path


def a_film_with_a_clock_that_wraps(path: Path) -> Path:
    """MPEG-TS counts to 26.5 hours and begins again: here after 3.7 seconds of film."""
    whole = a_phone_film(path.with_suffix(".whole.mp4"))
    ffmpeg("-i", whole, "-c", "copy", "-output_ts_offset", "95440", "-f", "mpegts", path)
    return path


def a_joined_film(path: Path) -> Path:
    """An edit list that shows the first second and the third, and hides what lies between."""
    return with_stretches(a_phone_film(path), (0, 1000), (2000, 1000))


def a_film_with_silent_track(path: Path) -> Path:
    """A sound track is announced, and nothing is ever in it."""
    whole = a_phone_film(path.with_suffix(".whole.mp4"))
    # Begins after the picture's end, and is cut there.
    ffmpeg("-i", whole, "-itsoffset", "9", "-i", whole, *("-map", "0:v", "-map", "1:a", "-c", "copy"), path)
    return path


def a_located_film(path: Path) -> Path:
    """It says where it was filmed, who by and with what, in every place where phones write that."""
    where = "+51.5034-000.1276/"
    tags = [
        f"location={where}",
        f"com.apple.quicktime.location.ISO6709={where}",
        "make=Phonemaker",
        "artist=Ada",
    ]
    flags = [word for tag in tags for word in ("-metadata", tag)]
    return encode(path, *X264, *AAC, *flags, "-movflags", "use_metadata_tags", "-timecode", "10:00:00:00")


MAKERS: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "phone": ("mp4", a_phone_film),
    "phone_720": ("mp4", lambda p: encode(p, *X264, *AAC, width=1280, height=720, seconds=3)),
    "rotated_90": ("mp4", lambda p: a_rotated_film(p, 90)),
    "rotated_180": ("mp4", lambda p: a_rotated_film(p, 180)),
    "rotated_270": ("mov", lambda p: a_rotated_film(p, 270)),
    "vfr": ("mp4", a_vfr_film),
    "hevc": ("mp4", lambda p: encode(p, *x265(), "-pix_fmt", "yuv420p", *AAC)),
    "hevc_vfr": ("mp4", lambda p: a_vfr_film(p, *x265(), "-pix_fmt", "yuv420p")),
    "hevc_hlg": ("mov", lambda p: encode(p, *x265(), "-pix_fmt", "yuv420p10le", *HLG, *AAC)),
    "hevc_pq": ("mp4", lambda p: encode(p, *x265(), "-pix_fmt", "yuv420p10le", *PQ, *AAC)),
    "dolby_8_4": ("mov", lambda p: with_dolby_vision(MAKERS["hevc_hlg"][1](p), profile=8, compatible=4)),
    "dolby_5": ("mp4", lambda p: with_dolby_vision(MAKERS["hevc_pq"][1](p), profile=5, compatible=0)),
    "edit_list": ("mp4", a_film_that_starts_inside),
    "late_video": ("mp4", lambda p: a_shifted_film(p, video_late=0.5)),
    "late_audio": ("mp4", lambda p: a_shifted_film(p, audio_late=0.7)),
    "late_both": ("mp4", lambda p: a_shifted_film(p, both_late=2)),
    "late_video_hevc": (
        "mkv",
        lambda p: encode_again(a_shifted_film(p.with_suffix(".mp4"), video_late=0.5), p),
    ),
    "fragmented": (
        "mp4",
        lambda p: encode(p, *X264, *AAC, "-movflags", "frag_keyframe+delay_moov+default_base_moof"),
    ),
    "fragmented_phone": (
        "mp4",
        lambda p: encode(p, *PHONE, *AAC, "-movflags", "frag_keyframe+empty_moov+default_base_moof"),
    ),
    "late_phone": (
        "mkv",
        lambda p: encode(p, *PHONE, *AAC, "-output_ts_offset", "5"),
    ),
    "progressive_camcorder": ("mts", lambda p: encode(p, *PHONE, "-c:a", "ac3", "-f", "mpegts")),
    "uncompressed_sound": ("mov", lambda p: encode(p, *PHONE, "-c:a", "pcm_s16le")),
    "clock_wraps": ("ts", a_film_with_a_clock_that_wraps),
    "joined": ("mp4", a_joined_film),
    "h264_avi": ("avi", lambda p: encode(p, *PHONE, "-c:a", "pcm_s16le")),
    "silent_track": ("mkv", a_film_with_silent_track),
    "silent_track_mp4": ("mp4", a_film_with_silent_track),
    "recorder_vp8": ("webm", lambda p: a_recorder_film(p, "-c:v", "libvpx", *REALTIME, "-c:a", "libopus")),
    "recorder_vp9": (
        "webm",
        lambda p: a_recorder_film(p, "-c:v", "libvpx-vp9", *REALTIME, "-c:a", "libopus"),
    ),
    "recorder_h264": ("webm", lambda p: a_recorder_film(p, *X264, "-c:a", "libopus")),
    "old_phone": ("3gp", an_old_phone_film),
    "mjpeg": (
        "avi",
        lambda p: encode(p, "-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"),
    ),
    "camcorder": (
        "mts",
        lambda p: encode(
            p, *X264, "-flags", "+ilme+ildct", "-x264-params", "tff=1", "-c:a", "ac3", "-f", "mpegts"
        ),
    ),
    "tape": (
        "dv",
        lambda p: encode(
            *(p, "-c:v", "dvvideo", "-c:a", "pcm_s16le", "-ac", "2", "-r", "30000/1001"),
            width=720,
            height=480,
            filters="setsar=8/9,format=yuv411p",
        ),
    ),
    "mpeg2": (
        "mpg",
        lambda p: encode(p, "-c:v", "mpeg2video", "-q:v", "4", "-g", "15", "-bf", "2", "-c:a", "mp2"),
    ),
    "silent": ("mp4", lambda p: encode(p, *X264, sound=False)),
    "data_track": ("mov", lambda p: encode(p, *X264, *AAC, "-timecode", "10:00:00:00")),
    "odd_size": ("mp4", lambda p: encode(p, "-c:v", "mpeg4", "-q:v", "4", *AAC, width=321, height=181)),
    "wide_pixels": ("mp4", lambda p: encode(p, *X264, *AAC, filters="setsar=4/3", width=240, height=180)),
    "located": ("mov", a_located_film),
    "fast_120": ("mp4", lambda p: encode(p, *X264, "-r", "120", filters="settb=1/120,setpts=N", sound=False)),
    "opus_mp4": ("mp4", lambda p: encode(p, *X264, "-c:a", "libopus")),
    "sound_only": ("m4a", lambda p: sound_only(p)),
}


def encode_again(source: Path, path: Path) -> Path:
    """The same frames and sounds at the same times, as HEVC in Matroska."""
    ffmpeg(
        "-copyts", "-i", source, "-fps_mode", "vfr", "-enc_time_base", "1:1000", *x265(), "-c:a", "copy", path
    )
    return path


def sound_only(path: Path) -> Path:
    ffmpeg("-i", write_beeps(path.with_suffix(".wav"), SECONDS), *AAC, path)
    return path


class FilmShelf:
    """Makes each kind of film when it is first asked for, and hands out the same file afterwards."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, kind: str) -> Path:
        suffix, make = MAKERS[kind]
        path = self._folder / kind / f"{kind}.{suffix}"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make(path)
        return path


def upright(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """The frame's luma as a player shows it."""
    gray = frame.reformat(format="gray").to_ndarray()
    return np.asarray(np.rot90(gray, (frame.rotation // 90) % 4), np.uint8)


def counter_of(luma: NDArray[np.uint8]) -> int:
    """The number spelled in the top strip."""
    height, width = luma.shape
    left, right = width / 10, width - width / 10
    strip = luma[2 : max(5, height // 9 - 2)].mean(axis=0)
    size = (right - left) / BITS
    number = 0
    for bit in range(BITS):
        middle = left + (bit + 0.5) * size
        block = strip[round(middle - size / 4) : round(middle + size / 4) + 1]
        number = number << 1 | int(block.mean() > 125)
    return number


def read_counters(path: Path) -> list[tuple[float, int]]:
    """(time in ms, counter) of each frame that a player shows, in order."""
    with av.open(str(path)) as film:
        return [(1000 * frame.time, counter_of(upright(frame))) for frame in film.decode(video=0)]


def beep_times(path: Path) -> list[float]:
    """When each beep begins, in ms on the file's own timeline."""
    # first_pts keeps the sound on the file's clock when it begins late.
    raw = ffmpeg(
        "-copyts",
        "-i",
        path,
        "-map",
        "0:a:0",
        "-af",
        f"aresample={RATE}:async=1:first_pts=0",
        "-ac",
        "1",
        "-f",
        "f32le",
        "-",
    )
    sound = np.frombuffer(raw, np.float32)
    tone = np.exp(-2j * np.pi * 1000 * np.arange(len(sound)) / RATE)
    loud = np.abs(np.convolve(sound * tone, np.ones(480) / 480, "same"))
    high = loud > 0.1
    starts = np.flatnonzero(high[1:] & ~high[:-1]) + 1
    # The envelope crosses its threshold about 1 ms before the middle of its 10 ms window meets the beep.
    return [1000 * start / RATE + 1 for start in starts]


def av_offset_ms(path: Path, *, lead_ms: float = 0) -> float:
    """How far the sound lies behind the picture, at the worst beep, beyond a known `lead_ms`."""
    seen = {counter: time for time, counter in read_counters(path)}
    marks = [time for counter, time in seen.items() if counter % FPS == 0]
    offsets = []
    for beep in beep_times(path):
        if marks:
            nearest = min(marks, key=lambda mark: abs(mark - beep))
            if abs(nearest - beep) < 450:
                offsets.append(beep - nearest - lead_ms)
    assert offsets, "no beep meets its frame"
    return max(offsets, key=abs)
