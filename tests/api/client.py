"""The test client, and how it becomes somebody."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.testclient import TestClient

from pennydrop.people.models import Person
from pennydrop.people.tokens import create_token
from tests.factories import world


class Client(TestClient):
    """Speaks to the app as it runs on localhost."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(app, base_url="http://localhost")
        self._app = app
        self._known: dict[str, Client] = {}

    def as_(self, person: Person) -> Client:
        """This person's own client, signed in by a personal token. Works while this client is open."""
        if person.id not in self._known:
            with world.session() as session:
                token = create_token(session, session.get_one(Person, person.id), "test")
            other = self.another()
            other.headers["Authorization"] = f"Bearer {token}"
            self._known[person.id] = other
        return self._known[person.id]

    def another(self) -> Client:
        """Another browser on the same app, in which nobody is logged in."""
        other = Client(self._app)
        other.portal = self.portal
        return other
