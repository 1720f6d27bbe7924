"""The version of the extractor, known without loading any of it."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from rigwire import __version__
from rigwire.knowledge import models_dir

_FILE = "version.txt"


@cache
def extractor_version() -> str:
    """Return the version that is stored with each extraction: "0.1.0+4be1f07a", the release and the trained parts.

    Another one may read an article differently.
    """
    return f"{__version__}+{(models_dir() / 'trained' / _FILE).read_text(encoding='utf-8').strip()}"


def hash_of(trained: Path) -> str:
    """Return eight hexadecimal digits that stand for the trained parts in a folder, as its `version.txt` has them."""
    parts = sorted(path for path in trained.iterdir() if path.name != _FILE)
    return blake2b(b"".join(path.read_bytes() for path in parts), digest_size=4).hexdigest()
