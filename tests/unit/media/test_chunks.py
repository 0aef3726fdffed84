"""A long film is cut where reading can begin, and what each chunk holds is known before it is made."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pennydrop.media.chunks import (
    chunks_of,
    cut,
    frames_in,
    keyframes_in,
    main_playlist,
    playlist,
    seek_before,
    segments_in,
    sound_segments,
    time_of,
)
from pennydrop.media.frames import FrameTable
from pennydrop.media.plan import plan_for
from tests.unit.media.test_frames import tables
from tests.unit.media.test_plan import a_probe

MINUTES_45 = 45 * 60


def at_30(seconds: float, *, key_each: int = 30) -> FrameTable:
    pts = np.arange(round(seconds * 30))
    return FrameTable.from_pts(pts, pts % key_each == 0, timescale=30, last_duration=1)


@given(tables(shortest_ms=2), st.floats(0.01, 100), st.sampled_from([None, 60]))
def test_every_frame_is_in_one_chunk_and_each_begins_where_reading_can(
    table: FrameTable, length_s: float, max_rate: int | None
) -> None:
    found = cut(table, length_s=length_s, max_rate=max_rate)
    assert [frame for chunk in found for frame in chunk] == list(range(len(table)))
    assert all(len(chunk) for chunk in found)
    assert {chunk.start for chunk in found[1:]} <= set(table.keyframes.tolist())


@given(tables(shortest_ms=2), st.floats(0.01, 100))
def test_a_cap_on_the_rate_keeps_the_same_frames_in_chunks_as_in_one_run(
    table: FrameTable, length_s: float
) -> None:
    whole = frames_in(table, range(len(table)), 60)
    chunks = cut(table, length_s=length_s, max_rate=60)
    assert [frame for chunk in chunks for frame in frames_in(table, chunk, 60)] == whole


def test_a_lesson_is_cut_into_chunks_of_a_minute() -> None:
    found = cut(at_30(MINUTES_45), length_s=60)
    assert len(found) == 45
    assert {len(chunk) for chunk in found} == {1800}


def test_chunks_are_as_long_as_rare_keyframes_allow() -> None:
    found = cut(at_30(300, key_each=30 * 70), length_s=60)
    assert [chunk.start // 30 for chunk in found] == [0, 70, 140, 210, 280][: len(found)]
    assert cut(at_30(300, key_each=10**6), length_s=60) == [range(9000)]


@pytest.mark.parametrize("codec", ["h263", "mpeg4"])
def test_a_film_whose_keyframes_cannot_be_believed_is_one_chunk(codec: str) -> None:
    probe = a_probe(codec=codec)
    assert chunks_of(probe, plan_for(probe), at_30(300), length_s=60) == [range(9000)]


@given(tables(shortest_ms=2), st.floats(0.5, 20))
def test_segments_tile_the_chunk_and_begin_with_its_keyframes(table: FrameTable, length_s: float) -> None:
    for chunk in cut(table, length_s=length_s):
        segments = segments_in(table, chunk)
        keys = keyframes_in(table, frames_in(table, chunk))
        assert segments[0].start == time_of(table, chunk.start)
        assert segments[-1].end == time_of(table, chunk.stop)
        assert [one.end for one in segments[:-1]] == [one.start for one in segments[1:]]
        assert {one.start for one in segments} <= set(keys)


def test_a_chunk_has_a_keyframe_each_second_from_its_beginning() -> None:
    table = at_30(10)
    assert keyframes_in(table, frames_in(table, range(60, 150))) == [Fraction(n) for n in (2, 3, 4)]


def test_no_segment_of_the_sound_is_too_short_to_be() -> None:
    for duration_ms in (1, 500, 4_000, 4_010, 9_999, 2_700_000):
        segments = sound_segments(duration_ms)
        assert segments[-1].end == Fraction(duration_ms, 1000)
        assert len({one.end - one.start for one in segments}) == 1
        assert len(segments) == 1 or segments[0].seconds > 3


@given(tables(shortest_ms=2), st.data())
def test_reading_begins_at_a_keyframe_before_the_frame(table: FrameTable, data: st.DataObject) -> None:
    frame = data.draw(st.integers(0, len(table) - 1))
    for margin in (0, 2):
        found = seek_before(table, frame, margin_s=margin)
        keys = {time_of(table, key) for key in table.keyframes.tolist()} | {Fraction(0)}
        assert found in keys
        assert found <= max(Fraction(0), time_of(table, frame) - margin)


def test_a_playlist_names_the_whole_film_before_any_of_it_is_made() -> None:
    segments = segments_in(at_30(5), range(150))
    text = playlist(["a.m4s", "b.m4s", "c.m4s"], segments, first="init.mp4")
    assert text.splitlines()[:6] == [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        "#EXT-X-TARGETDURATION:2",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MAP:URI="init.mp4"',
    ]
    assert text.endswith("#EXTINF:2.000000,\nb.m4s\n#EXTINF:1.000000,\nc.m4s\n#EXT-X-ENDLIST\n")


def test_pictures_and_sound_are_tied_together_where_there_is_sound() -> None:
    assert 'AUDIO="sound"' in main_playlist("p.m3u8", "s.m3u8", width=1280, height=720, bits=1)
    assert "AUDIO" not in main_playlist("p.m3u8", None, width=1280, height=720, bits=1)
