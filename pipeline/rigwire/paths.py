"""Paths as people write them."""

import os
from pathlib import Path


def expanded(path: str | Path) -> Path:
    """Return a path with a first "~" or "~name" as the home folder; as it stands, like a shell, where there is none."""
    return Path(os.path.expanduser(path))  # pathlib raises RuntimeError
