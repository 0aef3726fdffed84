"""Accounts and tokens from the terminal, for who looks after Pennydrop."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from pennydrop.cli.database import writing
from pennydrop.cli.speaking import Speaking
from pennydrop.errors import Invalid
from pennydrop.settings import Settings

token = Speaking(help="Tokens for scripts.", no_args_is_help=True)
person = Speaking(help="Accounts.", no_args_is_help=True)


@token.callback()
def _tokens() -> None:
    """Tokens for scripts."""


@person.callback()
def _people() -> None:
    """Accounts."""


@token.command("create")
def create_token(
    email: Annotated[str, typer.Option(help="Whose token it is.")],
    name: Annotated[str, typer.Option(help="What it is for.")] = "",
) -> None:
    """Make a token that acts as this person, and print only the token. It can't be shown again."""
    from pennydrop.cli.accounts import person_by_email
    from pennydrop.people.tokens import create_token as create

    with writing() as session:
        secret = create(session, person_by_email(session, email), name)
    print(secret)


@person.command("add")
def add_person(
    name: Annotated[str, typer.Option(help="As colleagues know her.")],
    email: Annotated[str, typer.Option(help="What she logs in with.")],
    school: Annotated[str, typer.Option(help="The school's name; it is added if it is new.")],
    organisation: Annotated[
        str, typer.Option(help="The organisation's name, needed once there are several.")
    ] = "",
    coach_of: Annotated[
        list[str] | None, typer.Option(help="E-mail address of somebody she coaches. Can be repeated.")
    ] = None,
    coached_by: Annotated[
        list[str] | None, typer.Option(help="E-mail address of her coach. Can be repeated.")
    ] = None,
    lead: Annotated[bool, typer.Option("--lead", help="She leads coaching in her school.")] = False,
    admin: Annotated[bool, typer.Option("--admin", help="She administers the organisation.")] = False,
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Ask for her password instead of printing a link.")
    ] = False,
) -> None:
    """Add somebody, and print the link by which she chooses her password.

    Scripts may give her password in PENNYDROP_NEW_PASSWORD: an argument is seen by whoever lists processes.
    """
    from pennydrop.cli import accounts

    settings, password = Settings(), os.environ.get("PENNYDROP_NEW_PASSWORD") or None
    if ask_password:
        password = typer.prompt("Her password", hide_input=True, confirmation_prompt=True)
    with writing() as session:
        hers, is_new = accounts.school_by_name(session, school, organisation)
        added, link = accounts.add(
            session,
            school=hers,
            name=name,
            email=email,
            lead=lead,
            admin=admin,
            password=password,
            settings=settings,
        )
        accounts.pair_with(session, added, coach_of=coach_of or [], coached_by=coached_by or [])
    if is_new:
        print(f"The school {hers.name} is new.")
    print(f"{added.name} is in. {'Her password is set.' if password else 'The link to set a password:'}")
    if link:
        print(link)


@person.command("change")
def change_person(
    email: Annotated[str, typer.Option(help="Whose account it is.")],
    lead: Annotated[
        list[str] | None, typer.Option(help="A school where she leads coaching from now on. Can be repeated.")
    ] = None,
    admin: Annotated[bool, typer.Option("--admin", help="She administers the organisation.")] = False,
) -> None:
    """Make somebody a lead or an administrator: also who is the only administrator herself."""
    from pennydrop.cli import accounts

    if not lead and not admin:
        raise Invalid("Please say what she becomes: --lead SCHOOL, --admin, or both.")
    with writing() as session:
        found = accounts.person_by_email(session, email)
        accounts.change(session, found, lead_of=lead or [], admin=admin)
    print(f"Done. {found.name} reads in her record that it was.")


@person.command("invite")
def invite_person(email: Annotated[str, typer.Option(help="Whose account it is.")]) -> None:
    """Print a new link by which somebody sets her password. She reads in her record that it was made."""
    from pennydrop.cli import accounts

    settings = Settings()
    with writing() as session:
        _, link = accounts.invite_again(session, email=email, settings=settings)
    print(link)


@person.command("erase")
def erase_person(
    email: Annotated[str, typer.Option(help="Whose account it is.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it. It can't be undone.")] = False,
) -> None:
    """Erase somebody: her films, her coaching and her account. No backup brings them back."""
    from pennydrop.care.erase_person import erase_person as erase
    from pennydrop.care.erase_person import films_of
    from pennydrop.cli.accounts import person_by_email
    from pennydrop.cli.speaking import counted

    with writing() as session:
        found = person_by_email(session, email)
        what = f"{found.name} ({found.school.name}) with {counted(len(films_of(session, found)), 'film')}"
        if not yes:
            raise Invalid(f"This would erase {what}, for ever. To do it, type it again with --yes.")
        erase(session, None, found)
    print(f"Erased: {what}. What she wrote about others stays, without her name.")
