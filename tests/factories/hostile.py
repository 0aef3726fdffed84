"""Files that pretend to be films: each tries something, and none of it may happen."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.factories.boxes import box
from tests.factories.films import AAC, X264, encode, ffmpeg


@dataclass(frozen=True, slots=True)
class Bait:
    """What a hostile file reaches for: a server that counts, and a file of other people's."""

    url: str
    secret: Path


def a_playlist(path: Path, bait: Bait) -> Path:
    lines = [
        "#EXTM3U",
        "#EXT-X-TARGETDURATION:10",
        "#EXTINF:10,",
        bait.url,
        "#EXTINF:10,",
        f"file://{bait.secret}",
    ]
    path.write_text("\n".join([*lines, "#EXT-X-ENDLIST", ""]))
    return path


def a_concat_script(path: Path, bait: Bait) -> Path:
    path.write_text(f"ffconcat version 1.0\nfile '{bait.secret}'\nfile '{bait.url}'\n")
    return path


def a_dash_manifest(path: Path, bait: Bait) -> Path:
    path.write_text(
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT10S"><Period><AdaptationSet mimeType="video/mp4">'
        f'<Representation id="1" bandwidth="1"><BaseURL>{bait.url}</BaseURL></Representation>'
        "</AdaptationSet></Period></MPD>"
    )
    return path


def an_svg(path: Path, bait: Bait) -> Path:
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
        f'<image x:href="{bait.url}"/><image x:href="file://{bait.secret}"/></svg>'
    )
    return path


def a_web_page(path: Path, bait: Bait) -> Path:
    path.write_text(f'<!doctype html><video src="{bait.url}"></video><script>alert(1)</script>')
    return path


def nothing(path: Path, _: Bait) -> Path:
    path.write_bytes(b"")
    return path


def noise(path: Path, _: Bait) -> Path:
    path.write_bytes(bytes(range(256)) * 400)
    return path


def a_photo(path: Path, _: Bait) -> Path:
    ffmpeg(
        "-f", "lavfi", "-i", "testsrc=s=320x180", "-frames:v", "1", "-f", "image2", path.with_suffix(".jpg")
    )
    path.write_bytes(path.with_suffix(".jpg").read_bytes())
    return path


def an_iphones_photo(path: Path, _: Bait) -> Path:
    path.write_bytes(box(b"ftyp", b"heic", bytes(4), b"mif1heic") + box(b"mdat", bytes(3000)))
    return path


def cut_off_before_its_index(path: Path, _: Bait) -> Path:
    whole = encode(path.with_suffix(".whole.mp4"), *X264, *AAC)
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return path


def cut_off_after_its_index(path: Path, _: Bait) -> Path:
    whole = encode(path.with_suffix(".whole.mp4"), *X264, *AAC, "-movflags", "+faststart")
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return path


def a_film_of_39_hours(path: Path, _: Bait) -> Path:
    """A second of film whose table of durations says that each frame lasts for more than an hour."""
    return _with_frame_duration(path, ticks=15360 * 4680)


def a_film_of_68_years(path: Path, _: Bait) -> Path:
    return _with_frame_duration(path, ticks=0x7FFFFFFF)


def _with_frame_duration(path: Path, *, ticks: int) -> Path:
    data = bytearray(encode(path.with_suffix(".whole.mp4"), *X264, seconds=1, sound=False).read_bytes())
    stts = data.index(b"stts")
    struct.pack_into(">I", data, stts + 16, ticks)
    path.write_bytes(data)
    return path


def an_encrypted_film(path: Path, _: Bait) -> Path:
    key = ["-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb", "-encryption_kid", "a7e61c37" * 4]
    return encode(path, *X264, *AAC, "-encryption_scheme", "cenc-aes-ctr", *key)


def a_film_in_a_format_of_its_own(path: Path, _: Bait) -> Path:
    data = encode(path.with_suffix(".whole.mp4"), *X264, *AAC).read_bytes()
    moov = data.rindex(b"moov")
    path.write_bytes(data[:moov] + data[moov:].replace(b"avc1", b"xyz1"))
    return path


def a_box_larger_than_the_file(path: Path, _: Bait) -> Path:
    ftyp = box(b"ftyp", b"isom", bytes(4), b"isom")
    path.write_bytes(ftyp + struct.pack(">I4sQ", 1, b"moov", 1 << 60) + bytes(64))
    return path


def an_index_that_claims_four_billion_frames(path: Path, _: Bait) -> Path:
    data = bytearray(encode(path.with_suffix(".whole.mp4"), *X264, seconds=1, sound=False).read_bytes())
    for kind in (b"stsz", b"stts"):
        at = data.index(kind)
        struct.pack_into(">I", data, at + 12, 0xFFFFFFFF)
    path.write_bytes(data)
    return path


def an_8k_bomb(path: Path, _: Bait) -> Path:
    """33 million pixels a frame in a few hundred bytes each."""
    ffmpeg(
        *(
            "-f",
            "lavfi",
            "-i",
            "color=black:s=7680x4320:r=30:d=0.06",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
        ),
        *("-threads", "1", "-pix_fmt", "yuv420p", path),
    )
    return path


def a_small_index_over_8k_pictures(path: Path, bait: Bait) -> Path:
    """The index says 320 × 180; the pictures know better."""
    data = bytearray(an_8k_bomb(path.with_suffix(".whole.mp4"), bait).read_bytes())
    entry = data.index(b"avc1", data.index(b"stsd"))
    struct.pack_into(">HH", data, entry + 28, 320, 180)
    path.write_bytes(data)
    return path


def a_film_in_another_file(path: Path, bait: Bait) -> Path:
    """A MOV whose pictures are said to lie in somebody else's file."""
    data = bytearray(encode(path.with_suffix(".whole.mov"), *X264, seconds=1, sound=False).read_bytes())
    at = data.index(b"dref")
    target = str(bait.secret).encode()
    alias = box(b"url ", bytes(4), b"file://" + target + b"\0")
    old = struct.unpack_from(">I", data, at + 12)[0]
    data[at + 12 : at + 12 + old] = alias
    grown = len(alias) - old
    for kind in (b"dref", b"dinf", b"minf", b"mdia", b"trak", b"moov"):
        where = data.rindex(kind, 0, at + 4) - 4
        struct.pack_into(">I", data, where, struct.unpack_from(">I", data, where)[0] + grown)
    path.write_bytes(data)
    return path


HOSTILE: dict[str, tuple[str, Callable[[Path, Bait], Path]]] = {
    "playlist": ("mp4", a_playlist),
    "concat_script": ("mp4", a_concat_script),
    "dash_manifest": ("mp4", a_dash_manifest),
    "svg": ("mp4", an_svg),
    "web_page": ("mov", a_web_page),
    "nothing": ("mp4", nothing),
    "noise": ("mp4", noise),
    "photo": ("mp4", a_photo),
    "iphones_photo": ("mov", an_iphones_photo),
    "cut_off_before_its_index": ("mp4", cut_off_before_its_index),
    "cut_off_after_its_index": ("mp4", cut_off_after_its_index),
    "39_hours": ("mp4", a_film_of_39_hours),
    "68_years": ("mp4", a_film_of_68_years),
    "encrypted": ("mp4", an_encrypted_film),
    "format_of_its_own": ("mp4", a_film_in_a_format_of_its_own),
    "huge_box": ("mp4", a_box_larger_than_the_file),
    "four_billion_frames": ("mp4", an_index_that_claims_four_billion_frames),
    "8k_bomb": ("mp4", an_8k_bomb),
    "small_index_8k": ("mp4", a_small_index_over_8k_pictures),
}
