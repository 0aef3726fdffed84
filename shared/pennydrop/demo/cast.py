"""Who is in the demo school, and which films they made."""

from __future__ import annotations

from dataclasses import dataclass

from pennydrop.demo.scene import CLASS, Look, Pupil, Scene
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
    Role("ta4", "Noor Haddad", OAK, "new there: nothing filmed yet"),
    Role("teacher", "Ruth Adeyemi", OAK, "teacher: she and Dylan coach each other"),
)

# Coach, coachee.
PAIRINGS = (
    ("coach", "ta"),
    ("coach", "ta2"),
    ("coach2", "ta3"),
    ("coach2", "ta4"),
    ("coach2", "teacher"),
    ("teacher", "coach2"),
)
PAIRED_DAYS_AGO = 30


@dataclass(frozen=True, slots=True)
class Film:
    """A film of the demo school. It was recorded `days_ago` school days ago, at `hour`:`minute`."""

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


# How they look on their films.
AISHA = Look(skin=(196, 146, 108), hair=(58, 92, 104), style="scarf", jumper=(52, 104, 84))
SAM = Look(skin=(112, 76, 54), hair=(34, 28, 26), jumper=(96, 66, 110))
TOM = Look(skin=(232, 194, 166), hair=(150, 92, 48), jumper=(150, 96, 50))
DYLAN = Look(skin=(206, 162, 128), hair=(52, 40, 34), jumper=(112, 58, 58))
MEGAN = Look(skin=(226, 186, 156), hair=(92, 54, 34), style="long", jumper=(70, 96, 140))

OTHERS = (
    Pupil((96, 112, 150), (196, 160, 96), (232, 196, 168)),
    Pupil((150, 84, 92), (40, 32, 28), (120, 82, 58), long=True),
    Pupil((92, 126, 104), (92, 60, 40), (214, 172, 138)),
)

FILMS = (
    Film(
        "reading",
        "ta",
        "ta",
        "Guided reading, blue table",
        Purpose.LESSON,
        Scene(1280, 720, 60, seed=1, adult=AISHA),
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
        Scene(1280, 720, 20, seed=3, adult=SAM, pupils=OTHERS, wall=(206, 208, 196)),
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
        Scene(720, 1280, 15, seed=5, adult=AISHA, pupils=()),
        days_ago=1,
        hour=15,
        minute=48,
        for_step=True,
    ),
    Film(
        "first-go",
        "ta",
        "coach",
        "Rehearsal, first go",
        Purpose.REHEARSAL,
        Scene(720, 1280, 12, seed=21, adult=AISHA, pupils=()),
        days_ago=1,
        hour=15,
        minute=44,
    ),
    Film(
        "third-go",
        "ta",
        "coach",
        "Rehearsal, third go",
        Purpose.REHEARSAL,
        Scene(720, 1280, 12, seed=24, adult=AISHA, pupils=()),
        days_ago=1,
        hour=15,
        minute=52,
    ),
    Film(
        "phonics",
        "ta",
        "ta",
        "Phonics warm-up",
        Purpose.LESSON,
        Scene(1280, 720, 30, seed=8, adult=AISHA, pupils=CLASS[::-1], board="sounds", wall=(196, 210, 214)),
        days_ago=8,
        hour=9,
        minute=15,
        shared_with=("lead",),
    ),
    Film(
        "maths",
        "ta2",
        "ta2",
        "Counting with blocks",
        Purpose.LESSON,
        Scene(
            1280,
            720,
            20,
            seed=11,
            adult=TOM,
            pupils=OTHERS[::-1],
            board="sums",
            blocks=True,
            wall=(222, 206, 196),
        ),
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
        Scene(1280, 720, 15, seed=14, adult=MEGAN, pupils=OTHERS, board="night", wall=(208, 200, 214)),
        days_ago=4,
        hour=14,
        minute=20,
    ),
    # Two at a table hardly move: fewer frames say as much, and are drawn sooner.
    Film(
        "meeting",
        "coach2",
        "coach2",
        "Feedback meeting with Megan",
        Purpose.MEETING,
        Scene(
            854,
            480,
            24,
            fps=12,
            seed=17,
            adult=DYLAN,
            partner=MEGAN,
            pupils=(),
            board="night",
            wall=(208, 200, 214),
        ),
        days_ago=3,
        hour=15,
        minute=30,
    ),
)
