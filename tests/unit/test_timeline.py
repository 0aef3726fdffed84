import pytest
from hypothesis import given
from hypothesis import strategies as st

from pennydrop.timeline import Span, SpanInvalid, spoken


def test_a_span_holds_its_start_and_not_its_end() -> None:
    span = Span(1000, 2000)
    assert span.contains(1000)
    assert span.contains(1999)
    assert not span.contains(2000)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5)])
def test_a_span_that_is_no_stretch_of_film_is_refused_with_a_sentence(start: int, end: int) -> None:
    with pytest.raises(SpanInvalid) as refusal:
        Span(start, end)
    assert refusal.value.detail.endswith(".")


@given(st.integers(0, 10**7), st.integers(1, 10**6), st.integers(1, 10**7))
def test_a_span_cut_to_a_film_never_leaves_it(start: int, length: int, duration: int) -> None:
    span = Span(start, start + length)
    if start >= duration:
        with pytest.raises(SpanInvalid):
            span.within(duration)
    else:
        assert span.within(duration).end_ms <= duration


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0 s"),
        (45_900, "45 s"),
        (125_000, "2 min 05 s"),
        (3_600_000, "1 h 00 min"),
        (3_725_000, "1 h 02 min"),
    ],
)
def test_durations_are_said_as_people_say_them(ms: int, words: str) -> None:
    assert spoken(ms) == words
