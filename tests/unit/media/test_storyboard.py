"""How many pictures a storyboard has, and how large they are."""

from __future__ import annotations

import numpy as np
import pytest

from pennydrop.media.frames import FrameTable
from pennydrop.media.storyboard import interval_for, thumbnail_size
from pennydrop.media.verify import expected_frames


@pytest.mark.parametrize(
    ("duration_ms", "interval_ms"), [(500, 1000), (60_000, 1000), (300_000, 1000), (2_700_000, 9000)]
)
def test_long_films_have_pictures_farther_apart(duration_ms: int, interval_ms: int) -> None:
    assert interval_for(duration_ms) == interval_ms


def test_pictures_keep_the_films_shape() -> None:
    assert thumbnail_size(1920, 1080) == (160, 90)
    assert thumbnail_size(1080, 1920) == (90, 160)
    assert thumbnail_size(4000, 100) == (160, 16)


@pytest.mark.parametrize(("rate", "kept"), [(120, 60), (240, 60), (100, 50)])
def test_a_cap_of_60_keeps_every_second_or_fourth_frame(rate: int, kept: int) -> None:
    frames = FrameTable.from_pts(np.arange(rate), np.ones(rate, bool), timescale=rate)
    assert expected_frames(frames, 60) == kept
    assert expected_frames(frames, None) == rate
