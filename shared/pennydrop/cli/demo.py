"""`pennydrop demo`: a school to look around in."""

from __future__ import annotations

from pennydrop import process
from pennydrop.care.installation import bring_up_to_date
from pennydrop.db.session import make_engine, make_sessions
from pennydrop.demo.build import build, open_accounts, who_can_log_in
from pennydrop.errors import Unavailable
from pennydrop.jobs import broker, nudge
from pennydrop.settings import Settings


class FilmsTakeLong(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "The demo's films aren't prepared yet. Please see that Pennydrop runs (pennydrop up), "
            "then type: pennydrop demo"
        )


def set_up(settings: Settings, *, people_only: bool) -> None:
    """Open the accounts, say who can log in, and bring the films unless only people are wanted.

    Raises `FilmsTakeLong` when no worker prepares them.
    """
    process.end_with_parent()
    bring_up_to_date(settings)
    open_accounts(make_sessions(make_engine(settings.database)), settings)
    if people_only:
        return
    print("  Who can log in:")
    for line in who_can_log_in(settings):
        print(f"  {line}")
    print(flush=True)
    nudge.use(broker.nudger(broker.make_celery("pennydrop.demo", settings)))
    if not build(settings, say=lambda words: print(f"  {words}", flush=True)):
        raise FilmsTakeLong
