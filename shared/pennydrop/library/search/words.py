"""Words as the search takes them: small letters, no apostrophes, and none that say nothing."""

from __future__ import annotations

import re

from pennydrop.spelling import plain

LONGEST = 40
_WORD = re.compile(r"[a-z0-9]+")
# Words that say nothing about which step is meant: those of every sentence, and those of every classroom.
EMPTY = frozenset(
    _WORD.findall(
        "a about all also always am an and any are as at be because been but by can cant could did "
        "didnt do does doesnt doing dont even ever for from get gets getting go goes going got had "
        "has hasnt have he her hers hes him his how i if im in into is isnt it its ive just keep "
        "keeps let lets like make makes me my no not of off on or our ours really shall she shes "
        "should so some such than that thats the their them then there theres these they theyre "
        "theyve this those to too up us very was way we well were weve what whats when where which "
        "who why will with wont would you your youre "
        "pupil pupils child children kid kids student students learner learners boy boys girl girls lad "
        "lads miss sir someone somebody nobody something thing things stuff lot lots bit need needs "
        "want wants constantly basically actually properly still only much whenever"
    )
)
# Turns of phrase whose words say something else when they stand alone.
_FILLERS = re.compile(
    r"\b(?:end(?:s|ed|ing)? up|sort of|kind of|as soon as|every time|each time|at all|used to|a go)\b"
)


def asked(q: str) -> list[str]:
    """Return the words of a question, plain, without turns of phrase that mean nothing here."""
    return words_of(_FILLERS.sub(" ", plain(q)))


def words_of(text: str) -> list[str]:
    """Return the words of a text that is plain already, in order."""
    return _WORD.findall(text)


def stem(word: str) -> str:
    """Cut the commonest English endings; crude, but the same on both sides."""
    for ending in ("ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            cut = word[: -len(ending)]
            # “stopped” and “stop” are one word.
            return cut[:-1] if ending in ("ing", "ed") and len(cut) > 3 and cut[-1] == cut[-2] else cut
    return word
