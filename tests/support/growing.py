"""Watching a film that is still being made, as a player does: by its playlists, whatever order it likes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.house import until


@dataclass(frozen=True)
class Growing:
    """A film's pictures or its sound, as a playlist has them."""

    client: httpx.Client
    address: httpx.URL
    text: str

    @property
    def init(self) -> str:
        return self.text.split('URI="', 1)[1].split('"', 1)[0]

    @property
    def names(self) -> list[str]:
        return [line for line in self.text.splitlines() if line.endswith(".m4s")]

    def fetch(self, name: str) -> bytes:
        """Ask for a file, again where it is still being made, until it is there."""

        def look() -> bytes | None:
            answer = self.client.get(str(self.address.join(name)))
            assert answer.status_code in (200, 503), answer.text
            if answer.status_code == 503:
                assert answer.json()["detail"].startswith("This part of the film is still being prepared.")
                return None
            return answer.content

        return until(look)

    def write(self, path: Path) -> Path:
        """Write all of it into one file, as a browser's buffer would hold it."""
        path.write_bytes(b"".join(self.fetch(name) for name in [self.init, *self.names]))
        return path


def open_growing(client: httpx.Client, address: str) -> dict[str, Growing]:
    """Read the main playlist of a film; return its `pictures` and, where it has any, its `sound`."""
    main = httpx.URL(address)
    text = client.get(address).text
    assert text.startswith("#EXTM3U")
    files = {"pictures": next(line for line in text.splitlines() if line and not line.startswith("#"))}
    if "TYPE=AUDIO" in text:
        files["sound"] = text.split('URI="', 1)[1].split('"', 1)[0]
    return {
        name: Growing(client, main.join(file), client.get(str(main.join(file))).text)
        for name, file in files.items()
    }
