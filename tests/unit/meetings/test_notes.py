"""Notes that two people write at the same time."""

from __future__ import annotations

import pytest

from pennydrop.meetings.notes import NotesChanged, notes_together


@pytest.mark.parametrize(
    ("before", "present", "wanted", "together"),
    [
        pytest.param("a", "a", "b", "b", id="nobody wrote meanwhile"),
        pytest.param("a", "b", "a", "b", id="nothing was changed here"),
        pytest.param("a", "b", "b", "b", id="both wrote the same"),
        pytest.param("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC", id="different lines"),
        pytest.param("a\nb", "A\nb", "a\nB", "A\nB", id="lines beside each other"),
        pytest.param("a", "a\ntheirs", "a\nmine", "a\ntheirs\nmine", id="both added at the end"),
        pytest.param("", "theirs", "mine", "theirs\nmine", id="both began"),
        pytest.param("a\nb", "a\nx\nb", "a\nB", "a\nx\nB", id="added before a line that was changed"),
        pytest.param("a\nmi", "a\ntheirs\nmi", "a\nmine", "a\ntheirs\nmine", id="going on below theirs"),
        pytest.param("a\nb\nc", "a\nc", "a\nb\nC", "a\nC", id="taken out and changed beside each other"),
        pytest.param("a ", "a", "a\r\nb  ", "a\nb", id="spaces and line ends don't count"),
    ],
)
def test_both_changes_stand_together(before: str, present: str, wanted: str, together: str) -> None:
    assert notes_together(present, before=before, wanted=wanted) == together


@pytest.mark.parametrize(
    ("before", "present", "wanted"),
    [
        pytest.param("start", "start. Megan's", "start. Dylan's", id="the same line"),
        pytest.param("a\nb\nc", "a\nc", "a\nB\nc", id="taken out and changed"),
        pytest.param("a\nb", "x", "a\nnew\nb", id="added within what was replaced"),
        pytest.param("a", "", "a b", id="emptied and changed"),
    ],
)
def test_where_both_changed_the_same_lines_a_person_chooses(before: str, present: str, wanted: str) -> None:
    with pytest.raises(NotesChanged) as refused:
        notes_together(present, before=before, wanted=wanted)
    assert refused.value.present == present
