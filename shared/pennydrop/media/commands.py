"""Every ffmpeg command line there is, as data. Pure: nothing here starts a process.

The rule of time, everywhere: 0 is when the source's first frame is shown. `-copyts` keeps the file's own
clock, and `probe.video.start` is taken off it in the filters, so that a frame has the same time in every
output. Sound before 0 is cut, a gap before its first sample is filled with silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import ffmpeg

from pennydrop.media.chunks import SEGMENT_S
from pennydrop.media.plan import Plan, Size, encoded_in_remux
from pennydrop.media.probe import AUDIO_DECODERS, FORMATS, VIDEO_DECODERS, Probe
from pennydrop.media.sandbox import program, source_path

# Divides every frame rate that cameras use, 24000/1001 to within 6 µs.
TICKS = 90_000
SOUND_RATE = 48_000
SOUND_BITS = "128k"
# AAC's encoder puts 1024 samples of silence in front. They take the place of the first 21 ms, so that nothing
# has a negative time: in HLS that would move the picture, and MP4 would need an edit list.
AAC_PRIMING = 1024
# Half a millisecond: below the distance of two frames, above the rounding of any container's clock.
HALF_MS = TICKS // 2000
# The n-th forced keyframe of ffmpeg's usual expression falls behind at a gap; the last one's time doesn't.
KEY_EACH_SECOND = "expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+0.999))"
KEEP_TO_60 = "isnan(prev_selected_t)+gte(t-prev_selected_t,1/61)"
PEAK_BITS = {"720p": ("5M", "10M"), "360p": ("1500k", "3M")}

# 203 cd/m² is where HLG and PQ put white paper (ITU-R BT.2408), so that faces keep their brightness.
TO_LINEAR = {"t": "linear", "npl": 203}
MOBIUS = {"tonemap": "mobius", "param": 0.7, "desat": 0}


def proxies(probe: Probe, plan: Plan, *, threads: int = 0) -> list[str]:
    """Make every rendition of `plan` in one process, as `<name>.mp4`."""
    pictures = _pictures(_video(probe, plan), plan)
    streams = [*pictures, *_sounds(probe)]
    has_sound = len(streams) > len(pictures)
    outputs = [
        _slave(f"{size.name}.mp4", number, has_sound, f="mp4", **_MP4)
        for number, size in enumerate(plan.sizes)
    ]
    options = {**_x264(plan, threads), **_aac(probe), "force_key_frames": KEY_EACH_SECOND}
    for number, size in enumerate(plan.sizes):
        options[f"maxrate:v:{number}"], options[f"bufsize:v:{number}"] = PEAK_BITS[size.name]
    # The tee muxer doesn't ask the encoders for headers of their own, as MP4 needs them.
    made = ffmpeg.output(*streams, "|".join(outputs), f="tee", flags="+global_header", **options, **_CLEAN)
    return _argv(made)


def chunk(
    probe: Probe,
    plan: Plan,
    *,
    start: Fraction,
    end: Fraction | None,
    seek: Fraction,
    keyframes: Sequence[Fraction],
    live: bool,
    threads: int,
) -> list[str]:
    """Make the pictures shown in [start, end) of every rendition, on the film's own time.

    Of each come `<name>_init.mp4` and `<name>_00000.m4s`; with `live`, the largest comes in segments.
    `end` is None for the film's last chunk, `seek` the time of a keyframe at or before `start`, in seconds.
    """
    video = _video(probe, replace(plan, max_rate=None), seek=seek)
    bounds = {"start_pts": round(start * TICKS) - HALF_MS}
    if end is not None:
        bounds["end_pts"] = round(end * TICKS) - HALF_MS
    video = video.filter("trim", **bounds)
    if plan.max_rate:
        video = video.filter("select", KEEP_TO_60)
    # Half a millisecond early, or rounding puts the keyframe one frame late.
    forced = ",".join(_seconds(max(Fraction(0), key - Fraction(1, 2000))) for key in keyframes)
    outputs = []
    for number, (size, picture) in enumerate(zip(plan.sizes, _pictures(video, plan), strict=True)):
        peak, buffer = PEAK_BITS[size.name]
        options = {**_x264(plan, threads), "force_key_frames": forced, "maxrate": peak, "bufsize": buffer}
        seconds = SEGMENT_S if live and number == 0 else None
        outputs.append(
            ffmpeg.output(picture, f"{size.name}.m3u8", **options, **_segments(size.name, seconds))
        )
    return _argv(ffmpeg.merge_outputs(*outputs))


def sound(probe: Probe, *, segment_s: Fraction | None) -> list[str]:
    """Encode the whole sound once, as `sound_init.mp4` and `sound_00000.m4s`; with `segment_s`, in segments.

    It lasts as long as the picture: where it ends earlier, silence follows.
    """
    (heard,) = _sounds(probe, pad=True)
    return _argv(ffmpeg.output(heard, "sound.m3u8", **_aac(probe), **_segments("sound", segment_s)))


def join(names: Sequence[str], *, has_sound: bool) -> list[str]:
    """Put `<name>.mp4` together, by copying, of its pictures and the sound, which are the sources in turn."""
    pictures = [_opened(number)["v"] for number in range(len(names))]
    heard = [_opened(len(names))["a"]] if has_sound else []
    options = {"f": "mp4", "c": "copy", **_CLEAN, **_MP4}
    outputs = [
        ffmpeg.output(picture, *heard, f"{name}.mp4", **options)
        for name, picture in zip(names, pictures, strict=True)
    ]
    return _argv(ffmpeg.merge_outputs(*outputs))


def remux(probe: Probe, *, webm: bool) -> list[str]:
    """Copy the streams into `watch.mp4` or `watch.webm`, with an index in front and nothing else.

    Sound that browsers can't play from the new file is encoded.
    """
    source = _input(probe)
    options: dict[str, Any] = {"c:v": "copy", "avoid_negative_ts": "disabled"}
    if webm:
        # As an output option, -ss drops what comes before and takes the time off the rest.
        options["ss"] = _seconds(probe.video.start)
    else:
        # There -ss would go by when pictures are decoded: with B-frames it loses the first group of pictures.
        # MP4 can hold what comes before 0, hidden by an edit list.
        options["output_ts_offset"] = _seconds(-probe.video.start)
    streams = [source[str(probe.video.index)]]
    if probe.audio is not None:
        streams.append(source[str(probe.audio.index)])
        options |= {"c:a": "copy"}
        if encoded_in_remux(probe.audio.codec):
            options |= {"c:a": "aac", "b:a": SOUND_BITS, "ac": min(2, probe.audio.channels)}
    if webm:
        made = ffmpeg.output(*streams, "watch.webm", f="webm", cues_to_front=1, **options, **_CLEAN)
    else:
        made = ffmpeg.output(*streams, "watch.mp4", f="mp4", **options, **{**_CLEAN, **_MP4})
    return _argv(made)


def clip(
    probe: Probe, plan: Plan, *, start: Fraction, end: Fraction, seek: Fraction, size: Size
) -> list[str]:
    """Encode every frame shown in [start, end) anew, as `clip.mp4`; both are times of frames, in seconds.

    `seek` is where reading begins: the time of a keyframe at or before `start`.
    """
    first, after = round(start * TICKS), round(end * TICKS)
    video = _video(probe, replace(plan, max_rate=None), seek=seek)
    video = video.filter("trim", start_pts=first - HALF_MS, end_pts=after - HALF_MS)
    video = video.filter("setpts", f"PTS-{first}")
    streams = [_sized(video, plan, size), *_sounds(probe, start=start, end=end, seek=seek)]
    options = {**_x264(plan, threads=0), **_aac(probe), "crf": 18, "force_key_frames": KEY_EACH_SECOND}
    return _argv(ffmpeg.output(*streams, "clip.mp4", f="mp4", **options, **{**_CLEAN, **_MP4}))


def poster(probe: Probe, plan: Plan, *, at: Fraction | None, size: Size) -> list[str]:
    """Take the most typical of some keyframes from `at` seconds on, as `poster.jpg`.

    Where `at` is None, of the film's first frames, of whatever kind.
    """
    source = _input(probe) if at is None else _input(probe, seek=at, skip_frame="nokey")
    picture = source[str(probe.video.index)]
    if plan.deinterlace:
        picture = picture.filter("bwdif", mode="send_frame", deint="all")
    picture = _sized(picture.filter("thumbnail", n=POSTER_CHOICE), plan, size)
    options = {"frames:v": 1, "c:v": "mjpeg", "q:v": 4, "pix_fmt": "yuvj420p", "strict": "unofficial"}
    return _argv(ffmpeg.output(picture, "poster.jpg", f="image2", update=1, **options, **_CLEAN))


POSTER_CHOICE = 6


def samples(probe: Probe, *, rate: int) -> list[str]:
    """Write the sound as raw 16-bit mono samples, `sound.s16`; sample `n` belongs at `n / rate` seconds."""
    (sound,) = _sounds(probe, rate=rate, skip=0)
    return _argv(ffmpeg.output(sound, "sound.s16", f="s16le", ac=1, **{"c:a": "pcm_s16le"}))


# Nothing about where, when, by whom or with what it was filmed.
_CLEAN: dict[str, Any] = {"map_metadata": -1, "map_chapters": -1, "fflags": "+bitexact"}
_MP4: dict[str, Any] = {"movflags": "+faststart", "video_track_timescale": TICKS, "fflags": "+bitexact"}


def _input(probe: Probe, *, seek: Fraction | None = None, **options: Any) -> Any:
    if seek is not None and seek > 0:
        # A millisecond early, or rounding loses the very keyframe. Absolute, like every time with -copyts.
        at = max(min(Fraction(0), probe.video.start), probe.video.start + seek - Fraction(1, 1000))
        options |= {"ss": _seconds(at), "seek_timestamp": 1, "noaccurate_seek": None}
    return _opened(0, **options)


def _opened(number: int, **options: Any) -> Any:
    return ffmpeg.input(
        f"file:{source_path(number)}",
        protocol_whitelist="file",
        format_whitelist=",".join(FORMATS),
        codec_whitelist=",".join((*VIDEO_DECODERS, *AUDIO_DECODERS)),
        **options,
    )


def _seconds(time: Fraction) -> str:
    return f"{float(time):.6f}"


def _video(probe: Probe, plan: Plan, *, seek: Fraction | None = None) -> Any:
    """The source's picture on the film's own time, in ticks, with no more frames than are wanted."""
    picture = _input(probe, seek=seek)[str(probe.video.index)]
    # What a decoder makes of pictures without times begins late, by as many as it reorders.
    start = round(probe.video.start * TICKS) if probe.has_times else "STARTPTS"
    if plan.deinterlace:
        picture = picture.filter("bwdif", mode="send_frame", deint="all")
    picture = picture.filter("settb", f"1/{TICKS}").filter("setpts", f"PTS-{start}")
    picture = picture.filter("trim", start_pts=-HALF_MS)
    return picture.filter("select", KEEP_TO_60) if plan.max_rate else picture


def _pictures(video: Any, plan: Plan) -> list[Any]:
    """One stream for each size; each smaller one is made from the one before, which costs least."""
    pictures = []
    for number, size in enumerate(plan.sizes):
        video = _sized(video, plan, size) if number == 0 else video.filter("scale", size.width, size.height)
        if number + 1 < len(plan.sizes):
            both = video.filter_multi_output("split")
            pictures.append(both[0])
            video = both[1]
        else:
            pictures.append(video)
    return pictures


def _sized(picture: Any, plan: Plan, size: Size) -> Any:
    """Scale first: tone mapping works in floating point and costs by the pixel."""
    if plan.tone_map:
        picture = picture.filter("scale", size.width, size.height)
        picture = picture.filter("zscale", **TO_LINEAR).filter("format", "gbrpf32le")
        picture = picture.filter("zscale", p="bt709").filter("tonemap", **MOBIUS)
        picture = picture.filter("zscale", t="bt709", m="bt709", r="tv")
    else:
        picture = picture.filter("scale", size.width, size.height, out_range="tv")
    return picture.filter("setsar", 1).filter("format", "yuv420p")


def _sounds(
    probe: Probe,
    *,
    start: Fraction = Fraction(0),
    end: Fraction | None = None,
    seek: Fraction | None = None,
    rate: int = SOUND_RATE,
    skip: int = AAC_PRIMING,
    pad: bool = False,
) -> list[Any]:
    """The sound from `start` to `end`, or to the picture's end, as a list of one stream or none.

    With `pad`, silence fills what is missing of it.
    """
    if probe.audio is None:
        return []
    zero = probe.video.start + start
    length = (end if end is not None else Fraction(probe.duration_ms, 1000)) - start
    sound = _input(probe, seek=seek)[str(probe.audio.index)]
    sound = sound.filter("asetpts", f"PTS-({zero.numerator}/{zero.denominator})/TB")
    sound = sound.filter("aresample", rate, **{"async": 1}, first_pts=0)
    if pad:
        sound = sound.filter("apad")
    return [sound.filter("atrim", start_sample=skip, end=_seconds(length))]


def _x264(plan: Plan, threads: int) -> dict[str, Any]:
    return {
        "c:v": "libx264",
        "preset": "veryfast",
        "crf": 23,
        "bf": 0,
        "sc_threshold": 0,
        # Keyframes come by time; this only keeps x264 from adding its own.
        "g": 100_000,
        "keyint_min": 1,
        "fps_mode": "vfr",
        "enc_time_base": f"1:{TICKS}",
        "threads": threads,
    }


def _aac(probe: Probe) -> dict[str, Any]:
    if probe.audio is None:
        return {}
    return {"c:a": "aac", "b:a": SOUND_BITS, "ar": SOUND_RATE, "ac": min(2, probe.audio.channels)}


def _segments(name: str, seconds: Fraction | int | None) -> dict[str, Any]:
    """What makes ffmpeg write an init section and segments of so many seconds, or a single one."""
    return {
        "f": "hls",
        "hls_time": f"{float(seconds or NEVER_S):.6f}",
        "hls_segment_type": "fmp4",
        "hls_fmp4_init_filename": f"{name}_init.mp4",
        "hls_segment_filename": f"{name}_%05d.m4s",
        "hls_playlist_type": "event",
        "hls_flags": "independent_segments+temp_file",
        # Each fragment then says when it is shown in the film, and not since this chunk began.
        "hls_segment_options": f"movflags=+frag_discont:video_track_timescale={TICKS}",
        "avoid_negative_ts": "disabled",
        **_CLEAN,
    }


# Longer than any film.
NEVER_S = 1_000_000


def _slave(name: str, picture: int, has_sound: bool, **options: Any) -> str:
    """One output of ffmpeg's tee muxer: the picture by number, and the one sound track."""
    chosen = f"v:{picture},a" if has_sound else f"v:{picture}"
    words = ":".join(f"{key}={value}" for key, value in options.items())
    # The quotes are for the list inside the list, hence the backslashes.
    return rf"[{words}:select=\'{chosen}\']{name}"


def _argv(output: Any) -> list[str]:
    quiet = [
        "-nostdin",
        "-hide_banner",
        "-v",
        "error",
        "-progress",
        "pipe:1",
        "-stats_period",
        "0.5",
        "-copyts",
    ]
    argv: list[str] = ffmpeg.compile(output.global_args(*quiet), cmd=program("ffmpeg"), overwrite_output=True)
    return argv
