from dataclasses import replace

import numpy as np

from pennydrop.demo.cast import FILMS, PAIRINGS, PEOPLE
from pennydrop.demo.drawing import frames, still
from pennydrop.demo.scene import Look, Scene, answering, speaking
from pennydrop.demo.voice import RATE, sound

SMALL = Scene(320, 180, 1)


def test_the_picture_moves() -> None:
    first, *_, last = frames(SMALL)
    assert first.shape == (180, 320, 3)
    assert (first != last).any()


def test_the_clock_differs_from_frame_to_frame() -> None:
    pictures = list(frames(SMALL))
    corners = [picture[140:, :130].tobytes() for picture in pictures]
    assert len(set(corners)) == len(corners) == 25


def test_one_frame_can_be_drawn_by_itself() -> None:
    assert (still(SMALL, 0.4) == list(frames(SMALL))[10]).all()


def test_the_voice_is_as_long_as_the_film_and_neither_silent_nor_clipped() -> None:
    samples = sound(Scene(320, 180, 4))
    assert len(samples) == 4 * RATE
    assert 0.1 < np.abs(samples).max() <= 1.0


def test_two_who_meet_are_both_there_and_talk_in_turn() -> None:
    alone = Scene(320, 180, 8, fps=4, pupils=())
    two = replace(alone, partner=Look(jumper=(10, 20, 200)))
    assert (still(alone, 1) != still(two, 1)).any()
    turns = [(speaking(t / 10, two.seed), answering(t / 10, two.seed)) for t in range(80)]
    assert (True, True) not in turns
    assert {(True, False), (False, True)} <= set(turns)
    assert np.abs(sound(two)).sum() > np.abs(sound(alone)).sum()


def test_the_cast_is_complete() -> None:
    mailboxes = {role.mailbox for role in PEOPLE}
    assert {"ta", "coach", "lead", "admin", "coach2"} <= mailboxes
    assert {name for pairing in PAIRINGS for name in pairing} <= mailboxes
    assert {film.owner for film in FILMS} <= mailboxes
