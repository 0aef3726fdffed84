"""Imports every area's tables, so that the metadata is whole. Entry points and migrations import this."""

from pennydrop.audit import models as audit
from pennydrop.care import models as care
from pennydrop.changes import models as changes
from pennydrop.chunks import models as chunks
from pennydrop.clips import models as clips
from pennydrop.coaching import models as coaching
from pennydrop.db.base import Base
from pennydrop.exemplars import models as exemplars
from pennydrop.jobs import models as jobs
from pennydrop.library import models as library
from pennydrop.library.search import tables as library_search
from pennydrop.meetings import models as meetings
from pennydrop.moments import models as moments
from pennydrop.people import models as people
from pennydrop.proposals import models as proposals
from pennydrop.rounds import models as rounds
from pennydrop.terms import models as terms
from pennydrop.uploads import models as uploads
from pennydrop.videos import models as videos

__all__ = [
    "Base",
    "audit",
    "care",
    "changes",
    "chunks",
    "clips",
    "coaching",
    "exemplars",
    "jobs",
    "library",
    "library_search",
    "meetings",
    "moments",
    "people",
    "proposals",
    "rounds",
    "terms",
    "uploads",
    "videos",
]
