"""Moments as files: out as WebVTT, CSV and JSON, and in again."""

from __future__ import annotations

import csv
import io

import webvtt

from tests.api.client import Client
from tests.factories import a_coach, a_moment, a_person, a_reply, a_video, an_action_step, world

SUBTITLES = """WEBVTT

NOTE from another tool

1
00:01.000 --> 00:03.500
<v Roger>Eyes <i>this</i> way
&amp; hands still

2
00:00:05.000 --> 00:00:06.000
Second
"""


def test_moments_come_back_whole_from_a_webvtt_file(client: Client) -> None:
    video, other = a_video(title="Tuesday"), a_video()
    coach = a_coach(of=video.owner, name="Sam Okafor")
    text = "One <b>\n\n--> two & “three”"
    moment = a_moment(video, author=coach, start_ms=1000, end_ms=11_000, text=text)
    with world.session() as session:
        session.get_one(type(moment), moment.id).terms = ["wait time", "cue, and more"]
    a_reply(moment, author=video.owner, text="I counted.\n\nTo five.")
    a_moment(video, author=coach, start_ms=20_000, text="", end_ms=None)
    file = client.as_(coach).get(f"/api/v1/videos/{video.id}/moments.vtt")
    assert file.headers["content-type"].startswith("text/vtt")
    assert 'filename="Tuesday-moments.vtt"' in file.headers["content-disposition"]

    mine = client.as_(other.owner)
    report = mine.post(f"/api/v1/videos/{other.id}/moments/import", content=file.content).json()
    assert report["added"] == 2
    first, second = mine.get(f"/api/v1/videos/{other.id}/moments").json()["items"]
    assert (first["start_ms"], first["end_ms"], first["kind"]) == (1000, 11_000, "praise")
    assert first["text"] == text
    assert first["terms"] == ["wait time", "cue, and more"]
    assert first["author"]["id"] == other.owner.id, "nobody writes as somebody else"
    assert first["credited_to"] == "Sam Okafor"
    (reply,) = first["replies"]
    assert (reply["text"], reply["credited_to"]) == ("I counted.\n\nTo five.", video.owner.name)
    assert (second["start_ms"], second["end_ms"], second["text"]) == (20_000, None, "")


def test_a_criterion_is_found_again_by_its_wording(client: Client) -> None:
    video = a_video()
    step = an_action_step(video.owner)
    mine = client.as_(video.owner)
    mine.post(f"/api/v1/videos/{video.id}/moments", json={"start_ms": 0, "criterion": step.criteria[2].id})
    file = mine.get(f"/api/v1/videos/{video.id}/moments.vtt")
    (moment,) = mine.get(f"/api/v1/videos/{video.id}/moments").json()["items"]
    mine.delete(f"/api/v1/moments/{moment['id']}")
    mine.post(f"/api/v1/videos/{video.id}/moments/import", content=file.content)
    (again,) = mine.get(f"/api/v1/videos/{video.id}/moments").json()["items"]
    assert again["criterion"] == step.criteria[2].id


def test_importing_ones_own_export_or_the_same_file_twice_adds_nothing(client: Client) -> None:
    video = a_video()
    a_moment(video)
    mine = client.as_(video.owner)
    address = f"/api/v1/videos/{video.id}/moments"
    own = mine.get(f"{address}.vtt").content
    report = mine.post(f"{address}/import", content=own).json()
    assert (report["added"], report["already_there"]) == (0, 1)
    assert mine.post(f"{address}/import", content=SUBTITLES).json()["added"] == 2
    assert mine.post(f"{address}/import", content=SUBTITLES).json()["added"] == 0
    assert len(mine.get(address).json()["items"]) == 3


def test_cues_of_other_tools_become_notes(client: Client) -> None:
    video = a_video()
    mine = client.as_(video.owner)
    mine.post(f"/api/v1/videos/{video.id}/moments/import", files={"file": ("a.vtt", SUBTITLES, "text/vtt")})
    first, second = mine.get(f"/api/v1/videos/{video.id}/moments").json()["items"]
    assert (first["text"], first["kind"]) == ("Eyes this way\n& hands still", "note")
    assert (first["start_ms"], first["end_ms"], first["credited_to"]) == (1000, 3500, "Roger")
    assert (second["text"], second["credited_to"]) == ("Second", None)


