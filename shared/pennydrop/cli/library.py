"""The library from the terminal: files in, one file out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pennydrop.cli.database import writing
from pennydrop.cli.speaking import Speaking
from pennydrop.errors import Invalid, NotFound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

library = Speaking(help="The library of steps.", no_args_is_help=True)
_Organisation = Annotated[str, typer.Option(help="The organisation's name, needed once there are several.")]


@library.command("import")
def import_(
    files: Annotated[
        list[Path] | None, typer.Argument(help="YAML or CSV files.", exists=True, dir_okay=False)
    ] = None,
    starter: Annotated[bool, typer.Option("--starter", help="Load the steps that come along.")] = False,
    organisation: _Organisation = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")
    ] = False,
) -> None:
    """Add and change steps by YAML or CSV files: all of them or none. Nothing is ever removed."""
    from pennydrop.library.documents import Document
    from pennydrop.library.load import load
    from pennydrop.library.starter import starter_documents

    documents = starter_documents() if starter else []
    documents += [Document(path.name, path.read_bytes()) for path in files or []]
    if not documents:
        raise Invalid("Please name the files to import, or type --starter for those that come along.")
    with writing() as session:
        report = load(session, _organisation_id(session, organisation), documents, dry_run=dry_run)
    if report.problems:
        for problem in report.problems:
            print(problem)
        count = len(report.problems)
        raise Invalid(
            f"Nothing was imported: {count} {'problem' if count == 1 else 'problems'} in the files."
        )
    for kind in sorted({*report.added, *report.changed, *report.unchanged}):
        counts = (
            f"{report.added[kind]} new, {report.changed[kind]} changed, {report.unchanged[kind]} as before"
        )
        print(f"{kind.replace('_', ' ')}: {counts}")
    if dry_run:
        print("This was a dry run: nothing was changed.")


@library.command("export")
def export(
    to: Annotated[Path | None, typer.Argument(help="The file to write; without one, it is printed.")] = None,
    organisation: _Organisation = "",
) -> None:
    """Write the whole library as one file, fit to import again: CSV if its name ends so, else YAML."""
    from pennydrop.library.contents import contents
    from pennydrop.library.export import to_csv, to_yaml

    with writing() as session:
        found = contents(session, _organisation_id(session, organisation))
    if to is None:
        print(to_yaml(found), end="")
    else:
        as_table = to.suffix.lower() == ".csv"
        to.write_text(to_csv(found) if as_table else to_yaml(found), encoding="utf-8", newline="")


def _organisation_id(session: Session, name: str) -> str:
    from sqlalchemy import select

    from pennydrop.people.models import Organisation

    there = {one.name: one.id for one in session.scalars(select(Organisation).order_by(Organisation.id))}
    if not there:
        raise NotFound("There is no organisation yet. Add somebody first with `pennydrop person add`.")
    if name in there:
        return there[name]
    if not name and len(there) == 1:
        return next(iter(there.values()))
    raise Invalid(f"Please say with --organisation whose library it is: {'; '.join(there)}.")
