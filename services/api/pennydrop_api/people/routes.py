"""People over HTTP, in one router."""

from __future__ import annotations

from pennydrop_api import routing
from pennydrop_api.people import invitation_routes, my_routes, people_routes, session_routes

router = routing.router()
for area in (session_routes, my_routes, people_routes, invitation_routes):
    router.include_router(area.router)
