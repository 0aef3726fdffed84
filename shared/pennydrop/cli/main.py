"""`pennydrop`: the commands a person types."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pennydrop import process
from pennydrop.cli import library, people
from pennydrop.cli.speaking import Speaking
from pennydrop.settings import Settings

app = Speaking(
    name="pennydrop",
    help="Film a lesson, find the exact moment, coach one step. Settings come from PENNYDROP_*.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
app.add_typer(people.token, name="token")
app.add_typer(people.person, name="person")
app.add_typer(library.library, name="library")


def _say_version(asked: bool) -> None:
    from importlib.metadata import version

    if asked:
        print(f"Pennydrop {version('pennydrop')}")
        raise typer.Exit


@app.callback()
def _pennydrop(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is."),
    ] = False,
) -> None:
    """Film a lesson, find the exact moment, coach one step. Settings come from PENNYDROP_*."""


@app.command()
def up(
    data: Annotated[Path | None, typer.Option(help="The data folder (PENNYDROP_DATA).")] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on (PENNYDROP_HOST).")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="The port to listen on (PENNYDROP_PORT).")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Set up a demo school first.")] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open a browser.")] = False,
) -> None:
    """Start all of Pennydrop on this machine, until Ctrl-C."""
    from pennydrop.cli.up import up as start

    given = {"data": data, "host": host, "port": port}
    settings = Settings().model_copy(update={name: v for name, v in given.items() if v is not None})
    raise typer.Exit(start(settings, demo=demo, open_browser=not no_open))


@app.command()
def api() -> None:
    """Start one API server."""
    _become("pennydrop_api")


@app.command()
def transcoder() -> None:
    """Start one transcoder, for long work on films."""
    _become("pennydrop_transcoder")


@app.command()
def worker() -> None:
    """Start one worker, for short work and housekeeping."""
    _become("pennydrop_worker")


@app.command()
def alive(
    service: Annotated[str, typer.Argument(help="api, transcoder or worker.")],
) -> None:
    """Say by the exit code whether a service lives on this machine: for containers and monitors."""
    from pennydrop.cli.alive import lives_here

    raise typer.Exit(0 if lives_here(Settings(), service) else 1)


@app.command()
def bucket() -> None:
    """Make the bucket that the settings name, unless it is there."""
    from pennydrop.cli.bucket import make

    make(Settings())


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from pennydrop.cli.database import bring_up_to_date
    from pennydrop.db.migrate import newest

    changed = bring_up_to_date(Settings())
    print(f"The database is {'now' if changed else 'already'} at revision {newest()}.")


@app.command()
def demo(
    people_only: Annotated[bool, typer.Option("--people-only", help="Accounts and steps, no films.")] = False,
) -> None:
    """Set up the demo school: people, steps, films and what coaches noticed in them. Pennydrop must run."""
    from pennydrop.cli.demo import set_up

    set_up(Settings(), people_only=people_only)


@app.command()
def doctor() -> None:
    """Say in plain words what is missing or misconfigured."""
    from pennydrop.cli.doctor import report

    raise typer.Exit(report(Settings()))


@app.command()
def scrub(
    minutes: Annotated[
        float | None,
        typer.Option(
            min=0.01, help="Stop after so long; the next one goes on from there. Default: read all."
        ),
    ] = None,
    rate: Annotated[float, typer.Option(min=0, help="Read at most so many MB a second; 0: no limit.")] = 0,
    repair: Annotated[
        bool, typer.Option("--repair", help="Have made anew what can be, and remove what is nobody's.")
    ] = False,
    backups: Annotated[
        Path | None,
        typer.Option("--from", help="With --repair: first bring back what this folder of backups holds."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Say it for programs.")] = False,
    grace_minutes: Annotated[
        float, typer.Option(min=0, help="What nothing refers to is nobody's only once it is so old.")
    ] = 180,
) -> None:
    """Read what is stored and find what is damaged or missing. Exit code 3: something was found."""
    from pennydrop.cli.care import run_scrub

    code = run_scrub(
        Settings(),
        minutes=minutes,
        megabytes_per_s=rate,
        grace_minutes=grace_minutes,
        repairs=repair,
        as_json=as_json,
        backups=backups,
    )
    raise typer.Exit(code)


@app.command()
def sweep(
    everything: Annotated[
        bool, typer.Option("--all", help="However much it is: only where you know why it is so much.")
    ] = False,
) -> None:
    """Remove stored files that are nobody's and an hour old, as happens every hour by itself."""
    from pennydrop.cli.care import run_sweep

    run_sweep(Settings(), however_much=everything)


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="A folder for backups, on another disk.", file_okay=False)],
    keep: Annotated[
        int | None, typer.Option(min=1, help="Keep so many backups and remove older ones. Default: all.")
    ] = None,
    shrunk: Annotated[
        bool, typer.Option("--shrunk", help="It is right that there is so much less than before.")
    ] = False,
    reread_minutes: Annotated[
        float, typer.Option(min=0, help="Then read files of all backups again for so long, in turn.")
    ] = 60,
) -> None:
    """Back up rows and films while Pennydrop runs. Exit code 3: it isn't as it should be, and says why."""
    from pennydrop.cli.backup import take

    raise typer.Exit(take(Settings(), target, keep=keep, shrunk=shrunk, reread_minutes=reread_minutes))


@app.command()
def backups(
    folder: Annotated[Path, typer.Argument(help="The folder of backups.", file_okay=False)],
) -> None:
    """List the backups of a folder, the newest last. Exit code 3: one of them lacks files."""
    from pennydrop.cli.backups import tell

    raise typer.Exit(tell(folder))


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="The folder of backups.", file_okay=False)],
    name: Annotated[str | None, typer.Option("--backup", help="Which one. Default: the newest.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Read the backup, and restore nothing.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put aside the database that is there; keep films that match.")
    ] = False,
    damaged_too: Annotated[
        bool, typer.Option("--damaged-too", help="Restore what is whole of a damaged backup.")
    ] = False,
) -> None:
    """Restore a backup, once all of it was read. Pennydrop must not run. What was erased stays erased."""
    from pennydrop.cli.backup import bring_back

    code = bring_back(
        Settings(), source, name=name, replace=replace, only_check=check, damaged_too=damaged_too
    )
    raise typer.Exit(code)


def _become(module: str) -> None:
    import os
    import sys

    Settings()  # a mistake in them is said here, in words
    os.execv(sys.executable, [sys.executable, "-m", module])  # noqa: S606


def main() -> None:
    """Run what was typed."""
    process.write_for_ourselves()
    app()


if __name__ == "__main__":
    main()