def test_a_file_with_a_mistake_adds_nothing_and_names_the_line(client: Client) -> None:
    video = a_video(duration_ms=60_000)
    broken = "WEBVTT\n\n00:01.000 --> 00:02.000\nfine\n\n00:03 --> 5\nbad\n\n10:00.000 --> 10:01.000\nlate\n"
    mine = client.as_(video.owner)
    address = f"/api/v1/videos/{video.id}/moments"
    refused = mine.post(f"{address}/import", content=broken)
    assert refused.status_code == 422
    assert "Nothing was imported. Line 6: this isn't a cue" in refused.json()["detail"]
    assert "Line 9: That is past the end of the film" in refused.json()["detail"]
    tried = mine.post(f"{address}/import?dry_run=true", content=broken).json()
    assert [problem["line"] for problem in tried["problems"]] == [6, 9]
    assert tried["added"] == 1
    assert mine.get(address).json()["items"] == []


def test_words_without_times_are_named_as_what_they_are(client: Client) -> None:
    video = a_video()
    address = f"/api/v1/videos/{video.id}/moments/import"
    refused = client.as_(video.owner).post(address, content="WEBVTT\n\nfirst\nof all\n")
    assert refused.status_code == 422
    assert "Line 3: this isn't a cue" in refused.json()["detail"]


def test_a_dry_run_changes_nothing(client: Client) -> None:
    video = a_video()
    mine = client.as_(video.owner)
    address = f"/api/v1/videos/{video.id}/moments"
    assert mine.post(f"{address}/import?dry_run=true", content=SUBTITLES).json()["added"] == 2
    assert mine.get(address).json()["items"] == []


def test_files_that_are_not_webvtt_or_too_large_are_refused(client: Client) -> None:
    video = a_video()
    mine = client.as_(video.owner)
    address = f"/api/v1/videos/{video.id}/moments/import"
    assert "doesn't begin with WEBVTT" in mine.post(address, content="1\n00:00:01,000").json()["detail"]
    assert "doesn't begin with WEBVTT" in mine.post(address, content="WEBVTTX\n").json()["detail"]
    assert "UTF-8" in mine.post(address, content=b"WEBVTT\n\n\xff\xfe").json()["detail"]
    assert mine.post(address, content="WEBVTT\n\n" + "x" * 1_000_000).status_code == 413
    assert mine.post(address, content=b"x" * 3_000_000).status_code == 413
    assert mine.post(address, data={"not": "a file"}, files={"other": ("", "")}).status_code == 422


def test_only_who_may_mark_may_import(client: Client) -> None:
    video = a_video()
    address = f"/api/v1/videos/{video.id}/moments/import"
    assert client.as_(a_coach(of=video.owner)).post(address, content=SUBTITLES).status_code == 200
    assert client.as_(a_coach(of=video.owner, ended=True)).post(address, content=SUBTITLES).status_code == 404


def test_any_webvtt_reader_reads_the_export(client: Client) -> None:
    video = a_video(title="Maths --> Tuesday\nNOTE")
    a_moment(video, start_ms=3_723_004, end_ms=None, text="Look:\n\nhere")
    text = client.as_(video.owner).get(f"/api/v1/videos/{video.id}/moments.vtt").text
    (cue,) = webvtt.WebVTT.from_string(text, strict=True).captions
    assert (cue.start, cue.end) == ("01:02:03.004", "01:02:06.004")
    assert cue.voice == video.owner.name


def test_a_spreadsheet_shows_times_and_runs_no_formula(client: Client) -> None:
    video = a_video(title="Tuesday's lesson")
    formula = a_moment(video, start_ms=3_723_004, end_ms=3_724_000, text='=HYPERLINK("http://x","y")')
    a_reply(formula, author=a_person("@cmd"), text="-1")
    file = client.as_(video.owner).get(f"/api/v1/videos/{video.id}/moments.csv")
    assert file.headers["content-type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
    assert (row["start"], row["end"], row["start_ms"]) == ("1:02:03.004", "1:02:04.000", "3723004")
    assert row["text"] == '\'=HYPERLINK("http://x","y")'
    assert row["replies"] == "'@cmd: -1"
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_the_json_export_holds_everything(client: Client) -> None:
    moment = a_moment()
    mine = client.as_(moment.author)
    file = mine.get(f"/api/v1/videos/{moment.video_id}/moments.json")
    listed = mine.get(f"/api/v1/videos/{moment.video_id}/moments").json()["items"]
    assert file.json()["moments"] == listed
    assert file.json()["video"] == moment.video_id
    assert "attachment" in file.headers["content-disposition"]


def test_exports_of_films_one_may_not_see_do_not_exist(client: Client) -> None:
    moment = a_moment()
    stranger = client.as_(a_person())
    for ending in ("vtt", "csv", "json"):
        assert stranger.get(f"/api/v1/videos/{moment.video_id}/moments.{ending}").status_code == 404
