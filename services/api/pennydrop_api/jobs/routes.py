"""How far the work on a video or clip is."""

from __future__ import annotations

from pennydrop.access.visible import get_visible
from pennydrop.jobs.models import Job
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.jobs.schemas import JobOut

router = routing.router(tags=["jobs"])


@router.get("/jobs/{job_id}")
def get_job(job_id: str, session: SessionDep, viewer: ViewerDep) -> JobOut:
    """Return one piece of work on something the viewer may see."""
    return JobOut.of(get_visible(session, viewer, Job, job_id))
