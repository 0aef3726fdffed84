"""Who is in the demo school, and which films they made."""

from __future__ import annotations

from dataclasses import dataclass

from pennydrop.demo.scene import Scene
from pennydrop.videos.models import Purpose

DOMAIN = "demo.pennydrop.test"
TRUST = "Willow Learning Trust"
ELM, OAK = "Elm Primary School", "Oak Primary School"


@dataclass(frozen=True, slots=True)
class Role:
    """An account: `mailbox@demo.pennydrop.test`."""

    mailbox: str
    name: str
    school: str
    what: str
    admin: bool = False
    lead: bool = False

    @property
    def email(self) -> str:
        return f"{self.mailbox}@{DOMAIN}"


PEOPLE = (
    Role("ta", "Aisha Khan", ELM, "teaching assistant"),
    Role("coach", "Sam Okafor", ELM, "coach"),
    Role("lead", "Priya Nair", ELM, "lead of coaching", lead=True),
    Role("admin", "Jo Marsh", ELM, "administrator", admin=True),
    Role("ta2", "Tom Wright", ELM, "another teaching assistant"),
    Role("coach2", "Dylan Reed", OAK, "coach at the other school"),
    Role("ta3", "Megan Price", OAK, "teaching assistant at the other school"),
)

# Coach, coachee.
PAIRINGS = (("coach", "ta"), ("coach", "ta2"), ("coach2", "ta3"))


@dataclass(frozen=True, slots=True)
class Film:
    """A film of the demo school. `days_ago` is when it was recorded, at `hour`:`minute`."""

    slug: str
    owner: str
    filmed_by: str
    title: str
    purpose: Purpose
    scene: Scene
    days_ago: int
    hour: int
    minute: int
    for_step: bool = False
    """It belongs to its owner's action step."""
    shared_with: tuple[str, ...] = ()


FILMS = (
    Film(
        "reading",
        "ta",
        "ta",
        "Guided reading, blue table",
        Purpose.LESSON,
        Scene(1280, 720, 60, seed=1),
        days_ago=2,
        hour=10,
        minute=42,
    ),
    Film(
        "model",
        "coach",
        "coach",
        "Model: counting to five before helping",
        Purpose.MODEL,
        Scene(1280, 720, 20, seed=3, jumper=(96, 66, 110), wall=(206, 208, 196)),
        days_ago=1,
        hour=15,
        minute=35,
        shared_with=("ta",),
    ),
    Film(
        "take",
        "ta",
        "coach",
        "Rehearsal, second go",
        Purpose.REHEARSAL,
        Scene(720, 1280, 15, seed=5, alone=True),
        days_ago=1,
        hour=15,
        minute=48,
        for_step=True,
    ),
    Film(
        "phonics",
        "ta",
        "ta",
        "Phonics warm-up",
        Purpose.LESSON,
        Scene(1280, 720, 30, seed=8, wall=(196, 210, 214)),
        days_ago=8,
        hour=9,
        minute=15,
    ),
    Film(
        "maths",
        "ta2",
        "ta2",
        "Counting with blocks",
        Purpose.LESSON,
        Scene(1280, 720, 20, seed=11, jumper=(150, 96, 50), wall=(222, 206, 196)),
        days_ago=3,
        hour=11,
        minute=5,
    ),
    Film(
        "story",
        "ta3",
        "ta3",
        "Story time",
        Purpose.LESSON,
        Scene(1280, 720, 15, seed=14, jumper=(70, 96, 140), wall=(208, 200, 214)),
        days_ago=4,
        hour=14,
        minute=20,
    ),
)
