"""The library as a table: what comes from a spreadsheet, and the mistakes it can hold."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pennydrop.db.session import SessionMaker
from pennydrop.library.contents import contents
from pennydrop.library.documents import Document, read
from pennydrop.library.export import to_csv, to_yaml
from pennydrop.library.load import LoadReport, load
from pennydrop.library.models import Sequence, Step, StepVersion
from pennydrop.library.starter import load_starter
from tests.factories import an_organisation, world

SHEET = """\
kind,slug,name,meaning,synonyms,area,goal,action,criteria,terms,phases,subjects,steps
area,behaviour,Behaviour,,,,,,,,,,
term,cue,Cue,A signal.,"hush
clap",,,,,,,,
,,,,,behaviour,Be heard,standing still,"Stands
Waits",cue,key-stage-1|early-years,,
,,,,,,Be heard,waiting for quiet,Waits,,,maths,
sequence,voice,Voice,,,,,,,,,,knowledge: standing-still|waiting-for-quiet
"""


def loaded(organisation: str, text: str, name: str = "a.csv", *, dry_run: bool = False) -> LoadReport:
    with world.session() as session:
        return load(session, organisation, [Document(name, text.encode())], dry_run=dry_run)


def test_a_sheet_with_only_wordings_makes_goals_and_slugs(database: SessionMaker) -> None:
    organisation = an_organisation().id
    report = loaded(organisation, SHEET)
    assert report.problems == []
    assert report.added == {"areas": 1, "terms": 1, "goals": 1, "steps": 2, "sequences": 1}
    with world.session() as session:
        step = session.scalars(select(Step).where(Step.slug == "standing-still")).one()
        assert step.wording == "Be heard by standing still"
        assert [one.text for one in step.criteria] == ["Stands", "Waits"]
        assert (step.phases, step.terms[0].synonyms) == (["early-years", "key-stage-1"], ["hush", "clap"])
        kinds = [place.kind for place in session.scalars(select(Sequence)).one().places]
        assert kinds == ["knowledge", "action"]
    again = loaded(organisation, SHEET)
    assert (again.added, again.changed) == ({}, {})


def test_excels_semicolons_and_byte_order_mark_are_read(database: SessionMaker) -> None:
    text = "\ufeffkind;slug;name\r\narea;behaviour;Behaviour\r\n"
    assert loaded(an_organisation().id, text).added == {"areas": 1}


@pytest.mark.parametrize("form", ["csv", "yaml"])
def test_the_whole_library_goes_out_and_in_without_a_change(database: SessionMaker, form: str) -> None:
    organisation, other = an_organisation().id, an_organisation().id
    with world.session() as session:
        load_starter(session, organisation)
        found = contents(session, organisation)
    text = to_csv(found) if form == "csv" else to_yaml(found)
    again = loaded(organisation, text, f"library.{form}")
    assert (again.problems, again.added, again.changed) == ([], {}, {})
    assert loaded(other, text, f"library.{form}").added["steps"] == 56
    with world.session() as session:
        assert contents(session, other) == found


def test_what_a_spreadsheet_would_run_stays_a_text(database: SessionMaker) -> None:
    organisation = an_organisation().id
    loaded(organisation, SHEET.replace("Stands\n", "=1+1\n"))
    with world.session() as session:
        text = to_csv(contents(session, organisation))
    assert "'=1+1" in text
    assert loaded(organisation, text).changed == {}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["a.csv line 1: the file is empty."]),
        ("kind,colour\n", ["a.csv line 1: there is no column “colour”."]),
        ("colour,shape\n", ["a.csv line 1: this file isn't a table we can read."]),
        ("kind,slug,name\narea,a,\0\n", ["a.csv line 1: this file isn't a table we can read."]),
        ("kind,slug,name\nhouse,a,A\n", ["a.csv line 2: a row can't be a “house”"]),
        ("kind,slug,name\narea,,A\narea,b,\n", ["a.csv line 2: an area needs “slug”.", "a.csv line 3"]),
        (
            SHEET.replace("waiting for quiet,Waits", "waiting for quiet,"),
            ["a.csv line 7: a step needs “criteria”."],
        ),
        (
            SHEET.replace("Be heard,waiting", "Be seen,waiting").replace(",cue,key", ",clue,key"),
            [
                "a.csv line 5: there is no term “clue”",
                "a.csv line 7: the goal “Be seen” is new here. Please fill in its area too.",
            ],
        ),
        (
            SHEET.replace("knowledge: standing-still|waiting", "standing-still|knowledge: waiting"),
            ["a.csv line 8: knowledge comes before action in a sequence: move “waiting-for-quiet” up."],
        ),
        ('kind,slug,name\narea,a,"A\n', ["a.csv line 2: this row can't be read"]),
        ("kind,slug,name\narea,a,A,extra\n", ["a.csv line 2: this row has 4 cells"]),
    ],
)
def test_a_dry_run_names_every_problem_by_line(
    database: SessionMaker, text: str, problems: list[str]
) -> None:
    organisation = an_organisation().id
    found = [str(problem) for problem in loaded(organisation, text, dry_run=True).problems]
    for expected in problems:
        assert any(problem.startswith(expected) for problem in found), found
    with world.session() as session:
        assert session.scalars(select(Step)).all() == []


def test_yaml_problems_of_reading_and_of_reference_are_told_together(database: SessionMaker) -> None:
    text = (
        "areas:\n- slug: behaviour\ngoals:\n- {slug: g, wording: Go, area: behaviour, steps: "
        "[{slug: s, action: going, criteria: [A], terms: [x], state: secret}]}\n"
    )
    found = [str(problem) for problem in loaded(an_organisation().id, text, "a.yaml").problems]
    assert [problem.split(":")[0] for problem in found] == ["a.yaml line 2", "a.yaml line 4", "a.yaml line 4"]
    # That the area can't be used has been said once.
    assert not any("there is no area" in problem for problem in found)


def test_only_an_import_that_rewords_a_step_makes_a_version_of_it(
    database: SessionMaker,
) -> None:
    organisation = an_organisation().id

    def versions() -> list[tuple[str, int]]:
        with world.session() as session:
            rows = select(Step.slug, StepVersion.number).join(StepVersion, StepVersion.step_id == Step.id)
            return sorted((slug, number) for slug, number in session.execute(rows))

    loaded(organisation, SHEET)
    loaded(organisation, SHEET)
    assert versions() == [("standing-still", 1), ("waiting-for-quiet", 1)]
    loaded(organisation, SHEET.replace("Stands\n", "Stands tall\n"))
    assert versions() == [("standing-still", 1), ("standing-still", 2), ("waiting-for-quiet", 1)]
    # A goal is half of every wording.
    reworded = "kind,slug,wording,area\ngoal,be-heard,Be heard at once,behaviour\n"
    loaded(organisation, reworded)
    assert versions()[-1] == ("waiting-for-quiet", 2)


def test_a_table_is_known_by_its_name_or_its_first_line() -> None:
    for name, text in (("a.csv", "x"), ("library", "kind,slug,name\n")):
        _, problems = read([Document(name, text.encode())])
        assert "YAML" not in str(problems)
