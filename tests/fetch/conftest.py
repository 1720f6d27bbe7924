import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from loopback import LOOPBACK, NOW
from rigwire.fetch.http import ACCEPT_PAGE, Client, Wanted
from rigwire.model import Page
from rigwire.settings import Settings

# The fixture site's server stands beside the site and belongs to no package.
sys.path.insert(0, str(Path(__file__).parents[2] / "fixtures"))

# No test depends on how fast the machine is.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")


@pytest.fixture
def pauses() -> list[float]:
    """The pauses that a client made instead of sleeping."""
    return []


@pytest.fixture
def make_client(pauses: list[float]) -> Iterator[Callable[[Settings], Client]]:
    """A maker of clients whose clock stands still and whose sleep is noted in `pauses`."""
    clients: list[Client] = []

    def make(settings: Settings) -> Client:
        client = Client(
            settings, clock=lambda: NOW, monotonic=lambda: 0.0, sleep=pauses.append, random=lambda: 0.5
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def get(make_client: Callable[[Settings], Client]) -> Callable[..., Page]:
    """Fetch a URL: `get(url, settings=…, etag=…, last_modified=…, hop=…)`."""

    def fetch(
        url: str,
        settings: Settings = LOOPBACK,
        etag: str | None = None,
        last_modified: str | None = None,
        hop: Callable[[str], float] | None = None,
    ) -> Page:
        wanted = Wanted(url, ACCEPT_PAGE, settings.max_page_bytes, etag, last_modified)
        return make_client(settings).get(wanted, hop)

    return fetch
