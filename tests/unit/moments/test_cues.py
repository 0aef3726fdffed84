"""Cues: what is written is read again, whatever people type."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pennydrop.moments import cues
from pennydrop.moments.cues import Cue, CueReply
from pennydrop.moments.models import MomentKind
from pennydrop.moments.rules import clean_terms, clean_text

texts = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60).map(
    clean_text
)
names = (
    st.text(alphabet=st.characters(codec="utf-8", categories=("L", "P", "S", "Zs")), max_size=20)
    .map(lambda name: " ".join(name.split()))
    .filter(lambda name: name not in ("", "?"))
)
lines = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "P", "S")), min_size=1, max_size=20)
starts = st.integers(0, 10_000_000)


@st.composite
def moments(draw: st.DrawFn) -> Cue:
    start_ms = draw(starts)
    return Cue(
        start_ms=start_ms,
        end_ms=draw(st.none() | st.integers(start_ms + 1, start_ms + 100_000)),
        kind=draw(st.sampled_from(MomentKind)),
        text=draw(texts),
        author=draw(names),
        criterion=draw(st.none() | lines),
        terms=clean_terms(draw(st.lists(lines, max_size=3))),
        replies=draw(st.lists(st.builds(CueReply, names, texts), max_size=3)),
        identifier="01k9a0000000000000000000aa",
    )


@given(st.lists(moments(), max_size=3))
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_again(written: list[Cue]) -> None:
    file = cues.write(written, title="A lesson")
    blocks = [block for block in file.split("\n\n")[1:] if block.strip("\n")]
    assert [cues.read_block(block) for block in blocks] == written


def test_a_player_shows_what_people_wrote() -> None:
    cue = Cue(
        65_000,
        75_000,
        MomentKind.PRAISE,
        "You waited.",
        "Sam",
        "Waits",
        ["cue"],
        [CueReply("Aisha", "I did!")],
    )
    assert cues.write([cue], title="Tuesday") == (
        "WEBVTT Tuesday – moments\n\n"
        "00:01:05.000 --> 00:01:15.000\n"
        "<v.praise Sam>You waited.\n"
        "<c.criterion>Waits</c>\n"
        "<c.term>cue</c>\n"
        "<v.reply Aisha>↳ I did!\n"
    )
