"""Administrators hear of room before it is gone."""

from __future__ import annotations

from typing import Any

import pytest

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.settings import Settings
from pennydrop.videos.models import Source
from tests.api.client import Client
from tests.factories import a_person, a_video, an_admin


def room(client: Client) -> dict[str, Any]:
    answer = client.get("/api/v1/reports/room")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


class TestTheDisk:
    @pytest.fixture(params=[("fine", 0, 1), ("low", 0, 1 << 60), ("full", 1 << 60, 1)])
    def expected(self, request: pytest.FixtureRequest) -> str:
        self.state, self.keep_free, self.largest = request.param
        return str(self.state)

    @pytest.fixture
    def settings(self, settings: Settings, expected: str) -> Settings:
        limits = {"keep_free_bytes": self.keep_free, "upload_max_bytes": self.largest}
        return settings.model_copy(update=limits)

    def test_its_state_is_told_by_what_still_fits(self, client: Client, expected: str) -> None:
        found = room(client.as_(an_admin()))
        assert found["disk"] == expected
        assert (found["left"] == 0) is (expected == "full")


def test_who_has_nearly_used_up_her_own_is_named(client: Client, database: SessionMaker) -> None:
    aisha = a_person("Aisha")
    for owner in (aisha, a_person("Sam", school=aisha.school), a_person("Elsewhere")):
        video = a_video(owner=owner)
        with transaction(database) as session:
            source = session.get_one(Source, video.source_id)
            source.size = int(Settings().quota_bytes * (0.5 if owner.name == "Sam" else 0.9))
    found = room(client.as_(an_admin(school=aisha.school)))
    assert [one["person"]["name"] for one in found["nearly_full"]] == ["Aisha"]
    assert found["nearly_full"][0]["bytes"] == int(0.9 * found["quota"])
