from collections.abc import Iterator
from pathlib import Path

import pytest

from rigwire.store import Store, open_database


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database, open for writing."""
    with open_database(tmp_path / "test.db") as opened:
        yield opened
