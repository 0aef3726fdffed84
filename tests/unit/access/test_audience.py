"""Whom a change may concern: nobody who may hear of it is left out, and most others are."""

from __future__ import annotations

from pennydrop.access.viewer import Viewer
from pennydrop.changes.audience import audiences
from pennydrop.changes.hearing import heard_by
from pennydrop.changes.models import Change
from pennydrop.db.session import SessionMaker, transaction
from tests.factories import (
    a_clip,
    a_clip_share,
    a_coach,
    a_lead,
    a_moment,
    a_person,
    a_share,
    a_term_example,
    a_video,
    an_action_step,
    an_admin,
    an_exemplar,
)


def test_who_may_hear_of_a_change_is_always_among_those_it_may_concern(database: SessionMaker) -> None:
    video = a_video()
    owner, coach, friend = video.owner, a_coach(of=video.owner), a_person(school=video.owner.school)
    clip, moment, step = a_clip(video), a_moment(video), an_action_step(video.owner)
    a_share(video, friend)
    a_clip_share(clip, friend)
    model = an_exemplar(a_video(owner=owner))
    part = an_exemplar(clip=a_clip(a_video(owner=coach)))
    example = a_term_example(a_clip(a_video(owner=owner)))
    changes = [
        Change(id=number, topic=topic, subject_id=subject, video_id=video_id, person_id=person_id)
        for number, (topic, subject, video_id, person_id) in enumerate(
            [
                ("moment", moment.id, video.id, None),
                ("moment", "gone", video.id, None),
                ("video", video.id, video.id, None),
                ("video", "gone", None, owner.id),
                ("video", model.video_id, model.video_id, None),
                ("video", part.video_id, part.video_id, None),
                ("clip", clip.id, video.id, owner.id),
                ("clip", part.clip_id or "", part.video_id, coach.id),
                ("clip", example.clip_id, example.clip.video_id, owner.id),
                ("action_step", step.id, None, owner.id),
                ("exemplar", model.id, model.video_id, owner.id),
                ("term_example", example.id, None, owner.id),
                ("step", model.step_id, None, None),
                ("term", example.term_id, None, None),
            ]
        )
    ]
    others = (a_lead(school=owner.school), an_admin(school=owner.school), a_person())
    heard = 0
    with transaction(database) as session:
        concerned = dict(zip((one.id for one in changes), audiences(session, changes), strict=True))
        for person in (owner, coach, friend, *others):
            for news in heard_by(session, Viewer.of(person), changes):
                audience = concerned[news.number]
                assert audience is None or person.id in audience, (news, person.name)
                heard += 1
    assert heard
    assert concerned[0] == {owner.id, coach.id}
    assert concerned[2] == {owner.id, coach.id, friend.id}
    assert concerned[9] == {owner.id, coach.id}
