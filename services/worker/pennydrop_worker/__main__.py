"""`python -m pennydrop_worker`: one worker."""

from pennydrop import logs, process, traces
from pennydrop.care.installation import start_together
from pennydrop.media import forks
from pennydrop.media.sandbox import demand_fence
from pennydrop.media.tools import demand_tools
from pennydrop.sentences import in_sentences
from pennydrop.settings import Settings
from pennydrop_worker.app import make_app, make_service


def main() -> None:
    process.end_with_parent()
    process.write_for_ourselves()
    with in_sentences():
        settings = Settings()
        logs.start("worker", settings.log)
        traces.start("worker", settings.traces_endpoint)
        start_together(settings)
        demand_tools()
        if settings.sandbox == "required":
            demand_fence()
        # Somebody waits for a film or a clip: its process should be there before it is asked for.
        forks.warm()
        service = make_service(settings)
        service.run(make_app(settings, service.slots))


if __name__ == "__main__":
    main()
