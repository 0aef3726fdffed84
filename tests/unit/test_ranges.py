"""Which bytes a Range header asks for (RFC 9110, section 14)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pennydrop_api.media.ranges import Bytes, RangeNotSatisfiable, requested


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-", (0, 1000)),
        ("bytes=0-0", (0, 1)),
        ("bytes=0-499", (0, 500)),
        ("bytes=500-999", (500, 1000)),
        ("bytes=999-", (999, 1000)),
        ("bytes=500-5000", (500, 1000)),
        ("bytes=-1", (999, 1000)),
        ("bytes=-500", (500, 1000)),
        ("bytes=-5000", (0, 1000)),
        ("Bytes=0-499", (0, 500)),
        ("bytes= 0-499 ", (0, 500)),
        (None, None),
        ("", None),
        ("bytes", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=5-4", None),
        ("bytes=a-b", None),
        ("bytes=1-2-3", None),
        ("bytes=+1-2", None),
        ("bytes=0-1,5-9", None),
        ("items=0-5", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_a_range_header_is_read_as_the_rfc_says(header: str | None, expected: tuple[int, int] | None) -> None:
    assert requested(header, 1000) == expected


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=1000-", 1000), ("bytes=-0", 1000), ("bytes=0-", 0), ("bytes=-1", 0)]
)
def test_a_range_with_no_byte_of_it_there_is_not_satisfiable(header: str, size: int) -> None:
    with pytest.raises(RangeNotSatisfiable):
        requested(header, size)


@given(
    st.text(max_size=40) | st.from_regex(r"bytes=\d{0,25}-\d{0,25}(,\d{0,5}-\d{0,5})?"),
    st.integers(0, 10**13),
)
def test_whatever_is_asked_for_lies_inside_or_is_refused(header: str, size: int) -> None:
    try:
        part = requested(header, size)
    except RangeNotSatisfiable:
        return
    assert part is None or 0 <= part.start < part.end <= size


@given(st.data(), st.integers(1, 10**13))
def test_every_range_that_exists_can_be_asked_for(data: st.DataObject, size: int) -> None:
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, size))
    assert requested(f"bytes={start}-{end - 1}", size) == Bytes(start, end)
    assert requested(f"bytes=-{size - start}", size) == Bytes(start, size)
