"""Where there must be no demo school: its accounts have a password that anybody can read."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.demo.cast import DOMAIN
from pennydrop.errors import Conflict
from pennydrop.people.models import Person
from pennydrop.settings import Settings

_OF_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class DemoAmongOthers(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "People who aren't the demo's are here, so no demo school is set up: it would open accounts, an "
            "administrator's too, with a password that anybody can read. Try it in a folder of its own: "
            "pennydrop up --demo --data ./demo"
        )


class DemoInPublic(Conflict):
    def __init__(self, address: str) -> None:
        super().__init__(
            f"People reach this Pennydrop at {address}, so no demo school is set up with the password that "
            "anybody can read. Choose one of your own: set PENNYDROP_DEMO_PASSWORD."
        )


def demand_a_place_for_a_demo(session: Session, settings: Settings) -> None:
    """Make sure that a demo school opens no door to others. Raises `DemoAmongOthers`, `DemoInPublic`."""
    others = select(Person.id).where(Person.email.not_like(f"%@{DOMAIN}")).limit(1)
    if session.scalar(others) is not None:
        raise DemoAmongOthers
    published = Settings.model_fields["demo_password"].default
    in_public = settings.public_url and urlsplit(settings.public_url).hostname not in _OF_THIS_MACHINE
    if in_public and settings.demo_password == published:
        raise DemoInPublic(settings.public_url)
