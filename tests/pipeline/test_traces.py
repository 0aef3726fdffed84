"""One trace leads from the request that brought a film's last byte to the child that opens it."""

from __future__ import annotations

import pytest

from tests.factories.films import a_phone_film
from tests.support.collector import Collector, Told, a_collector
from tests.support.house import running_house, until

SECONDS = 4.0
TITLE, FILE = "Guided reading with Dylan", "dylan-4b.mp4"
WORDS = {"method", "route", "status", "request", "job", "attempt", "queue", "film_ms", "bytes"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Collector:
    """What arrived of a film sent, watched and clipped."""
    folder = tmp_path_factory.mktemp("traced")
    film = a_phone_film(folder / FILE, seconds=SECONDS, width=320, height=180)
    with a_collector() as collector:
        settings = {"PENNYDROP_TRACES_ENDPOINT": collector.endpoint, "OTEL_BSP_SCHEDULE_DELAY": "200"}
        with running_house(folder / "house", **settings) as house:
            with house.as_("ta") as ta:
                video = house.send(ta, film, TITLE)
                assert house.wait_for(ta, video, "ready")["failure"] is None
                ta.get(f"/media/videos/{video}/720p.mp4")
            with house.as_("coach") as coach:
                clip = {"start_ms": 1000, "end_ms": 3000, "title": f"{TITLE}: here"}
                made = coach.post(f"/api/v1/videos/{video}/clips", json=clip).json()["id"]
                until(lambda: coach.get(f"/api/v1/clips/{made}").json()["file"]["state"] == "ready")
                coach.get(f"/api/v1/videos/{made}")
    return collector


def the(spans: list[Told]) -> Told:
    (one,) = spans
    return one


def test_a_job_stands_below_the_request_that_made_it_necessary(told: Collector) -> None:
    for job, request in (
        ("video.ingest", "PATCH /uploads/{upload_id}"),
        ("clip.file", "POST /videos/{video_id}/clips"),
    ):
        span = the(told.named(f"job {job}"))
        above = told.parent(span)
        assert above is not None
        assert (above.name, above.service) == (request, "pennydrop-api")
        assert span.service == "pennydrop-worker"
        assert span.attributes["pennydrop.attempt"] == 1


def test_what_follows_a_job_stands_below_it(told: Collector) -> None:
    proxies = the(told.named("job video.proxies"))
    above = told.parent(proxies)
    assert above is not None
    assert above.name == "job video.ingest"
    assert proxies.service == "pennydrop-transcoder"


def test_each_child_that_opens_a_film_is_told_with_the_films_length(told: Collector) -> None:
    ffmpeg = [span for span in told.below(the(told.named("job video.proxies"))) if span.name == "ffmpeg"]
    assert ffmpeg
    assert {span.attributes["pennydrop.film_ms"] for span in ffmpeg} == {1000 * SECONDS}
    assert any(span.name.startswith("inside ") for span in told.below(the(told.named("job video.ingest"))))


def test_no_span_says_whose_film_it_is_or_what_is_in_it(told: Collector) -> None:
    for span in told.spans:
        assert {name.removeprefix("pennydrop.") for name in span.attributes} <= WORDS
        said = " ".join([span.name, *map(str, span.attributes.values()), span.failed or ""])
        assert not any(word in said for word in ("Dylan", "reading", FILE, "@", "ta.", "coach."))
        assert span.events == 0


def test_who_only_watches_or_listens_leaves_no_trace(told: Collector) -> None:
    assert not any("media" in span.name or "events" in span.name for span in told.spans)
    assert any(span.name == "GET /videos/{video_id}" for span in told.spans)
