"""Questions written once give each viewer what the same question written for her would."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access import visible
from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import check_visible, get_visible, visible_to
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.errors import NotFound
from pennydrop.people.models import Person
from pennydrop.videos.models import Video
from tests.factories import a_coach, a_lead, a_person, a_share, a_video, an_admin

pytestmark = pytest.mark.each_database

_VIDEOS = prepared(lambda viewer: select(Video.id).where(visible_to(viewer, Video)).order_by(Video.id))


def viewer_of(session: Session, person: Person) -> Viewer:
    return Viewer.of(session.get_one(Person, person.id))


def test_everybody_gets_what_is_hers(database: SessionMaker) -> None:
    owner = a_person()
    video, other = a_video(owner=owner), a_video()
    friend = a_person(school=owner.school)
    a_share(video, friend)
    people = [owner, a_coach(of=owner), friend, other.owner]
    people += [a_lead(school=owner.school), an_admin(school=owner.school), a_person()]
    with transaction(database) as session:
        # Twice: the second time it is written already, for somebody else.
        for person in people * 2:
            viewer = viewer_of(session, person)
            written_for_her = select(Video.id).where(visible_to(viewer, Video)).order_by(Video.id)
            assert _VIDEOS(session, viewer).scalars().all() == session.scalars(written_for_her).all()
        assert _VIDEOS(session, viewer_of(session, friend)).scalars().all() == [video.id]


def test_a_phone_that_joined_sees_no_film(database: SessionMaker) -> None:
    video = a_video()
    with transaction(database) as session:
        owner = viewer_of(session, video.owner)
        phone = Viewer(owner.person_id, owner.school_id, owner.organisation_id, join_link_id="0" * 26)
        assert _VIDEOS(session, owner).scalars().all() == [video.id]
        assert _VIDEOS(session, phone).scalars().all() == []


def test_one_thing_is_there_or_not(database: SessionMaker) -> None:
    video = a_video()
    stranger = a_person()
    with transaction(database) as session:
        owner = viewer_of(session, video.owner)
        assert get_visible(session, owner, Video, video.id).id == video.id
        check_visible(session, owner, Video, video.id)
        for ask in (get_visible, check_visible):
            with pytest.raises(NotFound):
                ask(session, viewer_of(session, stranger), Video, video.id)


def test_a_rule_that_looks_at_an_id_cannot_be_written_once(
    database: SessionMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looks(viewer: Viewer) -> object:
        return Video.owner_id == viewer.person_id if viewer.person_id == "somebody" else Video.id.is_(None)

    monkeypatch.setitem(visible._RULES, Video, looks)
    asked = prepared(lambda viewer: select(Video.id).where(visible_to(viewer, Video)))
    with transaction(database) as session, pytest.raises(TypeError):
        asked(session, Viewer("a", "b", "c"))
