"""What becomes of a job whose attempt raised an error."""

from __future__ import annotations

import logging

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.errors import PennydropError
from pennydrop.jobs import lease
from pennydrop.jobs.absence import Absent
from pennydrop.jobs.held import Ending, Held
from pennydrop.jobs.kinds import Kind
from pennydrop.jobs.timings import Timings

log = logging.getLogger("pennydrop.jobs")

_GAVE_UP = (
    "This didn't work, though it was tried {attempts} times. Please tell whoever looks after Pennydrop."
)
_TOO_LONG = "This took far longer than it ever should, so it was stopped."


def record(sessions: SessionMaker, kind: Kind, held: Held, error: Exception, timings: Timings) -> None:
    """Give the job back, put it off or fail it, whichever the error and the attempt's ending ask for.

    Raises what the database raises; call it again then.

    An attempt that was told to stop may end in any error, so its ending counts and not the error.
    """
    attempt = held.attempt
    job_id, fence = attempt.job_id, attempt.fence
    if held.ending is Ending.LOST or (held.ending is None and attempt.cancelled.is_set()):
        log.info("%s was taken over or cancelled", held)
        return
    if held.ending is Ending.STOPPING:
        with transaction(sessions) as session:
            lease.give_back(session, job_id=job_id, fence=fence, queue=kind.queue)
        return
    if isinstance(error, Absent) and held.ending is None:
        with transaction(sessions) as session:
            waits = lease.put_off(session, job_id=job_id, fence=fence, need=error.need, timings=timings)
        if waits:
            log.warning("%s waits: %s (%s)", held, error, error.__cause__)
            return
    if held.ending is Ending.OVERDUE:
        final, code, detail = False, "took_too_long", _TOO_LONG
    else:
        final = bool(getattr(error, "final", False))
        code, detail = _in_words(error, attempt.number)
    with transaction(sessions) as session:
        if final or isinstance(error, Absent) or attempt.number >= kind.max_attempts:
            lease.fail(
                session, job_id=job_id, fence=fence, code=code, detail=detail, on_failed=kind.on_failed
            )
        else:
            wait_ms = timings.retry_ms(attempt.number)
            lease.try_later(session, job_id=job_id, fence=fence, code=code, detail=detail, wait_ms=wait_ms)
    # A film that can't be used is an answer, not a fault of ours: no trace for those.
    log.log(
        logging.INFO if final else logging.ERROR,
        "%s failed (attempt %d): %s%s",
        held,
        attempt.number,
        detail,
        _technical(error) if final else "",
        exc_info=None if final else error,
    )


def _technical(error: Exception) -> str:
    """What only a technician can read, for the log."""
    technical = str(getattr(error, "technical", "")).strip()
    return f" [{technical[-500:]}]" if technical else ""


def _in_words(error: Exception, attempts: int) -> tuple[str, str]:
    """Return the code and the sentence that are kept of an error."""
    if isinstance(error, Absent):
        return error.need.code, error.need.gave_up
    if isinstance(error, PennydropError) or getattr(error, "final", False):
        return str(getattr(error, "code", "failed")), str(getattr(error, "detail", error))
    return "failed", _GAVE_UP.format(attempts=attempts)
