"""Times that people give become frames, and stay the same frames."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pennydrop.media.frames import FrameTable
from pennydrop.timeline import Span


@st.composite
def tables(draw: st.DrawFn, *, shortest_ms: int = 0) -> FrameTable:
    """Films of constant or uneven frame times; frames last `shortest_ms` at least."""
    timescale = draw(st.sampled_from([600, 1000, 15360, 30000, 60000, 90000, 1_000_000]))
    least = max(1, -(-shortest_ms * timescale // 1000))
    steps = st.integers(least, least + timescale)
    constant = st.builds(lambda step, count: [step] * count, steps, st.integers(0, 60))
    deltas = draw(constant | st.lists(steps, max_size=60))
    pts = np.cumsum([draw(st.integers(0, 10**9)), *deltas])
    flags = draw(st.lists(st.booleans(), min_size=len(pts), max_size=len(pts)))
    return FrameTable.from_pts(pts, flags, timescale=timescale, last_duration=draw(steps))


def ntsc(frames: int = 3000) -> FrameTable:
    pts = np.arange(frames) * 1001
    return FrameTable.from_pts(pts, pts % 30030 == 0, timescale=30000, last_duration=1001)


@given(tables(shortest_ms=2), st.data())
def test_a_frames_own_time_leads_back_to_it(table: FrameTable, data: st.DataObject) -> None:
    frame = data.draw(st.integers(0, len(table) - 1))
    assert table.nearest(table.start_ms(frame)) == frame
    assert table.frame_at(table.start_ms(frame)) == frame


@given(tables(), st.integers(-5, 10**8))
def test_a_snapped_time_stays_where_it_is(table: FrameTable, ms: int) -> None:
    snapped = table.start_ms(table.nearest(ms))
    assert table.start_ms(table.nearest(snapped)) == snapped
    assert all(abs(snapped - ms) <= abs(table.start_ms(frame) - ms) for frame in range(len(table)))


@given(tables(), st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_snapped_span_is_never_empty_and_stays_as_it_is(table: FrameTable, start: int, length: int) -> None:
    snapped = table.snap_span(Span(start, start + length))
    assert snapped.start_ms < snapped.end_ms <= table.duration_ms
    assert table.snap_span(snapped) == snapped


@given(tables(shortest_ms=2), st.data())
def test_neighbouring_spans_share_no_frame_and_miss_none(table: FrameTable, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(table)))
    halves = [frames for frames in (range(cut), range(cut, len(table))) if frames]
    assert [table.frames_of(table.span_of(frames)) for frames in halves] == halves


@given(tables(), st.data())
def test_a_player_that_seeks_to_the_middle_lands_inside_the_frame(
    table: FrameTable, data: st.DataObject
) -> None:
    frame = data.draw(st.integers(0, len(table) - 1))
    seconds = table.middle_ms(frame) / 1000
    after = table.ticks[frame + 1] if frame + 1 < len(table) else table.end
    assert table.ticks[frame] < seconds * table.timescale < after


@given(tables())
def test_it_survives_being_stored(table: FrameTable) -> None:
    stored = json.dumps(table.to_json())
    again = FrameTable.from_json(json.loads(stored))
    assert again.ticks.tolist() == table.ticks.tolist()
    assert again.keyframes.tolist() == table.keyframes.tolist()
    assert (again.timescale, again.end) == (table.timescale, table.end)
    assert json.dumps(again.to_json()) == stored


def test_a_film_of_constant_rate_is_stored_in_a_few_numbers() -> None:
    assert ntsc().to_json() == {
        "timescale": 30000,
        "deltas": [[2999, 1001]],
        "keyframes": [[1, 0], [99, 30]],
        "end": 3000 * 1001,
    }


def test_29_97_frames_a_second_have_the_times_that_players_show() -> None:
    table = ntsc()
    assert [table.start_ms(frame) for frame in (0, 1, 2, 3, 30)] == [0, 33, 66, 100, 1001]
    assert table.nearest(49) == 1
    assert table.nearest(50) == 2
    assert table.duration_ms == 100_100


def test_stepping_stops_at_both_ends() -> None:
    table = ntsc(10)
    assert table.step(table.start_ms(4), 1) == table.start_ms(5)
    assert table.step(table.start_ms(4) + 7, -1) == table.start_ms(3)
    assert table.step(0, -1) == 0
    assert table.step(table.start_ms(8), 30) == table.start_ms(9)


def test_a_span_beyond_the_film_becomes_its_last_frame() -> None:
    table = ntsc(10)
    assert table.snap_span(Span(5_000, 6_000)) == Span(table.start_ms(9), table.duration_ms)


def test_frames_may_come_in_decoding_order_and_twice() -> None:
    table = FrameTable.from_pts(
        [100, 400, 200, 300, 300], [True, False, False, True, True], timescale=1000, last_duration=0
    )
    assert table.ticks.tolist() == [0, 100, 200, 300]
    assert table.keyframes.tolist() == [0, 2]
    assert table.end == 400


def test_frames_closer_than_a_millisecond_still_make_spans() -> None:
    table = FrameTable.from_pts([0, 1, 2, 3], [True] * 4, timescale=90_000)
    assert table.snap_span(Span(0, 1)) == Span(0, 1)
    assert table.duration_ms == 1


def test_a_table_must_have_frames_in_order() -> None:
    with pytest.raises(ValueError, match="needs a frame"):
        FrameTable.from_pts([], [], timescale=1000)
    with pytest.raises(ValueError, match="comes after"):
        FrameTable.from_json({"timescale": 1000, "deltas": [[1, 0]], "keyframes": [], "end": 5})
