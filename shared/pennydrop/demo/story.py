"""What the demo's coaches noticed and agreed, in their own words."""

from __future__ import annotations

from dataclasses import dataclass

from pennydrop.coaching.models import ActionStepState
from pennydrop.moments.models import MomentKind


@dataclass(frozen=True, slots=True)
class Note:
    """A moment on a film of the demo, with the coachee's answer where she gave one."""

    film: str
    coach: str
    start_ms: int
    end_ms: int
    kind: MomentKind
    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Set:
    """An action step of the demo, from the library step `slug`, with the clip that showed why."""

    coachee: str
    coach: str
    slug: str
    why: str
    film: str
    start_ms: int
    end_ms: int
    title: str
    days_ago: int
    """School days since it was set, in the afternoon."""
    state: ActionStepState = ActionStepState.PRACTISING


NOTES = (
    Note(
        "reading",
        "coach",
        6_000,
        13_000,
        MomentKind.PRAISE,
        "You crouched down to their height before you spoke. Three heads came up at once.",
        "I didn't know I did that!",
    ),
    Note(
        "reading",
        "coach",
        30_000,
        40_000,
        MomentKind.PROBE,
        "Watch Leo here. What might he have said with a little more wait time?",
        "He was about to sound it out. I jumped in.",
    ),
    Note(
        "reading",
        "coach",
        51_000,
        55_000,
        MomentKind.QUESTION,
        "How did you decide who to ask next?",
    ),
    Note(
        "phonics",
        "coach",
        9_000,
        15_000,
        MomentKind.PRAISE,
        "Clear sound first, then the letter. They all copied you exactly.",
    ),
    Note(
        "maths",
        "coach",
        8_000,
        14_000,
        MomentKind.NOTE,
        "The blocks are doing the thinking for them here. Let's talk about when to take them away.",
    ),
    Note(
        "story",
        "coach2",
        4_000,
        9_000,
        MomentKind.PROBE,
        "You knew the moon would come back. How could they have heard you think of it?",
        "I could have said it aloud, with the doubt in it.",
    ),
    Note("story", "coach2", 10_000, 13_500, MomentKind.PRAISE, "You let the pause do its work."),
)

SETS = (
    Set(
        "ta",
        "coach",
        "praise-close-and-quiet",
        "They light up when you praise them. Close by and quietly, it reaches the right one.",
        "phonics",
        9_000,
        15_000,
        "Clear sound, then the letter",
        days_ago=7,
        state=ActionStepState.MASTERED,
    ),
    Set(
        "ta",
        "coach",
        "wait-before-helping",
        "At the blue table help often came before the thinking did. Leo was nearly there by himself.",
        "reading",
        30_000,
        40_000,
        "Leo and the long word",
        days_ago=1,
    ),
    Set(
        "ta2",
        "coach",
        "fade-the-support",
        "The blocks helped last month. Now they can do more without them.",
        "maths",
        8_000,
        14_000,
        "Blocks on the table",
        days_ago=2,
        state=ActionStepState.SET,
    ),
    Set(
        "ta3",
        "coach2",
        "think-aloud",
        "You see so much in a story. Let them hear how you find it.",
        "story",
        4_000,
        9_000,
        "The moon comes back",
        days_ago=3,
    ),
)
