"""Parameter sets are read right, and damaged ones are refused."""

from __future__ import annotations

import random

import pytest

from pennydrop.media.mp4.entries import configuration
from pennydrop.media.smartcut.h264 import CannotSmartCut, Configuration, SpsFacts
from tests.factories.films import FilmShelf
from tests.media.mp4.conftest import open_film


@pytest.fixture(scope="module")
def avcc(films: FilmShelf) -> bytes:
    return configuration(open_film(films.get("phone")).index.video)


def test_a_phones_pictures_are_progressive_8_bit_4_2_0(avcc: bytes) -> None:
    configured = Configuration.parse(avcc)
    assert SpsFacts.parse(configured.sps[0]) == SpsFacts(id=0, chroma=1, bits=8, progressive=True)
    assert configured.free_id() == 1


def test_one_more_pair_of_sets_leaves_the_others_as_they_are(avcc: bytes) -> None:
    before = Configuration.parse(avcc)
    after = Configuration.parse(before.with_sets(b"\x67sps", b"\x68pps"))
    assert after.sps == (*before.sps, b"\x67sps")
    assert after.pps == (*before.pps, b"\x68pps")
    assert (after.head, after.tail) == (before.head, before.tail)


def test_damaged_sets_are_refused_and_never_loop(avcc: bytes) -> None:
    draw = random.Random(5)
    refused = 0
    for _ in range(2000):
        damaged = bytearray(avcc[: draw.randrange(1, len(avcc) + 1)])
        for _ in range(draw.randrange(4)):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        try:
            configured = Configuration.parse(bytes(damaged))
            configured.free_id()
        except CannotSmartCut:
            refused += 1
    assert 200 < refused < 2000
